"""Passages: maximal stretches of one text that were reused in the other, wherever they stand, with ends exact to the character.

Cells that are alike and lie near each other on both sides are the seed of a passage; its ends are then found word by word (see
``reuse``). Two stretches near each other are one passage where that explains them better; one that its words do not pay for is
none. The constants were chosen on even rows of PAN-13. So unrelated texts have no passages, and verbatim ones end at the very
word where the copying does.
"""

from collections.abc import Sequence

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
_SECOND_SHARE = 0.67
"""The least evidence a word, against a better passage, of one that stands for most of the same words once more."""
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
    grown = (evidence.grown(ranges) for ranges in _clusters(bitext, seeds, config.max_gap))
    stretches = _joined([s for s in grown if s and s.nats > 0], evidence, config)
    stretches = condensed(stretches, evidence)
    stretches = [s for s in stretches if s.nats >= config.passage_nats and min(r.end - r.start for r in s.ranges) >= _MIN_WORDS]
    stretches = [s for s in stretches if _most_characters(s, bitext) >= config.min_passage]
    spans = [_spans(stretch, evidence, bitext) for stretch in _without_repeats(stretches)]
    return [pair for pair in spans if max(map(len, pair)) >= config.min_passage]


def _most_characters(stretch: Stretch, bitext: Bitext) -> int:
    """The length, on the longer side, of the sentences that a stretch touches: no end can be put further out."""
    lengths = []
    for side, own in zip(bitext.sides, stretch.ranges, strict=True):
        first, last = side.sentence_of(own.start), side.sentence_of(own.end - 1)
        lengths.append(side.segmented.sentences[last].span.end - side.segmented.sentences[first].span.start)
    return max(lengths)


def _without_repeats(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, the best first, without those that better ones leave nothing to say.

    Those share words with a better one on both sides; or most of their words on one side, and say far less with each: a passage
    used twice says as much the second time.
    """
    kept: list[Stretch] = []
    bounds = np.zeros((len(stretches), 4), dtype=np.int64)
    says = np.zeros(len(stretches))
    for stretch in sorted(stretches, reverse=True):
        (a, b), (c, d) = stretch.ranges
        start, end, start_there, end_there = bounds[: len(kept)].T
        common = np.minimum(end, b) - np.maximum(start, a), np.minimum(end_there, d) - np.maximum(start_there, c)
        is_within = (2 * common[0] > b - a) | (2 * common[1] > d - c)
        nats_a_word = stretch.nats / (b - a + d - c)
        is_weak = nats_a_word < _SECOND_SHARE * says[: len(kept)]
        if not (((common[0] > 0) & (common[1] > 0)) | (is_within & is_weak)).any():
            bounds[len(kept)] = (a, b, c, d)
            says[len(kept)] = nats_a_word
            kept.append(stretch)
    return kept


def _clusters(bitext: Bitext, seeds: Cells, max_gap: int) -> list[tuple[Range, Range]]:
    """The runs of words that seeds near each other span, by union-find; a seed looks for others in the buckets around its own."""
    firsts: tuple[list[int], list[int]] = (bitext.source.first.tolist(), bitext.target.first.tolist())
    cells = list(zip(seeds.source.tolist(), seeds.target.tolist(), strict=True))
    root = list(range(len(cells)))
    buckets: dict[tuple[int, int], list[int]] = {}

    def find(k: int) -> int:
        while root[k] != k:
            root[k] = root[root[k]]
            k = root[k]
        return k

    def gap(a: int, b: int, side: int) -> int:
        return firsts[side][max(a, b)] - firsts[side][min(a, b) + 1]

    for k, (i, j) in enumerate(cells):
        for row in range(i - _SEED_GAP, i + 1):
            for column in range(j // _SEED_GAP - 1, j // _SEED_GAP + 2):
                for other in buckets.get((row, column), ()):
                    there = cells[other]
                    if abs(j - there[1]) <= _SEED_GAP and max(gap(i, there[0], 0), gap(j, there[1], 1)) <= max_gap:
                        root[find(other)] = find(k)
        buckets.setdefault((i, j // _SEED_GAP), []).append(k)
    bounds: dict[int, list[int]] = {}
    for k, (i, j) in enumerate(cells):
        box = bounds.setdefault(find(k), [i, i, j, j])
        box[:] = [min(box[0], i), max(box[1], i), min(box[2], j), max(box[3], j)]
    return [(Range(firsts[0][a], firsts[0][b + 1]), Range(firsts[1][c], firsts[1][d + 1])) for a, b, c, d in bounds.values()]


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
        opens = _snapped(own.start, bounds, sums, start)
        closes = _snapped(own.end, bounds, sums, start)
        snapped = opens < closes
        spans.append(_characters(opens if snapped else own.start, closes if snapped else own.end, bitext, side))
    return spans[0], spans[1]


def _snapped(place: int, bounds: Ints, sums: Floats, start: int) -> int:
    """The end of a sentence nearest to a place, in evidence all the way there; the place itself where none is near."""
    at = int(np.searchsorted(bounds, place))
    lost = {}
    for bound in bounds[max(0, at - 1) : at + 1].tolist():
        low, high = min(bound, place) - start, max(bound, place) - start
        if low >= 0 and high < len(sums):
            lost[bound] = float(np.abs(sums[low : high + 1] - sums[place - start]).max())
    best = min(lost, key=lambda bound: lost[bound], default=place)
    return best if best in lost and lost[best] <= _SNAP_NATS else place


def _characters(start: int, end: int, bitext: Bitext, side: int) -> Span:
    """The characters of a run of words, to the very ends of sentences that it holds whole."""
    own = bitext.sides[side]
    first, last = own.sentence_of(start), own.sentence_of(end - 1)
    sentences = own.segmented.sentences
    opens = sentences[first].span.start if own.first[first] == start else own.words_of(first)[start - int(own.first[first])].start
    closes = sentences[last].span.end if own.first[last + 1] == end else own.words_of(last)[end - 1 - int(own.first[last])].end
    return Span(opens, closes)
