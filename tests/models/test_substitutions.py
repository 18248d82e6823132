"""How the choices of each form are found and kept: on tables small enough to work out by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.substitutions.choices import PER_FORM, Choices, _best
from models.training.phrases import Phrase, is_phrase

_LOG2_10 = np.log2(10)


def _rows(found: Choices) -> list[list[tuple[int, float]]]:
    """The choices of each form as pairs of an original and log2 q."""
    flat = list(zip(found.originals.tolist(), found.log_q.tolist(), strict=True))
    return [flat[a:b] for a, b in zip(found.pointers[:-1].tolist(), found.pointers[1:].tolist(), strict=True)]


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[int, dict[int, float]], np.ndarray]:
    """How strongly each of some forms stands for the others, and the frequencies of all."""
    n = draw(st.integers(2, 20))
    zipf = np.array(draw(st.lists(st.floats(2.0, 7.0, width=32), min_size=n, max_size=n)), dtype=np.float32)
    pairs = draw(st.dictionaries(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), st.floats(0.1, 2.0), max_size=60))
    strength: dict[int, dict[int, float]] = {}
    for (copy, original), value in pairs.items():
        if copy != original:
            strength.setdefault(copy, {})[original] = value
    return strength, zipf


@given(tables())
def test_what_an_original_becomes_is_a_distribution(table: tuple[dict[int, dict[int, float]], np.ndarray]) -> None:
    """q(form | original) is in proportion to strength and the root of the form's frequency; over all forms it is at most 1."""
    strength, zipf = table
    rows = _rows(_best(strength, zipf))
    total = np.zeros(len(zipf))
    for copy, row in enumerate(rows):
        for original, log_q in row:
            weights = {w: found[original] * 10 ** (zipf[w] / 2) for w, found in strength.items() if original in found}
            assert 2**log_q == pytest.approx(weights[copy] / sum(weights.values()), rel=1e-3)
            total[original] += 2**log_q

    assert (total <= 1.001).all()


@given(tables())
def test_the_likeliest_originals_are_kept_first(table: tuple[dict[int, dict[int, float]], np.ndarray]) -> None:
    """Of a form's originals that are frequent enough, at most twelve are kept, by q(form | original) times their frequency."""
    strength, zipf = table
    for copy, row in enumerate(_rows(_best(strength, zipf))):
        worth = [log_q + _LOG2_10 * zipf[original] for original, log_q in row]

        assert len(row) == min(PER_FORM, sum(zipf[original] >= 3.2 for original in strength.get(copy, {})))
        assert all(a >= b - 1e-3 for a, b in pairwise(worth))


@pytest.mark.parametrize(
    ("copy", "original", "strength", "expected"),
    [
        ("coronary heart", "heart", "high", True),
        ("a few of the", "some of the", "low", True),
        ("alternatively", "on the other hand", "high", True),
        ("inside", "in", "high", True),
        ("inside", "in", "low", False),
        ("metropolis", "city", "high", False),
    ],
)
def test_rules_of_one_content_word_for_one_are_no_phrases(copy: str, original: str, strength: str, expected: bool) -> None:
    """A phrase is of several words, or tells by itself and has no choices: what can be a word's choice is one."""
    assert is_phrase(Phrase(copy, original, "project", strength)) is expected
