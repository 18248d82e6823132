"""The paired sentences of an alignment, side by side where there is room, one under the other where there is not.

What is word for word is folded; so is what has no counterpart where two texts share only part of their matter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from rich.console import Console
from rich.text import Text

from detector.report.phrases import RELATIONS, counted, heading, places, term
from detector.report.safe import safe
from detector.report.sides import NOTE, Marks, Told, beside, by_sentence, gutter, sentence
from detector.types import DERIVED, Alignment, Bead, EditOp, Flag, SegmentedDocument, Span

TWO_COLUMNS_FROM = 80
_GAP = 3
_LEAST_SHOWN = 20
"""Characters of a passage that its line shows, however narrow the window is."""
_Rows = list[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class _Side:
    segmented: SegmentedDocument
    flags: dict[int, list[Flag]]

    @classmethod
    def of(cls, segmented: SegmentedDocument, flags: Sequence[Flag]) -> Self:
        return cls(segmented, by_sentence(segmented, flags))

    def rows(self, indices: Sequence[int], edits: Iterable[tuple[EditOp, Span]], told: Told) -> _Rows:
        """The sentences of a bead, marked, with their notes; or that there are none."""
        if not indices:
            return [("—", Text("no counterpart", "dim"))]
        changed = [(op, span) for op, span in edits if op != "keep" and len(span)]
        marks = Marks([s for op, s in changed if op != "move"], [s for op, s in changed if op == "move"])
        return [r for i in indices for r in sentence(self.segmented, i, self.flags.get(i, ()), told, marks)]


@dataclass(frozen=True, slots=True)
class _Pair:
    alignment: Alignment
    source: _Side
    target: _Side
    is_mixed: bool
    """Altered sentences differ in wording, so that each has to say its own."""
    told: Told = field(default_factory=Told)

    def is_folded(self, bead: Bead) -> bool:
        """True for a bead that has nothing to show: unchanged, or a null of texts that share only part; no flag."""
        if any(i in self.source.flags for i in bead.source) or any(i in self.target.flags for i in bead.target):
            return False
        if bead.is_null:
            return self.alignment.relation not in DERIVED
        if bead.wording is None:
            return bool(bead.edits) and all(edit.op == "keep" for edit in bead.edits)
        return bead.wording == "verbatim"


def render_pair(
    alignment: Alignment, console: Console, source_flags: Sequence[Flag] = (), target_flags: Sequence[Flag] = ()
) -> None:
    """Prints the sentences of both documents in the order of the beads, each shown or counted in a fold."""
    is_mixed = len({bead.wording for bead in alignment.links} - {"verbatim", None}) > 1
    sides = _Side.of(alignment.source, source_flags), _Side.of(alignment.target, target_flags)
    pair = _Pair(alignment, *sides, is_mixed)
    names = [safe(side.document.id) for side in (alignment.source, alignment.target)]
    title = f"{names[0]} and {names[1]}: {RELATIONS[alignment.relation]}"
    console.print(heading(title, console.width, "─"))
    console.print(Text(_counts(alignment)))
    for line in _passages(alignment, console.width):
        console.print(Text(line))
    console.print()
    label_width = max(len(str(max(len(alignment.source), len(alignment.target)))), 2)
    left, right = ([("", Text(name, "underline"))] for name in names)
    console.print(_row(left, right, label_width, console), soft_wrap=True)
    for run in _runs(pair):
        console.print()
        left, right = _folded(run) if pair.is_folded(run[0]) else _shown(pair, run[0])
        console.print(_row(left, right, label_width, console), soft_wrap=True)


def _row(left: _Rows, right: _Rows, label_width: int, console: Console) -> Text:
    """The two sides of a bead, beside each other or, in a narrow window, one under the other."""
    if console.width < TWO_COLUMNS_FROM:
        sides = (("<", left), (">", right))
        rows = [(_labelled(mark, label), line) for mark, side in sides for label, line in side]
        lines = gutter(rows, label_width + 2, console)
    else:
        half = (console.width - _GAP) // 2
        lines = beside(gutter(left, label_width, console, half), gutter(right, label_width, console, half), half, _GAP)
    return Text("\n").join(lines)


def _labelled(mark: str, label: str) -> str:
    return label if label == NOTE else f"{mark} {label}".rstrip()


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
        left, right = (f"{len(i)} with no counterpart ({places(i)})" if i else "" for i in sides)
    else:
        left = f"{counted(len(sides[0]), 'sentence')} word for word ({places(sides[0])})"
        right = f"the same ({places(sides[1])})"
    return [("⋮", Text(left, "dim"))] if left else [], [("⋮", Text(right, "dim"))] if right else []


def _shown(pair: _Pair, bead: Bead) -> tuple[_Rows, _Rows]:
    left = pair.source.rows(bead.source, ((e.op, e.source) for e in bead.edits), pair.told)
    right = pair.target.rows(bead.target, ((e.op, e.target) for e in bead.edits), pair.told)
    if bead.wording and pair.is_mixed and not any(label == NOTE for label, _ in left + right):
        right.append((NOTE, Text(term(bead.wording), "dim")))
    return left, right


def _counts(alignment: Alignment) -> str:
    wordings = Counter(term(bead.wording) for bead in alignment.links if bead.wording)
    parts = [f"{n} {wording}" for wording, n in wordings.most_common()]
    paired = counted(len(alignment.links), "pair") + " of sentences" + (f": {', '.join(parts)}" if parts else "")
    n_alone = sum(len(bead.source) + len(bead.target) for bead in alignment.beads if bead.is_null)
    return paired + (f"; {counted(n_alone, 'sentence')} with no counterpart" if n_alone else "")


def _passages(alignment: Alignment, width: int) -> Iterator[str]:
    """A line for each passage, where these are only parts of the texts: of a whole copy the sentences say it all."""
    texts = alignment.source.document.text, alignment.target.document.text
    passages = alignment.passages()
    if not passages or alignment.relation in DERIVED:
        return
    yield f"{counted(len(passages), 'passage')} of reused text, by place and share of each text:"
    for pair in passages:
        sides = (
            f"{span.start:,}–{span.end:,} ({len(span) / len(text):.0%})"
            for span, text in zip(pair, texts, strict=True)
        )
        places = f"  {' and '.join(sides)}: "
        yield places + _beginning(pair[0].of(texts[0]), max(width - len(places), _LEAST_SHOWN))


def _beginning(text: str, width: int) -> str:
    words = safe(" ".join(text.split()))
    return words if len(words) <= width else words[: width - 2].rsplit(" ", 1)[0] + " …"
