"""Which words of two changed runs stand for each other.

Between two kept stretches a run of words stands against a run. It is cut into pairings, in order, only where something shows
the cut; what nothing tells apart stays one swap of run against run. Three things show it: marks between the words (a stop, a
comma, a quotation mark), at as many places on both sides; words that are alike, by their letters or as figures; phrases, each
some function words and the content words after them, built alike on both sides.

What each is worth: ``benchmarks/quality/word_edits.py``, tuned on every other group of the sample articles.
"""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from detector.text import FUNCTION_WORDS, Word

Run = tuple[int, int, int, int]
"""Places of words, half-open: first and end in the source, first and end in the target."""

_ALIKE = 0.7
"""The lower, the more pairings are told and the more compounds are taken apart; inflections are seldom below."""
_MAX_CELLS = 256
"""Runs of more words than 16 against 16 share too little for single words to pair."""


def pairings(source: Sequence[Word], target: Sequence[Word], run: Run) -> list[Run]:
    """The run, which has words on both sides, cut into pairings that have too.

    Args:
        source: All words of one side.
        target: All words of the other.
        run: Places in both.
    """
    if run[1] - run[0] == 1 or run[3] - run[2] == 1:
        return [run]
    return [
        piece
        for part in _at_marks(source, target, run)
        for pair in _at_alike(source, target, part)
        for piece in _at_phrases(source, target, pair)
    ]


def _cut(run: Run, places: Sequence[tuple[int, int]]) -> list[Run]:
    corners = [(run[0], run[2]), *places, (run[1], run[3])]
    return [(s0, s1, t0, t1) for (s0, t0), (s1, t1) in pairwise(corners)]


def _at_marks(source: Sequence[Word], target: Sequence[Word], run: Run) -> list[Run]:
    """Cut where more than a blank parts two words, if it does so at as many places on both sides."""
    s0, s1, t0, t1 = run
    ours = [i for i in range(s0 + 1, s1) if source[i].start - source[i - 1].end > 1]
    if not ours:
        return [run]
    theirs = [j for j in range(t0 + 1, t1) if target[j].start - target[j - 1].end > 1]
    return _cut(run, list(zip(ours, theirs, strict=True))) if len(ours) == len(theirs) else [run]


def _at_alike(source: Sequence[Word], target: Sequence[Word], run: Run) -> list[Run]:
    """Cut around words that are alike; words on one side only join the pair that they stand before, or else the last."""
    s0, s1, t0, t1 = run
    if s1 - s0 == 1 or t1 - t0 == 1 or (s1 - s0) * (t1 - t0) > _MAX_CELLS:
        return [run]
    ours, theirs = [w.form for w in source[s0:s1]], [w.form for w in target[t0:t1]]
    weights = [[by_letters(a, b) for b in theirs] for a in ours]
    if max(map(max, weights)) < _ALIKE:
        return [run]
    found: list[Run] = []
    s, t = s0, t0
    for i, j in ((s0 + i, t0 + j) for i, j in _heaviest_chain(weights)):
        if s < i and t < j:
            found.append((s, i, t, j))
            s, t = i, j
        found.append((s, i + 1, t, j + 1))
        s, t = i + 1, j + 1
    if s < s1 and t < t1:
        return [*found, (s, s1, t, t1)]
    last = found.pop()
    return [*found, (last[0], s1, last[2], t1)]


def by_letters(a: str, b: str) -> float:
    """How alike two forms are by their letters, 0 to 1: figures to figures; function words are told by their place alone.

    >>> [round(by_letters(*pair), 2) for pair in [("officers", "officials"), ("1.5", "12"), ("than", "that")]]
    [0.71, 1.0, 0.0]
    """
    if a[:1].isdigit() or b[:1].isdigit():
        return float(a[:1].isdigit() and b[:1].isdigit())
    if a[:1] != b[:1] or a in FUNCTION_WORDS or b in FUNCTION_WORDS:
        return 0.0
    return Indel.normalized_similarity(a, b)


def _heaviest_chain(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Of the pairs of places that weigh enough, the selection that ascends on both sides and weighs most."""
    i, j = len(weights), len(weights[0])
    best = [[0.0] * (j + 1) for _ in range(i + 1)]
    for m, row in enumerate(weights, 1):
        for n, weight in enumerate(row, 1):
            with_pair = best[m - 1][n - 1] + weight if weight >= _ALIKE else 0.0
            best[m][n] = max(best[m - 1][n], best[m][n - 1], with_pair)
    found = []
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def _at_phrases(source: Sequence[Word], target: Sequence[Word], run: Run) -> list[Run]:
    """Cut between phrases, if they are built alike, in the same order, on both sides."""
    s0, s1, t0, t1 = run
    if s1 - s0 == 1 or t1 - t0 == 1:
        return [run]
    ours, theirs = _phrases(source, s0, s1), _phrases(target, t0, t1)
    if len(ours) == 1 or [build for _, build in ours] != [build for _, build in theirs]:
        return [run]
    return _cut(run, [(i, j) for (i, _), (j, _) in zip(ours[1:], theirs[1:], strict=True)])


def _phrases(side: Sequence[Word], first: int, end: int) -> list[tuple[int, tuple[bool, int]]]:
    """Where the phrases of a run begin, whether each begins with a function word, and how many content words it holds."""
    is_function = [word.form in FUNCTION_WORDS for word in side[first:end]]
    starts = [0, *(k for k in range(1, end - first) if is_function[k] and not is_function[k - 1])]
    return [
        (first + start, (is_function[start], is_function[start:stop].count(False)))
        for start, stop in pairwise([*starts, end - first])
    ]
