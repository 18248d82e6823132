"""Plagdet: how well detected passages cover the passages that were really taken over, and in how many pieces.

Method: Potthast, Stein, Barrón-Cedeño & Rosso (2010), "An Evaluation Framework for Plagiarism Detection", COLING; the official
measure of PAN's text alignment, macro-averaged. A case and a detection are each a rectangle: a span of one text times a span of
the other. A detection detects a case where the two meet on both texts.
"""

from collections.abc import Sequence
from math import log2
from statistics import mean
from typing import NamedTuple

from benchmarks.quality.measures import Rectangle


class Plagdet(NamedTuple):
    """The official figures of a set of pairs."""

    plagdet: float
    """F1 of precision and recall, over log2(1 + granularity)."""
    precision: float
    """Mean over detections of the share of their characters, both texts together, that the cases they detect cover."""
    recall: float
    """The same of cases, covered by the detections that detect them."""
    granularity: float
    """Mean number of detections of a detected case; 1 where none is detected."""


def meet(a: Rectangle, b: Rectangle) -> bool:
    """True where two rectangles share characters on both texts."""
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def covered(one: Rectangle, others: Sequence[Rectangle]) -> float:
    """The share of a rectangle's characters, of both texts together, that lie in the others which meet it."""
    met = [other for other in others if meet(one, other)]
    n_covered = sum(
        _union([(max(one[side], other[side]), min(one[side + 1], other[side + 1])) for other in met]) for side in (0, 2)
    )
    n_chars = one[1] - one[0] + one[3] - one[2]
    return n_covered / n_chars if n_chars else 0.0


def _union(spans: Sequence[tuple[int, int]]) -> int:
    """How many places lie in at least one of the spans."""
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def plagdet(cases: Sequence[Sequence[Rectangle]], detections: Sequence[Sequence[Rectangle]]) -> Plagdet:
    """The figures over many pairs of texts; what is alike in one pair counts once, as in the official sets of annotations.

    Where there are neither cases nor detections all is perfect; where only one of them is missing nothing is.

    Args:
        cases: What was taken over, for each pair.
        detections: What was found, for each pair, in the same order.

    >>> plagdet([[(0, 10, 50, 60)]], [[(0, 10, 50, 60)]])
    Plagdet(plagdet=1.0, precision=1.0, recall=1.0, granularity=1.0)
    >>> plagdet([[(0, 10, 50, 60)]], [[(0, 10, 50, 70)]]).precision
    0.6666666666666666
    """
    pairs = [(sorted(set(gold)), sorted(set(found))) for gold, found in zip(cases, detections, strict=True)]
    precision = _mean_share([covered(one, gold) for gold, found in pairs for one in found], any(gold for gold, _ in pairs))
    recall = _mean_share([covered(one, found) for gold, found in pairs for one in gold], any(found for _, found in pairs))
    times = [sum(meet(case, one) for one in found) for gold, found in pairs for case in gold]
    detected = [n for n in times if n]
    granularity = mean(detected) if detected else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Plagdet(f1 / log2(1 + granularity), precision, recall, float(granularity))


def _mean_share(shares: Sequence[float], has_others: bool) -> float:
    """The mean share; of nothing, 1 where there was nothing to find either."""
    if shares:
        return mean(shares)
    return 0.0 if has_others else 1.0
