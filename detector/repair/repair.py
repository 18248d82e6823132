"""Repairs of one text, made again on what they left until nothing is left to repair.

One repair uncovers another: an entity that stood for a hidden character, a line of the site that was misspelt by its
encoding. So a text is read again after each round, and the rounds are put together into one list on the text as read.
"""

from collections.abc import Callable, Iterable, Sequence

from detector.repair.characters import character_repairs
from detector.repair.compose import compose
from detector.repair.lines import line_repairs
from detector.types import Cleaned, Document, Flag, Repair, SegmentedDocument, replay

Read = Callable[[Document], tuple[SegmentedDocument, Sequence[Flag]]]

_MAX_ROUNDS = 16
"""Damage that people and programs do is gone after two or three; each round more is a text made to need one."""


def repair(document: Document, read: Read, is_site: Callable[[str], bool]) -> Cleaned:
    """The document with what is certain repaired; doing it again changes nothing more.

    A text that still has something to repair after ``_MAX_ROUNDS`` rounds is left as it was: it was made to have no end.

    Args:
        document: What was read.
        read: Cuts a document into sentences and finds what is wrong with it.
        is_site: Says of a sentence whether the whole of it belongs to the site.
    """
    text = document.text
    made: tuple[Repair, ...] = ()
    for _ in range(_MAX_ROUNDS):
        segmented, flags = read(Document(document.id, text))
        found = _disjoint([*character_repairs(text, flags), *line_repairs(segmented, flags, is_site)])
        if not found:
            return Cleaned(document, text, made)
        made = compose(document.text, made, text, found)
        text = replay(text, found)
    return Cleaned(document, document.text)


def _disjoint(repairs: Iterable[Repair]) -> list[Repair]:
    """The repairs in order, of those that overlap the first and longest: the others come up again in the next round."""
    kept: list[Repair] = []
    end = 0
    for found in sorted(repairs, key=lambda r: (r.span.start, -r.span.end, r.code)):
        if found.span.start >= end:
            kept.append(found)
            end = found.span.end
    return kept
