"""Belief propagation against the sum over every combination."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.score.joint import Edge, factors, propagate
from tests import oracles
from tests.oracles import Array

_CLOSE = 0.05


def _table(rng: np.random.Generator, shape: tuple[int, ...], spread: float) -> Array:
    found: Array = np.exp(rng.normal(0.0, spread, shape))
    return found


@st.composite
def trees(draw: st.DrawFn) -> tuple[Array, dict[Edge, Array]]:
    """Texts alone and pairs, the pairs making a tree or several."""
    n_texts = draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    edges = [(draw(st.integers(0, i - 1)), i) for i in range(1, n_texts) if draw(st.integers(0, 5))]
    return _table(rng, (n_texts, 3), 1.0), {edge: _table(rng, (3, 3), 1.5) for edge in edges}


@given(trees())
def test_trees_are_exact(tree: tuple[Array, dict[Edge, Array]]) -> None:
    """Where no text can be reached in two ways, the marginals are those of the sum over all combinations."""
    texts, pairs = propagate(*tree)
    expected = oracles.marginals(*tree)

    np.testing.assert_allclose(texts, expected[0], atol=1e-6)
    for edge, pair in pairs.items():
        np.testing.assert_allclose(pair, expected[1][edge], atol=1e-6)


@pytest.mark.parametrize("n_texts", [3, 4, 5])
@pytest.mark.parametrize("seed", range(8))
def test_loops_are_close(n_texts: int, seed: int) -> None:
    """Where each text is compared with each, weighed as the judge weighs them, marginals are within .05 of exact."""
    rng = np.random.default_rng([n_texts, seed])
    alone = _table(rng, (n_texts, 3), 1.0)
    edges = factors(
        {(i, j): rng.normal(0, 2.0, (3, 3)) for i in range(n_texts) for j in range(i + 1, n_texts)}, n_texts
    )

    np.testing.assert_allclose(propagate(alone, edges)[0], oracles.marginals(alone, edges)[0], atol=_CLOSE)


@given(st.integers(1, 6), st.integers(0, 2**32 - 1), st.data())
def test_marginals_sum_to_one(n_texts: int, seed: int, data: st.DataObject) -> None:
    """Whatever the graph and however sharp the factors, texts and pairs have probabilities."""
    rng = np.random.default_rng(seed)
    possible = [(i, j) for i in range(n_texts) for j in range(i + 1, n_texts)]
    chosen = data.draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    texts, pairs = propagate(_table(rng, (n_texts, 3), 5.0), {edge: _table(rng, (3, 3), 5.0) for edge in chosen})

    np.testing.assert_allclose(texts.sum(axis=1), 1.0)
    assert all(pair.sum() == pytest.approx(1.0) and pair.min() >= 0 for pair in pairs.values())


def test_a_text_without_pairs_stays_as_it_is() -> None:
    """What is believed of a lone text is what it says alone."""
    texts, _ = propagate(np.array([[0.8, 0.15, 0.05], [0.5, 0.25, 0.25]]), {})

    np.testing.assert_allclose(texts, [[0.8, 0.15, 0.05], [0.5, 0.25, 0.25]])


@given(st.integers(0, 2**32 - 1), st.floats(-1e4, 1e4))
def test_factors_do_not_depend_on_the_constant(seed: int, shift: float) -> None:
    """Log-likelihoods are known up to a constant: adding one changes no factor; none is 0."""
    logits = np.random.default_rng(seed).normal(0, 10, (3, 3))
    found, shifted = (factors({(0, 1): table}, 2)[0, 1] for table in (logits, logits + shift))

    assert found.min() > 0
    np.testing.assert_allclose(shifted, found, rtol=1e-6)


def test_repeated_pairs_speak_less() -> None:
    """A pair's say falls with the number of pairs of its texts; its order of preference stays."""
    logits = np.array([[0.0, 3.0, 1.0], [-2.0, 0.5, 0.0], [1.0, -1.0, 2.0]])
    alone = factors({(0, 1): logits}, 2)[0, 1]
    among = factors(dict.fromkeys(((0, 1), (0, 2), (1, 2)), logits), 3)[0, 1]

    assert among.max() / among.min() < alone.max() / alone.min()
    np.testing.assert_array_equal(np.argsort(among, axis=None), np.argsort(alone, axis=None))
