"""Bags of words against the cosine by hand."""

import numpy as np
import pytest
from hypothesis import given

from detector.align.bags import Bags, cosine, union
from detector.errors import InputError
from detector.text import words
from tests import oracles
from tests.strategies import retellings


def _bags(texts: tuple[list[str], list[str]]) -> Bags:
    return Bags.of(*([words(sentence) for sentence in side] for side in texts))


@given(retellings())
def test_cosine_equals_the_slow_one(texts: tuple[list[str], list[str]]) -> None:
    """The cosine of any two bags is that of the vectors they stand for, in either order."""
    bags = _bags(texts)
    for a in bags.source:
        for b in bags.target:
            assert cosine(a, b) == cosine(b, a) == pytest.approx(oracles.cosine(a, b), abs=1e-9)


@given(retellings())
def test_the_table_of_similarities_holds_the_cosines(texts: tuple[list[str], list[str]]) -> None:
    """All cosines computed at once are those of each pair."""
    bags = _bags(texts)
    expected = np.array([[cosine(a, b) for b in bags.target] for a in bags.source]).reshape(
        len(texts[0]), len(texts[1])
    )

    np.testing.assert_allclose(bags.similarity(), expected, atol=1e-5)


@given(retellings())
def test_a_union_holds_what_any_holds(texts: tuple[list[str], list[str]]) -> None:
    """The union of bags has each feature of each bag once, with its weight."""
    bags = _bags(texts).source

    assert {feature: weight for bag in bags for feature, weight in bag.items()} == union(bags)


def test_what_few_sentences_hold_weighs_more() -> None:
    """A word of one sentence weighs more than a word of all."""
    (bag, *_), _ = (bags := _bags((["the ferry", "the road"], ["the sea"]))).source, bags.target

    assert bag["ferry"] > bag["the"]


def test_a_recut_word_is_not_lost() -> None:
    """Two forms that share their first five letters make sentences alike, less than the same form does."""
    bags = _bags((["inspectors came"], ["inspected there", "inspectors went"]))
    recut, same = (cosine(bags.source[0], bag) for bag in bags.target)

    assert 0 < recut < same


def test_an_empty_bag_is_like_nothing() -> None:
    """The cosine with a sentence without words is 0."""
    assert cosine({}, {}) == cosine({"ferry": 1.0}, {}) == 0.0


def test_more_pairs_of_sentences_than_memory_holds_are_refused() -> None:
    """The error tells how many sentences there are and how many pairs are taken."""
    bags = Bags(tuple([{}] * 20_000), tuple([{}] * 20_000))
    with pytest.raises(InputError, match=r"20,000 sentences against 20,000, expected at most 100,000,000"):
        bags.similarity()
