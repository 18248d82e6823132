"""Slips of a human hand: misspelt words and words confused with their like, which a translator mends on the way.

An engine writes what it has read most, and it has read few misspellings. A text that has some was hardly sent through one; a text
without any says little, as editors mend too. A form is misspelt where it is rare or in no dictionary and one letter put in, left
out, changed, or two swapped, make it a frequent word (Damerau 1964); forms that endings or two words explain are left alone.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from detector.lm import Substitutions, load_substitutions
from detector.score.combine import Findings
from detector.score.round_trip import load_weights
from detector.score.rules.tokens import unknown, written
from detector.score.rules.vocabulary import is_made_of_a_word
from detector.text import FUNCTION_WORDS
from detector.types import Evidence

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DAMAGED = frozenset(("glued", "split", "ocr"))
"""Kinds of flags of words that no hand broke."""
_LEAST_CHARS, _MOST_CHARS = 5, 20
"""Letters of a misspelt word: shorter foreign and dialect words have an English word too near."""
_FREQUENT, _MORE_FREQUENT = 3.5, 1.5
"""What a slip was meant for is so frequent, and by so much more frequent than itself, on the Zipf scale."""
_LEAST_PART, _PART_OF_TWO = 3, 4.0
"""The shortest part of a word made of two, and how frequent both must be."""
_TWO_SLIPS = 8
"""A form so long that is in no table may hold two slips."""
_TWO_SLIPS_APART = 4
_MOST_COUNTED = 4
"""More slips of one text have the same cause as these."""
_MOST = 12
"""Unknown words of a text: where there are more it is for another reason."""
_CONFUSED = {
    "could should would must might": ("of", "been had done gone a"),
    "more less better rather bigger worse older easier faster higher lower": ("then", "the a an i you he she it they we my your"),
    "their": ("is are was were", "a an the many no some so two"),
    "there": ("own", ""),
    "your": ("not welcome", ""),
    "way far not": ("to", "much many"),
    "to": ("much", "time people things"),
    "they we you": ("was is has doesn't doesn’t", ""),
}
"""Words that are confused in one place and not in another: the words before, their followers, and of which one must come after."""
_ALONE = frozenset(
    "alot didnt dont doesnt isnt wasnt couldnt wouldnt shouldnt havent hasnt arent werent thats youre theyre cant ive".split()
)
_EDGES = ".,;:!?\"“”()[]"


def with_slips(findings: Findings, text: str) -> Findings:
    """The findings of an English text with what its slips say; as they were for a text without any, or one with damaged words."""
    if any(flag.kind in _DAMAGED for flag in findings.flags):
        return findings
    found = list(islice(slips(text, load_substitutions()), _MOST_COUNTED))
    if not found:
        return findings
    bits = load_weights()["slip"] * len(found)
    shown = ", ".join(f"“{slip}”" for slip in found)
    because = f"{shown}: {'slips' if len(found) > 1 else 'a slip'} of a human hand, which a translator mends"
    told = Evidence(findings.document, "lone.slips", float(len(found)), -bits, because)
    return replace(findings, back_translated_bits=findings.back_translated_bits + bits, evidence=(*findings.evidence, told))


def slips(text: str, table: Substitutions) -> Iterator[str]:
    """The misspelt words of a text, then those confused with others, each once, as they are written in lower case."""
    suspects = sorted(form for form in unknown(text) if _LEAST_CHARS <= len(form) <= _MOST_CHARS and form not in _ALONE)
    if len(suspects) <= _MOST:
        yield from (form for form in suspects if _meant(form, table))
    yield from sorted({run.strip(_EDGES) for run in written(text)} & _ALONE)
    lower = text.lower().split()
    for pair in sorted(set(pairwise(lower)) & _confused().keys()):
        following = _confused()[pair]
        if not following or any(after.strip(_EDGES) in following for after in _after(pair, lower)):
            yield " ".join(pair)


def _after(pair: tuple[str, str], words: list[str]) -> Iterator[str]:
    """The words that follow two words."""
    return (words[i + 2] for i in range(len(words) - 2) if (words[i], words[i + 1]) == pair)


@cache
def _confused() -> dict[tuple[str, str], frozenset[str]]:
    """Two words that are one slip, each with the words of which one must follow; of none, any may."""
    return {
        (first, second): frozenset(following.split())
        for firsts, (seconds, following) in _CONFUSED.items()
        for first in firsts.split()
        for second in seconds.split()
    }


class _Spelling:
    """How English is spelt, by a table of forms."""

    def __init__(self, table: Substitutions) -> None:
        self._table = table
        in_dictionary = table.in_dictionary()
        in_dictionary[[table.number(form) for form in FUNCTION_WORDS if table.is_known(form)]] = True
        zipf = table.zipfs[:-1]
        frequent = np.flatnonzero(in_dictionary & (zipf >= _FREQUENT)).tolist()
        self._frequent = {table.forms[i]: float(zipf[i]) for i in frequent}

    def meant(self, form: str) -> str | None:
        """The frequent word that a form stands for that no dictionary has; None where it may be a word of its own."""
        if self._is_made_of_parts(form):
            return None
        near = _one_slip_away(form)
        best = max(near & self._frequent.keys(), key=lambda word: (self._frequent[word], word), default=None)
        if best is not None and self._frequent[best] >= self._table.zipf(form) + _MORE_FREQUENT:
            return best
        if len(form) >= _TWO_SLIPS and not self._table.is_known(form):
            return next((word for word in self._like(form) if not near.isdisjoint(_one_slip_away(word))), None)
        return None

    def _is_made_of_parts(self, form: str) -> bool:
        """True for a form that known parts explain: beginnings, endings, two frequent words."""
        return is_made_of_a_word(form) or any(all(map(self._is_part, (form[:i], form[i:]))) for i in range(1, len(form)))

    def _is_part(self, half: str) -> bool:
        """True for one of two words that were written together."""
        return half in FUNCTION_WORDS or (len(half) >= _LEAST_PART and self._frequent.get(half, 0) > _PART_OF_TWO)

    @cached_property
    def _long(self) -> tuple[list[str], NDArray[np.int8]]:
        """The frequent words in which two slips may be looked for, and the letters of each. Shape ``(n_words, 26)``."""
        found = [form for form in self._frequent if len(form) >= _TWO_SLIPS - 2 and form.isalpha()]
        return found, np.stack([_letters(form) for form in found])

    def _like(self, form: str) -> list[str]:
        """The long words of the same first letter that two slips might make of the form: they change four of its counts at most."""
        words, letters = self._long
        apart = np.abs(letters - _letters(form)).sum(axis=1, dtype=np.int64)
        return [words[i] for i in np.flatnonzero(apart <= _TWO_SLIPS_APART).tolist() if words[i][0] == form[0]]


def _one_slip_away(form: str) -> set[str]:
    """What one letter put in, left out or changed, or two swapped, make of a form."""
    cuts = [(form[:i], form[i:]) for i in range(len(form) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b for a, b in cuts for letter in _LETTERS}
    return found | {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}


def _letters(form: str) -> NDArray[np.int8]:
    """How often each letter stands in a form. Shape ``(26,)``."""
    return np.bincount(np.frombuffer(form.encode(), dtype=np.uint8) - ord("a"), minlength=26).astype(np.int8)


@lru_cache(maxsize=8192)
def _meant(form: str, table: Substitutions) -> str | None:
    """The same for one form, kept: what is unknown comes again."""
    return _spelling(table).meant(form)


@cache
def _spelling(table: Substitutions) -> _Spelling:
    return _Spelling(table)
