"""Aligners of one shape, so that one program measures them all: ours, and simple methods that people build on known parts.

The simple methods see the sentences that ours sees. Their links become passages by joining those that stand close on both texts
(``merged``), as the systems of PAN do. The gap (100 to 1,200 characters) and the least length (100 to 300) of each are those of
24 settings that did best on the even rows of PAN-13, which ours is tuned on too.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from benchmarks.quality.measures import Rectangle
from detector import align
from detector.text import words
from detector.types import SegmentedDocument

Link = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What an aligner says of two documents."""

    links: tuple[Link, ...] | None
    """Sentence indices of both sides, nulls left out; None where the method knows no sentences."""
    passages: tuple[Rectangle, ...] | None
    """Spans of source and target that hold the same text; None where the method links all it is given, related or not."""
    relation: str | None = None
    """None where the method does not say how the texts relate."""


Aligner = Callable[[SegmentedDocument, SegmentedDocument], Found]


def rectangles(links: Sequence[Link], source: SegmentedDocument, target: SegmentedDocument) -> list[Rectangle]:
    """The links as rectangles of characters, one for each pair of sentences."""
    a, b = source.sentences, target.sentences
    return [
        (a[i].span.start, a[i].span.end, b[j].span.start, b[j].span.end) for ours, theirs in links for i in ours for j in theirs
    ]


def merged(found: Sequence[Rectangle], gap_chars: int, least_chars: int) -> tuple[Rectangle, ...]:
    """The rectangles, joined while two stand within the gap on both texts; without those too short on either.

    >>> merged([(0, 10, 0, 10), (12, 20, 15, 30), (90, 99, 0, 9)], gap_chars=5, least_chars=10)
    ((0, 20, 0, 30),)
    """
    joined: list[Rectangle] = []
    for one in sorted(found):
        grown = one
        while near := [p for p in joined if _near(p, grown, gap_chars)]:
            joined = [p for p in joined if p not in near]
            for p in near:
                grown = (min(p[0], grown[0]), max(p[1], grown[1]), min(p[2], grown[2]), max(p[3], grown[3]))
        joined.append(grown)
    return tuple(sorted(p for p in joined if min(p[1] - p[0], p[3] - p[2]) >= least_chars))


def _near(a: Rectangle, b: Rectangle, gap: int) -> bool:
    return a[0] <= b[1] + gap and b[0] <= a[1] + gap and a[2] <= b[3] + gap and b[2] <= a[3] + gap


def ours(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """``detector.align`` with its defaults."""
    alignment = align(source, target)
    passages = tuple((a.start, a.end, b.start, b.end) for a, b in alignment.passages())
    return Found(tuple((bead.source, bead.target) for bead in alignment.links), passages, alignment.relation)


def difflib_words(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """The matching blocks of the standard library's SequenceMatcher over words, from two words on, joined to passages."""
    left, right = words(source.document.text), words(target.document.text)
    matcher = SequenceMatcher(None, [w.form for w in left], [w.form for w in right], autojunk=False)
    blocks = [
        (left[i].start, left[i + n - 1].end, right[j].start, right[j + n - 1].end)
        for i, j, n in matcher.get_matching_blocks()
        if n > 1
    ]
    return Found(None, merged(blocks, gap_chars=200, least_chars=200))


def rapidfuzz_mutual(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """Sentences that are each other's best by rapidfuzz's token_sort_ratio, at 60 or above."""
    ratio = process.cdist(_texts(source), _texts(target), scorer=fuzz.token_sort_ratio, processor=str.lower, dtype=np.float32)
    links = _mutual(ratio, 60.0)
    return Found(links, merged(rectangles(links, source, target), gap_chars=1200, least_chars=100))


def tfidf_cosine(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """Sentences by the cosine of their words' tf-idf: passages from all at .3 or above, links from each other's best."""
    sides = [Counter(w.form for w in words(document.text_of(i))) for document in (source, target) for i in range(len(document))]
    frequency = Counter(form for side in sides for form in side)
    place = {form: k for k, form in enumerate(frequency)}
    vectors = np.zeros((len(sides), len(place)), dtype=np.float32)
    for row, side in enumerate(sides):
        for form, n in side.items():
            vectors[row, place[form]] = n * log(len(sides) / frequency[form])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    cosine = vectors[: len(source)] @ vectors[len(source) :].T
    near = [((int(i),), (int(j),)) for i, j in np.argwhere(cosine >= 0.3)]
    return Found(_mutual(cosine, 0.3), merged(rectangles(near, source, target), gap_chars=200, least_chars=200))


def rapidfuzz_in_order(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """The beads that keep order and gain most: a pair of runs gains its rapidfuzz ratio less .2, times its characters.

    Less a fine for each sentence joined, or two pairs would always be worth no more than the one that holds both. What is
    taken off the ratio and the fine did best of fifteen settings on the even articles of Text+Berg.
    """
    runs = [{n: _runs(document, n) for n in range(1, 4)} for document in (source, target)]
    gains = {(m, n): _gains(runs[0][m], runs[1][n], fine=5.0 * (m + n - 2)) for m, n in _SHAPES}
    best = [[0.0] * (len(target) + 1) for _ in range(len(source) + 1)]
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for i, j in product(range(len(source) + 1), range(len(target) + 1)):
        choices = [(best[i - m][j - n] + gains[m, n][i - m][j - n], (m, n)) for m, n in _SHAPES if i >= m and j >= n]
        choices += [(best[i - m][j - n], (m, n)) for m, n in ((1, 0), (0, 1)) if i >= m and j >= n]
        if choices:
            best[i][j], taken[i, j] = max(choices)
    links: list[Link] = []
    i, j = len(source), len(target)
    while i or j:
        m, n = taken[i, j]
        i, j = i - m, j - n
        links += [(tuple(range(i, i + m)), tuple(range(j, j + n)))] if m and n else []
    return Found(tuple(reversed(links)), None)


_SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))


def _texts(document: SegmentedDocument) -> list[str]:
    return [document.text_of(i) for i in range(len(document))]


def _runs(document: SegmentedDocument, n: int) -> list[str]:
    texts = _texts(document)
    return [" ".join(texts[i : i + n]) for i in range(len(texts) - n + 1)]


def _gains(left: Sequence[str], right: Sequence[str], fine: float) -> list[list[float]]:
    ratio = process.cdist(left, right, scorer=fuzz.ratio, processor=str.lower, dtype=np.float32) / 100
    lengths = np.add.outer([len(text) for text in left], [len(text) for text in right])
    gains: list[list[float]] = ((ratio - 0.2) * lengths - fine).tolist()
    return gains


def _mutual(similarity: NDArray[np.float32], least: float) -> tuple[Link, ...]:
    """Cells that are the best of their row and of their column and reach the least."""
    if not similarity.size:
        return ()
    best_target, best_source = similarity.argmax(axis=1), similarity.argmax(axis=0)
    cells = ((i, int(j)) for i, j in enumerate(best_target) if best_source[j] == i and similarity[i, j] >= least)
    return tuple(((i,), (j,)) for i, j in cells)
