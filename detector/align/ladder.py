"""The best ladder of rungs through a window of sentences: m-n beads and nulls, in order, by dynamic programming.

After Gale & Church (1993) in its rungs and in the fit of lengths, after Moore (2002) and hunalign in going by shared words; nulls
are free, as a window may hold text of one side only. A rung is worth the weight of the words it links, less the least similarity's
share of all that its sentences weigh: a sentence that shares nothing is not drawn in. Each further sentence costs a little more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.align.bitext import Floats, Ints
from detector.align.cells import Features

_LENGTH_SHARE = 0.15
"""What the fit of lengths can add to a similarity, or take from it, is half of this."""
_LENGTH_DEVIATION = 5.2
"""Deviation of a sentence's length from its counterpart's, for the square root of a character: twice that of Gale & Church."""
_SENTENCE_COST = 0.05
"""What each sentence after the first two must add to a rung's similarity."""
_MAX_WINDOW = 250
"""Sentences of a side; a longer window is cut along its diagonal."""
_SKIP_SOURCE, _SKIP_TARGET = -1, -2

Rung = tuple[tuple[int, ...], tuple[int, ...]]


def rungs(n_source: int, n_target: int) -> list[tuple[int, int]]:
    """The shapes a bead may have, given the most sentences on each side: one against some, and two against two."""
    shapes = [(1, 1)]
    shapes += [(1, n) for n in range(2, n_target + 1)] + [(n, 1) for n in range(2, n_source + 1)]
    return [*shapes, (2, 2)] if min(n_source, n_target) > 1 else shapes


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the rungs of a pair of documents are judged by."""

    features: Features
    lengths: tuple[Floats, Floats]
    """Characters of each sentence, the source's scaled to the target's. Shapes ``(n_sentences,)``."""
    shapes: list[tuple[int, int]]
    """What ``rungs`` gave."""

    def climb(self, rows: Ints, columns: Ints, least: Floats) -> list[Rung]:
        """The beads of a window, in order; sentences in none are nulls.

        Args:
            rows: Source sentences of the window, ascending; a bead does not reach over one that is missing.
            columns: Its target sentences.
            least: For each row, the similarity from which on a 1-1 rung is worth something.
        """
        n_parts = -(-max(len(rows), len(columns)) // _MAX_WINDOW)
        if n_parts > 1:
            parts = zip(*(np.array_split(a, n_parts) for a in (rows, columns, least)), strict=True)
            return [rung for r, c, part in parts for rung in self.climb(r, c, part)]
        if not len(rows) or not len(columns):
            return []
        return _best_path(rows, columns, self._worth(rows, columns, least), np.array(self.shapes))

    def _worth(self, rows: Ints, columns: Ints, least: Floats) -> Floats:
        """What each rung is worth, by shape and by the place where it ends; minus infinity where it does not fit.

        Shape ``(n_shapes, n_rows + 1, n_columns + 1)``.
        """
        source, target = _vectors(rows, columns, self.features)
        m, n = len(rows), len(columns)
        dots, own_source, own_target = (_sums(a @ b.T) for a, b in ((source, target), (source, source), (target, target)))
        chars = [np.concatenate(([0.0], np.cumsum(long[side]))) for long, side in zip(self.lengths, (rows, columns), strict=True)]
        weights = [np.concatenate(([0.0], np.cumsum((side**2).sum(axis=1)))) for side in (source, target)]
        mean = max(float(weights[0][-1] + weights[1][-1]) / (m + n), 1e-9)
        sizes = [range(min(max(shape[side] for shape in self.shapes), k) + 1) for side, k in ((0, m), (1, n))]
        masses = [[_blocks(sums, size) for size in sizes[side]] for side, sums in enumerate((own_source, own_target))]
        broken = [[_broken(chosen, size) for size in sizes[side]] for side, chosen in enumerate((rows, columns))]
        worth = np.full((len(self.shapes), m + 1, n + 1), -np.inf)
        for k, (x, y) in enumerate(self.shapes):
            if x > m or y > n:
                continue
            dot = dots[x:, y:] - dots[:-x, y:] - dots[x:, :-y] + dots[:-x, :-y]
            mass = np.maximum((masses[0][x][:, None] + masses[1][y][None]) / 2, 1e-9)
            weight = (weights[0][x:] - weights[0][:-x])[:, None] + (weights[1][y:] - weights[1][:-y])[None]
            long = (chars[0][x:] - chars[0][:-x])[:, None], (chars[1][y:] - chars[1][:-y])[None]
            deviation = (long[0] - long[1]) ** 2 / np.maximum((long[0] + long[1]) * _LENGTH_DEVIATION**2, 1e-9)
            fit = _LENGTH_SHARE * (np.exp(-deviation) - 0.5)
            needed = np.maximum(least[: m + 1 - x], least[x - 1 :])[:, None]
            extra = _SENTENCE_COST * (x + y - 2)
            value = weight / mean * (dot / mass + fit - needed - extra)
            value[(dot <= 0) & (needed >= 0)] = -np.inf  # order alone links only where it waives more than all
            value[broken[0][x][:, None] | broken[1][y][None]] = -np.inf
            worth[k, x:, y:] = value
        return worth


def _best_path(rows: Ints, columns: Ints, worth: Floats, shapes: Ints) -> list[Rung]:
    """The rungs whose worths sum to most; sentences between them are nulls."""
    m, n = len(rows), len(columns)
    pad = int(shapes.max())
    best = np.full((m + 1 + pad, n + 1 + pad), -np.inf)
    best[pad, pad:] = best[pad:, pad] = 0.0
    taken = np.full((m + 1, n + 1), _SKIP_SOURCE)
    before = pad + np.arange(n + 1)[None] - shapes[:, 1:]
    above = pad - shapes[:, :1]
    every = np.arange(n + 1)
    for i in range(1, m + 1):
        gained = best[i + above, before] + worth[:, i]
        shape = gained.argmax(axis=0)
        top = gained[shape, every]
        row = best[pad + i - 1, pad:]
        is_rung = top > row
        taken[i][is_rung] = shape[is_rung]
        row = np.where(is_rung, top, row)
        best[pad + i, pad:] = np.maximum.accumulate(row)
        taken[i][best[pad + i, pad:] > row] = _SKIP_TARGET
    found: list[Rung] = []
    i, j = m, n
    while i and j:
        if taken[i, j] == _SKIP_SOURCE:
            i -= 1
        elif taken[i, j] == _SKIP_TARGET:
            j -= 1
        else:
            x, y = shapes[taken[i, j]].tolist()
            found.append((tuple(rows[i - x : i].tolist()), tuple(columns[j - y : j].tolist())))
            i, j = i - x, j - y
    return found[::-1]


def _vectors(rows: Ints, columns: Ints, features: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The weighted features of the window's sentences, over those that any of them holds."""
    entries = [features.of_sentences(side, chosen) for side, chosen in enumerate((rows, columns))]
    held, place = np.unique(np.concatenate([feature for _, feature in entries]), return_inverse=True)
    root = np.sqrt(features.weight[held]).astype(np.float32)
    vectors = [np.zeros((len(chosen), len(held)), dtype=np.float32) for chosen in (rows, columns)]
    cut = len(entries[0][0])
    for vector, (sentence, _), column in zip(vectors, entries, (place[:cut], place[cut:]), strict=True):
        vector[sentence, column] = root[column]
    return vectors[0], vectors[1]


def _sums(products: NDArray[np.float32]) -> Floats:
    """Sums over all rectangles from the first corner on, with a border of zeros."""
    sums = np.zeros((products.shape[0] + 1, products.shape[1] + 1))
    sums[1:, 1:] = products.astype(np.float64).cumsum(axis=0).cumsum(axis=1)
    return sums


def _blocks(sums: Floats, size: int) -> Floats:
    """Squared length of each run of sentences added up, out of the sums of their products."""
    corner = np.diagonal(sums)
    across = np.diagonal(sums, offset=size)
    return np.asarray(corner[size:] - across - np.diagonal(sums, offset=-size) + corner[: len(corner) - size])


def _broken(sentences: Ints, size: int) -> NDArray[np.bool_]:
    """Where a run of so many sentences would reach over one that is missing."""
    if size < 2:
        return np.zeros(len(sentences), dtype=bool)
    return np.asarray(sentences[size - 1 :] - sentences[: len(sentences) - size + 1] != size - 1)
