"""The gate itself: it can fail, and it does not lower a floor unasked."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.quality import gate


@pytest.fixture
def small_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate with one figure of .9 on a folder of its own, its floors in a temporary file."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "one.txt").write_text("one", encoding="utf-8")
    monkeypatch.setattr(gate, "_SOURCES", (("toy", lambda: {"toy.share": 0.9}, data),))
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "RESULTS", tmp_path / "results.md")
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["gate", *arguments])
    return gate.main()


def _floor(folder: Path, floor: float) -> None:
    kept = {"data": {"toy": gate.digest(folder / "data")}, "floors": {"toy.share": floor}}
    (folder / "floors.json").write_text(json.dumps(kept), encoding="utf-8")


def test_a_figure_above_its_floor_passes(small_gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate ends with 0 where nothing fell."""
    _floor(small_gate, 0.85)

    assert _run(monkeypatch) == 0


def test_a_figure_below_its_floor_fails(small_gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate ends with 1 where a figure fell below its floor."""
    _floor(small_gate, 0.95)

    assert _run(monkeypatch) == 1


def test_a_floor_of_other_data_is_not_held_against_a_figure(small_gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data changed, the old floor says nothing."""
    _floor(small_gate, 0.95)
    (small_gate / "data" / "two.txt").write_text("two", encoding="utf-8")

    assert _run(monkeypatch) == 0


def test_a_floor_is_lowered_only_when_asked(small_gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--set`` refuses to lower a floor; ``--allow-regression`` lets it where the changelog names the figure."""
    _floor(small_gate, 0.95)
    changelog = small_gate / "CHANGELOG.md"
    changelog.write_text("## [Unreleased]\n\n## [0.1.0]\n\n- toy.share fell once\n", encoding="utf-8")
    monkeypatch.setattr(gate, "CHANGELOG", changelog)

    assert _run(monkeypatch, "--set") == 1
    assert _run(monkeypatch, "--set", "--allow-regression") == 1
    assert json.loads((small_gate / "floors.json").read_text(encoding="utf-8"))["floors"]["toy.share"] == 0.95
    changelog.write_text("## [Unreleased]\n\n- toy.share: the floor falls, as its data was wrong\n", encoding="utf-8")
    assert _run(monkeypatch, "--set", "--allow-regression") == 0
    assert json.loads((small_gate / "floors.json").read_text(encoding="utf-8"))["floors"]["toy.share"] == 0.88


def test_a_figure_whose_data_is_absent_is_named(
    small_gate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What could not be measured is said, not passed over."""
    monkeypatch.setattr(gate, "_SOURCES", (("toy", lambda: {"toy.share": 0.9}, small_gate / "nowhere"),))

    assert _run(monkeypatch) == 0
    assert "toy: left out" in capsys.readouterr().out
