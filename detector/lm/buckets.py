"""A table of many whole numbers that is read from disk as it lies and looked up in bulk.

Cuckoo hashing with rows of four slots (Pagh & Rodler 2004; Dietzfelbinger & Weidling 2007): each key is mixed to 64 bits, which
name its two rows and the mark that is kept there. A key stands in its second row only where the first is full, so that one
gather of sixteen bytes settles most look-ups, and two settle all. The keys cannot be read back, and one that is not in the table
is taken for one that is in eight of 2^32 cases.
"""

import numpy as np
from numpy.typing import NDArray

SLOTS = 4
_LOAD = 0.85
"""Share of the slots that are filled; two rows of four slots could hold .98 (Dietzfelbinger & Weidling), in many more steps."""
_MIX, _AGAIN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)  # odd constants of Steele et al. (2014)
_HALF = np.uint64(32)
_SEED = 20161122
_ELSEWHERE = -2

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]


def _mixed(keys: Keys) -> Keys:
    mixed = keys * _MIX
    mixed ^= mixed >> _HALF
    mixed *= _AGAIN
    mixed ^= mixed >> _HALF
    return mixed


def _row_and_mark(mixed: Keys, n_rows: int) -> tuple[Rows, NDArray[np.uint32]]:
    """The first row of each key, and what its slot holds: never 0, which is an empty slot."""
    mark = mixed.astype(np.uint32)
    np.maximum(mark, np.uint32(1), out=mark)
    return ((mixed >> _HALF) * np.uint64(n_rows) >> _HALF).view(np.int64), mark


def _second_row(mixed: Keys, n_rows: int) -> Rows:
    again = mixed * _AGAIN
    return ((again >> _HALF) * np.uint64(n_rows) >> _HALF).view(np.int64)


def arrange(keys: Keys) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The table that holds the keys, and the slot of each.

    Args:
        keys: All different. Shape ``(n,)``.

    Returns:
        Rows, shape ``(n_rows, 4)``, and slots, shape ``(n,)``: row times four plus place.
    """
    n_rows = int(len(keys) / (_LOAD * SLOTS)) + 2
    mixed = _mixed(keys)
    first, mark = _row_and_mark(mixed, n_rows)
    second = _second_row(mixed, n_rows)
    holder = np.full((n_rows, SLOTS), -1, dtype=np.int64)  # which key stands in each slot
    rng = np.random.default_rng(_SEED)
    waiting = _settle(holder, np.arange(len(keys)), first)
    while len(waiting):
        waiting = _settle(holder, waiting, second)
        # Both rows are full: the key takes a slot of its first or second row, and who stood there waits.
        row = np.where(rng.random(len(waiting)) < 0.5, first[waiting], second[waiting])
        _, one_a_row = np.unique(row, return_index=True)
        place = rng.integers(SLOTS, size=len(one_a_row))
        driven = holder[row[one_a_row], place]
        holder[row[one_a_row], place] = waiting[one_a_row]
        waiting = _settle(holder, np.concatenate((np.delete(waiting, one_a_row), driven)), first)
    taken = holder.ravel() >= 0
    slots = np.empty(len(keys), dtype=np.int64)
    slots[holder.ravel()[taken]] = np.flatnonzero(taken)
    table = np.zeros(holder.size, dtype=np.uint32)
    table[taken] = mark[holder.ravel()[taken]]
    return table.reshape(n_rows, SLOTS), slots


def _settle(holder: NDArray[np.int64], waiting: NDArray[np.int64], rows: Rows) -> NDArray[np.int64]:
    """Put each waiting key into a free slot of its row, slots filled from the left; those for which there is none are left."""
    order = np.argsort(rows[waiting], kind="stable")
    key, row = waiting[order], rows[waiting][order]
    place = (holder[row] >= 0).sum(axis=1) + np.arange(len(row)) - np.searchsorted(row, row, side="left")
    fits = place < SLOTS
    holder[row[fits], place[fits]] = key[fits]
    left: NDArray[np.int64] = key[~fits]
    return left


def find(table: NDArray[np.uint32], keys: Keys) -> NDArray[np.int64]:
    """The slot of each key, -1 for a key that the table does not hold. Shapes ``(n,)``."""
    mixed = _mixed(keys)
    row, mark = _row_and_mark(mixed, len(table))
    slots = _in_row(table, row, mark)
    rest = np.flatnonzero(slots == _ELSEWHERE)
    if len(rest):
        found = _in_row(table, _second_row(mixed[rest], len(table)), mark[rest])
        slots[rest] = np.maximum(found, -1)
    return slots


def _in_row(table: NDArray[np.uint32], row: Rows, mark: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The slot of each mark in its row; where it is not there, -1, or ``_ELSEWHERE`` where the row is full."""
    rows = table.view(np.complex128)[:, 0]  # sixteen bytes at a time: numpy gathers these several times as fast as rows
    held = rows.take(row).view(np.uint32).reshape(-1, SLOTS)
    same = (held == mark[:, None]).view(np.uint32)[:, 0]  # a byte for each slot, 1 where it is this one
    place = _PLACE.take(same % _PRIME)
    return np.where(place >= 0, row * SLOTS + place, np.where(held[:, SLOTS - 1] != 0, np.int64(_ELSEWHERE), np.int64(-1)))


_PRIME = np.uint32(11)
"""Leaves different rests of the four words that have a 1 in one of their bytes."""
_PLACE = np.full(int(_PRIME), -1, dtype=np.int64)
for _place in range(SLOTS):
    _byte = np.zeros(SLOTS, dtype=np.uint8)
    _byte[_place] = 1
    _PLACE[int(_byte.view(np.uint32)[0] % _PRIME)] = _place
