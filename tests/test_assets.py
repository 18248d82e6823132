"""Weights and tables are read only when they are the files their digest names."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from detector import assets
from detector.errors import AssetError

CONTENT = b"a table"


def _list(folder: Path, content: bytes) -> None:
    """Write the digests of the model ``toy``, as if its one file had this content."""
    digests = {"table.json": sha256(content).hexdigest()}
    (folder / "toy" / "digest.json").write_text(json.dumps(digests), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of models with one model, ``toy``, of one file; nothing is remembered from before or for after."""
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "table.json").write_bytes(CONTENT)
    _list(tmp_path, CONTENT)
    monkeypatch.setattr(assets, "MODELS", tmp_path)
    assets.asset.cache_clear()
    assets.digests.cache_clear()
    yield tmp_path
    assets.asset.cache_clear()
    assets.digests.cache_clear()


def test_a_file_with_the_right_digest_is_found(folder: Path) -> None:
    """The path of a listed, undamaged file is given."""
    assert folder / "toy" / "table.json" == assets.asset("toy", "table.json")


def test_a_wrong_digest_is_refused(folder: Path) -> None:
    """A file with one byte changed is refused, and the message names it, both digests and the remedy."""
    (folder / "toy" / "table.json").write_bytes(b"b table")
    with pytest.raises(AssetError) as refused:
        assets.asset("toy", "table.json")

    for part in ("table.json", sha256(b"b table").hexdigest()[:12], sha256(CONTENT).hexdigest()[:12], "reinstall"):
        assert part in str(refused.value)


def test_a_file_that_is_not_listed_is_refused(folder: Path) -> None:
    """A file that no digest vouches for is refused, though it is there."""
    (folder / "toy" / "other.json").write_bytes(CONTENT)
    with pytest.raises(AssetError, match=r"other\.json"):
        assets.asset("toy", "other.json")


def test_a_missing_file_is_refused(folder: Path) -> None:
    """A listed file that is not there is refused with its path."""
    (folder / "toy" / "table.json").unlink()
    with pytest.raises(AssetError, match=r"table\.json"):
        assets.asset("toy", "table.json")


def test_a_model_that_is_not_there_is_refused_with_its_name(folder: Path) -> None:
    """A model with no digest file is refused with its name."""
    with pytest.raises(AssetError, match="'absent'"):
        assets.digests("absent")


def test_the_short_digest_follows_the_files(folder: Path) -> None:
    """Another file gives another short digest of a model."""
    before = assets.short_digest("toy")
    _list(folder, b"b table")
    assets.digests.cache_clear()

    assert before != assets.short_digest("toy")


def test_the_shipped_models_are_whole() -> None:
    """Every file that a shipped model lists is there and is the one its digest names."""
    assets.digests.cache_clear()
    for listed in sorted(assets.MODELS.glob("*/digest.json")):
        for file in assets.digests(listed.parent.name):
            assert assets.asset(listed.parent.name, file).is_file()
