"""How tables are written: the same arrays give the same bytes."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np


def write_table(path: Path, table: dict[str, np.ndarray]) -> None:
    """Write an npz with fixed time stamps, and its digest to ``digest.json`` beside it.

    Stored, not deflated: inflating the tables costs each cold start, and git and wheels deflate them anyway.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in table.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue())
    write_digest(path)


def write_digest(*paths: Path) -> None:
    """Write the SHA-256 of the run-time files of one folder to ``digest.json`` beside them."""
    digest = {path.name: sha256(path.read_bytes()).hexdigest() for path in paths}
    (paths[0].parent / "digest.json").write_text(json.dumps(digest, indent=1) + "\n", encoding="utf-8")
