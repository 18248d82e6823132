"""What aligners are measured on: PAN-13, cross pairs, Text+Berg, the seeds and the samples, each with its own score."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean
from typing import Literal

from benchmarks.quality.aligners import Found, rectangles
from benchmarks.quality.beads import strict_lax, with_nulls
from benchmarks.quality.measures import SHARED, Rectangle, link_f1, rows
from benchmarks.quality.plagdet import meet, plagdet
from benchmarks.quality.samples import ARTICLES, gold_links
from detector.types import SegmentedDocument

N_CROSS_PAIRS = 200
_TYPES = {
    "01-no-plagiarism": "no_reuse",
    "02-no-obfuscation": "verbatim",
    "03-random-obfuscation": "random",
    "04-translation-obfuscation": "translation",
    "05-summary-obfuscation": "summary",
}

Text = str | Sequence[str]
"""A text, or its sentences."""
Pair = tuple[SegmentedDocument, SegmentedDocument]
Figures = dict[str, float]


@dataclass(frozen=True)
class Benchmark:
    """Pairs of texts, which row each stems from, and what an aligner is scored by."""

    name: str
    texts: Sequence[tuple[Text, Text]]
    row_numbers: Sequence[int]
    score: Callable[[Sequence[int], Sequence[tuple[Pair, Found]]], Figures]
    """The figures of some of the pairs, given their places in ``texts`` and what was found in all."""
    asks_for: Literal["links", "passages"] = "links"
    """What is scored; aligners that do not give it are left out. Where texts may be unrelated, passages."""


def pan13() -> Benchmark:
    """PAN-13 text alignment: official plagdet, over all pairs and by type; passages in the pairs without reuse."""
    read = list(rows("alignment/pan13_train"))
    cases = [[_case(case) for case in row["cases"]] for row in read]
    types = [_TYPES[row["type"]] for row in read]

    def score(places: Sequence[int], found: Sequence[tuple[Pair, Found]]) -> Figures:
        passages = [found[i][1].passages or () for i in range(len(found))]
        figures: Figures = {}
        for kind in ("all", *_TYPES.values()):
            chosen = [i for i in places if kind in {"all", types[i]}]
            if kind == "no_reuse":
                figures["no_reuse.passages"] = float(sum(len(passages[i]) for i in chosen))
                continue
            scored = plagdet([cases[i] for i in chosen], [passages[i] for i in chosen])
            figures |= {f"{kind}.{name}": value for name, value in scored._asdict().items()}
        return figures

    return Benchmark("pan13", [(r["suspicious"], r["source"]) for r in read], range(len(read)), score, asks_for="passages")


def _case(case: Mapping[str, int]) -> Rectangle:
    this, source = case["this_offset"], case["source_offset"]
    return this, this + case["this_length"], source, source + case["source_length"]


def cross() -> Benchmark:
    """Pairs of two genuine articles drawn at random: how many seem to share a passage, how many links, which relations."""
    texts = [row["text"] for name in ("genuine/bbc_a", "genuine/modern_2016_17_a") for row in rows(name)]
    draw = Random(13)
    pairs = [draw.sample(range(len(texts)), 2) for _ in range(N_CROSS_PAIRS)]

    def score(places: Sequence[int], found: Sequence[tuple[Pair, Found]]) -> Figures:
        chosen = [found[i][1] for i in places]
        relations = Counter(one.relation for one in chosen if one.relation)
        return {
            "pairs_with_passage": float(sum(bool(one.passages) for one in chosen)),
            "passages": float(sum(len(one.passages or ()) for one in chosen)),
            "links": float(sum(len(one.links or ()) for one in chosen)),
            **{f"called_{relation}": float(n) for relation, n in sorted(relations.items())},
        }

    return Benchmark("cross", [(texts[i], texts[j]) for i, j in pairs], range(len(pairs)), score, asks_for="passages")


def textberg() -> Benchmark:
    """Text+Berg, machine French against human French: strict and lax figures of the beads, three articles pooled.

    Gold leaves eight sentences in no bead, not even a null, so that .99 is the most that F1 can be.
    """
    read = list(rows("alignment/textberg_mt_fr"))

    def score(places: Sequence[int], found: Sequence[tuple[Pair, Found]]) -> Figures:
        predicted = [with_nulls(found[i][1].links or (), *map(len, found[i][0])) for i in places]
        return strict_lax([read[i]["beads"] for i in places], predicted)

    return Benchmark("textberg", [(row["source"], row["target"]) for row in read], range(len(read)), score)


def _f1(found: tuple[Pair, Found], sure: Sequence[Rectangle], possible: Sequence[Rectangle]) -> float:
    pair, one = found
    return link_f1(rectangles(one.links or (), *pair), sure, possible)[2]


def seeds() -> Benchmark:
    """Seed 000 with seed 001: link F1 by area. One pair illustrates."""
    folder = SHARED / "seeds"
    gold = json.loads((folder / "links_000_001.json").read_text(encoding="utf-8"))
    entries = [{"sentences": gold[side]["sentences"], "links": []} for side in "ab"]
    for certainty in ("sure", "possible"):
        entries[0]["links"] += [{"source": [i], "target": [j], "certainty": certainty} for i, j in gold[certainty]]
    sure, possible = (gold_links(entries[0], entries[1], certainty) for certainty in ("sure", "possible"))
    texts = [next(folder.glob(f"{name}_*.txt")).read_bytes().decode("utf-8") for name in ("000", "001")]

    def score(places: Sequence[int], found: Sequence[tuple[Pair, Found]]) -> Figures:
        return {"link_f1": mean(_f1(found[i], sure, possible) for i in places)}

    return Benchmark("seeds", [(texts[0], texts[1])], [0], score)


def samples() -> Benchmark:
    """The project's ten groups: link F1 with the original, relations, passages of another report of the event that are none.

    A sibling counts as a copy: which of the two it is shows only once wordings are judged.
    """
    texts, groups, links, relations = [], [], [], []
    for group, path in enumerate(sorted(ARTICLES.glob("*/gold.json"))):
        gold = json.loads(path.read_text(encoding="utf-8"))
        original = gold["documents"][gold["original"]]
        for pair in gold["relations"]:
            names = sorted((pair["source"], pair["target"]), key=lambda name: name == gold["original"])
            entries = [gold["documents"][name] for name in names]
            read = [(path.parent / entry["file"]).read_bytes().decode("utf-8") for entry in entries]
            texts.append((read[0], read[1]))
            groups.append(group)
            relations.append("copy" if pair["relation"] == "sibling" else pair["relation"])
            known = entries[0]["links"] if entries[1] is original else []
            links.append([gold_links(entries[0], original, c) for c in ("sure", "possible")] if known else None)

    def score(places: Sequence[int], found: Sequence[tuple[Pair, Found]]) -> Figures:
        f1, right, strays = defaultdict(list), [], []
        for i in places:
            gold, one = links[i], found[i][1]
            if gold:
                f1[groups[i]].append(_f1(found[i], *gold))
            if gold and relations[i] == "same_event" and one.passages is not None:
                strays.append(sum(not any(meet(passage, known) for known in gold[0] + gold[1]) for passage in one.passages))
            if one.relation is not None:
                right.append(one.relation == relations[i])
        figures: Figures = {"link_f1": mean(mean(group) for group in f1.values())}
        figures |= {"relations": mean(right)} if right else {}
        return figures | ({"same_event_passages_without_gold": float(sum(strays))} if strays else {})

    return Benchmark("samples", texts, groups, score)
