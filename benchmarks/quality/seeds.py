"""The three seed articles: links of 000 with 001, what compare says of the three, flags by words.

They are three texts: the figures illustrate. Run as ``python -m benchmarks.quality.seeds``.
"""

import json
from pathlib import Path

from benchmarks.quality.measures import SHARED, by_words, link_f1, rectangles, spans
from detector import compare
from detector.types import Comparison, Document

_SEEDS = SHARED / "seeds"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _documents() -> dict[str, tuple[str, str]]:
    return {path.name[:3]: (path.name, _text(path)) for path in sorted(_SEEDS.glob("0*.txt"))}


def _is_as_known(comparison: Comparison) -> bool:
    """True where 000 is spun, 001 back-translated, 003 genuine and unrelated to both, and neither copy is the original."""
    wording = [verdict.wording for verdict in comparison.verdicts]
    relations = [comparison.alignment(i, j).relation for i, j in ((0, 1), (0, 2), (1, 2))]
    p = {ranked.id: ranked.p_original for ranked in comparison.ranking.ranked}
    return (
        wording == ["spun", "back_translated", "genuine"]
        and relations[0] in {"copy", "sibling"}
        and relations[1:] == ["unrelated", "unrelated"]
        and comparison.ranking.p_none > max(p["000"], p["001"])
    )


def measure() -> dict[str, float]:
    """The figures by name."""
    found = _documents()
    comparison = compare([Document(id_, text) for id_, (_, text) in found.items()])
    gold = json.loads((_SEEDS / "links_000_001.json").read_text(encoding="utf-8"))

    def gold_links(certainty: str) -> list[tuple[int, int, int, int]]:
        pairs = ((gold["a"]["sentences"][i], gold["b"]["sentences"][j]) for i, j in gold[certainty])
        return [(a["start"], a["end"], b["start"], b["end"]) for a, b in pairs]

    precision, recall, f1 = link_f1(rectangles(comparison.alignment(0, 1)), gold_links("sure"), gold_links("possible"))
    figures = {"seeds.link_precision": precision, "seeds.link_recall": recall, "seeds.link_f1": f1}
    figures["seeds.as_known"] = float(_is_as_known(comparison))
    bare = [Document(id_, text.replace("UU.", "").replace("{dollars}", "dollars")) for id_, (_, text) in found.items()]
    figures["seeds.as_known_without_residue"] = float(_is_as_known(compare(bare)))
    marked = json.loads((_SEEDS / "spans.json").read_text(encoding="utf-8"))
    for i, id_ in enumerate(("000", "001")):
        name, text = found[id_]
        figures[f"seeds.word_precision_{id_}"], figures[f"seeds.span_recall_{id_}"] = by_words(
            text, comparison.verdicts[i].flags, spans(marked[name]["altered"]), spans(marked[name]["either"])
        )
    return figures


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:40} {value:.3f}")
