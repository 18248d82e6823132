"""Which sentences share how much: the cells of the matrix source times target that are worth a look, and no others.

A word weighs its squared inverse sentence frequency over both documents (Sparck Jones 1972): what few sentences hold tells them
apart, names and figures most of all. Cells come from an inverted index, the rarest words first, up to a budget that grows with
the number of sentences: no text costs more than that, however often its sentences repeat each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.align.bitext import Bitext, Floats, Ints, Side

_STEM_WEIGHT = 0.5
_BUDGET = 200_000
_BUDGET_A_SENTENCE = 100
"""Cells that the words of a pair may touch: words in more sentences than that allows count in norms, not in cells."""
_LEAST = 0.1
_MOST_A_SENTENCE = 12
"""Cells kept of each sentence, the most similar first."""


@dataclass(frozen=True, slots=True)
class Features:
    """Words and stems of a side's sentences, each once a sentence, and their weight.

    Entries stand by sentence. ``weight`` is by feature: squared inverse frequency, in nats squared.
    """

    sentence: tuple[Ints, Ints]
    feature: tuple[Ints, Ints]
    weight: Floats
    norm: tuple[Floats, Floats]
    """Length of each sentence's vector. Shape ``(n_sentences,)``."""
    first: tuple[Ints, Ints]
    """Place of each sentence's first entry, and at the end the number of entries. Shape ``(n_sentences + 1,)``."""

    @classmethod
    def of(cls, bitext: Bitext) -> "Features":
        """Count and weigh."""
        sentence, feature = [], []
        for side in bitext.sides:
            rows, columns = _entries(side, bitext)
            sentence.append(rows)
            feature.append(columns)
        frequency = sum(np.bincount(f, minlength=bitext.n_features) for f in feature)
        n_sentences = len(bitext.source.segmented) + len(bitext.target.segmented)
        weight = np.log1p(n_sentences / np.maximum(frequency, 1)) ** 2
        weight[bitext.n_vocabulary :] *= _STEM_WEIGHT
        norm = [
            np.sqrt(np.bincount(s, weights=weight[f], minlength=len(side.segmented)))
            for s, f, side in zip(sentence, feature, bitext.sides, strict=True)
        ]
        first = [np.searchsorted(s, np.arange(len(side.segmented) + 1)) for s, side in zip(sentence, bitext.sides, strict=True)]
        return cls((sentence[0], sentence[1]), (feature[0], feature[1]), weight, (norm[0], norm[1]), (first[0], first[1]))

    def of_sentences(self, side: int, chosen: Ints) -> tuple[Ints, Ints]:
        """The entries of some sentences of one side: places among those chosen, and features."""
        first, end = self.first[side][chosen], self.first[side][chosen + 1]
        n = end - first
        row = np.repeat(np.arange(len(chosen)), n)
        place = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n) + np.repeat(first, n)
        return row, self.feature[side][place]

    def alike(self, side: int, one: int, other: int) -> float:
        """Cosine of two sentences of one side."""
        own, theirs = (self.feature[side][self.first[side][i] : self.first[side][i + 1]] for i in (one, other))
        shared = float(self.weight[np.intersect1d(own, theirs, assume_unique=True)].sum())
        return shared / max(float(self.norm[side][one] * self.norm[side][other]), 1e-9)


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of sentences, in order of source, then target."""

    source: Ints
    target: Ints
    cosine: Floats
    n_shared: Ints
    """Words and stems that both sentences hold."""

    def __len__(self) -> int:
        return len(self.source)

    def where(self, chosen: NDArray[np.bool_] | Ints) -> "Cells":
        """The cells chosen by a mask or by places."""
        return Cells(self.source[chosen], self.target[chosen], self.cosine[chosen], self.n_shared[chosen])


def similar_cells(features: Features) -> Cells:
    """The cells whose sentences share rare words, with their cosine; of each sentence no more than the best few."""
    (rows, columns), (source_feature, target_feature) = features.sentence, features.feature
    n_target = len(features.norm[1])
    order = [np.argsort(f, kind="stable") for f in (source_feature, target_feature)]
    n_source_by = np.bincount(source_feature, minlength=len(features.weight))
    n_target_by = np.bincount(target_feature, minlength=len(features.weight))
    touched = n_source_by * n_target_by
    shared = np.flatnonzero(touched)
    shared = shared[np.argsort(touched[shared], kind="stable")]
    budget = _BUDGET + _BUDGET_A_SENTENCE * (len(features.norm[0]) + n_target)
    shared = shared[np.cumsum(touched[shared]) <= budget]
    if not len(shared):
        empty = np.zeros(0, dtype=np.int64)
        return Cells(empty, empty, np.zeros(0), empty)
    starts = [np.concatenate(([0], np.cumsum(n))) for n in (n_source_by, n_target_by)]
    n_cells = touched[shared]
    which = np.repeat(shared, n_cells)
    within = np.arange(len(which)) - np.repeat(np.cumsum(n_cells) - n_cells, n_cells)
    width = n_target_by[which]
    i = rows[order[0]][starts[0][which] + within // width]
    j = columns[order[1]][starts[1][which] + within % width]
    key = i * n_target + j
    by_key = np.argsort(key, kind="stable")
    key = key[by_key]
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    dots = np.add.reduceat(features.weight[which[by_key]], first)
    n_shared = np.diff(np.concatenate((first, [len(key)])))
    i, j = key[first] // n_target, key[first] % n_target
    cosine = dots / np.maximum(features.norm[0][i] * features.norm[1][j], 1e-9)
    cells = Cells(i, j, np.minimum(cosine, 1.0), n_shared).where(cosine >= _LEAST)
    return _best(cells, len(features.norm[0]), n_target)


def _best(cells: Cells, n_source: int, n_target: int) -> Cells:
    """The cells that are among the best of their source or of their target sentence."""
    if len(cells) <= _MOST_A_SENTENCE:
        return cells
    kept = np.zeros(len(cells), dtype=bool)
    for own, n_sentences in ((cells.source, n_source), (cells.target, n_target)):
        order = np.lexsort((-cells.cosine, own))
        first = np.searchsorted(own[order], np.arange(n_sentences))
        rank = np.arange(len(cells)) - first[own[order]]
        kept[order[rank < _MOST_A_SENTENCE]] = True
    return cells.where(kept)


def _entries(side: Side, bitext: Bitext) -> tuple[Ints, Ints]:
    """Sentence and feature of each word and stem, each once a sentence."""
    rows = np.repeat(np.arange(len(side.segmented)), side.n_words())
    stems = bitext.stem[side.word]
    long = stems >= 0
    key = np.concatenate((rows * bitext.n_features + side.word, rows[long] * bitext.n_features + stems[long]))
    key = np.unique(key)
    return key // bitext.n_features, key % bitext.n_features
