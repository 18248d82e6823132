"""Laws of ``detector clean``."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import Result

from detector.report.as_json import schema

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]

PAGE = "The mayor&#8217;s of\u00adfice\nAdvertisement\r\nsaid no.\n"
CLEAN = "The mayor’s office\nsaid no.\n"


@pytest.fixture
def page(files: Path) -> Path:
    """``page.txt``, and ``pages.jsonl`` with two texts, of which one needs repair."""
    (files / "page.txt").write_bytes(PAGE.encode())
    records = [{"id": "one", "text": PAGE, "title": "A title"}, {"id": "two", "text": "Nothing to do."}]
    (files / "pages.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return files


def valid(written: str) -> list[dict[str, object]]:
    """The values of JSON Lines, each as the schema says."""
    found = [json.loads(line) for line in written.splitlines()]
    for value in found:
        Draft202012Validator(schema()).validate(value)
    return found


@pytest.mark.usefixtures("page")
def test_the_cleaned_text_and_nothing_else_is_data(run: Run) -> None:
    """Standard output is the cleaned text, byte for byte; what was done is told on standard error, code by code."""
    result = run("clean", "page.txt")

    assert (result.exit_code, result.stdout_bytes) == (0, CLEAN.encode())
    assert result.stderr.splitlines()[0] == "cleaned 1 text: 3 repairs in 1"
    assert [line.split() for line in result.stderr.splitlines()[1:]] == [
        ["1", "boilerplate.line"], ["1", "hidden.zero-width"], ["1", "markup.entity"],
    ]  # fmt: skip


def test_a_clean_text_comes_back_the_same(run: Run, files: Path) -> None:
    """Where there is nothing to repair the bytes are those that were read."""
    result = run("clean", "original.txt")

    assert result.stdout_bytes == (files / "original.txt").read_bytes()
    assert "0 repairs in 0" in result.stderr


@pytest.mark.usefixtures("page")
def test_lines_hold_the_cleaned_documents(run: Run) -> None:
    """JSON Lines are as the schema says, in order, and read as input they are the cleaned documents with their titles."""
    lines = valid(run("clean", "pages.jsonl", "--format", "jsonl").stdout)

    assert [(line["id"], line["text"], line["title"]) for line in lines] == [
        ("one", CLEAN, "A title"), ("two", "Nothing to do.", None),
    ]  # fmt: skip


@pytest.mark.usefixtures("page")
def test_one_value_says_what_the_lines_say(run: Run) -> None:
    """JSON holds the same documents in the same order, and one signature."""
    (value,) = valid(json.dumps(json.loads(run("clean", "pages.jsonl", "--format", "json").stdout)))
    lines = valid(run("clean", "pages.jsonl", "--format", "jsonl").stdout)

    assert {line.pop("signature") for line in lines} == {value["signature"]}
    assert lines == value["cleaned"]


def test_the_output_may_be_a_file(run: Run, page: Path) -> None:
    """``--out`` takes what standard output would have had."""
    result = run("clean", "page.txt", "--out", "clean.txt")

    assert result.stdout == ""
    assert (page / "clean.txt").read_bytes() == CLEAN.encode()


@pytest.mark.usefixtures("page")
def test_a_difference_shows_each_repair_on_one_line(run: Run) -> None:
    """``--diff`` says where, what and what instead; what cannot be seen is shown as its code point."""
    lines = run("clean", "page.txt", "--diff").stderr.splitlines()[:3]

    assert lines == [
        "page.txt:9-16: markup.entity: “&#8217;” -> “’”",
        "page.txt:18-25: hidden.zero-width: “of<U+00AD>fice” -> “office”",
        "page.txt:26-41: boilerplate.line: “Advertisement ” -> “”",
    ]


def test_the_repairs_are_undone(run: Run, page: Path) -> None:
    """What ``--repairs`` wrote gives back the text as read, byte for byte, under any name."""
    run("clean", "page.txt", "--out", "clean.txt", "--repairs", "repairs.jsonl")
    valid((page / "repairs.jsonl").read_text(encoding="utf-8"))
    result = run("clean", "clean.txt", "--undo", "repairs.jsonl")

    assert (result.exit_code, result.stdout_bytes) == (0, PAGE.encode())


@pytest.mark.usefixtures("page")
def test_lines_are_undone_by_themselves(run: Run) -> None:
    """The lines that ``clean`` writes hold all that undoing needs; undone they are the documents as read."""
    run("clean", "pages.jsonl", "--format", "jsonl", "--out", "clean.jsonl")
    lines = valid(run("clean", "clean.jsonl", "--undo", "clean.jsonl", "--format", "jsonl").stdout)
    value = json.loads(run("clean", "clean.jsonl", "--undo", "clean.jsonl", "--format", "json").stdout)

    assert [line["text"] for line in lines] == [PAGE, "Nothing to do."]
    assert lines == value["documents"]


def test_another_text_is_not_undone(run: Run, page: Path) -> None:
    """A text that was edited since is refused with what to do, and nothing is written."""
    run("clean", "page.txt", "--out", "clean.txt", "--repairs", "repairs.jsonl")
    (page / "clean.txt").write_text("The mayor’s office\nsaid yes.\n", encoding="utf-8")
    result = run("clean", "clean.txt", "--undo", "repairs.jsonl")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "edited since" in result.stderr


def test_repairs_that_were_edited_are_refused(run: Run, page: Path) -> None:
    """Repairs that no longer lead to the text as read are told by its digest."""
    run("clean", "page.txt", "--out", "clean.txt", "--repairs", "repairs.jsonl")
    lines = (page / "repairs.jsonl").read_text(encoding="utf-8")
    (page / "repairs.jsonl").write_text(lines.replace("&#8217;", "&#8216;"), encoding="utf-8")
    result = run("clean", "clean.txt", "--undo", "repairs.jsonl")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "were edited" in result.stderr


def test_texts_that_were_cleaned_to_the_same_are_told_by_their_ids(run: Run, page: Path) -> None:
    """Of two texts with one cleaned text the one of the same id comes back; without it the question is refused."""
    records = [{"id": "one", "text": PAGE}, {"id": "two", "text": CLEAN}]
    (page / "same.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    run("clean", "same.jsonl", "--format", "jsonl", "--out", "clean.jsonl")
    lines = valid(run("clean", "clean.jsonl", "--undo", "clean.jsonl", "--format", "jsonl").stdout)
    (page / "clean.txt").write_bytes(CLEAN.encode())
    result = run("clean", "clean.txt", "--undo", "clean.jsonl")

    assert [line["text"] for line in lines] == [PAGE, CLEAN]
    assert result.exit_code == 3
    assert "one, two" in result.stderr


@pytest.mark.parametrize("content", ["no JSON", "{}", '{"id": 1, "sha256_read": "", "sha256_cleaned": "", "repairs": []}', "\xff"])
def test_a_file_of_anything_else_is_refused(run: Run, page: Path, content: str) -> None:
    """What is no file of repairs is named with its line."""
    (page / "repairs.jsonl").write_bytes(content.encode("latin-1"))
    result = run("clean", "page.txt", "--undo", "repairs.jsonl")

    assert result.exit_code == 3
    assert "repairs.jsonl" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("pages.jsonl",), "--format jsonl"),
        (("page.txt", "original.txt"), "--format jsonl"),
        (("page.txt", "--out", "./page.txt"), "another name"),
        (("page.txt", "--out", "x", "--repairs", "x"), "another name"),
        (("page.txt", "--undo", "x", "--repairs", "y"), "--undo and --repairs"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(run: Run, words: tuple[str, ...], expected: str) -> None:
    """Several texts as text, one file for two purposes, repairs of an undoing: usage, told in one line."""
    result = run("clean", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_help_shows_an_example_and_explains_each_option(run: Run) -> None:
    """The help has an example, and no option without words."""
    shown = run("clean", "--help").stdout

    assert "  detector clean page.txt" in shown
    for option in ("--format", "--out", "--repairs", "--diff", "--undo", "--encoding", "--config"):
        words = shown[shown.index(f"  {option} ") :].split("\n  -")[0].split()
        assert len(words) > 4


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    "asked",
    [
        ("broken.jsonl", "--format", "jsonl", "--out", "kept.txt", "--repairs", "also.txt"),
        ("page.txt", "--undo", "broken.jsonl", "--out", "kept.txt"),
        ("page.txt", "--undo", "missing.jsonl", "--out", "kept.txt"),
    ],
)
def test_after_an_error_the_files_that_stood_there_stay(run: Run, files: Path, asked: tuple[str, ...]) -> None:
    """Nothing is half written, nothing written over, and no part of a file is left behind."""
    (files / "broken.jsonl").write_text('{"text": "one &amp; two"}\n{"text": 3}\n', encoding="utf-8")
    for name in ("kept.txt", "also.txt"):
        (files / name).write_text("what stood there", encoding="utf-8")
    result = run("clean", *asked)

    assert result.exit_code == 3
    assert {(files / name).read_text(encoding="utf-8") for name in ("kept.txt", "also.txt")} == {"what stood there"}
    assert not list(files.glob("*.part"))


@pytest.mark.usefixtures("page")
def test_a_link_keeps_its_place(run: Run, files: Path) -> None:
    """What is written goes to the file that a link names; the link stays a link."""
    (files / "behind.txt").write_text("before", encoding="utf-8")
    (files / "link.txt").symlink_to("behind.txt")
    run("clean", "page.txt", "--out", "link.txt")

    assert (files / "link.txt").is_symlink()
    assert (files / "behind.txt").read_bytes() == CLEAN.encode()


@pytest.mark.usefixtures("page")
def test_a_place_that_cannot_be_written_is_named(files: Path) -> None:
    """The folder is not there: the message has the name that was asked for, and the exit code is that of a fault of the machine."""
    command = [sys.executable, "-m", "detector", "clean", "page.txt", "--out", "nowhere/clean.txt"]
    result = subprocess.run(
        command, cwd=files, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert result.returncode == 74
    assert "nowhere/clean.txt: No such file or directory" in result.stderr
