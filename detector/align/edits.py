"""Word edits inside a bead: runs kept, swapped, moved, inserted and deleted.

The longest common subsequence of the word forms (rapidfuzz's Indel, after Hyyrö 2004) gives the runs; a run deleted here and
inserted there is a move.
"""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from detector.text import Word
from detector.types import EditOp, Span, WordEdit

_MIN_MOVED_WORDS = 2


def word_edits(source: Sequence[Word], target: Sequence[Word], source_start: int, target_start: int) -> tuple[WordEdit, ...]:
    """The edits that lead from the source's words to the target's, in source order; each word is in exactly one.

    Args:
        source: Words of the bead's source side, in order.
        target: Words of its target side.
        source_start: Where an insertion before the first source word is placed.
        target_start: The same for the target.
    """
    forms = [w.form for w in source], [w.form for w in target]
    if forms[1] < forms[0]:  # of equally long subsequences the same one, whichever document is the source
        return _in_order(edit.inverse() for edit in word_edits(target, source, target_start, source_start))
    blocks: list[tuple[int, int, int, int]] = []
    for op in Indel.opcodes(forms[0], forms[1]):
        ours = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if op.tag != "equal" and blocks and not _is_equal(blocks[-1], forms) and blocks[-1][1] == op.src_start:
            last = blocks.pop()
            ours = (last[0], op.src_end, last[2], op.dest_end)
        blocks.append(ours)
    moves = _moves(blocks, forms)
    edits = []
    for i, (s0, s1, t0, t1) in enumerate(blocks):
        if i in moves:
            continue
        spans = _span(source, s0, s1, source_start), _span(target, t0, t1, target_start)
        edits.append(WordEdit(_op((s0, s1, t0, t1), forms), *spans))
    for deleted, inserted in moves.items():
        if deleted != inserted and blocks[deleted][0] < blocks[deleted][1]:
            s0, s1 = blocks[deleted][:2]
            t0, t1 = blocks[inserted][2:]
            edits.append(WordEdit("move", _span(source, s0, s1, source_start), _span(target, t0, t1, target_start)))
    return _in_order(edits)


def _in_order(edits: Iterable[WordEdit]) -> tuple[WordEdit, ...]:
    return tuple(sorted(edits, key=lambda e: (e.source.start, e.source.end, e.target.start)))


def _op(block: tuple[int, int, int, int], forms: tuple[list[str], list[str]]) -> EditOp:
    if _is_equal(block, forms):
        return "keep"
    if block[0] == block[1]:
        return "insert"
    return "swap" if block[2] < block[3] else "delete"


def _is_equal(block: tuple[int, int, int, int], forms: tuple[list[str], list[str]]) -> bool:
    return block[1] > block[0] and forms[0][block[0] : block[1]] == forms[1][block[2] : block[3]]


def _moves(blocks: Sequence[tuple[int, int, int, int]], forms: tuple[list[str], list[str]]) -> dict[int, int]:
    """Blocks that are one move, each with its other half: the same words deleted in one place and inserted in another."""
    inserted = {tuple(forms[1][t0:t1]): i for i, (s0, s1, t0, t1) in enumerate(blocks) if s0 == s1 and t1 - t0 >= _MIN_MOVED_WORDS}
    pairs: dict[int, int] = {}
    for i, (s0, s1, t0, t1) in enumerate(blocks):
        other = inserted.pop(tuple(forms[0][s0:s1]), None) if t0 == t1 else None
        if other is not None:
            pairs[i] = other
            pairs[other] = i
    return pairs


def _span(words: Sequence[Word], first: int, end: int, start: int) -> Span:
    if first < end:
        return Span(words[first].start, words[end - 1].end)
    place = words[first - 1].end if first else start
    return Span(place, place)
