"""Surprisal of pieces and words in genuine English, from n-grams of pieces (n <= 3), in bits.

Interpolated modified Kneser-Ney smoothing (Chen & Goodman 1999), the variant with three discounts; pruned trigrams give their
probability to the back-off weight. The tables are memory-mapped: ``models/piece_lm`` has them and how they were made.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset
from detector.lm.buckets import find
from detector.lm.pieces import BEGIN, PieceText

Ids = NDArray[np.int64]
Bits = NDArray[np.float32]
TABLES = ("pieces", "bigrams", "bigram_values", "trigrams", "trigram_values")
_16 = np.uint64(16)
_AT_ONCE = 8192
"""Pieces looked up together: what is made on the way stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class PieceLM:
    """Look-ups in the tables; all results in bits.

    Shapes: ``pieces (n_pieces, 2)`` and ``bigram_values (n_slots, 2)`` hold log2 probability and log2 back-off weight,
    ``trigram_values (n_slots,)`` log2 probability; ``bigrams`` and ``trigrams`` are the rows of ``buckets``.
    """

    pieces: NDArray[np.float16]
    bigrams: NDArray[np.uint32]
    bigram_values: NDArray[np.float16]
    trigrams: NDArray[np.uint32]
    trigram_values: NDArray[np.float16]

    def bigram(self, before: Ids, piece: Ids) -> Ids:
        """The slots of pairs of pieces, -1 for a pair never seen. Shapes ``(n,)``."""
        return find(self.bigrams, before.astype(np.uint64) << _16 | piece.astype(np.uint64))

    def _trigram(self, before2: Ids, before: Ids, piece: Ids) -> Ids:
        keys = (before2.astype(np.uint64) << _16 | before.astype(np.uint64)) << _16 | piece.astype(np.uint64)
        return find(self.trigrams, keys)

    def bits(self, before2: Ids, before: Ids, piece: Ids, *, context: Ids | None = None, pair: Ids | None = None) -> Bits:
        """``-log2 p(piece | before2 before)``. Shapes ``(n,)``.

        Args:
            before2: The pieces two places before.
            before: The pieces one place before.
            piece: The pieces asked for.
            context: ``bigram(before2, before)``, where it is known already.
            pair: ``bigram(before, piece)``, where it is known already.
        """
        context = self.bigram(before2, before) if context is None else context
        pair = self.bigram(before, piece) if pair is None else pair
        # Flat and with a place for -1: numpy takes these several times as fast as cells of rows and columns.
        single, double = self.pieces.ravel(), self.bigram_values.ravel()
        backed = single.take(2 * before + 1).astype(np.float32) + single.take(2 * piece)
        log_p = np.where(pair >= 0, double.take(2 * pair, mode="wrap"), backed)
        log_p += np.where(context >= 0, double.take(2 * context + 1, mode="wrap"), np.float16(0))
        held = np.flatnonzero((context >= 0) & (pair >= 0))  # a trigram is kept only with both of its pairs
        slots = self._trigram(before2[held], before[held], piece[held])
        known = slots >= 0
        log_p[held[known]] = self.trigram_values[slots[known]]
        return np.asarray(-log_p, dtype=np.float32)

    def surprisal(self, ids: Ids) -> Bits:
        """The bits of each piece after those before it; the first comes after the beginning of a text. Shape ``(n_pieces,)``."""
        row = np.concatenate(([BEGIN, BEGIN], ids))
        found = np.empty(len(ids), dtype=np.float32)
        for first in range(0, len(ids), _AT_ONCE):
            part = row[first : first + _AT_ONCE + 2]
            pairs = self.bigram(part[:-1], part[1:])
            found[first : first + _AT_ONCE] = self.bits(part[:-2], part[1:-1], part[2:], context=pairs[:-1], pair=pairs[1:])
        return found

    def of_spans(self, text: PieceText, starts: Ids, ends: Ids) -> Bits:
        """The bits of runs of characters of a text (words, sentences): the sum over their pieces. Shape ``(n_spans,)``."""
        total = np.concatenate(([0.0], np.cumsum(self.surprisal(text.ids), dtype=np.float64)))
        first, end = text.places(starts, ends)
        return np.asarray(total[np.maximum(end, first)] - total[first], dtype=np.float32)


def read_piece_lm(folder: Path) -> PieceLM:
    """The tables of a folder, memory-mapped; their digests are not checked."""
    return PieceLM(**{name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in TABLES})


@cache
def load_piece_lm() -> PieceLM:
    """The tables that ship with the package, their digests checked, once a process."""
    checked = [asset("piece_lm", f"{name}.npy") for name in TABLES]
    return read_piece_lm(checked[0].parent)
