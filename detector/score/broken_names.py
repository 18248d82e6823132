"""Names of a text with one word replaced: a name that any newsreader knows, or one that the text itself spells otherwise elsewhere.

Only capitalised words that already look altered are asked about, and a word is taken for broken only where a machine may have
written it for the one expected: "New York Giants" is no broken "New York Times".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from detector.assets import asset
from detector.lm import KnownNames, Substitutions, load_gain_reader, load_piece_lm, load_pieces, load_substitutions
from detector.text import FUNCTION_WORDS, Word, forms, numbers, words

_COMMON_ZIPF = 5.6
"""A word this frequent proves nothing where it is all that is kept of a name of two words: "new", "world"; "white" has 5.5."""
_ORDINALS = frozenset("first second third fourth fifth".split())
_TELLING_BITS = 13
"""A known name that saves less in the place of what stands there is as likely another name: set after reading the false alarms on
``genuine/``; in the samples' spun copies nearly all broken names save more."""
_SAME_STEM = 6
"""Letters from which on two words that begin alike are forms of one: "environment", "environmental"."""
_AROUND = 40
_MOST_RUNS = 200
"""Names of one text that are compared with each other: a list of thousands is no article."""
_CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][\w’']*+"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[ \u00a0]{{1,2}}(?:(?:of|and|for|the)[ \u00a0]){{0,3}}{_CAPITAL})++")


class BrokenName(NamedTuple):
    """A word of a text that is not the name's, and what the name has in its place."""

    start: int
    end: int
    expected: str
    name: str
    """The name as it should be."""
    is_own: bool
    """The text itself has it elsewhere; otherwise it is generally known."""


def broken_names(text: str, suspects: Sequence[int]) -> Iterator[BrokenName]:
    """The broken names of a text.

    Args:
        text: The text.
        suspects: Where the capitalised words begin that may be the wrong ones.
    """
    runs = [match.span() for match in _RUN.finditer(text)]
    ordered, wanted = sorted(suspects), set(suspects)
    asked = [run for run in runs if bisect_left(ordered, run[0]) < bisect_left(ordered, run[1])]
    if not asked:
        return
    unsure = set(asked)
    near = {form for run in asked for form in forms(text, *run)} - FUNCTION_WORDS
    sound = {
        name
        for run in runs[:_MOST_RUNS]
        if run not in unsure and not near.isdisjoint(tokens := forms(text, *run))
        for name in _names_in(tokens)
    }
    own = KnownNames(sorted(sound), _is_common)
    for run in asked:
        found = words(text, *run)
        tokens = [word.form for word in found]
        for is_own, broken in ((False, _by_known_names(tuple(tokens))), (True, own.broken(tokens, _may_stand_for))):
            for first, end, odd, expected in broken:
                word = found[odd]
                least = 0 if is_own and end - first > 2 else _TELLING_BITS
                if word.start in wanted and _saved(text, word, expected.capitalize()) >= least:
                    name = [*tokens[first:odd], expected, *tokens[odd + 1 : end]]
                    written = " ".join(form if form in {"of", "and", "for", "the"} else form.capitalize() for form in name)
                    yield BrokenName(word.start, word.end, expected.capitalize(), written, is_own)


@lru_cache(maxsize=1 << 16)
def _by_known_names(tokens: tuple[str, ...]) -> list[tuple[int, int, int, str]]:
    """Where a run of words breaks a name that is generally known: what ``KnownNames.broken`` gives."""
    listed = {name: None for form in tokens if form not in FUNCTION_WORDS for name in load_known_names().get(form, ())}
    return KnownNames(listed, _is_common).broken(tokens, _may_stand_for)


def _saved(text: str, word: Word, expected: str) -> float:
    """The bits that the expected word saves in its place, with the words around it."""
    before, after = text[max(0, word.start - _AROUND) : word.start], text[word.end : word.end + _AROUND]
    bits = [
        float(load_piece_lm().surprisal(load_pieces().encode(f"{before}{written}{after}").ids).sum(dtype=np.float64))
        for written in (text[word.start : word.end], expected)
    ]
    return bits[0] - bits[1]


def _names_in(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A run of capitalised words without the small word it may begin with, and what stands between its small words."""
    bare = tuple(tokens[1:] if tokens[0] in FUNCTION_WORDS else tokens)
    parts = [tuple(part.split()) for part in re.split(r" (?:(?:of|and|for|the) )+", " ".join(bare))]
    yield from (name for name in dict.fromkeys([bare, *parts]) if len(name) > 1)


def _is_common(word: str) -> bool:
    return load_substitutions().zipf(word) >= _COMMON_ZIPF


@lru_cache(maxsize=1 << 16)
def _may_stand_for(odd: str, expected: str) -> bool:
    """True where a table of synonyms, neighbours or nearest vectors has the one for the other; not for numbers and names."""
    table: Substitutions = load_substitutions()
    if odd[:_SAME_STEM] == expected[:_SAME_STEM] or odd in _ORDINALS or numbers(odd):
        return False
    if len(odd) < 2 or table.number(odd) < 0 or load_gain_reader().is_name(odd):
        return False
    choices = table.choices(np.array([table.number(odd)]))
    return expected in {table.forms[i] for i in table.originals[choices.original].tolist()} or table.relation(odd, expected) in {
        "synonym",
        "neighbour",
    }


@cache
def load_known_names() -> dict[str, list[tuple[str, ...]]]:
    """The names that ship with the package by each of their words, their digest checked, once a process."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in asset("substitutions", "names.txt").read_text(encoding="utf-8").splitlines():
        name = tuple(line.split(" "))
        for word in dict.fromkeys(name):
            found.setdefault(word, []).append(name)
    return found
