"""The swaps of a pair: word for word, what stands on one side of an alignment for what on the other, and how each fits.

The aligner gives runs; here English comes in: a run of words against a run is split by the least costly way of pairing the
words (inflections and synonyms are cheap, unrelated words dear), and each pairing is asked what the other side's wording
would gain in its place (the substitution gain, in bits of the piece model's surprisal).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.lm import BEGIN, PieceLM, Pieces, PieceText, Substitutions
from detector.text import FUNCTION_WORDS, Word, quotations, words
from detector.types import Alignment, SegmentedDocument, Sentence, Span

_COST = {"same": 0.0, "inflected": 0.1, "synonym": 0.2, "neighbour": 0.35, "none": 0.8}
_GAP = 0.55
_MAX_RUN = 24
"""Longer runs on a side share too little to be paired word by word: they count as one insertion and one deletion."""
_UNKNOWN_BITS = 20.0
"""A word of more bits is as good as unknown."""
_SLIP = 0.8
"""Likeness of letters (Ratcliff & Obershelp) from which on an unknown word is a misspelt known one."""
_MAX_JOINED = 4
"""Words of both sides together to which a word left over is added."""
_AFTER = 2
"""Pieces after the words that a gain counts: the last whose surprisal the words can change."""
RELATIONS = ("inflected", "synonym", "neighbour", "none")

_Run = tuple[int, int, int, int]
"""Places of words in a bead, half-open: first and end in the source, first and end in the target."""


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


class _Draft(NamedTuple):
    """What a swap is made of; of both pairs the first is the source's."""

    bead: int
    runs: tuple[Sequence[Word], Sequence[Word]]
    places: tuple[Span, Span]
    """Where the runs stand; of an empty run, the empty span where it is missing."""
    opening: tuple[bool, bool]
    """The run is the first of a sentence."""


class _Side(NamedTuple):
    """One text, and what the piece model reads of it."""

    text: str
    sentences: Sequence[Sentence]
    quoted: Sequence[Span]
    pieces: PieceText
    total: NDArray[np.float64]
    """The bits of the pieces before each place, and behind them of all. Shape ``(n_pieces + 1,)``."""


def find_swaps(alignment: Alignment, pieces: Pieces, lm: PieceLM, substitutions: Substitutions) -> Swaps:
    """The swaps of an alignment, bead by bead; the inverse alignment has the inverse swaps, beads numbered as there."""
    if alignment.target.document.text < alignment.source.document.text:
        turned = alignment.inverse()
        place = {(bead.source, bead.target): b for b, bead in enumerate(alignment.beads)}
        found = find_swaps(turned, pieces, lm, substitutions).inverse()
        numbered = [replace(s, bead=place[turned.beads[s.bead].target, turned.beads[s.bead].source]) for s in found.swaps]
        return replace(found, swaps=tuple(sorted(numbered, key=lambda s: (s.bead, s.source, s.target))))
    sides = _side(alignment.source, pieces, lm), _side(alignment.target, pieces, lm)
    drafts: list[_Draft] = []
    linked: tuple[list[Word], list[Word]] = ([], [])  # the words in links
    n_moves = n_verbatim = 0
    for b, bead in enumerate(alignment.beads):
        if bead.is_null:
            continue
        sentences = [
            [words(side.text, side.sentences[i].span.start, side.sentences[i].span.end) for i in indices]
            for side, indices in zip(sides, (bead.source, bead.target), strict=True)
        ]
        own = [[word for sentence in side for word in sentence] for side in sentences]
        for k in (0, 1):
            linked[k].extend(own[k])
        if all(edit.op == "keep" for edit in bead.edits):
            n_verbatim += len(own[0]) + len(own[1])
            continue
        n_moves += sum(edit.op == "move" for edit in bead.edits)
        first = [{sentence[0].start for sentence in side if sentence} for side in sentences]
        starts = [span.start for span in alignment.spans(bead)]
        drafts += [
            _draft(b, run, own, first, starts)
            for edit in bead.edits
            if edit.op not in {"keep", "move"}
            for run in _split((*_range(own[0], edit.source), *_range(own[1], edit.target)), own, substitutions)
            if not _is_spelling(own[0][run[0] : run[1]], own[1][run[2] : run[3]], substitutions)
        ]
    gains = _gains(drafts, sides, pieces, lm)
    swaps = tuple(_swap(draft, sides, gain, substitutions) for draft, gain in zip(drafts, gains, strict=True))
    n_words = len(linked[0]), len(linked[1])
    return Swaps(
        swaps,
        n_words=n_words,
        n_moves=n_moves,
        n_quoted=(_n_inside(linked[0], sides[0].quoted), _n_inside(linked[1], sides[1].quoted)),
        bits=(_mean_bits(sides[0], linked[0]), _mean_bits(sides[1], linked[1])),
        verbatim=n_verbatim / max(sum(n_words), 1),
    )


def _side(segmented: SegmentedDocument, pieces: Pieces, lm: PieceLM) -> _Side:
    text = segmented.document.text
    found = pieces.encode(text)
    total = np.concatenate(([0.0], np.cumsum(lm.surprisal(found.ids), dtype=np.float64)))
    return _Side(text, segmented.sentences, quotations(text), found, total)


def _mean_bits(side: _Side, linked: Sequence[Word]) -> float:
    """The mean bits of some words of a text; a misspelt one, whose pieces make no word, counts as one that is merely unknown."""
    starts, ends = (np.array([word[k] for word in linked], dtype=np.int64) for k in (0, 1))
    first, end = side.pieces.places(starts, ends)
    return float(np.minimum(side.total[end] - side.total[first], _UNKNOWN_BITS).sum()) / max(len(linked), 1)


def _is_spelling(source: Sequence[Word], target: Sequence[Word], table: Substitutions) -> bool:
    """True where both sides are the same words, spelled otherwise: glued, hyphenated, garbled, or one of them misspelt."""
    ours, theirs = ("".join(c for word in run for c in word.form if c.isascii() and c.isalnum()) for run in (source, target))
    if ours == theirs:
        return True
    # A slip: one word that no list has, nearly that of the other side.
    slip = len(source) == 1 == len(target) and ours[:1] == theirs[:1] and table.is_known(ours) != table.is_known(theirs)
    return slip and ours.isalpha() and theirs.isalpha() and SequenceMatcher(None, ours, theirs).ratio() >= _SLIP


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    """True where one of the spans, which are in order and disjoint, holds the word's first letter."""
    place = bisect_right(spans, word.start, key=lambda span: span.start) - 1
    return place >= 0 and word.start < spans[place].end


def _n_inside(linked: Sequence[Word], spans: Sequence[Span]) -> int:
    """The number of words that begin inside one of the spans, which are disjoint."""
    ordered = sorted(word.start for word in linked)
    return sum(bisect_left(ordered, span.end) - bisect_left(ordered, span.start) for span in spans)


def _range(side: Sequence[Word], span: Span) -> tuple[int, int]:
    """The places of the words from the span's start to its end; both the first where the span is empty."""
    first = bisect_left(side, span.start, key=lambda word: word.start)
    return first, bisect_left(side, span.end, key=lambda word: word.start) if len(span) else first


def _split(run: _Run, sides: Sequence[Sequence[Word]], table: Substitutions) -> list[_Run]:
    """Pair the words of two runs, in order, at the least cost; what pairs with nothing is an insertion or a deletion."""
    s0, s1, t0, t1 = run
    m, n = s1 - s0, t1 - t0
    if not m or not n:
        return [run]
    if m > _MAX_RUN or n > _MAX_RUN:
        return [(s0, s1, t0, t0), (s1, s1, t0, t1)]
    cost = [[_cost(sides[0][s0 + i].form, sides[1][t0 + j].form, table) for j in range(n)] for i in range(m)]
    best = [[_GAP * (i + j) if i == 0 or j == 0 else 0.0 for j in range(n + 1)] for i in range(m + 1)]
    for i in range(1, m + 1):
        for j in range(1, n + 1):
            best[i][j] = min(best[i - 1][j - 1] + cost[i - 1][j - 1], best[i - 1][j] + _GAP, best[i][j - 1] + _GAP)
    steps: list[_Run] = []
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
    return [(s0 + a, s0 + b, t0 + c, t0 + d) for a, b, c, d in _joined(steps[::-1])]


def _joined(steps: list[_Run]) -> list[_Run]:
    """A word left over joins the pairing before it, so that "the city" stands whole against "town"."""
    joined: list[_Run] = []
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


def _draft(bead: int, run: _Run, sides: Sequence[Sequence[Word]], first: Sequence[Container[int]], starts: Sequence[int]) -> _Draft:
    """The draft of words against words.

    Args:
        bead: The number of the bead.
        run: The places of the words.
        sides: The words of the bead.
        first: Where the first words of its sentences begin.
        starts: Where the bead begins, which may hold no words on one side.
    """
    found = []
    for side, (begin, end), openings, start in zip(sides, (run[:2], run[2:]), first, starts, strict=True):
        if begin < end:
            found.append((side[begin:end], Span(side[begin].start, side[end - 1].end), side[begin].start in openings))
        else:
            place = side[begin - 1].end if begin else start
            found.append((side[:0], Span(place, place), not begin))
    ours, theirs = found
    return _Draft(bead, (ours[0], theirs[0]), (ours[1], theirs[1]), (ours[2], theirs[2]))


def _gains(drafts: Sequence[_Draft], sides: tuple[_Side, _Side], pieces: Pieces, lm: PieceLM) -> NDArray[np.float64]:
    """For each draft, the bits that each side would save with the other's words in its place, and 0 where one is empty.

    A side's bits are those of its words and of the two pieces after them. Shape ``(n_drafts, 2)``.
    """
    gains = np.zeros((len(drafts), 2))
    wanted = [k for k, draft in enumerate(drafts) if all(draft.runs)]
    if not wanted:
        return gains
    own: list[NDArray[np.float64]] = []
    rows: list[list[int]] = []
    for k, side in enumerate(sides):
        places = [drafts[i].places[k] for i in wanted]
        first, end = side.pieces.places(np.array([p.start for p in places]), np.array([p.end for p in places]))
        stop = np.minimum(end + _AFTER, len(side.pieces.ids))
        own.append(side.total[stop] - side.total[first])
        row = [BEGIN, BEGIN, *side.pieces.ids.tolist()]  # what is at a place of the text stands two further here
        lent = _encoded([_lent(drafts[i], k, sides) for i in wanted], pieces)
        spans = zip(first.tolist(), end.tolist(), stop.tolist(), lent, strict=True)
        rows += [[*row[a : a + 2], *run, *row[b + 2 : c + 2]] for a, b, c, run in spans]
    given = _row_bits(rows, lm).reshape(2, -1)
    gains[wanted] = (np.stack(own) - given).T
    return gains


def _lent(draft: _Draft, k: int, sides: tuple[_Side, _Side]) -> str:
    """The other side's words as they would be written on side k: with its blank, and in its case where a sentence begins."""
    text, start = sides[k].text, draft.places[k].start
    written = draft.places[1 - k].of(sides[1 - k].text)
    if draft.opening[k]:
        written = (written[0].upper() if text[start].isupper() else written[0].lower()) + written[1:]
    return f" {written}" if text[start - 1 : start].isspace() else written


def _encoded(writings: Sequence[str], pieces: Pieces) -> list[list[int]]:
    """The pieces of each writing, all encoded together."""
    found = pieces.encode("|".join(["", *writings, ""]))  # a mark parts units, with or without a blank behind it
    ends = np.array(list(accumulate(len(written) + 1 for written in writings)), dtype=np.int64)
    starts = ends - np.array([len(written) for written in writings], dtype=np.int64)
    first, end = found.places(starts, ends)
    ids = found.ids.tolist()
    return [ids[a:b] for a, b in zip(first.tolist(), end.tolist(), strict=True)]


def _row_bits(rows: Sequence[Sequence[int]], lm: PieceLM) -> NDArray[np.float64]:
    """The bits of each row from its third piece on, all looked up together. Shape ``(n_rows,)``."""
    flat = np.array([piece for row in rows for piece in row], dtype=np.int64)
    pairs = lm.bigram(flat[:-1], flat[1:])
    bits = lm.bits(flat[:-2], flat[1:-1], flat[2:], context=pairs[:-1], pair=pairs[1:])
    total = np.concatenate(([0.0, 0.0, 0.0], np.cumsum(bits, dtype=np.float64)))
    ends = np.cumsum([len(row) for row in rows])
    return np.asarray(total[ends] - total[ends - [len(row) - 2 for row in rows]])


def _swap(draft: _Draft, sides: tuple[_Side, _Side], gain: NDArray[np.float64], table: Substitutions) -> Swap:
    source, target = draft.runs
    forms = tuple(word.form for word in source), tuple(word.form for word in target)
    relation = table.relation(forms[0][0], forms[1][0]) if len(source) == 1 == len(target) else "none"
    frequency = [min((table.zipf(f) for f in side if f not in FUNCTION_WORDS), default=7.0) for side in forms]
    capital = [all(side.text[w.start].isupper() for w in run) for run, side in zip(draft.runs, sides, strict=True)]
    return Swap(
        bead=draft.bead,
        source=draft.places[0],
        target=draft.places[1],
        source_forms=forms[0],
        target_forms=forms[1],
        relation=relation,
        is_function=all(f in FUNCTION_WORDS for side in forms for f in side),
        is_name=all(draft.runs) and all(capital) and not any(draft.opening),
        source_quoted=bool(source) and _inside(source[0], sides[0].quoted),
        target_quoted=bool(target) and _inside(target[0], sides[1].quoted),
        source_gain=float(gain[0]),
        target_gain=float(gain[1]),
        zipf_difference=frequency[0] - frequency[1] if all(draft.runs) else 0.0,
    )
