"""Slow and obviously right counterparts of what the rooms compute fast."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from math import prod, sqrt

import numpy as np
from numpy.typing import NDArray

from detector.score.swaps import Swap, Swaps
from detector.text import Word
from detector.types import Ranking, Span

Array = NDArray[np.float64]


def is_laid_out(spans: Sequence[Span], text: str) -> bool:
    """True where the spans lie in the text, each with a character, in order, none over another."""
    return all(len(s) > 0 and s.end <= len(text) for s in spans) and all(a.end <= b.start for a, b in pairwise(spans))


def as_spans(words: Sequence[Word]) -> list[Span]:
    """Where words stand."""
    return [Span(word.start, word.end) for word in words]


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two vectors whose entries are the square roots of the weights of two bags, entry by entry."""
    keys = sorted({*a, *b})
    left, right = ([sqrt(bag.get(key, 0.0)) for key in keys] for bag in (a, b))
    norm = sqrt(sum(x * x for x in left)) * sqrt(sum(y * y for y in right))
    return sum(x * y for x, y in zip(left, right, strict=True)) / norm if norm else 0.0


def longest_ascent(values: Sequence[int]) -> int:
    """The length of the longest ascending selection, by trying all selections."""
    selections = (chosen for n in range(len(values) + 1) for chosen in combinations(values, n))
    return max(len(chosen) for chosen in selections if all(a < b for a, b in pairwise(chosen)))


def probability(
    table: Mapping[tuple[str, ...], float], rest: Mapping[tuple[str, ...], float], words: tuple[str, ...]
) -> float:
    """The probability of the last word after those before it: as listed, or backed off to one word less of context."""
    if words in table:
        return table[words]
    return rest.get(words[:-1], 1.0) * probability(table, rest, words[1:])


def marginals(alone: Array, edges: Mapping[tuple[int, int], Array]) -> tuple[Array, dict[tuple[int, int], Array]]:
    """Marginals of texts and of pairs, by summing over every combination of the kinds of all texts."""
    n_texts, n_kinds = alone.shape
    texts = np.zeros_like(alone)
    pairs = {edge: np.zeros((n_kinds, n_kinds)) for edge in edges}
    for kinds in product(range(n_kinds), repeat=n_texts):
        weight = prod(alone[i, k] for i, k in enumerate(kinds))
        weight *= prod(factor[kinds[i], kinds[j]] for (i, j), factor in edges.items())
        for i, k in enumerate(kinds):
            texts[i, k] += weight
        for i, j in edges:
            pairs[i, j][kinds[i], kinds[j]] += weight
    total = texts[0].sum()
    return texts / total, {edge: pair / total for edge, pair in pairs.items()}


def replayed(ranking: Ranking, group: Collection[str], prior_none: float) -> dict[str, float]:
    """The probability of each document of a group, from nothing but the prior and the evidence that the ranking tells."""
    odds = {id_: (1 - prior_none) / len(group) for id_ in group}
    for evidence in ranking.evidence:
        odds[evidence.document] *= 2.0**evidence.bits
    total = prior_none + sum(odds.values())
    return {id_: value / total for id_, value in odds.items()}


def mirrored(swap: Swap) -> Swap:
    """The swap as the other side sees it."""
    return replace(
        swap,
        source=swap.target,
        target=swap.source,
        source_forms=swap.target_forms,
        target_forms=swap.source_forms,
        source_quoted=swap.target_quoted,
        target_quoted=swap.source_quoted,
        source_gain=swap.target_gain,
        target_gain=swap.source_gain,
        zipf_difference=-swap.zipf_difference,
    )


def all_mirrored(swaps: Swaps) -> Swaps:
    """The swaps of a pair as they are with source and target exchanged."""
    return replace(
        swaps,
        swaps=tuple(mirrored(swap) for swap in swaps.swaps),
        n_words=swaps.n_words[::-1],
        n_quoted=swaps.n_quoted[::-1],
        bits=swaps.bits[::-1],
    )
