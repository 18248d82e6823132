"""One side of a bead as it is read for facts, and what a fact is."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from detector.text import Word
from detector.types import Span

_STRAY = str.maketrans({"Â": " ", "\u00a0": " ", "\u202f": " ", "{": " ", "}": " "})
"""A blank that does not break, what is left of it after a wrong decoding, a slot's braces: plain blanks, one for one."""
_GLUED_STOP = re.compile(r"(?<=[a-z])\.(?=[A-Z])")


class Fact(NamedTuple):
    """Something that a sentence states, by which two tellings can disagree."""

    kind: str
    """Facts of one kind can stand for each other: "amount", "year", "name", ..."""
    value: Any
    """What is stated, however it is written: compared by the module that found it."""
    span: Span
    reach: Span
    """The span with the words beside it that show its place, such as the verb of a speaker."""


@dataclass(frozen=True)
class Side:
    """The sentences of a bead on one side; offsets point into the whole text."""

    text: str
    sentences: tuple[Span, ...]
    words: tuple[Word, ...]
    """Those of its sentences, in order."""

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The forms of its words with a capital, possessives as the plain word too."""
        written = [word.form for word in self.words if self.text[word.start].isupper()]
        return frozenset([*written, *(form.removesuffix("'s") for form in written)])

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def passages(self) -> Iterator[tuple[int, str]]:
        """Each sentence with where it begins; blanks of all kinds, and stops that lost theirs, as plain blanks."""
        for span in self.sentences:
            yield span.start, _GLUED_STOP.sub(" ", span.of(self.text).translate(_STRAY))

    def places(self, span: Span) -> range:
        """The places of the words that share a character with a span."""
        first = bisect_left(self._starts, span.start)
        if first and self.words[first - 1].end > span.start:
            first -= 1
        return range(first, bisect_left(self._starts, span.end))

    def hull(self, first: int, end: int) -> Span:
        """From the first to the last of some words, which are at least one."""
        return Span(self.words[first].start, self.words[end - 1].end)


def outside(facts: Sequence[Fact], taken: Sequence[Span]) -> list[Fact]:
    """The facts that share no character with spans already read as something else."""
    return [fact for fact in facts if not any(fact.span.overlaps(span) for span in taken)]
