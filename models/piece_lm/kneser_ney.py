"""Interpolated modified Kneser-Ney estimates of trigrams (Chen & Goodman 1999), and the tables and ARPA files made of them.

Counts of pairs and single pieces are those of their different predecessors, but for pairs that begin a text. Trigrams seen fewer
than ``least`` times are left out, and what they had goes to the back-off weight of their context.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.lm.buckets import SLOTS, arrange
from detector.lm.piece_lm import PieceLM
from detector.lm.pieces import BEGIN, END

Keys = NDArray[np.uint64]
Values = NDArray[np.float64]
_16, _32, _LOW = np.uint64(16), np.uint64(32), np.uint64(0xFFFF)
_LEAST_LOG = -20.0
"""log2 of a back-off weight of nothing: all that followed the context is kept."""
_NATURAL = np.log10(2.0)


@dataclass(frozen=True, slots=True)
class Estimates:
    """log2 probabilities and back-off weights; keys are pieces packed sixteen bits each, ascending."""

    p: Values
    rest: Values
    pairs: Keys
    p_pair: Values
    rest_pair: Values
    triples: Keys
    p_triple: Values


def _discounts(counts: NDArray[np.int64]) -> Values:
    """What is taken off counts of 0, 1, 2 and 3 or more: equation 26 of Chen & Goodman; plain where a count of counts is 0."""
    n1, n2, n3, n4 = (max(int((counts == k).sum()), 1) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    return np.array([0.0, *(min(max(d, 0.1), k - 0.1) for k, d in enumerate(found[1:], 1))])


def _taken(counts: NDArray[np.int64]) -> Values:
    return np.asarray(_discounts(counts)[np.minimum(counts, 3)])


def estimate(texts: Sequence[NDArray[np.int64]], n_pieces: int, least: int = 2) -> Estimates:
    """The estimates from the pieces of texts.

    Args:
        texts: Pieces of each text, none of which is ``BEGIN``. Shapes ``(n,)``.
        n_pieces: Size of the vocabulary, at most 2^16.
        least: Trigrams seen fewer times are left out.
    """
    rows = [np.concatenate(([BEGIN], text)).astype(np.uint64) for text in texts if len(text)]
    raw, n_raw = np.unique(np.concatenate([r[:-1] << _16 | r[1:] for r in rows]), return_counts=True)
    triples, n_triple = np.unique(
        np.concatenate([r[:-2] << _32 | r[1:-1] << _16 | r[2:] for r in rows if len(r) > 2] or [rows[0][:0]]), return_counts=True
    )
    pairs, n_pair = raw.copy(), np.zeros_like(n_raw)
    ending, n_ending = np.unique(triples & np.uint64(0xFFFFFFFF), return_counts=True)
    n_pair[np.searchsorted(pairs, ending)] = n_ending
    begins = raw >> _16 == BEGIN
    n_pair[begins] = n_raw[begins]  # nothing stands before the beginning of a text: these keep their own counts
    first, last = (pairs >> _16).astype(np.int64), (pairs & _LOW).astype(np.int64)
    n_piece = np.bincount(last, minlength=n_pieces)
    taken = _taken(n_piece)
    p = (n_piece - taken) / n_piece.sum() + taken.sum() / n_piece.sum() / n_pieces
    taken = _taken(n_pair)
    total = np.bincount(first, weights=n_pair, minlength=n_pieces)
    rest = _share(np.bincount(first, weights=taken, minlength=n_pieces), total)
    p_pair = (n_pair - taken) / total[first] + rest[first] * p[last]
    context, shorter = np.searchsorted(pairs, triples >> _16), np.searchsorted(pairs, triples & np.uint64(0xFFFFFFFF))
    kept = n_triple >= least
    taken = np.where(kept, _taken(n_triple), n_triple)
    total = np.bincount(context, weights=n_triple, minlength=len(pairs))
    rest_pair = _share(np.bincount(context, weights=taken, minlength=len(pairs)), total)
    p_triple = (n_triple - taken) / total[context] + rest_pair[context] * p_pair[shorter]
    logs = [np.maximum(np.log2(np.maximum(v, 1e-9)), _LEAST_LOG) for v in (p, rest, p_pair, rest_pair, p_triple[kept])]
    return Estimates(logs[0], logs[1], pairs, logs[2], logs[3], triples[kept], logs[4])


def _share(part: NDArray[Any], total: NDArray[Any]) -> Values:
    """``part / total``, 1 where the total is 0: a context never seen leaves all to the shorter one."""
    return np.asarray(np.where(total > 0, part / np.maximum(total, 1), 1.0))


def tables(found: Estimates) -> dict[str, NDArray[Any]]:
    """The arrays of a ``PieceLM``, by its fields."""
    half = np.float16
    bigrams, pair_slots = arrange(found.pairs)
    trigrams, triple_slots = arrange(found.triples)
    bigram_values = np.zeros((len(bigrams) * SLOTS, 2), dtype=half)
    bigram_values[pair_slots] = np.stack([found.p_pair, found.rest_pair], axis=1)
    trigram_values = np.zeros(len(trigrams) * SLOTS, dtype=half)
    trigram_values[triple_slots] = found.p_triple
    pieces = np.stack([found.p, found.rest], axis=1).astype(half)
    made = (pieces, bigrams, bigram_values, trigrams, trigram_values)
    return dict(zip(("pieces", "bigrams", "bigram_values", "trigrams", "trigram_values"), made, strict=True))


def piece_lm(found: Mapping[str, NDArray[Any]]) -> PieceLM:
    """The model that the tables make."""
    return PieceLM(**found)


def write_arpa(found: Estimates, path: Path) -> None:
    """Write the estimates as an ARPA file, pieces as their numbers, which other tools read (log10, as the format wants)."""

    def name(piece: int) -> str:
        return {BEGIN: "<s>", END: "</s>"}.get(piece, str(piece))

    def line(values: Sequence[float], key: int, order: int) -> str:
        pieces = " ".join(name(key >> 16 * k & 0xFFFF) for k in range(order - 1, -1, -1))
        return "\t".join([f"{values[0] * _NATURAL:.6f}", pieces, *(f"{v * _NATURAL:.6f}" for v in values[1:])])

    n = len(found.p), len(found.pairs), len(found.triples)
    with path.open("w", encoding="utf-8") as out:
        print("\n\\data\\", *(f"ngram {k}={n_k + (k == 1)}" for k, n_k in enumerate(n, 1)), sep="\n", file=out)
        print("\n\\1-grams:\n-99\t<unk>\t0", file=out)
        for key, both in enumerate(zip(found.p.tolist(), found.rest.tolist(), strict=True)):
            print(line(both, key, 1), file=out)
        print("\n\\2-grams:", file=out)
        for key, *values in zip(found.pairs.tolist(), found.p_pair.tolist(), found.rest_pair.tolist(), strict=True):
            print(line(values, key, 2), file=out)
        print("\n\\3-grams:", file=out)
        for key, value in zip(found.triples.tolist(), found.p_triple.tolist(), strict=True):
            print(line((value,), key, 3), file=out)
        print("\n\\end\\", file=out)
