"""The swaps of a pair: word for word, what stands on one side of an alignment for what on the other, and how each fits.

The aligner gives runs; here English comes in: a run of words against a run is split by the least costly way of pairing the
words (inflections and synonyms are cheap, unrelated words dear), and each pairing is asked what the other side's wording
would gain in its place (the substitution gain, in bits of n-gram surprisal).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detector.lm import NGrams, Substitutions
from detector.text import FUNCTION_WORDS, Word, quotations, words
from detector.types import Alignment, Span

_COST = {"same": 0.0, "inflected": 0.1, "synonym": 0.2, "neighbour": 0.35, "none": 0.8}
_GAP = 0.55
_MAX_RUN = 24
"""Longer runs on a side share too little to be paired word by word: they count as one insertion and one deletion."""
_MAX_JOINED = 4
"""Words of both sides together to which a word left over is added."""
RELATIONS = ("inflected", "synonym", "neighbour", "none")


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of one side that stand for words of the other; one side is empty for an insertion or a deletion."""

    bead: int
    source: Span
    target: Span
    source_forms: tuple[str, ...]
    target_forms: tuple[str, ...]
    relation: str
    """"inflected", "synonym", "neighbour" or "none" for one word against one; "none" else."""
    is_function: bool
    """All words of both sides are function words."""
    is_name: bool
    """Both sides are written with a capital inside a sentence."""
    source_quoted: bool
    target_quoted: bool
    source_gain: float
    """Bits that the target's wording would save in the source's place; 0 for insertions and deletions."""
    target_gain: float
    zipf_difference: float
    """Frequency of the source's words less that of the target's, on the Zipf scale."""

    def inverse(self) -> "Swap":
        """The same swap read from target to source."""
        return replace(
            self,
            source=self.target,
            target=self.source,
            source_forms=self.target_forms,
            target_forms=self.source_forms,
            source_quoted=self.target_quoted,
            target_quoted=self.source_quoted,
            source_gain=self.target_gain,
            target_gain=self.source_gain,
            zipf_difference=-self.zipf_difference,
        )


@dataclass(frozen=True, slots=True)
class Swaps:
    """All swaps of an alignment, with the counts that put them in proportion."""

    swaps: tuple[Swap, ...]
    n_words: tuple[int, int]
    """Words in links, source and target."""
    n_moves: int
    n_quoted: tuple[int, int]
    """Words inside quotations in links, source and target."""
    bits: tuple[float, float]
    """Mean surprisal a word of the linked sentences, in bits, source and target."""
    verbatim: float
    """Share of linked words, of both sides, in beads whose words are the same."""

    def inverse(self) -> "Swaps":
        """The same swaps read from target to source, in the same order."""
        swaps = tuple(swap.inverse() for swap in self.swaps)
        return Swaps(swaps, self.n_words[::-1], self.n_moves, self.n_quoted[::-1], self.bits[::-1], self.verbatim)


@dataclass(frozen=True, slots=True)
class _Draft:
    bead: int
    source: tuple[int, int]
    target: tuple[int, int]


def find_swaps(alignment: Alignment, ngrams: NGrams, substitutions: Substitutions) -> Swaps:
    """The swaps of an alignment, bead by bead; the inverse alignment has the inverse swaps, beads numbered as there."""
    if alignment.target.document.text < alignment.source.document.text:
        turned = alignment.inverse()
        place = {(bead.source, bead.target): b for b, bead in enumerate(alignment.beads)}
        found = find_swaps(turned, ngrams, substitutions).inverse()
        numbered = [replace(s, bead=place[turned.beads[s.bead].target, turned.beads[s.bead].source]) for s in found.swaps]
        return replace(found, swaps=tuple(sorted(numbered, key=lambda s: (s.bead, s.source, s.target))))
    texts = alignment.source.document.text, alignment.target.document.text
    quoted = quotations(texts[0]), quotations(texts[1])
    swaps: list[Swap] = []
    n_words, n_quoted, bits = [0, 0], [0, 0], [0.0, 0.0]
    n_moves = n_verbatim = 0
    for b, bead in enumerate(alignment.beads):
        if bead.is_null:
            continue
        sides = [
            [w for i in indices for w in words(text, sentences[i].span.start, sentences[i].span.end)]
            for indices, text, sentences in (
                (bead.source, texts[0], alignment.source.sentences),
                (bead.target, texts[1], alignment.target.sentences),
            )
        ]
        forms = [[w.form for w in side] for side in sides]
        for k in (0, 1):
            n_words[k] += len(sides[k])
            n_quoted[k] += sum(_inside(w, quoted[k]) for w in sides[k])
            bits[k] += float(ngrams.surprisal(ngrams.ids(forms[k])).sum())
        n_moves += sum(edit.op == "move" for edit in bead.edits)
        if all(edit.op == "keep" for edit in bead.edits):
            n_verbatim += len(sides[0]) + len(sides[1])
            continue
        drafts = [
            draft
            for edit in bead.edits
            if edit.op not in {"keep", "move"}
            for draft in _split(b, _range(sides[0], edit.source), _range(sides[1], edit.target), forms, substitutions)
            if not _is_spelling(draft, forms)
        ]
        gains = _gains(drafts, forms, ngrams)
        for draft, gain in zip(drafts, gains, strict=True):
            swaps.append(_swap(draft, sides, texts, quoted, gain, substitutions))
    means = (bits[0] / max(n_words[0], 1), bits[1] / max(n_words[1], 1))
    share = n_verbatim / max(n_words[0] + n_words[1], 1)
    return Swaps(tuple(swaps), (n_words[0], n_words[1]), n_moves, (n_quoted[0], n_quoted[1]), means, share)


def _is_spelling(draft: _Draft, forms: Sequence[Sequence[str]]) -> bool:
    """True where both sides hold the same plain letters and figures: glued, hyphenated or garbled, but not other words."""
    ours, theirs = (
        "".join(c for form in side[slice(*place)] for c in form if c.isascii() and c.isalnum())
        for side, place in zip(forms, (draft.source, draft.target), strict=True)
    )
    return ours == theirs


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    """True where one of the spans, which are in order and disjoint, holds the word's first letter."""
    place = bisect_right(spans, word.start, key=lambda span: span.start) - 1
    return place >= 0 and word.start < spans[place].end


def _range(side: Sequence[Word], span: Span) -> tuple[int, int]:
    """The places of the words from the span's start to its end; both the first where the span is empty."""
    first = bisect_left(side, span.start, key=lambda word: word.start)
    return first, bisect_left(side, span.end, key=lambda word: word.start) if len(span) else first


def _split(
    bead: int, source: tuple[int, int], target: tuple[int, int], forms: Sequence[Sequence[str]], table: Substitutions
) -> list[_Draft]:
    """Pair the words of two runs, in order, at the least cost; what pairs with nothing is an insertion or a deletion."""
    (s0, s1), (t0, t1) = source, target
    m, n = s1 - s0, t1 - t0
    if not m or not n:
        return [_Draft(bead, source, target)]
    if m > _MAX_RUN or n > _MAX_RUN:
        return [_Draft(bead, source, (t0, t0)), _Draft(bead, (s1, s1), target)]
    cost = [[_cost(forms[0][s0 + i], forms[1][t0 + j], table) for j in range(n)] for i in range(m)]
    best = [[_GAP * (i + j) if i == 0 or j == 0 else 0.0 for j in range(n + 1)] for i in range(m + 1)]
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            best[i][j] = min(best[i - 1][j - 1] + cost[i - 1][j - 1], best[i - 1][j] + _GAP, best[i][j - 1] + _GAP)
    steps: list[tuple[int, int, int, int]] = []
    i, j = m, n
    while i or j:
        if i and j and best[i][j] == best[i - 1][j - 1] + cost[i - 1][j - 1]:
            step = (i - 1, i, j - 1, j)
        elif not j or (i and best[i][j] == best[i - 1][j] + _GAP):
            step = (i - 1, i, j, j)
        else:
            step = (i, i, j - 1, j)
        steps.append(step)
        i, j = step[0], step[2]
    return [_Draft(bead, (s0 + a, s0 + b), (t0 + c, t0 + d)) for a, b, c, d in _joined(steps[::-1])]


def _joined(steps: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """A word left over joins the pairing before it, so that "the city" stands whole against "town"."""
    joined: list[tuple[int, int, int, int]] = []
    for step in steps:
        one_sided = step[0] == step[1] or step[2] == step[3]
        if joined and one_sided and joined[-1][1] - joined[-1][0] + joined[-1][3] - joined[-1][2] < _MAX_JOINED:
            last = joined.pop()
            joined.append((last[0], step[1], last[2], step[3]))
        else:
            joined.append(step)
    if len(joined) > 1 and (joined[0][0] == joined[0][1] or joined[0][2] == joined[0][3]):
        first = joined.pop(0)
        joined[0] = (first[0], joined[0][1], first[2], joined[0][3])
    return joined


def _cost(a: str, b: str, table: Substitutions) -> float:
    relation = table.relation(a, b)
    mixed = (a in FUNCTION_WORDS) != (b in FUNCTION_WORDS)
    return _COST[relation] + (0.2 if mixed and relation == "none" else 0.0)


def _gains(drafts: Sequence[_Draft], forms: Sequence[Sequence[str]], ngrams: NGrams) -> list[tuple[float, float]]:
    """For each draft, the bits that each side would save with the other side's words in its place."""
    ids = [ngrams.ids(side) for side in forms]
    rows: list[NDArray[np.uint64]] = []
    wanted = [k for k, d in enumerate(drafts) if d.source[0] < d.source[1] and d.target[0] < d.target[1]]
    for k in wanted:
        draft = drafts[k]
        source, target = _window(ids[0], draft.source), _window(ids[1], draft.target)
        rows += [np.concatenate(source), np.concatenate((source[0], target[1], source[2]))]
        rows += [np.concatenate(target), np.concatenate((target[0], source[1], target[2]))]
    bits = _row_bits(rows, ngrams)
    gains = [(0.0, 0.0)] * len(drafts)
    for place, k in enumerate(wanted):
        own, given, other, lent = bits[4 * place : 4 * place + 4]
        gains[k] = (own - given, other - lent)
    return gains


def _window(ids: NDArray[np.uint64], run: tuple[int, int]) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """Two numbers before the run (the sentence's begin repeated where there is but one), the run, two after it."""
    first, end = run[0] + 1, run[1] + 1
    before = ids[max(0, first - 2) : first]
    return np.concatenate((ids[:1], before))[-2:], ids[first:end], ids[end : end + 2]


def _row_bits(rows: Sequence[NDArray[np.uint64]], ngrams: NGrams) -> list[float]:
    """Surprisal of each row from its third word on, in bits; rows of one length are looked up together."""
    bits = [0.0] * len(rows)
    order = sorted(range(len(rows)), key=lambda k: len(rows[k]))
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(order), 1) if len(rows[a]) != len(rows[b])), len(order)]
    for start, end in pairwise(cuts):
        group = order[start:end]
        if group and len(rows[group[0]]) > 2:
            sums = ngrams.surprisal(np.stack([rows[k] for k in group]))[:, 1:].sum(axis=1)
            for k, value in zip(group, sums.tolist(), strict=True):
                bits[k] = value
    return bits


def _swap(  # noqa: PLR0917 - all that is known of one pairing
    draft: _Draft,
    sides: Sequence[Sequence[Word]],
    texts: tuple[str, str],
    quoted: tuple[Sequence[Span], Sequence[Span]],
    gain: tuple[float, float],
    table: Substitutions,
) -> Swap:
    runs = sides[0][slice(*draft.source)], sides[1][slice(*draft.target)]
    forms = tuple(w.form for w in runs[0]), tuple(w.form for w in runs[1])
    places = [
        Span(run[0].start, run[-1].end) if run else Span(*2 * (side[place[0] - 1].end if place[0] else side[0].start,))
        for run, side, place in zip(runs, sides, (draft.source, draft.target), strict=True)
    ]
    single = len(runs[0]) == 1 == len(runs[1])
    relation = table.relation(forms[0][0], forms[1][0]) if single else "none"
    frequency = [min((table.zipf(f) for f in side if f not in FUNCTION_WORDS), default=7.0) for side in forms]
    capital = [bool(run) and all(t[w.start].isupper() for w in run) for run, t in zip(runs, texts, strict=True)]
    opening = not draft.source[0] or not draft.target[0]
    return Swap(
        bead=draft.bead,
        source=places[0],
        target=places[1],
        source_forms=forms[0],
        target_forms=forms[1],
        relation=relation,
        is_function=all(f in FUNCTION_WORDS for side in forms for f in side),
        is_name=all(capital) and not opening,
        source_quoted=bool(runs[0]) and _inside(runs[0][0], quoted[0]),
        target_quoted=bool(runs[1]) and _inside(runs[1][0], quoted[1]),
        source_gain=gain[0],
        target_gain=gain[1],
        zipf_difference=frequency[0] - frequency[1] if all(runs) else 0.0,
    )
