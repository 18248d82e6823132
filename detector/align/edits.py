"""Word edits inside a bead: runs kept, swapped, moved, inserted and deleted.

The longest common subsequence of the word forms gives what is kept (rapidfuzz: Hyyrö 2003, 2004). Of what is left, words that
stand in one place here and in another there have moved; the rest is paired run by run (``pairing``).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from math import ceil

from rapidfuzz.distance import Indel, Levenshtein

from detector.align.pairing import Run, pairings
from detector.text import FUNCTION_WORDS, Word
from detector.types import EditOp, Span, WordEdit

_MIN_MOVED_LETTERS = 5
"""A single word that has moved is a content word of at least so many letters."""
_MAX_CELLS = 1_000_000
"""Two sides of 1,000 words are compared whole, as the cost grows with the product; longer ones are cut first."""
_MAX_PART = 1_000


def word_edits(source: Sequence[Word], target: Sequence[Word], source_start: int, target_start: int) -> tuple[WordEdit, ...]:
    """The edits that lead from the source's words to the target's, in source order; each word is in exactly one.

    The cost is near-linear in the number of words. (target, source) has the inverse edits.

    Args:
        source: Words of the bead's source side, in order.
        target: Words of its target side.
        source_start: Where an insertion before the first source word is placed.
        target_start: The same for the target.
    """
    forms = [w.form for w in source], [w.form for w in target]
    if forms[1] < forms[0]:  # of equally good answers the same one, whichever document is the source
        turned = _operations(target, source, forms[::-1])
        operations = [(op, (s0, s1, t0, t1)) for op, (t0, t1, s0, s1) in turned]
    else:
        operations = _operations(source, target, forms)
    edits = []
    for op, (s0, s1, t0, t1) in operations:
        given: EditOp = op if s0 < s1 and t0 < t1 else "delete" if s0 < s1 else "insert"
        edits.append(WordEdit(given, _span(source, s0, s1, source_start), _span(target, t0, t1, target_start)))
    return tuple(sorted(edits, key=lambda e: (e.source.start, e.source.end, e.target.start)))


def _span(words: Sequence[Word], first: int, end: int, start: int) -> Span:
    if first < end:
        return Span(words[first].start, words[end - 1].end)
    place = words[first - 1].end if first else start
    return Span(place, place)


def _operations(source: Sequence[Word], target: Sequence[Word], forms: Sequence[Sequence[str]]) -> list[tuple[EditOp, Run]]:
    """What is kept, moved and swapped; a swap with an empty side is an insertion or a deletion."""
    kept = _kept(forms[0], forms[1])
    found: list[tuple[EditOp, Run]] = [("keep", run) for run in kept if run[0] < run[1]]
    corners = [(0, 0, 0, 0), *kept, (len(source), len(source), len(target), len(target))]
    gaps = [(a[1], b[0], a[3], b[2]) for a, b in pairwise(corners) if a[1] < b[0] or a[3] < b[2]]
    moved = _moved(gaps, forms) if len(gaps) > 1 else []
    found += [("move", run) for run in moved]
    for run in _without(gaps, moved) if moved else gaps:
        if run[0] < run[1] and run[2] < run[3]:
            found += [("swap", pairing) for pairing in pairings(source, target, run)]
        else:
            found.append(("swap", run))
    return found


def _kept(source: Sequence[str], target: Sequence[str]) -> list[Run]:
    """The stretches in common, in order, none beside another; an empty one stands where two parts were compared apart."""
    if source == target:
        return [(0, len(source), 0, len(target))]
    found: list[Run] = []
    for s0, s1, t0, t1 in _parts(source, target):
        blocks = [(s0 + a, s0 + b, t0 + c, t0 + d) for a, b, c, d in _common(source[s0:s1], target[t0:t1])]
        for run in [*blocks, (s1, s1, t1, t1)]:
            if found and (found[-1][1], found[-1][3]) == (run[0], run[2]):
                last = found.pop()
                found.append((last[0], run[1], last[2], run[3]))
            else:
                found.append(run)
    return found


def _parts(source: Sequence[str], target: Sequence[str]) -> Iterator[Run]:
    """Both sides whole; or, where that costs too much, cut at words that each holds once, and then in proportion."""
    m, n = len(source), len(target)
    if m * n <= _MAX_CELLS:
        yield 0, m, 0, n
        return
    pairs = zip(source, target, strict=False)
    head = next((k for k, (a, b) in enumerate(pairs) if a != b), min(m, n))
    pairs = zip(reversed(source), reversed(target), strict=False)
    tail = min(next((k for k, (a, b) in enumerate(pairs) if a != b), m), min(m, n) - head)
    once = _in_common_once(source[head : m - tail], target[head : n - tail])
    corners = [(0, 0), (head, head), *((head + i, head + j) for i, j in once), (m - tail, n - tail), (m, n)]
    for (s0, t0), (s1, t1) in pairwise(corners):
        n_parts = 1 if (s1 - s0) * (t1 - t0) <= _MAX_CELLS else ceil(max(s1 - s0, t1 - t0) / _MAX_PART)
        cuts = [(s0 + (s1 - s0) * k // n_parts, t0 + (t1 - t0) * k // n_parts) for k in range(n_parts + 1)]
        yield from ((a, b, c, d) for (a, c), (b, d) in pairwise(cuts))


def _in_common_once(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int]]:
    """Places of words that each side holds once: the longest selection that ascends on both (patience sorting)."""
    once = [{form for form, n in Counter(side).items() if n == 1} for side in (source, target)]
    places = {form: j for j, form in enumerate(target) if form in once[1]}
    pairs = [(i, places[form]) for i, form in enumerate(source) if form in once[0] and form in places]
    ends: list[int] = []  # of ascents of each length, the lowest target place that one ends at
    lengths = []
    for _, j in pairs:
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        lengths.append(length)
    found: list[tuple[int, int]] = []
    for (i, j), length in zip(reversed(pairs), reversed(lengths), strict=True):
        if length == len(ends) - 1 - len(found) and (not found or j < found[-1][1]):
            found.append((i, j))
    return found[::-1]


def _common(source: Sequence[str], target: Sequence[str]) -> list[Run]:
    """The longest common subsequence in blocks; if one of them leaves runs of equal lengths, that one.

    Levenshtein's distance, which counts a word for a word as one edit, prefers such runs, but may keep less.
    """
    found = []
    for distance in (Levenshtein, Indel):
        blocks = [(o.src_start, o.src_end, o.dest_start, o.dest_end) for o in distance.opcodes(source, target) if o.tag == "equal"]
        found.append(blocks)
    balanced, longest = found
    return balanced if _n_words(balanced) == _n_words(longest) else longest


def _n_words(runs: Sequence[Run]) -> int:
    return sum(run[1] - run[0] for run in runs)


def _moved(gaps: Sequence[Run], forms: Sequence[Sequence[str]]) -> list[Run]:
    """Words that each stand in one gap here and in another there, once among all gaps, with what is the same beside them.

    A single word has moved only from a gap that has too many words to one that has too few: else it is a swap on both sides.
    """
    spare = (
        {i: s1 - s0 > t1 - t0 for s0, s1, t0, t1 in gaps for i in range(s0, s1)},
        {j: t1 - t0 > s1 - s0 for s0, s1, t0, t1 in gaps for j in range(t0, t1)},
    )
    counts = [Counter(side[k] for k in free) for side, free in zip(forms, spare, strict=True)]
    places = {form: j for j in spare[1] if counts[1][form := forms[1][j]] == 1 and form not in FUNCTION_WORDS}
    found: list[Run] = []
    for i in list(spare[0]):
        j = places.get(forms[0][i])
        if j is None or counts[0][forms[0][i]] > 1 or i not in spare[0]:
            continue
        s0, s1, t0, t1 = i, i + 1, j, j + 1
        while s0 - 1 in spare[0] and t0 - 1 in spare[1] and forms[0][s0 - 1] == forms[1][t0 - 1]:
            s0, t0 = s0 - 1, t0 - 1
        while s1 in spare[0] and t1 in spare[1] and forms[0][s1] == forms[1][t1]:
            s1, t1 = s1 + 1, t1 + 1
        if s1 - s0 > 1 or (len(forms[0][i]) >= _MIN_MOVED_LETTERS and spare[0][i] and spare[1][j]):
            found.append((s0, s1, t0, t1))
            for k in range(s1 - s0):
                del spare[0][s0 + k], spare[1][t0 + k]
    return found


def _without(gaps: Sequence[Run], moved: Sequence[Run]) -> Iterator[Run]:
    """What is left of the gaps: the longest runs of both sides against each other, the others against nothing."""
    taken = {i for run in moved for i in range(run[0], run[1])}, {j for run in moved for j in range(run[2], run[3])}
    for s0, s1, t0, t1 in gaps:
        ours, theirs = _free(s0, s1, taken[0]), _free(t0, t1, taken[1])
        s, t = (max(side, key=len, default=range(0)) for side in (ours, theirs))
        if s and t:
            yield s.start, s.stop, t.start, t.stop
        for run in ours:
            if run != s or not t:
                place = t0 if run.start < s.start else t1
                yield run.start, run.stop, place, place
        for run in theirs:
            if run != t or not s:
                place = s0 if run.start < t.start else s1
                yield place, place, run.start, run.stop


def _free(first: int, end: int, taken: Set[int]) -> list[range]:
    """The runs of places that are not taken."""
    found: list[range] = []
    for k in range(first, end):
        if k not in taken:
            begin = found.pop().start if found and found[-1].stop == k else k
            found.append(range(begin, k + 1))
    return found
