"""Which sentences correspond: mutual best ranks first, then what order supports, then m-n growth.

1. **Anchors**: two sentences that are each other's best, by a margin over all rivals. No order is assumed.
2. **Order** as a prior that switches itself off: where the anchors run in order, sentences that stand between the same two
   anchors on both sides are linked on less evidence; the discount is the share of anchors that keep order.
3. **Growth**: a sentence left over beside a linked one joins it where the joined bag is closer to the other side
   (a sentence split in two, or two merged).

Margins rather than thresholds, as absolute similarities move with the length and the amount of rewriting. Nothing depends on
which document is the source: read the other way, the links are the same.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.align.bags import Bag, Bags, cosine, union
from detector.config import AlignConfig


@dataclass(frozen=True, slots=True)
class Group:
    """Linked sentences: ascending indices of both sides, and how much their bags share."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float


def link(bags: Bags, config: AlignConfig) -> list[Group]:
    """The links of two documents, in source order; sentences in none are nulls."""
    if not bags.source or not bags.target:
        return []
    similarity = bags.similarity()
    pairs = _anchors(similarity, config.anchor_similarity, config.margin)
    order = order_kept(pairs)
    pairs |= _between(similarity, pairs, order, config)
    groups = [([i], [j]) for i, j in sorted(pairs.items())]
    _grow(groups, bags, config.new_share * (1 - config.order_discount * order), config)
    return [
        Group(tuple(s), tuple(t), min(1.0, cosine(union([bags.source[i] for i in s]), union([bags.target[j] for j in t]))))
        for s, t in groups
    ]


def _anchors(similarity: NDArray[np.float32], floor: float, margin: float) -> dict[int, int]:
    """Cells that are the best of their row and of their column, each by the margin; of equal ones, those in order."""
    best_target = similarity.argmax(axis=1)
    best_source = similarity.argmax(axis=0)
    found = {}
    for i, j in enumerate(best_target.tolist()):
        value = float(similarity[i, j])
        if value < floor or int(best_source[j]) != i:
            continue
        if value - _rival(similarity, i, j) >= margin * value:
            found[i] = j
    return found


def _rival(values: NDArray[np.float32], row: int, column: int) -> float:
    """The largest other value of a cell's row and column; 0 where there is none."""
    others = values[row, :column], values[row, column + 1 :], values[:row, column], values[row + 1 :, column]
    return max(float(part.max(initial=0.0)) for part in others)


def order_kept(pairs: dict[int, int]) -> float:
    """The share of links, less one, on the longest run that ascends on both sides (patience sorting).

    One less, as a single link keeps any order: two links in order say .5, twenty .95.
    """
    if not pairs:
        return 0.0
    tails: list[int] = []
    for _, j in sorted(pairs.items()):
        place = bisect_left(tails, j)
        tails[place : place + 1] = [j]
    return (len(tails) - 1) / len(pairs)


def _between(similarity: NDArray[np.float32], pairs: dict[int, int], order: float, config: AlignConfig) -> dict[int, int]:
    """Links for sentences left over: the best that remain first, on less evidence where the neighbours' links support them."""
    n_source, n_target = similarity.shape
    taken = set(pairs.values())
    rows = [i for i in range(n_source) if i not in pairs]
    columns = [j for j in range(n_target) if j not in taken]
    if not rows or not columns:
        return {}
    cells = similarity[np.ix_(rows, columns)]
    back = {j: i for i, j in pairs.items()}
    supported = _inside(pairs, rows, columns, n_target) & _inside(back, columns, rows, n_source).T
    needed = np.where(supported, config.link_similarity * (1 - config.order_discount * order), config.link_similarity)
    value = np.where(cells >= needed, cells + supported * config.order_discount * order, 0)
    found: dict[int, int] = {}
    while value.size and (top := float(value.max())) > 0:
        best = [divmod(place, len(columns)) for place in np.flatnonzero(value == top).tolist()]
        rivals = [0.0 if supported[cell] else _rival(value, *cell) for cell in best]  # before any of the equals is taken
        for (r, c), rival in zip(best, rivals, strict=True):
            if value[r, c] and top - rival >= config.margin * top:
                found[rows[r]] = columns[c]
                value[r, :] = 0
                value[:, c] = 0
            value[r, c] = 0
    return found


def _inside(pairs: dict[int, int], rows: list[int], columns: list[int], n_columns: int) -> NDArray[np.bool_]:
    """Where a column stands between the partners of the nearest links around a row. Shape ``(n_rows, n_columns)``."""
    known = sorted(pairs)
    inside = np.zeros((len(rows), len(columns)), dtype=bool)
    for r, i in enumerate(rows):
        place = bisect_left(known, i)
        low = pairs[known[place - 1]] if place else -1
        high = pairs[known[place]] if place < len(known) else n_columns
        inside[r] = [low < j < high for j in columns]
    return inside


def _grow(groups: list[tuple[list[int], list[int]]], bags: Bags, needed: float, config: AlignConfig) -> None:
    """Join left-over neighbours to a link while that brings the two sides closer, the largest gain of each link first."""
    taken = tuple({i for group in groups for i in group[side]} for side in (0, 1))
    grown = True
    while grown:
        grown = False
        largest: dict[int, float] = {}
        for loss, run, _, side, g in sorted(_offers(groups, bags, taken, needed, config)):
            members = groups[g][side]
            fits = taken[side].isdisjoint(run) and len(members) + len(run) <= config.max_group
            if largest.setdefault(g, loss) == loss and fits:
                members.extend(run)
                members.sort()
                taken[side].update(run)
                grown = True


def _offers(
    groups: list[tuple[list[int], list[int]]], bags: Bags, taken: tuple[set[int], ...], needed: float, config: AlignConfig
) -> Iterable[tuple[float, tuple[int, ...], int, int, int]]:
    """What may join which link: the loss, the run, the link's first sentence on that side, the side, the link's place.

    Equals stand in an order that is the same whichever document is the source.
    """
    for g, group in enumerate(groups):
        bases = union([bags.source[i] for i in group[0]]), union([bags.target[j] for j in group[1]])
        for side, own in enumerate((bags.source, bags.target)):
            base, facing = bases[side], bases[1 - side]
            now = cosine(base, facing)
            for run in _neighbours(group[side], taken[side], len(own), config.max_group):
                joined = union([own[i] for i in run])
                gain = cosine(union([base, joined]), facing) - now
                if gain >= config.growth_gain or (gain > -config.growth_gain and _new_share(joined, base, facing) >= needed):
                    yield -gain, run, group[side][0], side, g


def _new_share(joined: Bag, base: Bag, facing: Bag) -> float:
    """The share of a run's weight that the facing side holds and the link does not explain yet."""
    total = sum(joined.values())
    new = sum(weight for feature, weight in joined.items() if feature in facing and feature not in base)
    return new / total if total else 0.0


def _neighbours(members: list[int], taken: set[int], n_sentences: int, most: int) -> Iterable[tuple[int, ...]]:
    """Runs of one or two free sentences right before or right after a link's sentences."""
    first, last = members[0], members[-1]
    for length in (1, 2):
        if len(members) + length > most:
            return
        for run in (tuple(range(first - length, first)), tuple(range(last + 1, last + 1 + length))):
            if run[0] >= 0 and run[-1] < n_sentences and taken.isdisjoint(run):
                yield run
