"""What each content word of a text shows of having been put there by a spinner: one row of features a word.

The heart is the noisy channel: the log-odds that a spinner wrote the word for another one, ``log2 sum over o of q(w | o) p(o in its
place) / p(w in its place)``, from the substitution gains. Beside it: how each choice fits what the passage is about, whether the
word stands for the same one all through the text, how rare it is, how it is written, and how dense the signs are around it.
All sums that reach over words are of whole numbers, so that a text's features do not depend on the texts it is read with.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.lm import DIMENSIONS, Gains, Substitutions
from detector.types import Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_NO_SIGN = np.float32(-15)
_CLIP = np.float32(15)
_LOG2_10 = np.float32(3.3219)
_WINDOW = 6
"""Content words on each side that say what a passage is about."""
_LIKENESS_BITS = np.float32(12)
"""Bits for each unit of cosine by which a choice is nearer to what the passage is about than the word itself."""
_AT_ONCE = 512
"""Words whose passages are looked at together: what is made on the way stays in the processor's cache, and in bounds."""
_ASKED = np.float32(-6)
_BEHIND = np.float32(4)
"""Choices of less than ``_ASKED`` bits, or this far behind the best, are not asked what they are about: most are, to no effect."""
_RARITY = 1e-3  # a word weighs a / (a + p), the smooth inverse frequency of Arora, Liang & Ma (2017), their value
_STEPS = 64  # of that weight, as a whole number
SIGNS = (
    "channel", "best", "best_gain", "most_gain", "second", "best_q", "bits", "next_bits", "pieces", "zipf", "capital_inside",
    "capital_opening", "opening", "quoted", "channel_unigram", "repeats", "channel_text", "original_elsewhere", "channel_before",
    "channel_after", "bits_before", "bits_after", "about", "channel_about", "best_about", "mean_channel", "share_channel",
    "mean_channel_about", "has_choice", "is_phrase",
)  # fmt: skip
"""The features, in the order of the columns."""


class WordSigns(NamedTuple):
    """The features of content words, and what each most likely stood for were it altered."""

    rows: Floats
    """In the order of ``SIGNS``. Shape ``(n_words, n_signs)``."""
    meant: Ints
    """An original as ``Gains`` numbers them, -1 where nothing is known. Shape ``(n_words,)``."""
    saved: Floats
    """The bits that it would save in the word's place, 0 where nothing is known. Shape ``(n_words,)``."""


def signs(gains: Gains, quoted: Sequence[Sequence[Span]], table: Substitutions) -> WordSigns:
    """The features of content words.

    Args:
        gains: The words of some texts.
        quoted: The quotations of each of these texts.
        table: The substitutions by which the gains were read.
    """
    n = len(gains.text)
    bounds = np.searchsorted(gains.text, np.arange(len(quoted) + 1))
    has = np.zeros(n, dtype=bool)
    has[gains.owner] = True
    zipf = table.zipfs[gains.number]
    score = np.clip(gains.gain, -_CLIP, _CLIP) + gains.log2_q
    choices = _Choices(gains.owner, has)
    channel = choices.log_sum(score)
    best = choices.best(score)
    asked = np.flatnonzero((score > _ASKED) & (score > (choices.at(best, score) - _BEHIND)[gains.owner]))
    about, likeness = _likeness(gains, asked, bounds, zipf, table)
    channel_about = choices.log_sum(score + likeness * _LIKENESS_BITS)
    best_about = choices.best(score + likeness * _LIKENESS_BITS)
    unigram = choices.log_sum(gains.log2_q + _LOG2_10 * table.zipfs[np.maximum(gains.original, -1)]) - _LOG2_10 * zipf
    repeats, pooled, elsewhere = _through_the_text(gains, choices, score)
    meant = choices.best(pooled + likeness * _LIKENESS_BITS)
    inside = np.array([k for i, spans in enumerate(quoted) for k in _quoted(gains, bounds, i, spans)], dtype=np.int64)
    is_quoted = np.zeros(n, dtype=np.float32)
    is_quoted[inside] = 1
    sure = np.clip(channel, -10, 10)
    columns = (
        channel, choices.at(best, score), choices.at(best, gains.gain), choices.most(gains.gain),
        choices.second(score, best), choices.at(best, gains.log2_q), gains.bits, gains.next_bits, gains.n_pieces, zipf,
        gains.is_capital & ~gains.is_opening, gains.is_capital & gains.is_opening, gains.is_opening, is_quoted,
        unigram, np.log2(repeats), choices.most(pooled), elsewhere,
        _beside(channel, gains.text, 1), _beside(channel, gains.text, -1), _beside(gains.bits, gains.text, 1),
        _beside(gains.bits, gains.text, -1), about, channel_about, choices.at(best_about, likeness),
        _others(sure, bounds), _others((sure > 0).astype(np.float32), bounds),
        _others(np.clip(channel_about, -10, 10), bounds), has,
        gains.is_phrase,
    )  # fmt: skip
    rows = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    original, saved = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.float32)
    original[has], saved[has] = gains.original[meant], gains.gain[meant]
    return WordSigns(np.clip(rows, 2 * _NO_SIGN, 2 * _CLIP), original, saved)


class _Choices:
    """Sums and maxima over the choices of each word; ``_NO_SIGN`` for a word without any."""

    def __init__(self, owner: Ints, has: NDArray[np.bool_]) -> None:
        self._owner = owner
        self._has = np.flatnonzero(has)
        self._first = np.flatnonzero(np.diff(owner, prepend=-1))
        self._n = len(has)

    def _spread(self, values: Floats) -> Floats:
        found = np.full(self._n, _NO_SIGN, dtype=np.float32)
        found[self._has] = values
        return found

    def most(self, values: Floats) -> Floats:
        """The largest value of each word's choices."""
        return self._spread(np.maximum.reduceat(values, self._first) if len(values) else values)

    def log_sum(self, values: Floats) -> Floats:
        """log2 of the sum of 2 to the values of each word's choices, at least ``_NO_SIGN``."""
        if not len(values):
            return self._spread(values)
        return np.maximum(self._spread(np.log2(np.add.reduceat(np.exp2(values), self._first))), _NO_SIGN)

    def best(self, values: Floats) -> Ints:
        """The place of each word's best choice among all choices, words without any left out."""
        most = np.maximum.reduceat(values, self._first) if len(values) else values
        group = np.repeat(np.arange(len(self._first)), np.diff(self._first, append=len(values)))
        is_best = np.flatnonzero(values == most[group])
        return is_best[np.diff(group[is_best], prepend=-1) > 0]

    def at(self, places: Ints, values: Floats) -> Floats:
        """The values at one choice of each word that has any."""
        return self._spread(values[places])

    def second(self, values: Floats, best: Ints) -> Floats:
        """The largest value but for that of the best choice."""
        others = values.copy()
        others[best] = _NO_SIGN
        return self.most(others)


def _quoted(gains: Gains, bounds: Ints, text: int, spans: Sequence[Span]) -> range | list[int]:
    """The places of the words of a text that begin inside its quotations."""
    first, end = int(bounds[text]), int(bounds[text + 1])
    if first == end or not spans:
        return []
    starts = gains.start[first:end]
    low = np.searchsorted(starts, [span.start for span in spans]) + first
    high = np.searchsorted(starts, [span.end for span in spans]) + first
    return [k for a, b in zip(low.tolist(), high.tolist(), strict=True) for k in range(a, b)]


def _likeness(gains: Gains, asked: Ints, bounds: Ints, zipf: Floats, table: Substitutions) -> tuple[Floats, Floats]:
    """How near each word is to what its passage and its text are about; by how much each choice asked is nearer, else 0."""
    n = len(gains.text)
    weight = np.round(_STEPS * _RARITY / (_RARITY + 10 ** (zipf - 9))).astype(np.int16)[:, None]
    blocks = [(first, min(first + _AT_ONCE, n)) for first in range(0, n, _AT_ONCE)]
    whole = np.zeros((len(bounds) - 1, DIMENSIONS), dtype=np.int64)
    for first, end in blocks:
        text, begins = np.unique(gains.text[first:end], return_index=True)
        whole[text] += np.add.reduceat(table.levels(gains.number[first:end]) * weight[first:end], begins, axis=0, dtype=np.int32)
    subject = _unit(whole)
    own, likeness = np.zeros(n, dtype=np.float32), np.zeros(len(gains.owner), dtype=np.float32)
    asked_by = np.searchsorted(gains.owner[asked], [first for first, _ in blocks] + [n]).tolist()
    for (first, end), (first_asked, end_asked) in zip(blocks, pairwise(asked_by), strict=True):
        text = gains.text[first:end]
        low, high = max(first - _WINDOW, 0), min(end + _WINDOW, n)
        weighted = table.levels(gains.number[low:high]) * weight[low:high]
        total = np.zeros((high - low + 1, DIMENSIONS), dtype=np.int32)
        np.cumsum(weighted, axis=0, dtype=np.int32, out=total[1:])
        place = np.arange(first, end)
        aim = total.take(np.minimum(place + _WINDOW + 1, bounds[text + 1]) - low, axis=0)
        aim -= total.take(np.maximum(place - _WINDOW, bounds[text]) - low, axis=0)
        aim -= weighted[first - low : end - low]
        directed = _unit(aim) + subject.take(text, axis=0)
        own[first:end] = np.einsum("ij,ij->i", table.directions(gains.number[first:end]), directed)
        part = asked[first_asked:end_asked]
        owner = gains.owner[part]
        chosen = table.directions(np.maximum(gains.original[part], -1))
        likeness[part] = np.clip(np.einsum("ij,ij->i", chosen, directed.take(owner - first, axis=0)) - own[owner], -1, 1)
    return own, likeness


def _unit(rows: NDArray[Any]) -> Floats:
    found = rows.astype(np.float32)
    squares = np.einsum("ij,ij->i", found, found)
    return np.asarray(found / np.sqrt(np.maximum(squares, 1))[:, None], dtype=np.float32)


def _through_the_text(gains: Gains, choices: _Choices, score: Floats) -> tuple[Ints, Floats, Floats]:
    """How often each form stands in its text; each choice's score if it is the same everywhere; whether originals stand there."""
    span = int(gains.form.max(initial=0)) - int(gains.form.min(initial=0)) + 1
    offset = int(gains.form.min(initial=0))
    keys, group, counts = np.unique(gains.text * span + gains.form - offset, return_inverse=True, return_counts=True)
    repeats = counts[group]
    # The gains of a choice, in steps of a 64th of a bit, summed over all places of the form in the text.
    steps = np.round(64 * np.clip(gains.gain, -8, 12)).astype(np.int64)
    pooled = steps / np.float32(64)
    often = np.flatnonzero(repeats[gains.owner] > 1)
    if len(often):
        lowest = int(gains.original.min())
        both = group[gains.owner[often]] * (int(gains.original.max()) - lowest + 1) + gains.original[often] - lowest
        _, same = np.unique(both, return_inverse=True)
        pooled[often] = np.bincount(same, weights=steps[often])[same] / np.float32(64)
    is_form = (gains.original >= 0) & (gains.original - offset < span)
    n_of = np.zeros((int(gains.text.max(initial=-1)) + 1) * span, dtype=np.uint16)
    n_of[keys] = np.minimum(counts, np.iinfo(np.uint16).max)
    stands = np.where(is_form, n_of.take(gains.text[gains.owner] * span + gains.original - offset, mode="wrap"), 0)
    likely = choices.most(stands * np.exp2(score - choices.most(score)[gains.owner]))
    return repeats, (pooled + gains.log2_q).astype(np.float32), np.maximum(likely, 0)


def _beside(values: Floats, text: Ints, step: int) -> Floats:
    """The value of the word before (1) or after (-1) in the same text, -10 where there is none."""
    found = np.full(len(values), -10, dtype=np.float32)
    if len(values) > 1:
        here, there = (slice(1, None), slice(None, -1)) if step == 1 else (slice(None, -1), slice(1, None))
        found[here] = np.where(text[here] == text[there], values[there], np.float32(-10))
    return found


def _others(values: Floats, bounds: Ints) -> Floats:
    """The mean over the other words of each word's text, 0 for a word alone; summed in steps of a 64th."""
    steps = np.round(64 * values).astype(np.int64)
    total = np.concatenate(([0], np.cumsum(steps)))
    n_of = np.diff(bounds)
    sums = np.repeat(total[bounds[1:]] - total[bounds[:-1]], n_of) - steps
    return np.asarray(sums / (64 * np.maximum(np.repeat(n_of, n_of) - 1, 1)), dtype=np.float32)
