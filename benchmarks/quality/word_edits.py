"""Word edits on the sample articles: what the aligner finds between copy and original beside what the gold marks.

Gold swaps are the ``altered`` marks of a copy, each against the words of the original that it stands for, without the words
that are the same at both ends. All edits that are not kept count, moves, insertions and deletions too, but for those that meet
only arguable marks (``either``), changed facts or damage, which count neither way.

Four ways to agree, each as F1:

- *exact*: the same words on both sides. A mark often holds a phrase ("box office"), which words paired one by one miss.
- *cut*: as exact, but a mark may be told in several edits, all of whose words lie in it, with a swap among them.
- *words*: pairs of a copy's word and an original's that stand in one swap together.
- *met*: one edit and one mark that share words on each side, each counted once.

The pairing was tuned on the groups of even place alone (``tuned``; the others are ``held``). Where the development sets are
present, the words of PAN's translation chains that are not in exactly one edit are counted too.

Run as ``python -m benchmarks.quality.word_edits``.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.quality.measures import ROOT, SHARED, rows
from detector import align
from detector.text import Word, words
from detector.types import Span

ARTICLES = ROOT / "data" / "articles"
COPIES = ("spun", "spun_other", "round_trip", "translated")
WAYS = ("exact", "cut", "words", "met")


@dataclass(frozen=True, slots=True)
class Swap:
    """Places of words of the copy against places of words of the original; one side may be empty."""

    copy: range
    original: range

    def sides(self, other: "Swap") -> tuple[bool, bool]:
        """Whether the two share a word of the copy, and of the original."""
        return _overlap(self.copy, other.copy), _overlap(self.original, other.original)

    def meets(self, other: "Swap") -> bool:
        """True where the two share a word on each side on which both have any, and on one at least."""
        shared = self.sides(other)
        both = bool(self.copy and other.copy), bool(self.original and other.original)
        return any(shared) and all(s >= b for s, b in zip(shared, both, strict=True))

    def lies_in(self, other: "Swap") -> bool:
        """True where all words of both sides are the other's."""
        return _lies_in(self.copy, other.copy) and _lies_in(self.original, other.original)

    @property
    def has_both(self) -> bool:
        """True where neither side is empty."""
        return bool(self.copy and self.original)

    def pairs(self) -> set[tuple[int, int]]:
        """Each word of the copy with each of the original; a word without a counterpart with -1."""
        return set(product(self.copy or (-1,), self.original or (-1,)))


@dataclass(frozen=True, slots=True)
class Marks:
    """The gold of one copy: its swaps, what counts neither way, and how many swaps could not be placed in the original."""

    swaps: tuple[Swap, ...]
    neutral: tuple[Swap, ...]
    n_lost: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What agrees, what was found and what is marked, in one unit."""

    agreed: int
    found: int
    marked: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.agreed + other.agreed, self.found + other.found, self.marked + other.marked)

    @property
    def f1(self) -> float:
        """Harmonic mean of the share of what was found and of what is marked that agrees."""
        return 2 * self.agreed / (self.found + self.marked) if self.found + self.marked else 0.0


def _overlap(a: range, b: range) -> bool:
    return max(a.start, b.start) < min(a.stop, b.stop)


def _lies_in(a: range, b: range) -> bool:
    return not a or (b.start <= a.start and a.stop <= b.stop)


def _run(found: Sequence[Word], span: Span) -> range:
    """The places of the words that a span touches."""
    first = bisect_left(found, span.start + 1, key=lambda word: word.end)
    return range(first, bisect_left(found, span.end, key=lambda word: word.start))


def _trimmed(swap: Swap, copy: Sequence[Word], original: Sequence[Word]) -> Swap:
    """The swap without the words that are the same at both ends of its two sides."""
    s, t = swap.copy, swap.original
    while s and t and copy[s[0]].form == original[t[0]].form:
        s, t = s[1:], t[1:]
    while s and t and copy[s[-1]].form == original[t[-1]].form:
        s, t = s[:-1], t[:-1]
    return Swap(s, t)


def _place(wanted: str, text: str, after: int, near: int) -> int | None:
    """Where ``wanted`` begins in ``text``, whatever its case: of the places from ``after`` on the one nearest to ``near``."""
    text, wanted = text.lower(), wanted.lower()
    places = [i for i in range(after, len(text)) if text.startswith(wanted, i)]
    return min(places, key=lambda i: abs(i - near), default=None)


def read_marks(copy: Mapping[str, Any], copy_text: str, original: Mapping[str, Any], original_text: str) -> Marks:
    """The marks of a copy's linked sentences, placed in the original.

    A mark tells what the original has, not where: of the places in the linked sentences after the mark before, it is the one
    nearest to where the words stand once all marks before are undone.
    """
    ours, theirs = words(copy_text), words(original_text)
    kinds = {"altered": True, "either": False, "facts": False, "damage": False}
    marks = sorted((e["start"], e["end"], e["expected"], counts) for kind, counts in kinds.items() for e in copy[kind])
    placed: dict[bool, list[Swap]] = {True: [], False: []}
    n_lost = 0
    for link in copy["links"]:
        sentences = [original["sentences"][j] for j in link["target"]]
        begin, text = sentences[0]["start"], original_text[sentences[0]["start"] : sentences[-1]["end"]]
        undone = after = 0
        for sentence in (copy["sentences"][i] for i in link["source"]):
            read = sentence["start"]
            for start, end, expected, counts in marks:
                if not sentence["start"] <= start < sentence["end"]:
                    continue
                undone += start - read
                read = end
                place = _place(expected, text, after, undone)
                undone += len(expected)
                if place is None:
                    n_lost += counts
                    continue
                after = place + len(expected)
                there = Span(begin + place, begin + after)
                placed[counts].append(_trimmed(Swap(_run(ours, Span(start, end)), _run(theirs, there)), ours, theirs))
            undone += sentence["end"] - read + 1
    swaps, neutral = (tuple(swap for swap in placed[counts] if swap.copy or swap.original) for counts in (True, False))
    return Marks(swaps, neutral, n_lost)


def find_swaps(copy_text: str, original_text: str) -> list[Swap]:
    """All edits of the aligned texts that are not kept."""
    ours, theirs = words(copy_text), words(original_text)
    return [
        Swap(*(_run(side, span) if len(span) else range(0) for side, span in ((ours, edit.source), (theirs, edit.target))))
        for bead in align(copy_text, original_text).links
        for edit in bead.edits
        if edit.op != "keep"
    ]


def compared(found: Iterable[Swap], marks: Marks) -> dict[str, Counts]:
    """The counts of each way to agree; in ``cut`` edits and marks are counted together, half each."""
    counted = [
        swap
        for swap in found
        if any(any(swap.sides(mark)) for mark in marks.swaps) or not any(any(swap.sides(mark)) for mark in marks.neutral)
    ]
    n_told = n_telling = n_met = 0
    left = list(counted)
    for mark in marks.swaps:
        parts = [swap for swap in counted if any(swap.sides(mark))]
        if all(part.lies_in(mark) for part in parts) and any(part.has_both or not mark.has_both for part in parts):
            n_told += 1
            n_telling += len(parts)
        partner = next((k for k, swap in enumerate(left) if swap.meets(mark)), None)
        if partner is not None:
            n_met += 1
            del left[partner]
    ours, gold = ({pair for swap in side for pair in swap.pairs()} for side in (counted, marks.swaps))
    return {
        "exact": Counts(len(set(counted) & set(marks.swaps)), len(counted), len(marks.swaps)),
        "cut": Counts(n_told + n_telling, 2 * len(counted), 2 * len(marks.swaps)),
        "words": Counts(len(ours & gold), len(ours), len(gold)),
        "met": Counts(n_met, len(counted), len(marks.swaps)),
    }


def measure_copy(folder: Path, name: str) -> tuple[dict[str, Counts], int]:
    """The counts of one copy of a group, and how many of its marks could not be placed."""
    documents = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["documents"]
    copy, original = ((folder / documents[n]["file"]).read_bytes().decode("utf-8") for n in (name, "original"))
    marks = read_marks(documents[name], copy, documents["original"], original)
    return compared(find_swaps(copy, original), marks), marks.n_lost


def summed(folders: Iterable[Path], names: Iterable[str]) -> dict[str, Counts]:
    """The counts of several copies of several groups together."""
    total = {way: Counts(0, 0, 0) for way in WAYS}
    for folder, name in product(folders, names):
        for way, counts in measure_copy(folder, name)[0].items():
            total[way] += counts
    return total


def n_uncovered() -> int:
    """How many words of the linked sentences of PAN's translation chains are not in exactly one edit."""
    n_words = 0
    for row in rows("wording/pan13_translation"):
        alignment = align(row["copy"], row["src"])
        for bead in alignment.links:
            for side, document in enumerate((alignment.source, alignment.target)):
                text = document.document.text
                spans = [document.sentences[i].span for i in (bead.source, bead.target)[side]]
                covers = [(edit.source, edit.target)[side] for edit in bead.edits]
                for word in (w for span in spans for w in words(text, span.start, span.end)):
                    n_words += sum(cover.start <= word.start and word.end <= cover.end for cover in covers) != 1
    return n_words


def on_spun() -> dict[str, float]:
    """F1 by name of the spun copies of all groups: the gate's figures."""
    folders = [path.parent for path in sorted(ARTICLES.glob("*/gold.json"))]
    return {f"word_edits.{way}": counts.f1 for way, counts in summed(folders, COPIES[:2]).items()}


def measure() -> dict[str, float]:
    """F1 by name: of each kind of copy over all groups, and of the spun ones on the half tuned on and on the other."""
    folders = [path.parent for path in sorted(ARTICLES.glob("*/gold.json"))]
    parts: dict[str, tuple[list[Path], Sequence[str]]] = {name: (folders, (name,)) for name in COPIES}
    parts |= {"swaps": (folders, COPIES[:2]), "swaps_tuned": (folders[::2], COPIES[:2]), "swaps_held": (folders[1::2], COPIES[:2])}
    figures = {f"word_edits.{part}.{way}": counts.f1 for part, of in parts.items() for way, counts in summed(*of).items()}
    if SHARED.exists():
        figures["word_edits.pan13_translation.words_uncovered"] = n_uncovered()
    return figures


def main() -> None:
    """Print the figures of each copy of each group, and of all."""
    n_lost = Counter[str]()
    for folder, name in product(sorted(path.parent for path in ARTICLES.glob("*/gold.json")), COPIES):
        counts, lost = measure_copy(folder, name)
        n_lost[name] += lost
        shown = "   ".join(f"{way} {counts[way].f1:.3f}" for way in WAYS)
        print(f"{folder.name:18}{name:12}{shown}   {counts['exact'].marked} marks")
    print("marks that could not be placed in the original:", ", ".join(f"{name} {n_lost[name]}" for name in COPIES))
    for figure, value in measure().items():
        print(f"{figure:50} {value:.3f}")


if __name__ == "__main__":
    main()
