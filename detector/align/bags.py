"""Sentences as weighted bags of words, and how much two bags share.

A word weighs its inverse sentence frequency over both documents (Sparck Jones 1972): what few sentences hold tells them apart,
names, figures and rare words most of all. A word counts by its form and, at half weight, by its first five letters, so that an
inflected or re-cut word is not lost.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt

import numpy as np
from numpy.typing import NDArray

from detector.errors import InputError
from detector.text import Word

_STEM = 5
_STEM_WEIGHT = 0.5
_MAX_CELLS = 100_000_000
"""Two texts of 10,000 sentences: 400 MB a matrix, of which there are several."""
_MAX_POSTINGS = 40_000
"""A word that would touch more cells than this is too common to tell sentences apart; it still counts in ``shared``."""

Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Bags:
    """The bags of both documents' sentences; weights are squared inverse frequencies, in nats squared."""

    source: tuple[Bag, ...]
    target: tuple[Bag, ...]

    @classmethod
    def of(cls, source: Sequence[Sequence[Word]], target: Sequence[Sequence[Word]]) -> "Bags":
        """Weigh the words of each sentence; shapes ``n_sentences`` of the two documents."""
        features = [[_features(sentence) for sentence in side] for side in (source, target)]
        frequency = Counter(f for side in features for bag in side for f in bag)
        n_sentences = len(source) + len(target)
        weight = {f: log(1 + n_sentences / n) ** 2 * (_STEM_WEIGHT if f[0] == "~" else 1.0) for f, n in frequency.items()}
        bags = [tuple({f: weight[f] for f in sorted(bag)} for bag in side) for side in features]
        return cls(bags[0], bags[1])

    def similarity(self) -> NDArray[np.float32]:
        """Cosine of each source sentence with each target sentence. Shape ``(n_source, n_target)``.

        Raises:
            InputError: There are more pairs of sentences than fit in memory.
        """
        if len(self.source) * len(self.target) > _MAX_CELLS:
            found = f"{len(self.source):,} sentences against {len(self.target):,}"
            msg = f"align: found {found}, expected at most {_MAX_CELLS:,} pairs of sentences; cut the longer text into parts"
            raise InputError(msg)
        dots = np.zeros((len(self.source), len(self.target)), dtype=np.float32)
        places: dict[str, list[int]] = {}
        for j, bag in enumerate(self.target):
            for feature in bag:
                places.setdefault(feature, []).append(j)
        rows: dict[str, list[int]] = {}
        for i, bag in enumerate(self.source):
            for feature in bag:
                rows.setdefault(feature, []).append(i)
        for feature in sorted(rows):  # one order of sums, whichever document is the source
            row, column = rows[feature], places.get(feature, [])
            if column and len(row) * len(column) <= _MAX_POSTINGS:
                dots[np.ix_(row, column)] += self.source[row[0]][feature]
        norms = [np.sqrt(np.array([sum(bag.values()) for bag in side], dtype=np.float32)) for side in (self.source, self.target)]
        return np.asarray(dots / np.maximum(np.outer(norms[0], norms[1]), np.float32(1e-9)), dtype=np.float32)


def _features(sentence: Sequence[Word]) -> set[str]:
    forms = {word.form for word in sentence}
    return forms | {"~" + form[:_STEM] for form in forms if len(form) > _STEM and form[0].isalpha()}


def cosine(a: Bag, b: Bag) -> float:
    """Cosine of two bags; 0 where either is empty."""
    if len(b) < len(a):
        a, b = b, a
    norm = sqrt(sum(a.values()) * sum(b.values()))
    return fsum(weight for feature, weight in a.items() if feature in b) / norm if norm else 0.0  # the same in any order


def union(bags: Sequence[Bag]) -> Bag:
    """What any of the bags holds."""
    merged: Bag = {}
    for bag in bags:
        merged.update(bag)
    return merged
