"""What swaps say of their sides: laws that hold whatever the weights."""

import numpy as np
import pytest

from detector import align
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.contrast import KINDS, load_weights, side_features
from detector.score.swaps import Swaps, find_swaps
from detector.types import Alignment
from tests.articles import FEW, compared, documents
from tests.oracles import all_mirrored

_NAMES = [
    ("original", "spun"),
    ("original", "round_trip"),
    ("original", "edited"),
    ("spun", "round_trip"),
    ("edited", "spun"),
]
_PAIRS = [(group, *pair) for group in FEW for pair in _NAMES]


def _alignment(group: str, one: str, other: str) -> Alignment:
    place = list(documents(group))
    return compared(group).alignment(place.index(one), place.index(other))


def _swaps(alignment: Alignment) -> Swaps:
    return find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())


@pytest.mark.parametrize(("group", "one", "other"), _PAIRS)
def test_mirrored_swaps_have_the_transposed_log_odds(group: str, one: str, other: str) -> None:
    """Swaps with their sides exchanged give the same combinations of kinds the same log-odds, read the other way."""
    swaps = _swaps(_alignment(group, one, other))
    there, back = (load_weights().pair_log_odds(s) for s in (swaps, all_mirrored(swaps)))

    np.testing.assert_allclose(back.T, there, atol=1e-9)


@pytest.mark.parametrize(("group", "one", "other"), _PAIRS)
def test_the_inverse_alignment_has_the_transposed_log_odds(group: str, one: str, other: str) -> None:
    """What is said of two texts does not depend on which of them is called the source."""
    alignment = _alignment(group, one, other)
    there, back = (load_weights().pair_log_odds(_swaps(a)) for a in (alignment, alignment.inverse()))

    np.testing.assert_allclose(back.T, there, atol=1e-3)


@pytest.mark.parametrize(("group", "one", "other"), _PAIRS)
def test_probabilities_of_alteration_are_probabilities(group: str, one: str, other: str) -> None:
    """Each swap has, for each combination of kinds, a probability; a genuine side altered nothing."""
    swaps = _swaps(_alignment(group, one, other))
    for side in (0, 1):
        altered = load_weights().altered(swaps, side)

        assert altered.shape == (len(swaps.swaps), len(KINDS), len(KINDS))
        assert altered.min() >= 0
        assert altered.max() <= 1
        assert not altered[:, 0, :].any()


@pytest.mark.parametrize("group", FEW)
def test_a_spun_copy_is_told_from_its_original(group: str) -> None:
    """That the copy was spun from a genuine original is likelier than that the original was spun from the copy."""
    log_odds = load_weights().pair_log_odds(_swaps(_alignment(group, "original", "spun")))

    assert log_odds[0, 1] > log_odds[1, 0]


def test_no_swaps_give_finite_features() -> None:
    """A pair without a swap, even without a word, has numbers, and no altered swap."""
    swaps = _swaps(align("", ""))

    assert np.isfinite(side_features(swaps, 0)).all()
    assert np.isfinite(load_weights().pair_log_odds(swaps)).all()
    assert load_weights().altered(swaps, 1).shape == (0, len(KINDS), len(KINDS))
