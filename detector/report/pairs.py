"""The paired sentences of an alignment, side by side where there is room, one under the other where there is not.

What is word for word is folded; so is what has no counterpart where two texts share only part of their matter.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from detector.report.phrases import RELATIONS, counted, places, term
from detector.report.safe import safe
from detector.report.sides import Told, gutter, sentence
from detector.types import DERIVED, Alignment, Bead, Flag, SegmentedDocument, Span

TWO_COLUMNS_FROM = 80
_GAP = 3
_Rows = list[tuple[str, Text]]


@dataclass(slots=True)
class _Pair:
    alignment: Alignment
    source_flags: Sequence[Flag]
    target_flags: Sequence[Flag]
    told: Told = field(default_factory=Told)

    def flags_in(self, side: SegmentedDocument, indices: Sequence[int], flags: Sequence[Flag]) -> bool:
        return any(f.span.overlaps(side.sentences[i].span) for i in indices for f in flags)

    def is_folded(self, bead: Bead) -> bool:
        """True for a bead that has nothing to show: unchanged, or a null of texts that share only part; no flag."""
        source, target = self.alignment.source, self.alignment.target
        if self.flags_in(source, bead.source, self.source_flags) or self.flags_in(target, bead.target, self.target_flags):
            return False
        if bead.is_null:
            return self.alignment.relation not in DERIVED
        return bead.wording == "verbatim" or (bead.wording is None and all(e.op == "keep" for e in bead.edits))


def render_pair(
    alignment: Alignment, console: Console, source_flags: Sequence[Flag] = (), target_flags: Sequence[Flag] = ()
) -> None:
    """Prints the sentences of both documents, every one either shown or counted in a fold, in the order of the beads."""
    pair = _Pair(alignment, source_flags, target_flags)
    names = [safe(side.document.id) for side in (alignment.source, alignment.target)]
    console.print(Text(f"{names[0]} and {names[1]}: {RELATIONS[alignment.relation]}", "bold"))
    console.print(Text(_counts(alignment)))
    console.print()
    label_width = max(len(str(max(len(alignment.source), len(alignment.target)))), 2)
    left, right = ([("", Text(name, "underline"))] for name in names)
    console.print(_row(left, right, label_width, console.width))
    for run in _runs(pair):
        console.print()
        left, right = _folded(run) if pair.is_folded(run[0]) else _shown(pair, run[0])
        console.print(_row(left, right, label_width, console.width))


def _row(left: _Rows, right: _Rows, label_width: int, width: int) -> RenderableType:
    if width < TWO_COLUMNS_FROM:
        sides = (("<", left), (">", right))
        rows = [(f"{mark} {label}" if label else "", line) for mark, side in sides for label, line in side]
        return gutter(rows, label_width + 2)
    half = (width - _GAP) // 2
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for _ in (left, right):
        grid.add_column(width=half)
    grid.add_row(gutter(left, label_width), gutter(right, label_width))
    return grid


def _runs(pair: _Pair) -> Iterator[list[Bead]]:
    """Beads one by one, but those that fold and follow each other on both sides together."""
    run: list[Bead] = []
    for bead in pair.alignment.beads:
        if run and not (pair.is_folded(bead) and pair.is_folded(run[-1]) and _follows(run[-1], bead)):
            yield run
            run = []
        run.append(bead)
    if run:
        yield run


def _follows(before: Bead, bead: Bead) -> bool:
    sides = ((before.source, bead.source), (before.target, bead.target))
    return all(bool(a) == bool(b) and (not a or a[-1] + 1 == b[0]) for a, b in sides)


def _folded(run: Sequence[Bead]) -> tuple[_Rows, _Rows]:
    sides = ([i for bead in run for i in bead.source], [i for bead in run for i in bead.target])
    if run[0].is_null:
        left, right = (f"{counted(len(i), 'sentence')} with no counterpart ({places(i)})" if i else "" for i in sides)
    else:
        left = f"{counted(len(sides[0]), 'sentence')} word for word ({places(sides[0])})"
        right = f"the same ({places(sides[1])})"
    return [("⋮", Text(left, "dim"))] if left else [], [("⋮", Text(right, "dim"))] if right else []


def _shown(pair: _Pair, bead: Bead) -> tuple[_Rows, _Rows]:
    alignment = pair.alignment
    changed = [e for e in bead.edits if e.op not in {"keep", "move"}]
    moves = [e for e in bead.edits if e.op == "move"]
    left: _Rows = []
    right: _Rows = []
    for rows, side, indices, flags, altered, moved in (
        (left, alignment.source, bead.source, pair.source_flags, [e.source for e in changed], [e.source for e in moves]),
        (right, alignment.target, bead.target, pair.target_flags, [e.target for e in changed], [e.target for e in moves]),
    ):
        spans = _not_empty(altered), _not_empty(moved)
        for index in indices:
            rows.extend(sentence(side, index, flags, pair.told, *spans))
        if not indices:
            rows.append(("—", Text("no counterpart", "dim")))
    if bead.wording in {"spun", "back_translated"} and not any(label == "" for label, _ in left + right):
        right.append(("", Text(f"↳ {term(bead.wording)}, as a whole", "dim")))
    return left, right


def _not_empty(spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if len(span)]


def _counts(alignment: Alignment) -> str:
    wordings = Counter(term(bead.wording) for bead in alignment.links if bead.wording)
    parts = [f"{n} {wording}" for wording, n in wordings.most_common()]
    paired = counted(len(alignment.links), "pair") + " of sentences" + (f": {', '.join(parts)}" if parts else "")
    n_alone = sum(len(bead.source) + len(bead.target) for bead in alignment.beads if bead.is_null)
    return f"{paired}; {counted(n_alone, 'sentence')} with no counterpart"
