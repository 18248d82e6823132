"""Numbers in figures and in words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import numbers
from tests.oracles import is_laid_out
from tests.strategies import prose, wild

_MAX_CPU_SECONDS = 5.0


@given(wild() | prose())
def test_numbers_lie_in_the_text_in_order(text: str) -> None:
    """Numbers have at least one character, are in order, inside the text, and do not overlap."""
    assert is_laid_out([number.span for number in numbers(text)], text)


@given(st.integers(0, 10**9))
def test_separators_do_not_change_the_value(value: int) -> None:
    """A whole number has its value with and without separators of thousands."""
    for written in (f"{value}", f"{value:,}"):
        (found,) = numbers(f"about {written} boats")

        assert float(value) == found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zero", [(0, None)]),
        ("Twelve of ninety-nine", [(12, None), (99, None)]),
        ("fifty years, twenty-first", [(50, None), (20, None)]),
        ("3.5 million, 3.5m, 3.5mn", [(3.5e6, None)] * 3),
        ("two hundred thousand; 5 hundred", [(2e5, None), (500, None)]),
        ("seven billion and 2 trillion", [(7e9, None), (2e12, None)]),
        ("$5, £1.2bn, € 30, ¥1,000", [(5, "$"), (1.2e9, "£"), (30, "€"), (1000, "¥")]),
        ("US$2 million", [(2e6, "$")]),
        ("12%, 12 percent, twelve per cent", [(12, "%")] * 3),
        ("4.5 percentage points", [(4.5, None)]),
        ("a five-four vote", [(5, None), (4, None)]),
        ("a pipe of 10 m; flat 5-B", [(10, None), (5, None)]),
        ("on 10/12 at 4:58.", [(10, None), (12, None), (4, None), (58, None)]),
        ("5 thouſand", [(5000, None)]),  # a long s, which matches "s" where case is ignored
        ("someone, tenants, weightless", []),
        ("no number", []),
    ],
)
def test_known_numbers(text: str, expected: list[tuple[float, str | None]]) -> None:
    """Figures, words, scales, currencies and shares; no number inside a word, no scale that is not one."""
    assert expected == [(number.value, number.unit) for number in numbers(text)]


def test_a_currency_belongs_to_the_number() -> None:
    """The span of a sum covers its currency and its scale."""
    text = "It paid $ 1.13bn in all."
    (found,) = numbers(text)

    assert found.span.of(text) == "$ 1.13bn"


@pytest.mark.parametrize("unit", ["1,", "1.1.", "9", "nine-", "1 million "], ids=repr)
def test_200_kb_of_figures_are_read_in_bounded_time(unit: str) -> None:
    """A run of figures costs no more than its length."""
    began = time.process_time()
    numbers(unit * (200_000 // len(unit)))

    assert time.process_time() - began < _MAX_CPU_SECONDS
