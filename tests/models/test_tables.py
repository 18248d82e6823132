"""How tables of weights are written."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.tables import write_table


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    """A table written twice is the same file, and its digest stands beside it."""
    table: dict[str, NDArray[Any]] = {"a": np.arange(5, dtype=np.uint16), "b": np.array([[0.5, 1.5]], dtype=np.float16)}
    written = []
    for _ in range(2):
        write_table(tmp_path / "table.npz", table)
        written.append((tmp_path / "table.npz").read_bytes())
    digests = json.loads((tmp_path / "digest.json").read_text(encoding="utf-8"))

    assert written[0] == written[1]
    assert digests == {"table.npz": sha256(written[0]).hexdigest()}


def test_a_table_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Names, types and values survive, without pickle."""
    table: dict[str, NDArray[Any]] = {"a": np.arange(5, dtype=np.uint16), "empty": np.zeros(0, dtype=np.float32)}
    write_table(tmp_path / "table.npz", table)
    with np.load(tmp_path / "table.npz", allow_pickle=False) as found:
        assert sorted(table) == sorted(found.files)
        for name, array in table.items():
            assert found[name].dtype == array.dtype
            np.testing.assert_array_equal(found[name], array)
