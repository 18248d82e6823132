"""One side of a bead: a sentence with its altered words marked, and beneath it what they probably said before.

Marks are characters, not colours, so that they survive a pipe: ``[altered]``, ``‹moved›``, ``↳ found → “expected”``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from detector.report.phrases import share, term
from detector.report.safe import safe
from detector.types import Flag, SegmentedDocument, Span

LEGEND = "[altered]  ‹moved›  ↳ found → “expected” (kind, probability, harm): reasons"
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


def gutter(rows: Iterable[tuple[str, Text]], label_width: int, console: Console, width: int | None = None) -> list[Text]:
    """The rows wrapped to ``width`` columns, labels hanging at the left, right-aligned in ``label_width``; notes one step in.

    Plain lines rather than nested tables, whose measuring costs most of a report.
    """
    lines: list[Text] = []
    for label, text in rows:
        label_text = f"{'' if label == NOTE else label:>{label_width}}" + (f"  {NOTE} " if label == NOTE else "  ")
        room = max((width or console.width) - len(label_text), 1)
        for k, line in enumerate(text.wrap(console, room, overflow="fold") or [Text()]):
            line.rstrip()
            lines.append(Text.assemble((label_text if k == 0 else " " * len(label_text), "dim"), line))
    return lines


def beside(left: Sequence[Text], right: Sequence[Text], width: int, gap: int) -> list[Text]:
    """Two columns of lines as one, the first padded to ``width`` columns and parted from the second by a gap."""
    lines = []
    for one, other in zip_longest(left, right, fillvalue=Text()):
        line = one.copy()
        line.pad_right(max(0, width - one.cell_len) + gap if other.plain.strip() else 0)
        lines.append(line.append_text(other))
    return lines


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
