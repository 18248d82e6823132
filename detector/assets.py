"""The one place that finds weights and tables, and checks that they are the files their digest names.

``models/NAME/digest.json`` holds the SHA-256 of each run-time file of a model. Digests are of files, never of what a model
computes. A file is checked once a process, when it is first asked for.
"""

import json
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

from detector.errors import AssetError

MODELS = Path(__file__).parent / "models"


@cache
def digests(model: str) -> dict[str, str]:
    """The SHA-256 of each run-time file of ``models/<model>``.

    Raises:
        AssetError: There is no such model, or its digest file is missing.
    """
    path = MODELS / model / "digest.json"
    if not path.is_file():
        msg = f"{path}: not found; expected the digests of the model {model!r}. Reinstall the package, or check out models/ again"
        raise AssetError(msg)
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def asset(model: str, file: str) -> Path:
    """The path of a run-time file, its digest checked.

    Raises:
        AssetError: The file is missing, is not listed, or is not the one its digest names.
    """
    expected = digests(model).get(file)
    path = MODELS / model / file
    if expected is None or not path.is_file():
        msg = f"{path}: not found or not listed in digest.json; reinstall the package, or check out models/ again"
        raise AssetError(msg)
    with path.open("rb") as handle:
        found = file_digest(handle, "sha256").hexdigest()
    if found != expected:
        msg = f"{path}: SHA-256 is {found[:12]}..., expected {expected[:12]}...; it is damaged or another version's: reinstall"
        raise AssetError(msg)
    return path


def short_digest(model: str) -> str:
    """Eight hexadecimal digits that name a model's files, for signatures."""
    return sha256("".join(f"{file} {digest}\n" for file, digest in sorted(digests(model).items())).encode()).hexdigest()[:8]
