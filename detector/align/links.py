"""Which sentences correspond: anchors without regard to order, chains of anchors that keep order, the rest between them.

1. **Anchors**: two sentences that are each other's best, by a margin over all rivals. No order is assumed.
2. **Chains**: anchors that ascend on both sides together, the longest first; a paragraph that moved is a chain of its own.
   How far order holds in a chain is estimated from its length and from the anchors that cross it.
3. **Windows**: what lies between two anchors of a chain, and a few sentences beyond its ends, is linked by the best ladder of
   m-n rungs, on the less evidence the more order holds and the fewer sentences are anchors there: where most are, what is left
   has no counterpart; where few are, it was reworded.
4. What is left over is linked where it is each other's best; a sentence that says the same as another goes where that went.

Margins rather than thresholds, as absolute similarities move with the length and the amount of rewriting.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from detector.align.bitext import Bitext, Floats, Ints, Side
from detector.align.cells import Cells, Features
from detector.align.ladder import Ladder, Rung, rungs
from detector.config import AlignConfig

_REACH, _REACH_ALONE = 8, 3
"""Sentences beyond the ends of a chain that its windows take in; and beyond an anchor that stands alone."""
_AT_ENDS = 0.5
"""How much of the discount for order holds beyond the ends of a chain, where it is bounded on one side only."""
_MAX_GAP = 40
"""Sentences without an anchor, on either side, that end a chain."""
_MAX_CHAINS = 12
"""Rounds of chain-finding; anchors left after them stand alone."""
_ORDERLY = 0.8
_STRAY_SIMILARITY = 0.7
"""Where so much of the anchors keeps order, one that stands alone is an anchor from this similarity on.

Set after reading an error on the samples, where a line of tags was nearer to a headline than its reworded copy.
"""
_SAME = 0.6
"""Cosine of two sentences of one side that say the same twice."""
_AGAIN_SIMILARITY = 0.2
"""The least cosine of a sentence and what it may stand for once more."""
_RATIO = 3.0
"""The most that one text may be longer than the other, sentence for sentence, in the fit of lengths."""


@dataclass(frozen=True, slots=True)
class Group:
    """Linked sentences: ascending indices of both sides, and how much their words share."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Anchors that ascend on both sides, and how far order holds around them (0 to 1)."""

    anchors: tuple[tuple[int, int], ...]
    order: float

    @property
    def cover(self) -> float:
        """The share of sentences between its ends that are anchors, on the side with fewer sentences."""
        first, last = self.anchors[0], self.anchors[-1]
        return len(self.anchors) / (min(last[0] - first[0], last[1] - first[1]) + 1)


def link(bitext: Bitext, features: Features, cells: Cells, config: AlignConfig) -> list[Group]:
    """The links of two documents, in source order; sentences in none are nulls."""
    kinds = _kinds(bitext)
    anchors = find_anchors(cells.where(_is_first(kinds[0])[cells.source] & _is_first(kinds[1])[cells.target]), config)
    chains = find_chains(anchors)
    if chains and chains[0].order >= _ORDERLY:  # a lone anchor that crosses the rest waits until order has had its say
        similarity = dict(zip(zip(cells.source.tolist(), cells.target.tolist(), strict=True), cells.cosine.tolist(), strict=True))
        chains = [c for c in chains if len(c.anchors) > 1 or similarity[c.anchors[0]] >= _STRAY_SIMILARITY]
        anchors = [anchor for chain in chains for anchor in chain.anchors]
    ladder = Ladder(features, _lengths(bitext, anchors), rungs(config.max_source, config.max_target))
    taken = np.zeros(len(bitext.source.segmented), dtype=bool), np.zeros(len(bitext.target.segmented), dtype=bool)
    for i, j in anchors:
        taken[0][i] = taken[1][j] = True
    found: list[Rung] = []
    for chain in chains:
        first, last = chain.anchors[0][0], chain.anchors[-1][0]
        discount = config.order_discount * chain.order * (1 - chain.cover)
        for rows, columns in _windows(chain, taken):
            beads: list[Rung] = [((int(rows[0]),), (int(columns[0]),))]
            if len(rows) > 1 or len(columns) > 1:
                is_between = (rows >= first) & (rows <= last)
                at_ends = max(0.0, config.link_similarity - _AT_ENDS * discount)
                beads = ladder.climb(rows, columns, np.where(is_between, config.link_similarity - discount, at_ends))
            if len(chain.anchors) == 1:  # no order to go by: what is not grown from the anchor waits for a best of its own
                anchor = chain.anchors[0]
                beads = [bead for bead in beads if anchor[0] in bead[0] or anchor[1] in bead[1]]
            taken[0][rows] = taken[1][columns] = False
            for source, target in beads:
                taken[0][list(source)] = taken[1][list(target)] = True
            found += beads
    found += _same_on_both(kinds, taken)
    found = _left_over(found, cells, features, taken, config)
    return _groups(_repeated(found, kinds, taken, config), features)


def find_anchors(cells: Cells, config: AlignConfig) -> list[tuple[int, int]]:
    """Cells that are the best of their source and of their target sentence, each by the margin; in source order.

    A neighbour of a sentence is no rival of it: both may be parts of one.
    """
    chosen = cells.cosine >= config.anchor_similarity
    for own, other in ((cells.source, cells.target), (cells.target, cells.source)):
        order = np.lexsort((-cells.cosine, own))
        mine, theirs, cosine = (np.concatenate((a[order], [-9, -9])) for a in (own, other, cells.cosine))
        first = np.concatenate(([True], mine[1:-2] != mine[:-3]))[: len(order)]
        second, third = (np.where(mine[k : len(order) + k] == mine[:-2], cosine[k : len(order) + k], 0.0) for k in (1, 2))
        rival = np.where(np.abs(theirs[1:-1] - theirs[:-2]) <= 1, third, second)
        is_clear = np.zeros(len(cells), dtype=bool)
        is_clear[order] = first & (cosine[:-2] - rival >= config.margin * cosine[:-2])
        chosen &= is_clear
    return list(zip(cells.source[chosen].tolist(), cells.target[chosen].tolist(), strict=True))


def find_chains(anchors: Sequence[tuple[int, int]]) -> list[Chain]:
    """The anchors as chains, the longest first; each anchor is in one."""
    chains: list[tuple[tuple[int, int], ...]] = []
    left = list(anchors)
    for _ in range(_MAX_CHAINS):
        if not left:
            break
        run = _ascending(left)
        members = set(run)
        left = [anchor for anchor in left if anchor not in members]
        chains += _cut(run)
    chains += [(anchor,) for anchor in left]
    places = np.array(anchors, dtype=np.int64).reshape(-1, 2)
    by_target = np.sort(places[:, 1])
    return [Chain(chain, _order(chain, places[:, 0], by_target)) for chain in sorted(chains, key=lambda c: (-len(c), c))]


def _order(chain: Sequence[tuple[int, int]], sources: Ints, targets: Ints) -> float:
    """How far order holds: the share of a chain's anchors, less one, among all within its bounds.

    One less, as a single anchor keeps any order: two in order say .5, twenty .95.
    """
    within = [
        int(np.searchsorted(sorted_, chain[-1][side], side="right") - np.searchsorted(sorted_, chain[0][side]))
        for side, sorted_ in enumerate((sources, targets))
    ]
    return (len(chain) - 1) / max(within)


def _ascending(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors that ascends on both sides (patience sorting, Fredman 1975)."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(anchors):
        at = bisect_left(tails, j)
        tails[at : at + 1] = [j]
        last[at : at + 1] = [place]
        before.append(last[at - 1] if at else -1)
    run = []
    place = last[-1]
    while place >= 0:
        run.append(anchors[place])
        place = before[place]
    return run[::-1]


def _cut(run: Sequence[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], ...]]:
    """The parts of a run between gaps too long for anything to be said of them."""
    start = 0
    for place, (a, b) in enumerate(pairwise(run), 1):
        if max(b[0] - a[0], b[1] - a[1]) > _MAX_GAP:
            yield tuple(run[start:place])
            start = place
    yield tuple(run[start:])


def _windows(chain: Chain, taken: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> Iterable[tuple[Ints, Ints]]:
    """Rows and columns of a chain's windows; anchors with nothing left over between them part two windows."""
    sides = []
    reach = _REACH if len(chain.anchors) > 1 else _REACH_ALONE
    for side in (0, 1):
        at = [anchor[side] for anchor in chain.anchors]
        bounds = [(max(0, at[0] - reach), at[0]), *((a + 1, b) for a, b in pairwise(at))]
        bounds.append((at[-1] + 1, min(len(taken[side]), at[-1] + 1 + reach)))
        between = [start + np.flatnonzero(~taken[side][start:end]) for start, end in bounds]
        sides.append((at, between))
    rows, columns = ([part] for part in (sides[0][1][0], sides[1][1][0]))
    for k, anchor in enumerate(chain.anchors):
        rows.append(np.array(anchor[:1]))
        columns.append(np.array(anchor[1:]))
        next_rows, next_columns = sides[0][1][k + 1], sides[1][1][k + 1]
        is_last = k + 1 == len(chain.anchors)
        if not is_last and not len(next_rows) and not len(next_columns):
            yield np.concatenate(rows), np.concatenate(columns)
            rows, columns = [], []
        else:
            rows.append(next_rows)
            columns.append(next_columns)
    yield np.concatenate(rows), np.concatenate(columns)


def _left_over(
    found: Sequence[Rung], cells: Cells, features: Features, taken: tuple[NDArray[np.bool_], NDArray[np.bool_]], config: AlignConfig
) -> list[Rung]:
    """The beads with the sentences that no window linked: each other's best among what is left, without regard to order.

    A rival that says the same as what it rivals is none: the better one is linked, and the other joins its bead.
    """
    beads = [*found]
    home = {(side, i): place for place, bead in enumerate(beads) for side in (0, 1) for i in bead[side]}
    repeated: set[tuple[int, int]] = set()
    most = config.max_source, config.max_target
    n_taken = taken[0][cells.source].astype(np.int64) + taken[1][cells.target]
    worth_a_look = np.where(n_taken == 0, config.anchor_similarity, np.where(n_taken == 1, _AGAIN_SIMILARITY, np.inf))
    left = cells.where(cells.cosine >= worth_a_look)
    left = left.where(np.argsort(-left.cosine, kind="stable"))
    shared = list(zip(zip(left.source.tolist(), left.target.tolist(), strict=True), left.cosine.tolist(), strict=True))
    counterparts: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for pair, cosine in shared:
        for side in (0, 1):
            counterparts.setdefault((side, pair[side]), []).append((cosine, pair[1 - side]))
    for pair, cosine in shared:
        free = [not taken[side][pair[side]] for side in (0, 1)]
        if all(free):
            rivals = (
                (1 - side, other, pair[1 - side])
                for side in (0, 1)
                for value, other in counterparts[side, pair[side]]
                if value > (1 - config.margin) * cosine and other != pair[1 - side] and not taken[1 - side][other]
            )
            if cosine >= config.anchor_similarity and all(
                abs(other - own) <= 1 or features.alike(side, other, own) >= _SAME for side, other, own in rivals
            ):
                home[0, pair[0]] = home[1, pair[1]] = len(beads)
                beads.append(((pair[0],), (pair[1],)))
                taken[0][pair[0]] = taken[1][pair[1]] = True
        elif any(free):
            side = free.index(True)
            place = home[1 - side, pair[1 - side]]
            own, facing = beads[place][side], beads[place][1 - side]
            is_single = len(facing) == 1 and (len(own) == 1 or (side, place) in repeated)
            if is_single and len(own) < most[side] and features.alike(side, own[0], pair[side]) >= _SAME:
                joined = tuple(sorted((*own, pair[side])))
                beads[place] = (joined, facing) if side == 0 else (facing, joined)
                home[side, pair[side]] = place
                repeated.add((side, place))
                taken[side][pair[side]] = True
    return beads


def _kinds(bitext: Bitext) -> tuple[Ints, Ints]:
    """A number for each sentence, the same for sentences of the same words; -1 for one without words."""
    number: dict[bytes, int] = {}
    return _numbered(bitext.source, number), _numbered(bitext.target, number)


def _numbered(side: Side, number: dict[bytes, int]) -> Ints:
    bounds = side.first.tolist()
    kinds = [number.setdefault(side.word[a:b].tobytes(), len(number)) if b > a else -1 for a, b in pairwise(bounds)]
    return np.array(kinds, dtype=np.int64)


def _is_first(kinds: Ints) -> NDArray[np.bool_]:
    """Where a kind stands for the first time."""
    first = np.zeros(len(kinds), dtype=bool)
    first[np.unique(kinds, return_index=True)[1]] = True
    return first


def _same_on_both(kinds: tuple[Ints, Ints], taken: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> list[Rung]:
    """Sentences left over that stand word for word on the other side too, the first with the first."""
    free = _free(kinds, taken)
    found: list[Rung] = [
        ((i,), (j,)) for kind in free[0] if kind in free[1] for i, j in zip(free[0][kind], free[1][kind], strict=False)
    ]
    for source, target in found:
        taken[0][source[0]] = taken[1][target[0]] = True
    return found


def _free(kinds: tuple[Ints, Ints], taken: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> tuple[dict[int, list[int]], ...]:
    """The sentences of each side that are left over, by kind."""
    free: tuple[dict[int, list[int]], ...] = ({}, {})
    for side in (0, 1):
        for i in np.flatnonzero(~taken[side] & (kinds[side] >= 0)).tolist():
            free[side].setdefault(int(kinds[side][i]), []).append(i)
    return free


def _repeated(
    found: Sequence[Rung], kinds: tuple[Ints, Ints], taken: tuple[NDArray[np.bool_], NDArray[np.bool_]], config: AlignConfig
) -> list[Rung]:
    """The beads, joined by what is left over and repeats their sentence word for word: a passage used twice is one bead."""
    free = _free(kinds, taken)
    beads = list(found)
    for side, most in ((0, config.max_source), (1, config.max_target)):
        for place, bead in enumerate(beads):
            rest = free[side].get(int(kinds[side][bead[side][0]])) if len(bead[0]) == 1 == len(bead[1]) else None
            if rest:
                members = (*bead[side], *rest[: most - 1])
                del rest[: most - 1]
                beads[place] = (tuple(sorted(members)), bead[1]) if side == 0 else (bead[0], tuple(sorted(members)))
    return beads


def _lengths(bitext: Bitext, anchors: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """Characters of each sentence, those of the source scaled so that linked sentences are equally long on average."""
    chars = [np.array([len(s.span) for s in side.segmented.sentences], dtype=np.float64) for side in bitext.sides]
    totals = [sum(chars[side][anchor[side]] for anchor in anchors) for side in (0, 1)]
    ratio = totals[1] / totals[0] if anchors and totals[0] else 1.0
    return chars[0] * min(max(ratio, 1 / _RATIO), _RATIO), chars[1]


def _groups(beads: Sequence[Rung], features: Features) -> list[Group]:
    """The beads in source order, with the cosine of their two sides, each taken as one sentence."""
    weight = features.weight.tolist()
    entries = [(features.first[side].tolist(), features.feature[side].tolist()) for side in (0, 1)]
    groups = []
    for bead in sorted(beads):
        ours, theirs = (
            {f for i in chosen for f in held[first[i] : first[i + 1]]} for chosen, (first, held) in zip(bead, entries, strict=True)
        )
        shared, *norms = (fsum(weight[f] for f in held) for held in (ours & theirs, ours, theirs))
        groups.append(Group(*bead, min(1.0, shared / sqrt(norms[0] * norms[1])) if shared else 0.0))
    return groups
