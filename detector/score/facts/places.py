"""Which words of the two sides of a bead stand in one place, by its word edits."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from detector.score.facts.reading import Side
from detector.types import EditOp, Span, WordEdit

_FIRM = 3
"""Words a side of the largest change beside which another still stands among the same words."""


class Change(NamedTuple):
    """An edit as places of words, half-open; an empty side stands before the word of that place."""

    op: EditOp
    source: tuple[int, int]
    target: tuple[int, int]

    @property
    def source_places(self) -> range:
        """The places of the source's words."""
        return range(*self.source)

    @property
    def target_places(self) -> range:
        """The places of the target's words."""
        return range(*self.target)

    def places(self, side: int) -> range:
        """The places of the words on one side (0 source, 1 target)."""
        return self.target_places if side else self.source_places


@dataclass(frozen=True)
class Places:
    """The edits of a bead, in source order, as places among its words."""

    edits: tuple[Change, ...]
    n_words: tuple[int, int]

    @property
    def changes(self) -> Iterator[Change]:
        """What was neither kept nor moved."""
        return (edit for edit in self.edits if edit.op not in {"keep", "move"})

    @cached_property
    def _edit_of(self) -> tuple[dict[int, int], dict[int, int]]:
        """For each word of each side, the number of its edit."""
        return (
            {k: e for e, edit in enumerate(self.edits) for k in edit.source_places},
            {k: e for e, edit in enumerate(self.edits) for k in edit.target_places},
        )

    def change(self, side: int, place: int) -> Change | None:
        """The edit of a word of one side where it was neither kept nor moved."""
        number = self._edit_of[side].get(place)
        found = self.edits[number] if number is not None else None
        return found if found and found.op not in {"keep", "move"} else None

    def changed_words(self, side: int) -> Iterator[int]:
        """The places of the words of one side that were neither kept nor moved."""
        return (k for change in self.changes for k in change.places(side))

    def there(self, side: int, places: Sequence[int]) -> set[int]:
        """The places on the other side of what stands for some words: one for one where they are kept."""
        found: set[int] = set()
        for place in places:
            number = self._edit_of[side].get(place)
            if number is None:
                continue
            edit = self.edits[number]
            if edit.op in {"keep", "move"} and len(edit.source_places) == len(edit.target_places):
                found.add(edit.places(1 - side).start + place - edit.places(side).start)
            else:
                found.update(edit.places(1 - side))
        return found

    def meet(self, source: Sequence[int], target: Sequence[int]) -> bool:
        """True where some words of the source and some of the target stand for each other."""
        return not self.there(0, source).isdisjoint(target)

    def is_changed(self, side: int, places: Sequence[int]) -> bool:
        """True where some of the words are neither kept nor moved."""
        return any(self.change(side, place) for place in places)

    def is_firm(self, change: Change) -> bool:
        """True where what stands beside a change, before and behind, is kept or changed by little."""
        at = self.edits.index(change)
        beside = [self.edits[k] for k in (at - 1, at + 1) if 0 <= k < len(self.edits)]
        return all(e.op == "keep" or max(len(e.source_places), len(e.target_places)) <= _FIRM for e in beside)


def places_of(edits: Sequence[WordEdit], source: Side, target: Side) -> Places:
    """The edits of a bead as places among the words of its two sides."""
    starts = [word.start for word in source.words], [word.start for word in target.words]
    found = [Change(e.op, _places(starts[0], e.source), _places(starts[1], e.target)) for e in edits]
    return Places(tuple(found), (len(source.words), len(target.words)))


def _places(starts: Sequence[int], span: Span) -> tuple[int, int]:
    first = bisect_left(starts, span.start)
    return first, bisect_left(starts, span.end) if len(span) else first
