"""Passages: maximal stretches of one text that were reused in the other, wherever they stand, with ends exact to the character.

Cells that are alike and lie near each other on both sides are the seed of a passage; its ends are then found word by word (see
``reuse``). Two stretches near each other are one passage where that explains them better; one that its words do not pay for is
none. So unrelated texts have no passages, and verbatim ones end at the very word where the copying does.
"""

import numpy as np

from detector.align.bitext import Bitext, Floats, Ints
from detector.align.cells import Cells
from detector.align.condensed import condensed
from detector.align.reuse import Evidence, Range, Stretch
from detector.config import AlignConfig
from detector.types import Span

_SEED_SIMILARITY = 0.3
_SEED_SHARED = 3
"""Words and stems that the two sentences of a seed share."""
_SEED_GAP = 3
"""Sentences, on either side, between seeds of one passage."""
_MIN_WORDS = 12
_NEAR = 8
"""Stretches before one, in order of source, that it may be joined to."""
_SNAP_NATS = 6.0
"""An end this near to the end of a sentence, in evidence, is taken to be there."""


def find_passages(bitext: Bitext, cells: Cells, config: AlignConfig) -> list[tuple[Span, Span]]:
    """The passages of a pair: each a span of the source with the span of the target it stands for."""
    seeds = cells.where((cells.cosine >= _SEED_SIMILARITY) & (cells.n_shared >= _SEED_SHARED))
    if not len(seeds):
        return []
    evidence = Evidence.of(bitext, seeds)
    grown = (evidence.grown(ranges) for ranges in _clusters(bitext, seeds))
    stretches = _joined([s for s in grown if s and s.nats > 0], evidence, config)
    stretches = condensed(stretches, evidence)
    kept: list[Stretch] = []
    for stretch in sorted(stretches, reverse=True):
        if stretch.nats < config.passage_nats or min(r.end - r.start for r in stretch.ranges) < _MIN_WORDS:
            continue
        if not any(_is_told(stretch, better) for better in kept):
            kept.append(stretch)
    spans = [_spans(stretch, evidence, bitext) for stretch in kept]
    return [pair for pair in spans if max(map(len, pair)) >= config.min_passage]


def _is_told(stretch: Stretch, better: Stretch) -> bool:
    """True where a better stretch has the same words on both sides, or most of the source's."""
    common = [own.common(other) for own, other in zip(stretch.ranges, better.ranges, strict=True)]
    return min(common) > 0 or 2 * common[0] > stretch.ranges[0].end - stretch.ranges[0].start


def _clusters(bitext: Bitext, seeds: Cells) -> list[tuple[Range, Range]]:
    """The runs of words that seeds near each other span, by union-find over the seeds in source order."""
    source, target = seeds.source.tolist(), seeds.target.tolist()
    root = list(range(len(source)))

    def find(k: int) -> int:
        while root[k] != k:
            root[k] = root[root[k]]
            k = root[k]
        return k

    for k, (i, j) in enumerate(zip(source, target, strict=True)):
        for other in range(k - 1, -1, -1):
            if i - source[other] > _SEED_GAP:
                break
            if abs(j - target[other]) <= _SEED_GAP:
                root[find(other)] = find(k)
    bounds: dict[int, list[int]] = {}
    for k, (i, j) in enumerate(zip(source, target, strict=True)):
        box = bounds.setdefault(find(k), [i, i, j, j])
        box[:] = [min(box[0], i), max(box[1], i), min(box[2], j), max(box[3], j)]
    first = bitext.source.first, bitext.target.first
    return [
        (Range(int(first[0][a]), int(first[0][b + 1])), Range(int(first[1][c]), int(first[1][d + 1])))
        for a, b, c, d in bounds.values()
    ]


def _joined(stretches: list[Stretch], evidence: Evidence, config: AlignConfig) -> list[Stretch]:
    """The stretches, those near each other joined where one stretch explains them better than two."""
    done: list[Stretch] = []
    waiting = sorted(set(stretches), key=lambda s: s.ranges, reverse=True)
    while waiting:
        stretch = waiting.pop()
        for place in range(len(done) - 1, max(-1, len(done) - 1 - _NEAR), -1):
            other = done[place]
            if any(own.gap(there) > config.max_gap for own, there in zip(stretch.ranges, other.ranges, strict=True)):
                continue
            if any(_holds(a, b) for a, b in ((stretch, other), (other, stretch))):
                done[place] = max(stretch, other)
                break
            hulls = tuple(own.hull(there) for own, there in zip(stretch.ranges, other.ranges, strict=True))
            both = evidence.grown((hulls[0], hulls[1]))
            overlap = all(own.common(there) for own, there in zip(stretch.ranges, other.ranges, strict=True))
            apart = max(stretch.nats, other.nats) if overlap else stretch.nats + other.nats
            if both and both.nats + config.passage_nats > apart:
                del done[place]
                waiting.append(both)
                break
        else:
            done.append(stretch)
    return done


def _holds(stretch: Stretch, other: Stretch) -> bool:
    """True where one stretch has the other's words on both sides, and has the better evidence."""
    return stretch.nats >= other.nats and all(own.hull(o) == own for own, o in zip(stretch.ranges, other.ranges, strict=True))


def _spans(stretch: Stretch, evidence: Evidence, bitext: Bitext) -> tuple[Span, Span]:
    """A stretch in characters; an end that the evidence leaves open is put where a sentence ends."""
    spans = []
    for side, own in enumerate(stretch.ranges):
        start, nats = evidence.nats(side, own, stretch.ranges[1 - side])
        sums = np.concatenate(([0.0], np.cumsum(nats)))
        bounds = bitext.sides[side].first
        ends = [_snapped(place, bounds, sums, start) for place in own]
        spans.append(_characters(ends[0], ends[1] if ends[1] > ends[0] else own.end, bitext, side))
    return spans[0], spans[1]


def _snapped(place: int, bounds: Ints, sums: Floats, start: int) -> int:
    """The nearest end of a sentence to a place, in evidence; the place itself where none is near."""
    at = int(np.searchsorted(bounds, place))
    near = [int(b) for b in bounds[max(0, at - 1) : at + 1] if 0 <= b - start < len(sums)]
    lost = {b: abs(float(sums[b - start] - sums[place - start])) for b in near}
    best = min(near, key=lambda b: lost[b], default=place)
    return best if best in lost and lost[best] <= _SNAP_NATS else place


def _characters(start: int, end: int, bitext: Bitext, side: int) -> Span:
    """The characters of a run of words, to the very ends of sentences that it holds whole."""
    own = bitext.sides[side]
    first, last = own.sentence_of(start), own.sentence_of(end - 1)
    sentences = own.segmented.sentences
    opens = sentences[first].span.start if own.first[first] == start else own.words_of(first)[start - int(own.first[first])].start
    closes = sentences[last].span.end if own.first[last + 1] == end else own.words_of(last)[end - 1 - int(own.first[last])].end
    return Span(opens, closes)
