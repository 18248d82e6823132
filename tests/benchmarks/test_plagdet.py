"""Plagdet against answers worked out by hand, against a count of single characters, and its laws."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.measures import Rectangle
from benchmarks.quality.plagdet import Plagdet, covered, meet, plagdet

_CASE = (0, 100, 500, 600)

_PLACE = st.tuples(st.integers(0, 9), st.integers(1, 5), st.integers(0, 9), st.integers(1, 5))
_RECTANGLES = st.lists(_PLACE.map(lambda p: (p[0], p[0] + p[1], p[2], p[2] + p[3])), max_size=4)
_PAIRS = st.lists(st.tuples(_RECTANGLES, _RECTANGLES), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("cases", "detections", "expected"),
    [
        ([[_CASE]], [[_CASE]], (1, 1, 1, 1)),
        ([[]], [[]], (1, 1, 1, 1)),
        ([[_CASE]], [[]], (0, 0, 0, 1)),
        ([[]], [[_CASE]], (0, 0, 0, 1)),
        # half of the case on both texts: F1 of 1 and 1/2
        ([[_CASE]], [[(0, 50, 500, 550)]], (2 / 3, 1, 0.5, 1)),
        # two halves: all is covered, in two pieces
        ([[_CASE]], [[(0, 50, 500, 550), (50, 100, 550, 600)]], (1 / log2(3), 1, 1, 2)),
        # the same detection twice is one
        ([[_CASE]], [[_CASE, _CASE]], (1, 1, 1, 1)),
        # two that overlap: characters in both count once
        ([[_CASE]], [[(0, 60, 500, 560), (40, 100, 540, 600)]], (1 / log2(3), 1, 1, 2)),
        # the whole of the one text, a tenth of the other: 110 of 200 characters
        ([[_CASE]], [[(0, 100, 500, 510)]], (2 * 0.55 / 1.55, 1, 0.55, 1)),
        # twice too long on the one text: 200 of its 300 characters are right
        ([[_CASE]], [[(0, 200, 500, 600)]], (0.8, 2 / 3, 1, 1)),
        # the right place of the one text with a wrong place of the other is no detection
        ([[_CASE]], [[(0, 100, 600, 700)]], (0, 0, 0, 1)),
        # a false detection in a pair without reuse halves the precision of all
        ([[_CASE], []], [[_CASE], [(0, 9, 0, 9)]], (2 / 3, 0.5, 1, 1)),
        # one of two cases found, in two pieces: the one missed does not count in the granularity
        ([[_CASE, (200, 300, 0, 100)]], [[(0, 50, 500, 550), (50, 100, 550, 600)]], (2 / 3 / log2(3), 1, 0.5, 2)),
        # one case found once, one three times
        (
            [[_CASE], [_CASE]],
            [[_CASE], [(0, 10, 500, 510), (10, 20, 510, 520), (20, 100, 520, 600)]],
            (1 / log2(3), 1, 1, 2),
        ),
    ],
)
def test_known_answers(
    cases: list[list[Rectangle]], detections: list[list[Rectangle]], expected: tuple[float, float, float, float]
) -> None:
    """The four figures are those worked out by hand."""
    assert expected == pytest.approx(plagdet(cases, detections))


def _slowly(cases: list[list[Rectangle]], detections: list[list[Rectangle]]) -> tuple[float, float, float]:
    """Precision, recall and granularity by sets of single characters, straight from the definition."""

    def characters(one: Rectangle) -> set[tuple[int, int]]:
        return {(0, x) for x in range(one[0], one[1])} | {(1, y) for y in range(one[2], one[3])}

    def detects(a: Rectangle, b: Rectangle) -> bool:
        return {side for side, _ in characters(a) & characters(b)} == {0, 1}

    def share(one: Rectangle, others: set[Rectangle]) -> float:
        held = set().union(*(characters(other) for other in others if detects(one, other)))
        return len(characters(one) & held) / len(characters(one))

    pairs = [(set(gold), set(found)) for gold, found in zip(cases, detections, strict=True)]
    precision = [share(one, gold) for gold, found in pairs for one in found]
    recall = [share(one, found) for gold, found in pairs for one in gold]
    pieces = [sum(detects(case, one) for one in found) for gold, found in pairs for case in gold]
    detected = [n for n in pieces if n]
    return sum(precision) / len(precision), sum(recall) / len(recall), sum(detected) / len(detected) if detected else 1


@given(_PAIRS)
def test_it_counts_characters(pairs: list[tuple[list[Rectangle], list[Rectangle]]]) -> None:
    """Precision, recall and granularity equal those of counting single characters; the score is made of the three."""
    cases, detections = [gold for gold, _ in pairs], [found for _, found in pairs]
    scored = plagdet(cases, detections)
    if any(cases) and any(detections):
        assert _slowly(cases, detections) == pytest.approx(scored[1:])
    both = scored.precision + scored.recall
    f1 = 2 * scored.precision * scored.recall / both if both else 0

    assert f1 / log2(1 + scored.granularity) == pytest.approx(scored.plagdet)


@given(st.lists(_PLACE.map(lambda p: (p[0], p[0] + p[1], p[2], p[2] + p[3])).map(lambda one: [one]), max_size=4))
def test_finding_just_the_cases_is_perfect(cases: list[list[Rectangle]]) -> None:
    """Where each case is found whole and nothing else, all figures are 1."""
    assert plagdet(cases, cases) == Plagdet(1.0, 1.0, 1.0, 1.0)


@given(_PAIRS)
def test_the_two_texts_count_alike(pairs: list[tuple[list[Rectangle], list[Rectangle]]]) -> None:
    """Read from the other text, the figures are the same."""

    def turned(rectangles: list[Rectangle]) -> list[Rectangle]:
        return [(*r[2:], *r[:2]) for r in rectangles]

    there = plagdet([gold for gold, _ in pairs], [found for _, found in pairs])
    back = plagdet([turned(gold) for gold, _ in pairs], [turned(found) for _, found in pairs])

    assert there == pytest.approx(back)


@given(_PAIRS)
def test_precision_is_recall_with_the_roles_changed(pairs: list[tuple[list[Rectangle], list[Rectangle]]]) -> None:
    """The precision of detections for cases is the recall of those cases, taken for detections."""
    cases, detections = [gold for gold, _ in pairs], [found for _, found in pairs]

    assert plagdet(cases, detections).precision == pytest.approx(plagdet(detections, cases).recall)


def test_spans_that_touch_do_not_meet() -> None:
    """Half-open spans that end where others begin share nothing; a rectangle without characters is covered by nothing."""
    assert not meet((0, 5, 0, 5), (5, 9, 0, 5))
    assert not meet((0, 5, 0, 5), (0, 5, 5, 9))
    assert meet((0, 5, 0, 5), (4, 9, 4, 9))
    assert covered((3, 3, 3, 3), [(0, 9, 0, 9)]) == 0
