"""The texts that the combiner is fitted on: none that the tagger saw, each with what was done to it, and where.

Genuine texts as they are and awkward English; spun in wide manners and by a family that the tagger never saw
(``models/training/fluent.py``); round trips; and the translations of an engine that the tagger never saw, beside their post-edits.
A text may be of three sentences or of fifty.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.text import segment
from detector.types import Document
from models.tagger.train import UNSEEN_EDITS, apart_ids, kept_apart
from models.training.awkward import awkward
from models.training.fluent import spin_fluently
from models.training.post_edits import PostEdit, read_post_edits
from models.training.round_trips import RoundTrip, read_round_trips
from models.training.spinner import Spinner, wide_manner

GENUINE, SPUN, BACK = range(3)

_N_SENTENCES = (3, 6, 12, 12, 24, 50)
_MIN_WORDS = 25
_FLUENT_SHARES = (0.06, 0.12, 0.3)
_FLUENT_EVERY = 4  # it reads what it writes, which takes time
_AWKWARD = 0.1
_NAMES = ("Harlow", "Marston", "Okafor", "Delgado", "Lindqvist")
_TRIP_SENTENCES = (4, 8, 16, 16)
_EDITED_SENTENCES = (3, 5, 8, 14)
_EDIT_ROUNDS = 3

Altered = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose making is known."""

    text: str
    kind: int
    altered: Altered
    """The runs that a spinner put there."""
    maker: str
    source: str
    """Names the genuine text that it was made of; that text has the same."""


def known_texts(given: argparse.Namespace, texts: Sequence[str], rng: random.Random) -> Iterator[Text]:
    """The texts that are fitted on.

    Args:
        given: Where the sources lie: ``news``, ``brown``, ``held_out``, ``round_trips``, ``post_edits``.
        texts: All genuine texts, of which those that the tagger never saw are taken.
        rng: Of all that is drawn.
    """
    yield from _spun([text for text, is_apart in zip(texts, kept_apart(texts), strict=True) if is_apart], rng)
    apart = apart_ids(given.news, given.brown, given.held_out)
    trips = (trip for trip in read_round_trips(given.round_trips) if trip.id.removeprefix("learner:") in apart)
    yield from _translated(trips, rng)
    yield from _edited([edit for edit in read_post_edits(given.post_edits) if edit.id.startswith(UNSEEN_EDITS)], rng)


def _spun(texts: Sequence[str], rng: random.Random) -> Iterator[Text]:
    """Genuine texts, spun ones, and awkward ones."""
    spinner = Spinner(load_substitutions())
    fluently: Callable[..., tuple[str, list[tuple[int, int, str]]]] = partial(
        spin_fluently, spinner=spinner, pieces=load_pieces(), lm=load_piece_lm(), rng=rng
    )
    for number, text in enumerate(texts):
        passage = _passage(text, rng)
        if len(passage.split()) < _MIN_WORDS:
            continue
        source = f"text {number}"
        yield Text(passage, GENUINE, (), "none", source)
        made = [("wide", spinner.spin(passage, wide_manner(rng), rng)) for _ in range(1 + number % 2)]
        if number % _FLUENT_EVERY == 0:
            made.append(("fluent", fluently(passage, rng.choice(_FLUENT_SHARES))))
        yield from (Text(spun, SPUN, altered, maker, source) for maker, (spun, altered) in made if altered)
        if rng.random() < _AWKWARD:
            sentences = [text[s.span.start : s.span.end] for s in segment(Document("genuine", text)).sentences]
            yield Text(awkward(rng, _NAMES, sentences, 120), GENUINE, (), "awkward", source)


def _passage(text: str, rng: random.Random) -> str:
    """A run of sentences, of a length drawn at random."""
    sentences = segment(Document("genuine", text)).sentences
    n = rng.choice(_N_SENTENCES)
    first = rng.randrange(max(1, len(sentences) - n + 1))
    chosen = sentences[first : first + n]
    return text[chosen[0].span.start : chosen[-1].span.end] if chosen else ""


def _translated(trips: Iterable[RoundTrip], rng: random.Random) -> Iterator[Text]:
    """Passages, and what came back of them."""
    for trip in trips:
        n = rng.choice(_TRIP_SENTENCES)
        first = rng.randrange(max(1, len(trip.sentences) - n + 1))
        for kind, side in ((GENUINE, trip.sentences), (BACK, trip.round_trip)):
            passage = " ".join(side[first : first + n])
            if len(passage.split()) >= _MIN_WORDS:
                yield Text(passage, kind, (), "round trip" if kind == BACK else "none", f"trip {trip.id}")


def _edited(edits: list[PostEdit], rng: random.Random) -> Iterator[Text]:
    """Sentences of another engine, several together, and what human editors made of them."""
    for turn in range(_EDIT_ROUNDS):
        rng.shuffle(edits)
        first = 0
        while first < len(edits):
            some = edits[first : first + rng.choice(_EDITED_SENTENCES)]
            yield Text(" ".join(edit.human for edit in some), GENUINE, (), "post-edit", f"edit {turn} {first}")
            yield Text(" ".join(edit.machine for edit in some), BACK, (), "other engine", f"edit {turn} {first}")
            first += len(some)
