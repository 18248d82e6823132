"""What the swapped words of two sides say of each other: which side was spun, which back-translated, which word was altered.

Two models in one small file of weights. One judges a pair: from counts and mean gains of its swaps, the log-odds of each of the
nine combinations of kinds (multinomial logistic regression at an even prior). One judges a single swap once the kinds of both
sides are given. They were fitted on simulated copies of genuine news and on real human edits of it: ``models/contrast``.
Spinning makes words fit worse, translating back makes them fit better: the kind is decided before the direction.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset
from detector.score.swaps import RELATIONS, Swap, Swaps

KINDS = ("genuine", "spun", "back_translated")
_CLIP = 15.0
_WORSE, _BETTER = 3.0, -3.0
"""Bits from which a gain counts as one: about the odds of 8 to 1."""
MAX_DEVIATION = 2.5
"""Standard deviations at which a feature of a pair is cut off: beyond what was fitted on, more is no more telling."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Shapes: pair ``(2 * n_side, 3, 3)``, swap ``(3, 3, n_swap)``; the kinds are in the order of ``KINDS``."""

    pair_mean: NDArray[np.float64]
    pair_scale: NDArray[np.float64]
    pair_weights: NDArray[np.float64]
    pair_bias: NDArray[np.float64]
    swap_mean: NDArray[np.float64]
    swap_scale: NDArray[np.float64]
    swap_weights: NDArray[np.float64]
    swap_bias: NDArray[np.float64]

    def _scaled(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.clip((features - self.pair_mean) / self.pair_scale, -MAX_DEVIATION, MAX_DEVIATION)

    def pair_log_odds(self, swaps: Swaps) -> NDArray[np.float64]:
        """Log-likelihoods (nats, up to a constant) of the kinds of source and target. Shape ``(3, 3)``.

        Read both ways and averaged, so that the answer for (target, source) is the transpose.
        """
        sides = side_features(swaps, 0), side_features(swaps, 1)
        there, back = (
            np.tensordot(self._scaled(np.concatenate(pair)), self.pair_weights, axes=1) + self.pair_bias
            for pair in (sides, sides[::-1])
        )
        return np.asarray((there + back.T) / 2)

    def altered(self, swaps: Swaps, side: int) -> NDArray[np.float64]:
        """Probability that each swap's words on one side were altered there, given the kinds of that side and the other.

        Shape ``(n_swaps, 3, 3)``; a genuine side has altered nothing.
        """
        rows = [swap_features(swap, side) for swap in swaps.swaps]
        if not rows:
            return np.zeros((0, len(KINDS), len(KINDS)))
        scaled = (np.stack(rows) - self.swap_mean) / self.swap_scale
        logits = np.einsum("nf,kof->nko", scaled, self.swap_weights) + self.swap_bias
        found = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
        found[:, 0, :] = 0.0
        return np.asarray(found)


def _own(swap: Swap, side: int) -> tuple[float, float, int, int, bool, bool, float]:
    """Gain here, gain there, words here and there, quoted here and there, frequency here less there."""
    n_words = len(swap.source_forms), len(swap.target_forms)
    ours = (swap.source_gain, swap.target_gain, *n_words, swap.source_quoted, swap.target_quoted)
    if side == 0:
        return (*ours, swap.zipf_difference)
    return (ours[1], ours[0], ours[3], ours[2], ours[5], ours[4], -swap.zipf_difference)


def _is_amount(swap: Swap) -> bool:
    """True for a figure against a figure: a changed fact, which tells nothing of how a wording was made."""
    forms = (*swap.source_forms, *swap.target_forms)
    return bool(swap.source_forms and swap.target_forms) and all(form[0].isdigit() for form in forms)


def _clip(bits: float) -> float:
    return max(-_CLIP, min(_CLIP, bits))


def side_features(swaps: Swaps, side: int) -> NDArray[np.float64]:
    """What the swaps show of one side. Shape ``(n_side,)``; rates are a hundred linked words.

    Args:
        swaps: The swaps of an alignment.
        side: 0 for the source, 1 for the target.
    """
    n_words = max(swaps.n_words[side], 1)
    rows = [(s, *_own(s, side)) for s in swaps.swaps if not _is_amount(s)]
    paired = [r for r in rows if r[3] and r[4]]
    content = [r for r in paired if not r[0].is_function]
    single = {name: [r for r in content if r[0].relation == name and r[3] == r[4] == 1] for name in RELATIONS}

    def rate(n: float) -> float:
        return 100.0 * n / n_words

    def mean(values: list[float]) -> float:
        return sum(values) / (len(values) + 2.0)  # two swaps of no gain as a prior

    quoted = [r for r in rows if r[5] or r[6]]
    n_worse = sum(r[1] > _WORSE and r[2] < _BETTER for r in content)
    n_better = sum(r[2] > _WORSE and r[1] < _BETTER for r in content)
    return np.array(
        [
            *(rate(len(single[name])) ** 0.5 for name in RELATIONS),
            rate(sum(r[0].is_function for r in paired)) ** 0.5,
            rate(sum(not r[4] for r in rows)) ** 0.5,
            rate(sum(not r[3] for r in rows)) ** 0.5,
            rate(sum(r[3] != r[4] for r in content)) ** 0.5,
            rate(swaps.n_moves) ** 0.5,
            *(mean([_clip(r[1]) for r in single[name]]) for name in RELATIONS),
            *(mean([_clip(r[2]) for r in single[name]]) for name in RELATIONS),
            mean([_clip(r[1]) for r in paired if r[0].is_function]),
            mean([_clip(r[2]) for r in paired if r[0].is_function]),
            rate(n_worse) ** 0.5,
            rate(n_better) ** 0.5,
            log((n_worse + 1) / (n_better + 1)),
            rate(sum(r[0].is_name and r[1] - r[2] > 2 * _WORSE for r in paired)) ** 0.5,
            rate(sum(r[0].is_name and r[2] - r[1] > 2 * _WORSE for r in paired)) ** 0.5,
            mean([r[7] for r in content]),
            100.0 * len(quoted) / max(swaps.n_quoted[side], 30),
            swaps.bits[side] - swaps.bits[1 - side],
            swaps.verbatim,
            mean([float(r[4] - r[3]) for r in paired]),
        ]
    )


def swap_features(swap: Swap, side: int) -> NDArray[np.float64]:
    """What one swap shows of its words on one side. Shape ``(n_swap,)``."""
    here, there, n_here, n_there, quoted, _, zipf = _own(swap, side)
    here, there = _clip(here), _clip(there)
    return np.array(
        [
            here,
            there,
            here - there,
            max(0.0, here - there) ** 0.5,
            *(float(swap.relation == name and n_here == n_there == 1) for name in RELATIONS),
            float(n_here),
            float(n_there),
            float(n_here - n_there),
            zipf,
            float(quoted),
            float(swap.is_name),
            (here - there) * swap.is_name,
            float(swap.is_function),
            (here - there) * swap.is_function,
        ]
    )


@cache
def load_weights() -> Weights:
    """The weights that ship with the package, their digest checked, once a process."""
    table = json.loads(asset("contrast", "weights.json").read_text(encoding="utf-8"))
    return Weights(**{name: np.array(values) for name, values in table["weights"].items()})
