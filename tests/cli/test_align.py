"""Laws of ``detector align``."""

import json
from collections.abc import Callable

from jsonschema import Draft202012Validator
from typer.testing import Result

from detector.report.as_json import schema

Run = Callable[..., Result]


def test_two_files_give_paired_sentences(run: Run) -> None:
    """The sentences of both stand side by side, altered words marked."""
    result = run("align", "original.txt", "spun.txt", "--width", "100")

    assert result.exit_code == 0
    assert "original.txt and spun.txt" in result.stdout
    assert "[" in result.stdout.split("‹moved›")[1]


def test_json_is_as_the_schema_says(run: Run) -> None:
    """The JSON of a real alignment is valid, and each sentence is in exactly one bead."""
    found = json.loads(run("align", "original.txt", "spun.txt", "--format", "json").stdout)

    Draft202012Validator(schema()).validate(found)
    for side, segmented in zip(("source", "target"), found["segmented"], strict=True):
        indices = sorted(i for bead in found["beads"] for i in bead[side])
        assert indices == list(range(len(segmented["sentences"])))


def test_three_documents_are_refused(run: Run) -> None:
    """An alignment has two sides; the message counts what was found."""
    result = run("align", "all.jsonl")

    assert result.exit_code == 3
    assert "found 3 documents, expected two documents" in result.stderr
