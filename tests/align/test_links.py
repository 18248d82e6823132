"""Order among links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.align.links import order_kept
from tests import oracles


@given(st.permutations(range(7)), st.integers(1, 7))
def test_order_kept_equals_the_slow_count(targets: list[int], n_links: int) -> None:
    """The share of links, less one, on the longest ascending selection."""
    expected = (oracles.longest_ascent(targets[:n_links]) - 1) / n_links

    assert expected == pytest.approx(order_kept(dict(enumerate(targets[:n_links]))))


@given(st.permutations(range(7)))
def test_order_kept_does_not_depend_on_the_direction(targets: list[int]) -> None:
    """Read from target to source, as much order is kept."""
    assert order_kept(dict(enumerate(targets))) == order_kept({j: i for i, j in enumerate(targets)})


def test_no_links_keep_no_order() -> None:
    """Without links there is no order to lean on."""
    assert order_kept({}) == 0.0
