"""How a run that is no word was misread: the word that comes out when one confusion is undone, and how sure that is.

A confusion that no hand makes is sure in one place: "wliich", "govemment", "h0spital", "gov~ernment", or "di erent" where a
ligature was lost. One that a slip of the pen, a footnote or chance could make too ("wbo", "report5") is not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import permutations, product
from typing import NamedTuple

from detector.score.rules.vocabulary import frequent, is_inflected, is_word
from detector.text import FUNCTION_WORDS

_CONFUSED = (
    ("rn", "m"), ("m", "rn"), ("vv", "w"), ("cl", "d"), ("d", "cl"), ("li", "h"), ("h", "li"), ("ii", "u"), ("ii", "h"),
    ("m", "in"),
)  # fmt: skip
"""What is read, and what stood there: no hand writes one for the other."""
_ALIKE = tuple((read, meant) for alike in ("bh", "ce", "lt", "li", "nu", "vy") for read, meant in permutations(alike))
"""The same of single letters, which a slip of the pen confuses too."""
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")
READINGS = {"0": ("o",), "1": ("l", "i"), "5": ("s",), "8": ("b",), "Þ": ("fi",), "¿": ("fi",), "ß": ("fl",), "À": ("fl",)}
"""What a digit is read for, and what a letter stands for in fonts that have ligatures in its place."""
STRAY = "~^¬¦|\\"
"""Marks that stand between letters, or over one."""
_WITH_STRAY = (("c~", "e"), ("c^", "e"))
"""A letter that was read as another and a mark, and the letter."""
_STRAYS = re.compile(r"[~^¬¦|\\]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

_LONGEST = 24
"""Letters of a run that is read."""
_MIN_WORD, _MIN_HALF, _MIN_LETTERS, _MIN_UNIQUE = 3, 4, 5, 7
"""Letters of a small word; of a half that is none; of a word for which one place is enough; of one of which more is lost."""
_MOST_FREQUENT, _LEAST_FREQUENT, _BY_LENGTH = 5.0, 3.0, 7.0
"""On the Zipf scale: of the shortest and the longest words that are looked for, between them half less for each letter."""
_EVERYWHERE = 6.0
"""Of small words for which one place is enough."""
_RARE = 4.0
"""Of a part of a word that is looked for; more frequent ones stand in most texts."""
_MAX_ONES = 7
"""Digits that read in two ways."""


class Repair(NamedTuple):
    """What a run was misread for, where only one word fits; whether one place is enough; and why."""

    expected: str | None
    is_certain: bool
    because: str


@cache
def _fitting() -> frozenset[str]:
    """The words that are frequent for their length: chance reaches short ones too easily."""
    return frozenset(w for w, zipf in frequent(_LEAST_FREQUENT) if zipf >= min(_MOST_FREQUENT, _BY_LENGTH - len(w) / 2))


def _reads(form: str) -> bool:
    """True for a word, in any case, that no chance makes of a run with digits or marks."""
    return is_word(form.lower(), 0.0 if len(form) >= _MIN_LETTERS else _MOST_FREQUENT)


def _only(words: Set[str]) -> str | None:
    """The word where there is but one."""
    return next(iter(words)) if len(words) == 1 else None


def _replaced(form: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The form with the first of each pair replaced by the second, everywhere and at each place alone."""
    for read, meant in pairs:
        at = form.find(read)
        if at >= 0:
            yield form.replace(read, meant)
        while at >= 0:
            yield f"{form[:at]}{meant}{form[at + len(read) :]}"
            at = form.find(read, at + 1)


@cache
def unbound() -> dict[tuple[str, str], str]:
    """The two parts of words around a ligature, each pair with its word, the most frequent where it has more."""
    pairs: dict[tuple[str, str], str] = {}
    for word, _ in frequent(_LEAST_FREQUENT):
        if "f" not in word or word not in _fitting():
            continue
        for ligature in _LIGATURES:
            before, found, behind = word.partition(ligature)
            if found and behind:
                pairs.setdefault((before, behind), word)
    return pairs


@cache
def parts() -> frozenset[str]:
    """Of the parts around a ligature those by which a text is searched: single letters and rare words."""
    found = {part for pair in unbound() for part in pair}
    return frozenset(part for part in found if len(part) == 1 or not is_word(part, _RARE)) - {"", "a", "i"}


@cache
def _without_ligature() -> Mapping[str, str]:
    """Runs that are no words, each with the word that they are without its ligature; what begins with one is longer."""
    made = {
        before + behind: word
        for (before, behind), word in reversed(unbound().items())
        if len(before + behind) >= (_MIN_LETTERS if before else _MIN_UNIQUE)
    }
    return {form: word for form, word in made.items() if not is_word(form)}


@cache
def _slips() -> Mapping[str, frozenset[str]]:
    """Forms of the most frequent words that a slip of the pen may have made too, each with its words."""
    slips: dict[str, frozenset[str]] = {}
    for word, zipf in frequent(_MOST_FREQUENT):
        if len(word) >= _MIN_LETTERS or zipf >= _EVERYWHERE:
            for form in _replaced(word, _ALIKE):
                slips[form] = slips.get(form, frozenset()) | {word}
    return slips


@cache
def capitalised() -> frozenset[str]:
    """Small words misread, with the capital that they have where a sentence begins."""
    misreading = [(meant, read) for read, meant in _CONFUSED + _ALIKE]
    made = {form for word in FUNCTION_WORDS for form in _replaced(word, misreading)}
    return frozenset(form.capitalize() for form in made if len(form) >= _MIN_WORD and not is_word(form) and of_letters(form))


def of_letters(form: str) -> Repair | None:
    """How a form in lower case that is no word was misread."""
    if len(form) > _LONGEST or is_inflected(form):
        return None
    if words := _fitting().intersection(_replaced(form, _CONFUSED)):
        is_certain = any(len(w) >= _MIN_LETTERS or (_MIN_WORD <= len(w) < len(form) and is_word(w, _EVERYWHERE)) for w in words)
        return Repair(_only(words), is_certain, f"“{form}” is “{min(words)}” misread")
    if word := _without_ligature().get(form):
        return Repair(word, True, f"a ligature of “{word}” was lost")
    if words := _slips().get(form, frozenset()):
        return Repair(_only(words), False, f"“{form}” may be “{min(words)}” misread")
    return None


def of_parts(left: str, right: str) -> Repair | None:
    """Of which word two runs are the parts around a lost ligature; not certain where both are words, or the second is short."""
    word = unbound().get((left.lower(), right))
    if word is None:
        return None
    is_certain = len(right) >= _MIN_HALF and not (is_word(left) and is_word(right))
    return Repair(word.capitalize() if left[:1].isupper() else word, is_certain, f"a ligature of “{word}” was lost")


def of_digits(run: str) -> Repair | None:
    """How a run with digits for letters reads; a digit at the edge of a word may be a footnote's."""
    if run.count("1") > _MAX_ONES:
        return None
    words = {word for word in map("".join, product(*(READINGS.get(c, (c,)) for c in run))) if _reads(word)}
    if not words:
        return None
    is_certain = any(len(word) >= _MIN_LETTERS for word in words) and not is_word(run.strip("0158").lower())
    return Repair(_only(words), is_certain, f"“{run}” has a digit or a sign for a letter")


def of_marks(run: str) -> Repair | None:
    """How a run with marks reads: a letter and a mark for a letter, or marks between letters, or a mark for a letter."""
    pieces = [piece.lower() for piece in _STRAYS.split(run) if piece]
    if all(len(piece) > 1 and is_word(piece, _MOST_FREQUENT) for piece in pieces):
        return None
    for made, least in (
        ([run.replace(read, meant) for read, meant in _WITH_STRAY], _MIN_LETTERS),
        ([_STRAYS.sub("", run)] if len(pieces) > 1 else [], _MIN_LETTERS),
        ([_STRAYS.sub(letter, run) for letter in _ALPHABET], _MIN_UNIQUE),
    ):
        if words := {word for word in made if _reads(word)}:
            is_certain = len(words) == 1 and len(min(words)) >= least
            return Repair(_only(words), is_certain, "a mark stands within the word")
    return None
