"""Slow and obviously right counterparts of what the rooms compute fast."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import log1p, prod, sqrt

import numpy as np
from numpy.typing import NDArray

from detector.lm.pieces import BEGIN
from detector.score.swaps import Swap, Swaps
from detector.text import Word, words
from detector.types import Ranking, Span
from models.piece_lm.kneser_ney import Estimates

Array = NDArray[np.float64]


def is_laid_out(spans: Sequence[Span], text: str) -> bool:
    """True where the spans lie in the text, each with a character, in order, none over another."""
    return all(len(s) > 0 and s.end <= len(text) for s in spans) and all(a.end <= b.start for a, b in pairwise(spans))


def as_spans(found: Sequence[Word]) -> list[Span]:
    """Where words stand."""
    return [Span(word.start, word.end) for word in found]


def cosine(a: Mapping[Hashable, float], b: Mapping[Hashable, float]) -> float:
    """Cosine of two vectors whose entries are the square roots of the weights of two bags, entry by entry."""
    keys = {*a, *b}
    left, right = ([sqrt(bag.get(key, 0.0)) for key in keys] for bag in (a, b))
    norm = sqrt(sum(x * x for x in left)) * sqrt(sum(y * y for y in right))
    return sum(x * y for x, y in zip(left, right, strict=True)) / norm if norm else 0.0


def longest_ascent(pairs: Sequence[tuple[int, int]]) -> int:
    """The length of the longest selection that ascends on both sides, from the longest that end at each pair before."""
    lengths: list[int] = []
    for place, (i, j) in enumerate(pairs):
        lengths.append(1 + max((lengths[k] for k in range(place) if pairs[k][0] < i and pairs[k][1] < j), default=0))
    return max(lengths, default=0)


def probability(
    table: Mapping[tuple[str, ...], float], rest: Mapping[tuple[str, ...], float], run: tuple[str, ...]
) -> float:
    """The probability of the last word after those before it: as listed, or backed off to one word less of context."""
    if run in table:
        return table[run]
    return rest.get(run[:-1], 1.0) * probability(table, rest, run[1:])


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


def sentence_cosines(source: Sequence[str], target: Sequence[str], stem: int) -> tuple[Array, NDArray[np.int64]]:
    """The cosine of each sentence of one text with each of another, and how many words and stems both hold.

    Every word and every stem (the first letters of a longer word, at half the weight) weighs its squared inverse sentence
    frequency over both texts.
    """
    bags = [_words_and_stems(sentence, stem) for sentence in (*source, *target)]
    weighed = [
        {kind: share * log1p(len(bags) / sum(kind in other for other in bags)) ** 2 for kind, share in bag.items()} for bag in bags
    ]
    ours, theirs = weighed[: len(source)], weighed[len(source) :]
    found = np.array([[cosine(a, b) for b in theirs] for a in ours]).reshape(len(source), len(target))
    shared = np.array([[len(a.keys() & b.keys()) for b in theirs] for a in ours], dtype=np.int64)
    return found, shared.reshape(found.shape)


def _words_and_stems(sentence: str, stem: int) -> dict[Hashable, float]:
    found = {word.form for word in words(sentence)}
    stems = {f[:stem] for f in found if len(f) > stem and f[0].isalpha()}
    bag: dict[Hashable, float] = {("word", f): 1.0 for f in found}
    bag.update({("stem", f): 0.5 for f in stems})
    return bag


def best_ladder(worth: Array, shapes: Sequence[tuple[int, int]], i: int = 0, j: int = 0) -> float:
    """The most that any ladder through a window is worth from sentences i and j on, by trying all of them.

    Args:
        worth: By shape and by the place where a rung ends. Shape ``(n_shapes, n_rows + 1, n_columns + 1)``.
        shapes: Sentences of a rung on both sides.
        i: The first row that is free.
        j: The first column that is free.
    """
    ends = [
        (k, a + x, b + y)
        for k, (x, y) in enumerate(shapes)
        for a in range(i, worth.shape[1] - x)
        for b in range(j, worth.shape[2] - y)
    ]
    return max([0.0, *(float(worth[end]) + best_ladder(worth, shapes, *end[1:]) for end in ends)])


def best_run(values: Sequence[float], start: int, end: int) -> float:
    """The greatest sum of any run through the first place of [start, end] up to which the sum from start is greatest."""
    sums = [sum(values[start:place]) for place in range(start, end + 1)]
    middle = start + sums.index(max(sums))
    return max(sum(values[a:b]) for a in range(middle + 1) for b in range(middle, len(values) + 1))


def discounts(counts: Collection[int]) -> list[float]:
    """What modified Kneser-Ney takes off counts of 0, 1, 2 and 3 or more, a count of counts of 0 read as 1.

    Each is at least a tenth, and leaves a tenth.
    """
    n = [0, *(max(1, sum(count == k for count in counts)) for k in (1, 2, 3, 4))]
    y = n[1] / (n[1] + 2 * n[2])
    return [0.0, *(min(max(k - (k + 1) * y * n[k + 1] / n[k], 0.1), k - 0.1) for k in (1, 2, 3))]


def kneser_ney(texts: Sequence[Sequence[int]], n_pieces: int, least: int) -> Callable[[tuple[int, ...]], float]:
    """The probability of the last of one to three pieces after those before it, from nothing but counts in dictionaries.

    What the runs that are kept do not take of a context is left to the context one piece shorter, at last to all pieces alike.

    Args:
        texts: Pieces of each text, none of which is ``BEGIN``.
        n_pieces: Size of the vocabulary.
        least: Runs of three seen fewer times are left out.
    """
    rows = [(BEGIN, *text) for text in texts if text]
    threes = Counter(row[i : i + 3] for row in rows for i in range(len(row) - 2))
    twos = Counter(run[1:] for run in threes) + Counter(row[:2] for row in rows)  # a begin has no predecessors to count
    counts_of = {1: Counter(run[1:] for run in twos), 2: twos, 3: threes}
    taken = {n: discounts(counts.values()) for n, counts in counts_of.items()}

    def p(run: tuple[int, ...]) -> float:
        if not run:
            return 1 / n_pieces
        followers = {other: n for other, n in counts_of[len(run)].items() if other[:-1] == run[:-1]}
        total = sum(followers.values())
        kept = {other: (n - taken[len(run)][min(n, 3)]) / total for other, n in followers.items() if n >= least or len(run) < 3}
        return kept.get(run, 0.0) + (1 - sum(kept.values())) * p(run[1:])

    return p


def as_listed(found: Estimates) -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], float]]:
    """Probabilities and back-off weights of estimates by the pieces they are of, as ``probability`` reads them."""
    rows = [
        (1, range(len(found.p)), found.p, found.rest),
        (2, found.pairs.tolist(), found.p_pair, found.rest_pair),
        (3, found.triples.tolist(), found.p_triple, None),
    ]
    table: dict[tuple[str, ...], float] = {}
    rest: dict[tuple[str, ...], float] = {}
    for n, keys, log_p, log_rest in rows:
        runs = [tuple(str(key >> 16 * k & 0xFFFF) for k in reversed(range(n))) for key in keys]
        table.update(zip(runs, (2.0**log_p).tolist(), strict=True))
        if log_rest is not None:
            rest.update(zip(runs, (2.0**log_rest).tolist(), strict=True))
    return table, rest
