"""One side of a bead: a sentence with its altered words marked, and beneath it what they probably said before.

Marks are characters, not colours, so that they survive a pipe: ``[altered]``, ``‹moved›``, ``↳ found → “expected”``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from detector.report.phrases import share, term
from detector.report.safe import safe
from detector.types import Flag, SegmentedDocument, Span

LEGEND = "[altered]  ‹moved›  ↳ found → “expected” (kind, probability): reasons"
NOTE = "↳"
"""The label of a row that says something of the row above."""


class Told:
    """The altered words whose reasons the reader has seen, so that a word used forty times is explained once."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, str | None]] = set()

    def is_new(self, found: str, flag: Flag) -> bool:
        """True the first time these words are seen flagged with this kind and expectation."""
        key = (found.casefold(), flag.kind, flag.expected.casefold() if flag.expected is not None else None)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


class Marks(NamedTuple):
    """The runs of a text to mark."""

    altered: Sequence[Span] = ()
    moved: Sequence[Span] = ()


def marked(text: str, within: Span, marks: Marks) -> Text:
    """The characters of ``within``, made safe, altered runs in square brackets and moved runs in angle quotes.

    Runs that overlap share one pair of brackets; a moved run that was altered too counts as altered.
    """
    changed = _merged(_clipped(marks.altered, within))
    shifted = [s for s in _merged(_clipped(marks.moved, within)) if not any(s.overlaps(c) for c in changed)]
    line, at = Text(), within.start
    for span in sorted(changed + shifted):
        line.append(safe(text[at : span.start]))
        left, right, style = ("‹", "›", "") if span in shifted else ("[", "]", "bold")
        line.append(left + safe(span.of(text)) + right, style)
        at = span.end
    line.append(safe(text[at : within.end]))
    return line


def note(flag: Flag, text: str, told: Told) -> Text:
    """One line on a flag: what was found, what was expected, kind and probability; reasons the first time."""
    found = flag.span.of(text)
    line = Text(safe(found), "bold")
    if flag.expected is not None:
        line.append(" → ", "not bold").append(f"“{safe(flag.expected)}”" if flag.expected else "nothing")
    severity = "" if flag.severity == "minor" else f", {flag.severity}"
    line.append(f" ({term(safe(flag.kind))} {share(flag.probability)}{severity})", "not bold")
    if flag.reasons and told.is_new(found, flag):
        line.append(": " + "; ".join(safe(reason) for _, reason in flag.reasons), "not bold dim")
    return line


def by_sentence(side: SegmentedDocument, flags: Iterable[Flag]) -> dict[int, list[Flag]]:
    """The flags that touch each sentence, by its index; sentences without flags are left out."""
    found: dict[int, list[Flag]] = {}
    for flag in flags:
        first = bisect_right(side.sentences, flag.span.start, key=lambda s: s.span.end)
        last = bisect_left(side.sentences, flag.span.end, key=lambda s: s.span.start)
        for index in range(first, last):
            found.setdefault(index, []).append(flag)
    return found


def sentence(
    side: SegmentedDocument, index: int, flags: Sequence[Flag], told: Told, marks: Marks
) -> list[tuple[str, Text]]:
    """Rows of (label, line): the sentence with its marks and its flags, then a note for each flag that begins in it."""
    within, text = side.sentences[index].span, side.document.text
    altered = [*marks.altered, *(flag.span for flag in flags)]
    rows = [(str(index + 1), marked(text, within, Marks(altered, marks.moved)))]
    return rows + [(NOTE, note(flag, text, told)) for flag in flags if flag.span.start >= within.start]


def gutter(rows: Iterable[tuple[str, Text]], label_width: int) -> RenderableType:
    """The rows with their labels hanging at the left, right-aligned in ``label_width`` columns, notes one step in."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", width=label_width, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, line in rows:
        if label == NOTE:
            step = Table.grid(padding=(0, 1, 0, 0))
            step.add_column(width=1)
            step.add_column(overflow="fold")
            step.add_row(Text(NOTE, "dim"), line)
            grid.add_row("", step)
        else:
            grid.add_row(Text(label, "dim"), line)
    return grid


def _clipped(spans: Iterable[Span], within: Span) -> list[Span]:
    inside = (s for s in spans if s.overlaps(within))
    return [Span(max(s.start, within.start), min(s.end, within.end)) for s in inside]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
