"""What the tagger is trained on: rows of pieces, in pairs of a genuine text and an altered copy of the same text.

All that the two of a pair do not share is the alteration: no matter, site or style goes with one label. What must not be learned
(quotes, contractions, names, misspellings, missing marks) is changed on both sides alike. Each batch is drawn from its own seed,
so that training goes on after a stop as if there had been none.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.lm.word_pieces import WordPieces
from detector.text import segment
from detector.types import Document
from models.training.awkward import awkward, misspelt
from models.training.post_edits import PostEdit
from models.training.round_trips import RoundTrip
from models.training.spinner import Spinner, wide_manner

GENUINE, SPUN, BACK = range(3)

_CONTRACTIONS = {
    "can't": "can not", "won't": "will not", "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am",
    "it's": "it is", "that's": "that is", "he's": "he is", "she's": "she is", "there's": "there is", "what's": "what is",
    "let's": "let us",
}  # fmt: skip
_CONTRACTED = re.compile(
    r"(?:\b(?:can't|won't|(?:it|that|he|she|there|what|let)'s)|(?<=[a-z])n't|(?<=[a-z])'(?:re|ve|ll|m))\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]*")
_QUOTES = re.compile(r"[\"“”]")
_MARKS = re.compile(r"[,;:](?=\s)")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_CHARS_A_PIECE = 6
_AWKWARD = 0.1
_DISORDERED = 0.15
"""Share of the rows whose sentences do not follow on each other, as on a page of links and teasers."""
_PIECES_A_SENTENCE = 32


class Shape(NamedTuple):
    """How many pairs of each sort a batch has, and the length of its rows in pieces, the two around a row counted."""

    length: int
    spun: int
    back: int
    edited: int


SHAPES = {
    "trips": (*(Shape(128, 5, 4, 0),) * 3, Shape(48, 11, 8, 5), *(Shape(128, 5, 4, 0),) * 2, Shape(256, 3, 2, 0)),
    "edits": (*(Shape(128, 5, 3, 1),) * 3, Shape(48, 11, 8, 5), *(Shape(128, 5, 3, 1),) * 2, Shape(256, 3, 2, 0)),
}
"""Batches of the same cost; each step takes the next. Texts come in all lengths, and so do the windows of a long one.

Two mixtures: one has long rows of one engine's round trips only, the other also of several engines' translations beside their
post-edits. Each teaches what the other does not, and the mean of the weights of both knows more than either (``average.py``).
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A genuine text in sentences."""

    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows in pairs: row 2k is genuine, row 2k + 1 its copy. Shapes ``(n_rows, length)``, ``(n_rows,)``."""

    ids: NDArray[np.int64]
    is_piece: NDArray[np.bool_]
    altered: NDArray[np.float32]
    """1 for a piece that a spinner put there."""
    kinds: NDArray[np.int64]


def source(text: str) -> Source:
    """A text with its sentences found, its quotes straightened as a round trip's are."""
    segmented = segment(Document("source", text.translate(_STRAIGHT)))
    return Source(segmented.document.text, tuple((s.span.start, s.span.end) for s in segmented.sentences))


def without_contractions(text: str) -> str:
    """The text with its contractions written out.

    >>> without_contractions("It's late and they don't know; we'll see.")
    "It is late and they do not know; we will see."
    """
    return _CONTRACTED.sub(lambda m: _written_out(m[0]), text)


def _written_out(short: str) -> str:
    full = _CONTRACTIONS[short.lower()]
    return full[0].upper() + full[1:] if short[0].isupper() else full


class Sampler:
    """Draws batches."""

    def __init__(  # noqa: PLR0917 - what to draw from, and the seed
        self,
        pieces: WordPieces,
        spinner: Spinner,
        sources: Sequence[Sequence[Source]],
        trips: Sequence[RoundTrip],
        edits: Sequence[Sequence[PostEdit]],
        seed: int,
        mixture: str = "edits",
    ) -> None:
        """Take what to draw from.

        Args:
            pieces: What texts are cut into.
            spinner: What spins them.
            sources: Genuine texts by domain, with the domain's share of the draws given by how often it stands here.
            trips: Round trips.
            edits: Machine translations and their human edits, by the pair of languages.
            seed: With the number of a batch, of all that is drawn for it.
            mixture: Which of ``SHAPES`` the batches have.
        """
        self._pieces, self._spinner, self._seed = pieces, spinner, seed
        self.mixture = mixture
        self._sources, self._trips, self._edits = sources, trips, edits
        names = {m[0] for domain in sources for one in domain[:400] for m in _NAME.finditer(one.text)}
        self._names = sorted(name for name in names if name.isalpha())

    def batch(self, number: int) -> Batch:
        """The batch of a number."""
        rng = random.Random(f"{self._seed} {number}")
        shapes = SHAPES[self.mixture]
        shape = shapes[number % len(shapes)]
        rows: list[tuple[str, Sequence[tuple[int, int, str]], int]] = []
        for _ in range(shape.spun):
            text = self._passage(shape.length, rng)
            spun, altered = self._spinner.spin(text, wide_manner(rng), rng)
            rows += [(text, (), GENUINE), (spun, altered, SPUN if altered or spun != text else GENUINE)]
        for k in range(shape.back + shape.edited):
            sides = self._translated(shape, k >= shape.back, rng)
            rows += [(text, (), kind) for text, kind in zip(sides, (GENUINE, BACK), strict=True)]
        return self._rows(rows, shape.length)

    def _passage(self, length: int, rng: random.Random) -> str:
        """A run of sentences long enough for a row."""
        domain = rng.choice(self._sources)
        chosen = rng.choice(domain)
        first = rng.randrange(len(chosen.sentences))
        start = chosen.sentences[first][0]
        end = next((e for _, e in chosen.sentences[first:] if e - start >= length * _CHARS_A_PIECE), chosen.sentences[-1][1])
        if rng.random() < _AWKWARD:
            sentences = [chosen.text[s:e] for s, e in chosen.sentences]
            return awkward(rng, self._names, sentences, length)
        passage = chosen.text[start:end]
        if rng.random() < _DISORDERED:
            among = rng.sample(chosen.sentences, min(len(chosen.sentences), 1 + length // _PIECES_A_SENTENCE))
            passage = " ".join(chosen.text[s:e] for s, e in among)
        changed = _changed([passage], self._names, rng)[0]
        return misspelt(changed, rng, rng.uniform(0.003, 0.04)) if rng.random() < 0.12 else changed

    def _translated(self, shape: Shape, is_edit: bool, rng: random.Random) -> list[str]:
        """What a human wrote, and what came out of a machine."""
        if is_edit:
            of_language = rng.choice(self._edits)
            edits = rng.sample(of_language, min(len(of_language), 1 + shape.length // _PIECES_A_SENTENCE))
            sides = [" ".join(getattr(edit, side) for edit in edits) for side in ("human", "machine")]
            return _changed(sides, self._names, rng)
        trip = rng.choice(self._trips)
        first = rng.randrange(max(1, len(trip.sentences) - shape.length // 24))
        pairs = list(zip(trip.sentences, trip.round_trip, strict=True))[first:]
        if rng.random() < _DISORDERED:
            rng.shuffle(pairs)
        sides = [" ".join(pair[side] for pair in pairs)[: shape.length * _CHARS_A_PIECE] for side in (0, 1)]
        sides = _changed(sides, self._names, rng)
        for side in range(2):
            if rng.random() < 0.08:
                sides[side] = misspelt(sides[side], rng, rng.uniform(0.003, 0.04))
        return sides

    def _rows(self, rows: Sequence[tuple[str, Sequence[tuple[int, int, str]], int]], length: int) -> Batch:
        ids = np.full((len(rows), length), self._pieces.pad, dtype=np.int64)
        is_piece = np.zeros(ids.shape, dtype=np.bool_)
        altered = np.zeros(ids.shape, dtype=np.float32)
        for i, (text, runs, _) in enumerate(rows):
            found = self._pieces.encode(text)
            n = min(len(found.ids), length - 2)
            ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = self._pieces.before, found.ids[:n], self._pieces.after
            is_piece[i, : n + 2] = True
            starts, ends = np.array([a for a, _, _ in runs], dtype=np.int64), np.array([b for _, b, _ in runs], dtype=np.int64)
            before = np.searchsorted(ends, found.starts[:n], side="right")  # altered runs that end before the piece
            altered[i, 1 : n + 1] = np.append(starts, np.iinfo(np.int64).max)[before] < found.ends[:n]
        kinds = np.array([kind for _, _, kind in rows], dtype=np.int64)
        same = (ids[1::2] == ids[0::2]).all(axis=1)  # what was altered lies beyond the end of the row
        kinds[1::2][same] = GENUINE
        return Batch(ids, is_piece, altered, kinds)


def _changed(sides: Sequence[str], names: Sequence[str], rng: random.Random) -> list[str]:
    """The sides of a pair with what must not be learned changed alike in both."""
    found = list(sides)
    if rng.random() < 0.25:
        found = [_QUOTES.sub("", text) for text in found]
    if rng.random() < 0.4:
        found = [without_contractions(text) for text in found]
    if rng.random() < 0.1:
        name = rng.choice(names)
        found = [_NAME.sub(name, text) for text in found]
    elif rng.random() < 0.08:
        found = [_NAME.sub("", text) for text in found]
    if rng.random() < 0.1:
        found = [_MARKS.sub("", text) for text in found]
    return found
