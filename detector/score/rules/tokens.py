"""Words first: what stands between blanks is found once for all rules, and only around a word that a rule knows is it read closely.

Most texts hold none of a rule's words, and looking for words in a set costs less than searching for patterns. What is found is kept
of the last text alone, as the rules read one text after the other.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache, lru_cache

from detector.score.rules.vocabulary import words

_MARKS = "“”\"‘’'()[],;:.!?…—–-"
_ASCII, _RUN = re.compile("[\x00-\x7f]+"), re.compile(r"\S+")


@lru_cache(maxsize=1)
def tokens(text: str) -> tuple[str, ...]:
    """The runs of a text between blanks, in order, with the punctuation that touches them."""
    return tuple(text.split())


@lru_cache(maxsize=1)
def written(text: str) -> frozenset[str]:
    """The runs of a text between blanks, each once."""
    return frozenset(tokens(text))


@lru_cache(maxsize=1)
def strange(text: str) -> frozenset[str]:
    """The runs of a text that are no words as they stand: with a capital, a mark, a digit, or damaged."""
    return written(text) - words()


@lru_cache(maxsize=1)
def unknown(text: str) -> frozenset[str]:
    """The runs of lower-case letters that are no words, each once, the marks around them taken off; most texts have none or one."""
    bare = {run.strip(_MARKS) for run in strange(text) if not "0" <= run[0] <= "Z"}
    return frozenset(form for form in bare - words() if form.islower() and form.isalpha() and form.isascii())


@lru_cache(maxsize=1)
def in_one(text: str) -> str:
    """The strange runs of a text in one string, in no order: all that stands in it without a blank but plain words."""
    return " ".join(strange(text))


@lru_cache(maxsize=1)
def beyond_ascii(text: str) -> str:
    """The characters of a text that are neither ASCII nor blank, each once, in no order."""
    runs = in_one(text)
    return "" if runs.isascii() else "".join(frozenset(_ASCII.sub("", runs)))


_WATCHED: list[Callable[[], frozenset[str]]] = []


def watched(words: Callable[[], frozenset[str]]) -> Callable[[], frozenset[str]]:
    """The same function, of whose words ``known`` tells from now on; rules say so when they are imported."""
    _WATCHED.append(words)
    return words


@cache
def _all_watched() -> frozenset[str]:
    return frozenset().union(*(words() for words in _WATCHED))


@lru_cache(maxsize=1)
def known(text: str) -> frozenset[str]:
    """The runs of a text that any rule watches for, few or none: looked for once for all rules."""
    return written(text) & _all_watched()


def around(
    text: str, asked: Iterable[tuple[str, re.Pattern[str]]], *, before: int = 60, after: int = 60
) -> Iterator[re.Match[str]]:
    """What each pattern finds near the places of its word, every match once, in the order of the words.

    Args:
        text: A text.
        asked: Words, each with the pattern that is looked for around it.
        before: How many characters before the word the pattern may begin.
        after: How many characters after it the pattern may end.
    """
    seen: set[tuple[int, int]] = set()
    for word, pattern in asked:
        for start, end in regions(places(text, word), before, after):
            for m in pattern.finditer(text, start, end):
                if m.span() not in seen:
                    seen.add(m.span())
                    yield m


def places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in a text, inside longer words too."""
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def regions(found: Iterable[tuple[int, int]], before: int, after: int) -> Iterator[tuple[int, int]]:
    """The stretches around places that are given in order, those that touch made one: no character is read twice."""
    low, high = 0, -1
    for start, end in found:
        if start - before > high:
            if high >= 0:
                yield low, high
            low = max(0, start - before)
        high = end + after
    if high >= 0:
        yield low, high


def is_line(text: str, start: int, end: int) -> bool:
    """True for what stands alone on its line."""
    return text[max(0, start - 1) : start] in ("", "\n") and text[end : end + 1] in ("", "\n", "\r")


@lru_cache(maxsize=1)
def starts(text: str) -> tuple[int, ...]:
    """Where each run of a text begins, in order; kept as the runs are."""
    return tuple(m.start() for m in _RUN.finditer(text))


def pairs_with(text: str, looked_for: Set[str], joins: Callable[[str, str], bool]) -> Iterator[tuple[int, str, str]]:
    """Every two runs of a text with one blank between of which one is looked for and which join: the first's offset, and both.

    Offsets are found only where two join, as this costs more than all the rest.
    """
    runs = tokens(text)
    found = [i for i, run in enumerate(runs) if run in looked_for]
    for first in sorted({at for i in found for at in (i - 1, i) if 0 <= at < len(runs) - 1}):
        left, right = runs[first], runs[first + 1]
        if joins(left, right) and text.startswith(f" {right}", starts(text)[first] + len(left)):
            yield starts(text)[first], left, right
