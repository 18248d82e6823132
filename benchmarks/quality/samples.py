"""The project's own sample articles, all copies of a group compared: links, relations, wordings, flags, the original first.

Run as ``python -m benchmarks.quality.samples``.
"""

import json
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.quality.measures import ROOT, Rectangle, by_words, link_f1, rectangles, spans
from detector import compare
from detector.types import Document

ARTICLES = ROOT / "data" / "articles"


def gold_links(document: dict[str, Any], original: dict[str, Any], certainty: str) -> list[Rectangle]:
    """The links of one certainty ("sure", "possible") of a document with its original, as rectangles of characters."""
    return [
        (
            document["sentences"][i]["start"],
            document["sentences"][i]["end"],
            original["sentences"][j]["start"],
            original["sentences"][j]["end"],
        )
        for link in document["links"]
        if link["certainty"] == certainty
        for i in link["source"]
        for j in link["target"]
    ]


_ALTERED = ("spun", "spun_other", "round_trip", "translated", "recopied")


def _none_when_missing(names: list[str], texts: list[str]) -> float:
    """1 where, of the altered copies alone, "none of these" is the likeliest original; else 0."""
    copies = [Document(name, text) for name, text in zip(names, texts, strict=True) if name in _ALTERED]
    ranking = compare(copies).ranking
    return float(ranking.p_none > ranking.ranked[0].p_original)


def measure_group(folder: Path) -> dict[str, float]:
    """The figures of one group, averaged over its documents."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    documents = gold["documents"]
    names = list(documents)
    texts = [(folder / documents[name]["file"]).read_bytes().decode("utf-8") for name in names]
    comparison = compare([Document(name, text) for name, text in zip(names, texts, strict=True)])
    place = {name: i for i, name in enumerate(names)}
    original = place[gold["original"]]
    f1, precisions, recalls = [], [], []
    for name, document in documents.items():
        i = place[name]
        if document["links"] and i != original:
            links = (gold_links(document, documents[gold["original"]], certainty) for certainty in ("sure", "possible"))
            f1.append(link_f1(rectangles(comparison.alignment(i, original)), *links)[2])
        if document["altered"]:
            found = by_words(texts[i], comparison.verdicts[i].flags, spans(document["altered"]), spans(document["either"]))
            precisions.append(found[0])
            recalls.append(found[1])
    relations = [
        comparison.alignment(place[r["source"]], place[r["target"]]).relation == r["relation"] for r in gold["relations"]
    ]
    outside = {name for name in names if gold["original"] not in next(g for g in comparison.groups if name in g)}
    return {
        "link_f1": mean(f1),
        "relations": mean(relations),
        "wordings": mean(v.wording == documents[n]["wording"] for n, v in zip(names, comparison.verdicts, strict=True)),
        "original_first": float(comparison.ranking.ranked[0].id == gold["original"]),
        "p_original": next(r.p_original for r in comparison.ranking.ranked if r.id == gold["original"]),
        "none_when_missing": _none_when_missing(names, texts),
        "group": float(outside == {"same_event"} & set(names)),
        "word_precision": mean(precisions),
        "span_recall": mean(recalls),
    }


def measure() -> dict[str, float]:
    """The figures by name, the mean over all groups."""
    groups = [measure_group(folder.parent) for folder in sorted(ARTICLES.glob("*/gold.json"))]
    return {f"samples.{name}": mean(group[name] for group in groups) for name in groups[0]}


if __name__ == "__main__":
    for folder in sorted(ARTICLES.glob("*/gold.json")):
        print(folder.parent.name, {name: round(value, 3) for name, value in measure_group(folder.parent).items()})
    for name, value in measure().items():
        print(f"{name:40} {value:.3f}")
