"""Laws of ``detector compare``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import Result

from detector.report.as_json import schema

Run = Callable[..., Result]


def ids(result: Result) -> list[str]:
    return [document["id"] for document in json.loads(result.stdout)["documents"]]


def test_two_files_give_a_report(run: Run) -> None:
    """The report names both files, their sentences and the signature, and stays inside 80 columns."""
    result = run("compare", "original.txt", "spun.txt")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert max(map(len, result.stdout.splitlines())) <= 80
    for part in (
        "original.txt",
        "spun.txt",
        "Which is the original?",
        "Hanna Brook",
        "Signature",
        "depth full",
        "prior 0.8/0.1/0.1",
    ):
        assert part in result.stdout


def test_json_is_as_the_schema_says(run: Run) -> None:
    """The JSON of a real comparison is valid."""
    result = run("compare", "original.txt", "spun.txt", "other.txt", "--format", "json")

    assert result.exit_code == 0
    Draft202012Validator(schema()).validate(json.loads(result.stdout))


def test_one_file_with_several_records_is_enough(run: Run) -> None:
    """The records of a table are the documents, under their ids."""
    assert ids(run("compare", "all.jsonl", "--format", "json")) == ["original", "spun", "other"]


def test_columns_are_named_by_options(run: Run, files: Path) -> None:
    """A table with other column names is read by naming them."""
    lines = (files / "all.jsonl").read_text(encoding="utf-8")
    (files / "named.jsonl").write_text(lines.replace('"text":', '"body":').replace('"id":', '"key":'), encoding="utf-8")

    result = run("compare", "named.jsonl", "--text", "body", "--id", "key", "--format", "json")

    assert ids(result) == ["original", "spun", "other"]


def test_standard_input_is_a_document(run: Run, files: Path) -> None:
    """``-`` reads a text from standard input."""
    result = run("compare", "original.txt", "-", "--format", "json", stdin=(files / "spun.txt").read_bytes())

    assert ids(result) == ["original.txt", "stdin"]


def test_standard_input_twice_is_wrong_usage(run: Run) -> None:
    """Standard input can be read only once."""
    result = run("compare", "-", "-", stdin="text")

    assert result.exit_code == 2
    assert "once" in result.stderr


def test_files_of_one_name_are_told_apart(run: Run, files: Path) -> None:
    """The folder tells two files of one name apart, a number the same file given twice."""
    (files / "copies").mkdir()
    (files / "copies" / "spun.txt").write_bytes((files / "spun.txt").read_bytes())

    result = run("compare", "spun.txt", "copies/spun.txt", "original.txt", "original.txt", "--format", "json")

    assert ids(result) == ["spun.txt", "copies/spun.txt", "original.txt", "original.txt#2"]


def test_a_single_document_is_refused(run: Run) -> None:
    """One text cannot be compared; the message says what was found, expected and to do, without a traceback."""
    result = run("compare", "original.txt")

    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == (
        "detector: original.txt: found 1 document, expected two documents or more; name another file, or use "
        "`detector score` for one text alone\n"
    )


def test_a_missing_file_is_refused(run: Run) -> None:
    """A file that is not there is an input error of one paragraph."""
    result = run("compare", "original.txt", "nowhere.txt")

    assert result.exit_code == 3
    assert "nowhere.txt" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--prior", "1,2"), "--prior"),
        (("--prior", "0.5,0.5,0.5"), "prior"),
        (("--flag-threshold", "2"), "flag_threshold"),
        (("--fail-on", "spun,nonsense"), "--fail-on"),
        (("--depth", "deep"), "--depth"),
        (("--format", "xml"), "--format"),
        (("--width", "3"), "--width"),
        (("--config", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_a_wrong_option_is_wrong_usage(run: Run, words: tuple[str, ...], named: str) -> None:
    """An option outside its range ends with 2, and the message names it."""
    result = run("compare", "original.txt", "spun.txt", *words)

    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""


def test_options_stand_above_the_configuration_file(run: Run, files: Path) -> None:
    """A value typed replaces that of the file; the signature shows the prior in force."""
    (files / "mine.toml").write_text("[score.prior]\ngenuine = 0.5\nspun = 0.3\nback_translated = 0.2\n")
    words = ("compare", "original.txt", "spun.txt", "--format", "json", "--config", "mine.toml")

    assert "0.5/0.3/0.2" in json.loads(run(*words).stdout)["signature"]
    assert "0.6/0.2/0.2" in json.loads(run(*words, "--prior", "0.6,0.2,0.2").stdout)["signature"]


def test_findings_end_with_one_only_when_asked(run: Run) -> None:
    """``--fail-on`` turns a verdict into exit code 1, after the whole report was written."""
    found = json.loads(run("compare", "original.txt", "spun.txt", "--format", "json").stdout)
    wordings = {verdict["wording"] for verdict in found["verdicts"]}
    result = run("compare", "original.txt", "spun.txt", "--fail-on", "spun")

    assert result.exit_code == int("spun" in wordings)
    assert "Signature" in result.stdout


def test_control_characters_do_not_reach_the_terminal(run: Run, files: Path) -> None:
    """Escape sequences and bidi controls of a text or a file name are shown, not obeyed."""
    text = (files / "original.txt").read_text(encoding="utf-8")
    (files / "evil\u202e.txt").write_text(text.replace("shop", "sh\x1b[2J\u202eop\x9b1m"), encoding="utf-8")
    for words in (("compare", "original.txt"), ("align", "original.txt"), ("score", "spun.txt")):
        for layout in ("text", "json"):
            shown = run(*words, "evil\u202e.txt", "--format", layout).stdout

            assert [c for c in shown if not c.isprintable() and c != "\n"] == []


def test_a_name_that_is_not_utf8_is_spelled_out(run: Run, files: Path) -> None:
    """A file whose name no encoding can print is still compared, under a name that can be."""
    (files / "caf\udce9.txt").write_bytes((files / "spun.txt").read_bytes())

    assert ids(run("compare", "original.txt", "caf\udce9.txt", "--format", "json")) == [
        "original.txt",
        "caf\\udce9.txt",
    ]
