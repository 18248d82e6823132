"""What each word of a pair says for and against reuse, and the stretch whose words sum to most.

A word is evidence for reuse where the other stretch holds it, more so with its neighbour beside it, and against where it does
not; how much is the logarithm of how probable that is in reused text, as reused text of this stretch goes, over how probable it
is by chance, given how often the two texts use the word. The stretch is the run whose words sum to most (Karlin & Altschul 1990),
found in turn on either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.align.bitext import Bitext, Floats, Ints
from detector.align.cells import Cells

_FLANK = 60
"""Words beyond a stretch into which it may grow in one turn."""
_MARGIN = 15
"""Words around the other stretch that may still vouch for a word of this one: both grow by turns."""
_TURNS = 4
_SMOOTHING = 200
"""Words of other text that stand for all that the two texts might have said."""
_WORD_COUNT, _MAX_WORD_COUNT = 0.5, 4.0
"""How often a word not seen elsewhere counts as seen: the least, and the most where the two texts are on one matter."""
_PAIR_COUNT = 0.05
"""The same for two neighbouring words."""
_CHANCE = (1e-5, 0.9)
"""Bounds of the probability that a word is met by chance."""
_SHARES = (0.2, 0.5)
"""Shares of words kept, with a neighbour and without, to begin with where there is no stretch to estimate them from."""


class Range(NamedTuple):
    """A half-open run of words of one side."""

    start: int
    end: int

    def hull(self, other: "Range") -> "Range":
        """The run from the first of both to the last."""
        return Range(min(self.start, other.start), max(self.end, other.end))

    def gap(self, other: "Range") -> int:
        """Words between the two; 0 where they touch or overlap."""
        return max(0, max(self.start, other.start) - min(self.end, other.end))

    def common(self, other: "Range") -> int:
        """Words that both hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Stretch(NamedTuple):
    """A run of words on each side, and the evidence that one was made from the other, in nats."""

    nats: float
    ranges: tuple[Range, Range]
    shares: tuple[float, float]
    """The evidence by side."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What each word of a pair says for and against reuse."""

    word: tuple[Ints, Ints]
    pair: tuple[Ints, Ints]
    """Number of each word together with the next. Shapes as ``word``."""
    word_rate: Floats
    """How often a word is met by chance, per word of text. Shape ``(n_vocabulary,)``."""
    pair_rate: Floats

    @classmethod
    def of(cls, bitext: Bitext, seeds: Cells) -> "Evidence":
        """Count the words and pairs of words of both sides, less the one time each that a passage would account for."""
        word = bitext.source.word, bitext.target.word
        keys = [w[:-1] * bitext.n_vocabulary + w[1:] for w in word]
        known, place = np.unique(np.concatenate(keys), return_inverse=True)
        cut = len(keys[0])
        pair = [np.append(p, len(known)) for p in (place[:cut], place[cut:])]
        n_words = len(word[0]) + len(word[1])
        counts = [np.bincount(w, minlength=bitext.n_vocabulary) for w in word]
        n_pairs = np.bincount(pair[0], minlength=len(known) + 1) + np.bincount(pair[1], minlength=len(known) + 1)
        chance = _chance(bitext, seeds, counts) * (n_words + _SMOOTHING)
        rates = (counts[0] + counts[1] - 2, min(max(_WORD_COUNT, chance), _MAX_WORD_COUNT)), (n_pairs - 2, _PAIR_COUNT)
        word_rate, pair_rate = (np.asarray((np.maximum(n, 0) + least) / (n_words + _SMOOTHING)) for n, least in rates)
        return cls(word, (pair[0], pair[1]), word_rate, pair_rate)

    def grown(self, ranges: tuple[Range, Range], least_turns: int = _TURNS) -> Stretch | None:
        """The stretch around two runs whose words sum to most, found in turn on either side; None where nothing is left."""
        own = list(ranges)
        shares = [0.0, 0.0]
        for _ in range(least_turns):
            before = tuple(own)
            for side in (0, 1):
                start, nats = self.nats(side, own[side], own[1 - side])
                best, shares[side] = _best_run(nats, own[side].start - start, own[side].end - start)
                if best.end <= best.start:
                    return None
                own[side] = Range(start + best.start, start + best.end)
            if tuple(own) == before:
                break
        return Stretch(shares[0] + shares[1], (own[0], own[1]), (shares[0], shares[1]))

    def nats(self, side: int, own: Range, other: Range) -> tuple[int, Floats]:
        """What the words in and around a run say, for and against its being made from the other side's run.

        Returns:
            The place of the first word looked at, and the evidence of each from there on.
        """
        start, end = max(0, own.start - _FLANK), min(len(self.word[side]), own.end + _FLANK)
        there = slice(max(0, other.start - _MARGIN), min(len(self.word[1 - side]), other.end + _MARGIN))
        place = np.arange(start, end)
        distance = np.maximum(0, np.maximum(own.start - place, place - own.end + 1))
        turn = _in_turn(self.word[side][start:end], distance)
        match = self._match(side, slice(start, end), there, turn)
        return start, _log_ratio(match, _shares(match, slice(own.start - start, own.end - start)))

    def without_places(self, side: int) -> tuple[Range, float]:
        """The run that the whole other text explains best, wherever in it the words stand, and its evidence in nats."""
        n_here, n_there = len(self.word[side]), len(self.word[1 - side])
        match = self._match(side, slice(0, n_here), slice(0, n_there), np.zeros(n_here, dtype=np.int64))
        shares = _SHARES
        run, nats = Range(0, 0), 0.0
        for _ in range(_TURNS - 1):
            sums = np.concatenate(([0.0], np.cumsum(_log_ratio(match, shares))))
            gain = sums - np.minimum.accumulate(sums)
            end = int(np.argmax(gain))
            run, nats = Range(int(np.argmin(sums[: end + 1])), end), float(gain[end])
            if not nats:
                break
            shares = _shares(match, slice(run.start, run.end))
        return run, nats

    def _match(self, side: int, here: slice, there: slice, turn: Ints) -> "_Match":
        """What of a run the other side's run holds; a word that stands there n times vouches for n of this side, in their turn."""
        word, pair = self.word[side][here], self.pair[side][here]
        found = turn < np.bincount(self.word[1 - side][there], minlength=len(self.word_rate))[word]
        is_pair = np.zeros(len(self.pair_rate), dtype=bool)
        is_pair[self.pair[1 - side][there][:-1]] = True
        together = is_pair[pair] & found
        together[:-1] &= found[1:]
        n_there = there.stop - there.start
        by_chance = np.clip(-np.expm1(-self.word_rate[word] * n_there), *_CHANCE)
        pair_by_chance = np.clip(-np.expm1(-self.pair_rate[pair] * n_there), *_CHANCE)
        beside, beside_by_chance = together.copy(), pair_by_chance.copy()
        beside[1:] |= together[:-1]
        beside_by_chance[1:] = np.maximum(beside_by_chance[1:], pair_by_chance[:-1])
        return _Match(found, beside, by_chance, beside_by_chance)


class _Match(NamedTuple):
    """Which words of a run the other text holds, with a neighbour or without, and how probable that is by chance."""

    found: NDArray[np.bool_]
    beside: NDArray[np.bool_]
    by_chance: Floats
    beside_by_chance: Floats


def _chance(bitext: Bitext, seeds: Cells, counts: Sequence[Ints]) -> float:
    """How often a word used once is met in the other text though nothing was reused, per word: texts on one matter share words."""
    most = 0.0
    for side, own, other, sentences in (
        (bitext.source, counts[0], counts[1], seeds.source),
        (bitext.target, counts[1], counts[0], seeds.target),
    ):
        is_seed = np.zeros(len(side.segmented), dtype=bool)
        is_seed[sentences] = True
        outside = side.word[~np.repeat(is_seed, side.n_words())]
        once = outside[own[outside] == 1]
        share = (np.count_nonzero(other[once]) + 0.5) / (len(once) + 5)
        most = max(most, float(-np.log1p(-share)) / max(int(other.sum()), 1))
    return most


def _in_turn(word: Ints, distance: Ints) -> Ints:
    """How many of the same word are nearer to the run, or as near and before."""
    order = np.argsort(word * (int(distance.max()) + 1) + distance, kind="stable")
    sorted_word = word[order]
    place = np.arange(len(word))
    opens = np.concatenate(([True], sorted_word[1:] != sorted_word[:-1]))
    turn = np.empty_like(place)
    turn[order] = place - np.maximum.accumulate(np.where(opens, place, 0))
    return turn


def _shares(match: _Match, inside: slice) -> tuple[float, float]:
    """How many words of a run were kept with a neighbour, and how many of the rest without, beyond what chance explains."""
    beside = match.beside[inside]
    single = ~beside
    kept_pair = (beside.sum() - match.beside_by_chance[inside].sum()) / (len(beside) + 2)
    kept_word = (match.found[inside][single].sum() - match.by_chance[inside][single].sum()) / (single.sum() + 2)
    return min(max(float(kept_pair), 0.02), 0.97), min(max(float(kept_word), 0.05), 0.9)


def _log_ratio(match: _Match, shares: tuple[float, float]) -> Floats:
    """Evidence of each word, in nats, where such shares of the words are kept."""
    p_beside = shares[0] + (1 - shares[0]) * match.beside_by_chance
    p_found = (1 - p_beside) * (shares[1] + (1 - shares[1]) * match.by_chance)
    p_missing = np.maximum((1 - p_beside) * (1 - shares[1]) * (1 - match.by_chance), 1e-3)
    single = np.where(match.found, p_found / match.by_chance, p_missing / (1 - match.by_chance)) / (1 - match.beside_by_chance)
    return np.asarray(np.log(np.where(match.beside, p_beside / match.beside_by_chance, single)))


def _best_run(nats: Floats, start: int, end: int) -> tuple[Range, float]:
    """The run that sums to most of those through the place where the sum from [start, end)'s start is greatest, and its sum."""
    sums = np.concatenate(([0.0], np.cumsum(nats)))
    middle = start + int(np.argmax(sums[start : end + 1]))
    first = middle - int(np.argmin(sums[middle::-1]))
    last = middle + int(np.argmax(sums[middle:]))
    return Range(first, last), float(sums[last] - sums[first])
