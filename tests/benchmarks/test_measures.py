"""The figures' own arithmetic: areas, words, ranks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.measures import auc, average_precision, by_words, calibration_error, link_f1, reliability, share_above
from detector.types import Flag, Span

_PLACE = st.tuples(st.integers(0, 8), st.integers(1, 4), st.integers(0, 8), st.integers(1, 4))
_RECTANGLES = st.lists(_PLACE.map(lambda p: (p[0], p[0] + p[1], p[2], p[2] + p[3])), min_size=1, max_size=5)
_SAID = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(1, 4)), min_size=1, max_size=12)


def _cells(rectangles: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
    return {(x, y) for a, b, c, d in rectangles for x in range(a, b) for y in range(c, d)}


@given(_RECTANGLES, _RECTANGLES, _RECTANGLES)
def test_link_f1_counts_cells(
    predicted: list[tuple[int, int, int, int]],
    sure: list[tuple[int, int, int, int]],
    possible: list[tuple[int, int, int, int]],
) -> None:
    """Precision and recall by area equal those of counting the cells of all rectangles one by one."""
    ours, gold, allowed = _cells(predicted), _cells(sure), _cells([*sure, *possible])
    precision, recall, _ = link_f1(predicted, sure, possible)

    assert precision == pytest.approx(len(ours & allowed) / len(ours))
    assert recall == pytest.approx(len(ours & gold) / len(gold))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_auc_counts_pairs(positive: list[int], negative: list[int]) -> None:
    """The area is the share of pairs in which the positive scores higher, ties half."""
    won = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)

    assert auc(positive, negative) == pytest.approx(won / len(positive) / len(negative))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8))
def test_the_share_above_counts_pairs(pairs: list[tuple[int, int]]) -> None:
    """Each copy is held against its own source alone, ties half."""
    won = sum((copy > source) + 0.5 * (copy == source) for copy, source in pairs)

    assert share_above([copy for copy, _ in pairs], [source for _, source in pairs]) == pytest.approx(won / len(pairs))


def test_words_in_either_count_neither_way_and_function_words_not_at_all() -> None:
    """Of the content words flagged, those in arguable spans are left out; a span is found by half of its content words."""
    text = "the red fox saw a brown dog"
    flags = [Flag(Span(0, 11), "spun", 0.9, "minor"), Flag(Span(16, 27), "spun", 0.9, "minor")]

    assert by_words(text, flags, [Span(4, 11)], []) == (0.5, 1.0)
    assert by_words(text, flags, [Span(4, 11)], [Span(18, 27)]) == (1.0, 1.0)


def test_flags_below_a_half_and_corruptions_are_no_claims() -> None:
    """Only flags of a wording at .5 or above are counted."""
    flags = [Flag(Span(4, 7), "spun", 0.4, "minor"), Flag(Span(8, 11), "boilerplate", 0.9, "minor")]

    assert by_words("the red fox", flags, [Span(4, 11)], []) == (0.0, 0.0)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=10))
def test_average_precision_is_the_mean_of_precisions(items: list[tuple[int, bool]]) -> None:
    """For each relevant item, the share of relevant ones among all that score as high or higher; their mean, 0 without any."""
    scores, relevant = [score for score, _ in items], [wanted for _, wanted in items]
    above = [[other for value, other in items if value >= score] for score, wanted in items if wanted]
    expected = sum(sum(found) / len(found) for found in above) / len(above) if above else 0.0

    assert average_precision(scores, relevant) == pytest.approx(expected)


def test_average_precision_of_a_known_ranking() -> None:
    """Relevant items in the first and third of four places have precisions of 1 and 2/3."""
    assert average_precision([0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == pytest.approx((1 + 2 / 3) / 2)


def test_calibration_error_is_the_gap_of_each_bin() -> None:
    """Of four texts at .75 three happened, which is right; of two at .2 both did, a gap of .8 for a third of all."""
    assert calibration_error([0.75] * 4 + [0.2] * 2, [True, True, True, False, True, True]) == pytest.approx(0.8 / 3)


@given(st.lists(st.booleans(), min_size=1))
def test_outcomes_that_were_known_are_calibrated(outcomes: list[bool]) -> None:
    """A probability of 1 for all that happens and 0 for the rest has no error, and the contrary has all there is."""
    assert calibration_error([float(o) for o in outcomes], outcomes) == 0.0
    assert calibration_error([float(not o) for o in outcomes], outcomes) == pytest.approx(1.0)


@given(_SAID)
def test_a_document_of_weight_n_counts_as_n_documents(said: list[tuple[float, bool, int]]) -> None:
    """Weights do what repeating the documents would do, and their unit does not matter."""
    again = [(p, was) for p, was, n in said for _ in range(n)]
    repeated = calibration_error([p for p, _ in again], [was for _, was in again])
    p, was, weights = zip(*said, strict=True)

    assert calibration_error(p, was, weights) == pytest.approx(repeated)
    assert calibration_error(p, was, [w / 7 for w in weights]) == pytest.approx(repeated)


@given(_SAID)
def test_bins_hold_every_document_once(said: list[tuple[float, bool, int]]) -> None:
    """The bins' weights sum to 1, their means stand inside them, and together they give the means of all."""
    p, was, weights = zip(*said, strict=True)
    bins = reliability(p, was, weights)
    total = sum(weights)

    assert sum(b.weight for b in bins) == pytest.approx(1)
    assert all(b.low - 1e-9 <= b.probability <= b.high + 1e-9 for b in bins)
    assert sum(b.weight * b.probability for b in bins) == pytest.approx(sum(x * w for x, w in zip(p, weights, strict=True)) / total)
    assert sum(b.weight * b.share for b in bins) == pytest.approx(sum(x * w for x, w in zip(was, weights, strict=True)) / total)


def test_bins_of_known_documents() -> None:
    """Two documents of weight 3 at .15, one of which was so, and one of weight 2 at 1, which was: two bins."""
    low, high = reliability([0.15, 0.15, 1.0], [True, False, True], [3, 3, 2])

    assert (low.low, low.high, high.low, high.high) == (0.1, 0.2, 0.9, 1.0)
    assert (low.weight, high.weight) == pytest.approx((0.75, 0.25))
    assert (low.probability, low.share) == pytest.approx((0.15, 0.5))
    assert (high.probability, high.share) == (1.0, 1.0)
