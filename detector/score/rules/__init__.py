"""The rules that read one text alone: no model, no counterpart, one kind of trace a module.

Each module has ``find(segmented) -> Iterator[Flag]``; what its codes say and how often they err is in
``detector.codes``.
"""

from collections.abc import Callable, Iterable, Iterator

from detector.score.rules import (
    boilerplate,
    cut,
    foreign,
    gender,
    glued,
    habits,
    headlines,
    hidden,
    markup,
    mojibake,
    noun_phrases,
    ocr,
    offices,
    quotes,
    repetition,
    residue,
    salad,
    senses,
    slots,
    split,
    truncation,
)
from detector.types import Flag, SegmentedDocument

__all__ = ["RULES", "find_all", "pivot_of"]

RULES: tuple[Callable[[SegmentedDocument], Iterator[Flag]], ...] = tuple(
    module.find
    for module in (
        residue,
        slots,
        noun_phrases,
        quotes,
        boilerplate,
        headlines,
        mojibake,
        truncation,
        markup,
        hidden,
        foreign,
        salad,
        cut,
        habits,
        offices,
        senses,
        gender,
        glued,
        split,
        ocr,
        repetition,
    )
)
"""Every finder, in a fixed order."""


def find_all(segmented: SegmentedDocument) -> tuple[Flag, ...]:
    """What every rule finds, in the order of the text; flags of different codes may overlap."""
    flags = [flag for find in RULES for flag in find(segmented)]
    return tuple(sorted(flags, key=lambda flag: (flag.span.start, flag.span.end, flag.reasons)))


def pivot_of(flags: Iterable[Flag]) -> str | None:
    """The pivot language (ISO 639-1) that most of the residue tells of, the first of equals; None without any."""
    told = [residue.PIVOTS[code] for flag in flags for code, _ in flag.reasons if code in residue.PIVOTS]
    return max(told, key=told.count) if told else None
