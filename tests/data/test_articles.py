"""The sample articles agree with their marks, and the checker can say no."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.build import ARTICLES, build
from data.check import check

GROUP = "ferry_inquiry"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A copy of one group, to be broken."""
    shutil.copytree(ARTICLES / GROUP, tmp_path / GROUP)
    return tmp_path


def test_the_shipped_articles_have_no_fault() -> None:
    """Texts, gold and marks of every group agree."""
    assert check(ARTICLES) == []


def test_there_are_ten_groups() -> None:
    """Ten stories, each with an original and the copies that gold is kept for."""
    assert len(list(ARTICLES.glob("*/gold.json"))) == 10


def _change_text(folder: Path) -> None:
    path = folder / GROUP / "spun.txt"
    path.write_bytes(path.read_bytes().replace(b"212", b"213"))


def _move_offset(folder: Path) -> None:
    path = folder / GROUP / "gold.json"
    gold = json.loads(path.read_text(encoding="utf-8"))
    gold["documents"]["spun"]["altered"][0]["start"] += 1
    path.write_text(json.dumps(gold), encoding="utf-8")


def _hide_swap(folder: Path) -> None:
    path = folder / GROUP / "marked" / "spun.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("[[Choose||Judge]]", "Choose", 1), encoding="utf-8")


def _drop_document(folder: Path) -> None:
    (folder / GROUP / "marked" / "broken.txt").unlink()


@pytest.mark.parametrize("damage", [_change_text, _move_offset, _hide_swap, _drop_document])
def test_damage_is_reported(articles: Path, damage: Callable[[Path], None]) -> None:
    """A changed text, a moved offset, an unmarked swap or a missing document is a fault that names its group."""
    assert check(articles) == []
    damage(articles)
    faults = check(articles)

    assert faults
    assert any(GROUP in fault for fault in faults)


def test_building_writes_nothing(articles: Path) -> None:
    """``build`` says what each file must hold and leaves the folder as it is."""
    before = {path: path.read_bytes() for path in articles.rglob("*") if path.is_file()}
    build(articles)

    assert before == {path: path.read_bytes() for path in articles.rglob("*") if path.is_file()}
