"""One side of a bead: a sentence with its altered words marked, and beneath it what they probably said before.

Marks are characters, not colours, so that they survive a pipe: ``[altered]``, ``‹moved›``, ``↳ found → “expected”``.
"""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from detector.report.phrases import share, term
from detector.report.safe import safe
from detector.types import Flag, SegmentedDocument, Span

LEGEND = "[altered]  ‹moved›  ↳ words → “what they probably said before” (kind, probability)"


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


def marked(text: str, within: Span, altered: Iterable[Span], moved: Iterable[Span] = ()) -> Text:
    """The characters of ``within``, made safe, ``altered`` runs in square brackets and ``moved`` runs in angle quotes.

    Runs that overlap share one pair of brackets; a moved run that was altered too counts as altered.
    """
    changed = _merged(_clipped(altered, within))
    shifted = [s for s in _merged(_clipped(moved, within)) if not any(s.overlaps(c) for c in changed)]
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
    line = Text("↳ ", "dim").append(safe(found), "bold")
    if flag.expected is not None:
        line.append(" → ").append(f"“{safe(flag.expected)}”" if flag.expected else "nothing", "bold")
    severity = "" if flag.severity == "minor" else f", {flag.severity}"
    line.append(f" ({term(safe(flag.kind))} {share(flag.probability)}{severity})")
    if flag.reasons and told.is_new(found, flag):
        line.append(": " + "; ".join(safe(reason) for _, reason in flag.reasons), "dim")
    return line


def sentence(
    side: SegmentedDocument,
    index: int,
    flags: Sequence[Flag],
    told: Told,
    altered: Sequence[Span] = (),
    moved: Sequence[Span] = (),
) -> list[tuple[str, Text]]:
    """Rows of (number, line): the sentence with its marks, then a note for each flag that begins in it."""
    within, text = side.sentences[index].span, side.document.text
    here = [flag for flag in flags if flag.span.overlaps(within)]
    spans = [flag.span for flag in here]
    rows = [(str(index + 1), marked(text, within, [*altered, *spans], moved))]
    return rows + [("", note(flag, text, told)) for flag in here if flag.span.start >= within.start]


def gutter(rows: Iterable[tuple[str, Text]], label_width: int) -> RenderableType:
    """The rows with their numbers hanging at the left, right-aligned in ``label_width`` columns."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", width=label_width, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, line in rows:
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
