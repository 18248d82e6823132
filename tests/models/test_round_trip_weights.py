"""How the weights of the round trip are fitted: passages, changes and slips by known answers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.assets import asset
from models.round_trip.train import genuine_changes, passages, slip_bits
from models.training.round_trips import RoundTrip

_SENTENCE = "The old boat left the grey harbour before the big storm came."  # twelve words


@given(st.lists(st.integers(1, 80), max_size=12))
def test_passages_are_as_short_as_can_be(lengths: list[int]) -> None:
    """Each has enough words, and not without its last sentence; in order, what is left at the end too little."""
    sentences = [" ".join(["word"] * n) for n in lengths]
    found = passages(sentences)
    taken = [sentence for passage in found for sentence in passage]

    assert taken == sentences[: len(taken)]
    assert all(sum(len(s.split()) for s in p) >= 120 > sum(len(s.split()) for s in p[:-1]) for p in found)
    assert sum(lengths[len(taken) :]) < 120


def test_the_change_is_that_of_the_first_passage() -> None:
    """One word of twelve changed in each sentence parts two of its eleven pairs; later sentences and short texts say nothing."""
    sentences = tuple(f"{_SENTENCE[:-1]} {i}." for i in range(12))
    back = tuple(s.replace("grey", "gray") if i < 10 else "Nothing." for i, s in enumerate(sentences))
    trips = [RoundTrip("1", sentences, back), RoundTrip("2", sentences[:3], back[:3])]

    assert genuine_changes(trips) == [pytest.approx(2 / 12)]


def test_a_slip_that_is_mended_is_worth_its_bits() -> None:
    """Three slips before and one after, one added to each: a bit."""
    before = ("She said thier boat left freind nobody saw, becuase of the storm.",)
    after = ("She said their boat left friend nobody saw, becuase of the storm.",)

    assert slip_bits([RoundTrip("learner:1", before, after)]) == (-1.0, 3, 1)


def test_what_ships_is_in_order() -> None:
    """A translation changes least and a spun text most, and a slip speaks against a translation."""
    weights = json.loads(asset("round_trip", "weights.json").read_text(encoding="utf-8"))["weights"]
    genuine, spun, machine = weights["change"]

    assert machine < genuine < spun
    assert weights["deviation"] > 0 > weights["slip"]
