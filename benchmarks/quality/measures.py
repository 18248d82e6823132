"""What the quality programs share: reading the development sets, areas under curves, flags by words."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from detector.text import FUNCTION_WORDS, words
from detector.types import Alignment, Flag, Span

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "eval"
"""The development sets: beside a checkout of the project, where there are any."""


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one development set, such as "genuine/bbc_a"."""
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Probability that a positive scores above a negative, ties half (Mann & Whitney 1947)."""
    both = np.concatenate([positive, negative])
    _, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place]
    n = len(positive)
    return float((rank[:n].sum() - n * (n + 1) / 2) / (n * len(negative)))


def average_precision(scores: Sequence[float], relevant: Sequence[bool]) -> float:
    """Mean precision at the place of each relevant item, highest scores first; items of one score share the last place of them."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    sorted_scores, hit = np.asarray(scores)[order], np.asarray(relevant)[order]
    last = np.flatnonzero(np.append(np.diff(sorted_scores) != 0, True))
    found = np.cumsum(hit)[last]
    new = np.diff(found, prepend=0)
    return float((new * found / (last + 1)).sum() / max(int(hit.sum()), 1))


def share_above(copies: Sequence[float], sources: Sequence[float]) -> float:
    """The share of pairs in which the copy scores higher than its own source, ties half."""
    ahead = np.sign(np.asarray(copies, dtype=float) - np.asarray(sources, dtype=float))
    return float((ahead.mean() + 1) / 2)


class Bin(NamedTuple):
    """The documents whose probability lies in one of the even bins."""

    low: float
    high: float
    weight: float
    """Their share of all weight; bins without a document are left out, so that it is above 0."""
    probability: float
    """The mean of what was said."""
    share: float
    """How often it was so."""


def reliability(
    probabilities: Sequence[float], outcomes: Sequence[bool], weights: Sequence[float] | None = None, n_bins: int = 10
) -> list[Bin]:
    """What was said beside what was so, over even bins; the last holds a probability of 1 as well.

    Args:
        probabilities: One for each document.
        outcomes: Whether it was so.
        weights: How much each document counts, above 0; all alike where None.
        n_bins: How many bins from 0 to 1.
    """
    p, happened = np.asarray(probabilities, dtype=float), np.asarray(outcomes, dtype=float)
    w = np.ones(len(p)) if weights is None else np.asarray(weights, dtype=float)
    place = np.minimum((p * n_bins).astype(int), n_bins - 1)
    weight, said, was = (np.bincount(place, weights=value, minlength=n_bins) for value in (w, w * p, w * happened))
    return [
        Bin(k / n_bins, (k + 1) / n_bins, float(weight[k] / w.sum()), float(said[k] / weight[k]), float(was[k] / weight[k]))
        for k in np.flatnonzero(weight).tolist()
    ]


def calibration_error(
    probabilities: Sequence[float], outcomes: Sequence[bool], weights: Sequence[float] | None = None, n_bins: int = 10
) -> float:
    """Expected calibration error (Naeini, Cooper & Hauskrecht 2015): the mean gap of probability and share, over even bins."""
    return float(sum(b.weight * abs(b.probability - b.share) for b in reliability(probabilities, outcomes, weights, n_bins)))


def by_words(text: str, flags: Sequence[Flag], altered: Sequence[Span], either: Sequence[Span]) -> tuple[float, float]:
    """Word precision and span recall of flags, as the development sets define them.

    Of the content words flagged (kind spun or back_translated), the share inside altered spans, words in ``either`` left out;
    and the share of altered spans half of whose content words are flagged (all words, in a span without content words).
    """
    shown = [f.span for f in flags if f.kind in {"spun", "back_translated"} and f.probability >= 0.5]

    def inside(spans: Sequence[Span], word: tuple[int, int, str]) -> bool:
        return any(s.start < word[1] and word[0] < s.end for s in spans)

    content = [w for w in words(text) if w.form not in FUNCTION_WORDS]
    counted = [w for w in content if inside(shown, w) and (inside(altered, w) or not inside(either, w))]
    precision = sum(inside(altered, w) for w in counted) / len(counted) if counted else 0.0
    hits = 0
    for span in altered:
        held = [w for w in content if inside([span], w)] or words(text, span.start, span.end)
        hits += 2 * sum(inside(shown, w) for w in held) >= len(held) > 0
    return precision, hits / len(altered) if altered else 0.0


def rectangles(alignment: Alignment) -> list[tuple[int, int, int, int]]:
    """The links of an alignment as rectangles of source span times target span, one for each pair of sentences."""
    source, target = alignment.source.sentences, alignment.target.sentences
    return [
        (source[i].span.start, source[i].span.end, target[j].span.start, target[j].span.end)
        for bead in alignment.links
        for i in bead.source
        for j in bead.target
    ]


Rectangle = tuple[int, int, int, int]


def _area(rects: Sequence[Rectangle]) -> int:
    total = 0
    edges = sorted({x for r in rects for x in r[:2]})
    for left, right in pairwise(edges):
        columns = sorted((r[2], r[3]) for r in rects if r[0] <= left and r[1] >= right)
        reached = height = 0
        for low, high in columns:
            height += max(0, high - max(low, reached))
            reached = max(reached, high)
        total += (right - left) * height
    return total


def link_f1(
    predicted: Sequence[Rectangle], sure: Sequence[Rectangle], possible: Sequence[Rectangle] = ()
) -> tuple[float, float, float]:
    """Precision, recall and F1 by area of rectangles, so that nobody's sentence splitting matters.

    Precision: of the area predicted, the share inside ``sure`` or ``possible``; recall: of the ``sure`` area, the share covered.
    """

    def common(a: Sequence[Rectangle], b: Sequence[Rectangle]) -> list[Rectangle]:
        met = [(max(p[0], q[0]), min(p[1], q[1]), max(p[2], q[2]), min(p[3], q[3])) for p in a for q in b]
        return [r for r in met if r[0] < r[1] and r[2] < r[3]]

    precision = _area(common(predicted, [*sure, *possible])) / _area(predicted) if predicted else 0.0
    recall = _area(common(predicted, sure)) / _area(sure) if sure else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def spans(found: Sequence[Mapping[str, int]]) -> list[Span]:
    """The spans of gold entries with ``start`` and ``end``."""
    return [Span(entry["start"], entry["end"]) for entry in found]
