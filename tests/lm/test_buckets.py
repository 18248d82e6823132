"""The table of numbers finds what it holds, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import buckets
from detector.lm.buckets import SLOTS, Keys, arrange, find

_WORD = 1 << 64


def _keys(values: object) -> Keys:
    return np.array(values, dtype=np.uint64)


def _key_of_mark(mark: int, row: int) -> int:
    """The key that is mixed to a mark (its low half) and a row (its high half): the mixing, undone step by step."""
    mixed = row << 32 | mark
    for factor in (buckets._AGAIN, buckets._MIX):
        mixed = (mixed ^ mixed >> 32) * pow(int(factor), -1, _WORD) % _WORD
    return mixed


KEYS = st.sets(st.integers(0, 2**48 - 1), max_size=300)


@given(keys=KEYS, others=KEYS)
def test_what_is_held_is_found_where_it_stands(keys: set[int], others: set[int]) -> None:
    """Each key has a slot of its own and is found there, in any company; a key that is not held is found nowhere."""
    held = _keys(sorted(keys))
    table, slots = arrange(held)
    asked = sorted(others | keys)
    at = dict(zip(held.tolist(), slots.tolist(), strict=True))

    assert len(keys) == len(set(slots.tolist())) == int((table != 0).sum())
    assert [at.get(key, -1) for key in asked] == find(table, _keys(asked)).tolist()


@pytest.mark.parametrize("n_keys", [0, 1, 2, 3, 4, 5, 1000, 200_000])
def test_any_number_of_keys_has_room(n_keys: int) -> None:
    """As many keys as one likes are found, as many others are not, and the larger tables are filled to eight tenths or more."""
    drawn = np.random.default_rng(n_keys).permutation(np.unique(np.random.default_rng(5).integers(2**48, size=2 * n_keys + 9)))
    keys, others = _keys(drawn[:n_keys]), _keys(drawn[n_keys:])
    table, slots = arrange(keys)

    np.testing.assert_array_equal(slots, find(table, keys))
    assert set(find(table, others).tolist()) == {-1}
    assert n_keys < 1000 or n_keys >= 0.8 * table.size


@pytest.mark.parametrize("n_keys", [10, 1000, 50_000])
def test_a_key_is_in_its_second_row_only_where_its_first_is_full(n_keys: int) -> None:
    """Each key stands in its first row, or in its second while four others fill the first; no slot is free before a taken one."""
    keys = np.unique(np.random.default_rng(6).integers(2**48, size=n_keys)).astype(np.uint64)
    table, slots = arrange(keys)
    mixed = buckets._mixed(keys)
    first, mark = buckets._row_and_mark(mixed, len(table))
    row = slots // SLOTS
    away = row != first

    np.testing.assert_array_equal(mark, table.ravel()[slots])
    np.testing.assert_array_equal(row[away], buckets._second_row(mixed, len(table))[away])
    assert table[first[away]].all()
    assert (np.diff((table != 0).astype(int), axis=1) <= 0).all()
    assert n_keys < 1000 or away.any()


def test_a_mark_like_an_empty_slot_is_told_from_it() -> None:
    """A key whose mark would be 0 is found where it is held, and not where only empty slots are."""
    key = _keys([_key_of_mark(0, 77)])
    table, slots = arrange(key)

    assert buckets._mixed(key)[0] == 77 << 32
    assert find(table, key).tolist() == slots.tolist()
    assert find(arrange(_keys([]))[0], key).tolist() == [-1]


@given(keys=st.lists(st.integers(0, 2**48 - 1), min_size=1, max_size=50, unique=True))
def test_the_same_keys_give_the_same_table(keys: list[int]) -> None:
    """Nothing but the keys and their order decides what stands where."""
    for one, other in zip(arrange(_keys(keys)), arrange(_keys(keys)), strict=True):
        np.testing.assert_array_equal(one, other)
