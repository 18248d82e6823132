"""Known edits of single sentences."""

import pytest

from detector import align
from detector.align.edits import word_edits
from detector.text import Word, words
from detector.types import EditOp


def _edits(source: str, target: str) -> list[tuple[EditOp, str, str]]:
    found = word_edits(words(source), words(target), 0, 0)
    return [(edit.op, edit.source.of(source), edit.target.of(target)) for edit in found]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The ferry left", "the ferry left!", [("keep", "The ferry left", "the ferry left")]),
        (
            "The ferry left at noon",
            "The boat left at noon",
            [("keep", "The", "The"), ("swap", "ferry", "boat"), ("keep", "left at noon", "left at noon")],
        ),
        ("ferry left", "the ferry left", [("insert", "", "the"), ("keep", "ferry left", "ferry left")]),
        ("the old ferry", "the ferry", [("keep", "the", "the"), ("delete", "old", ""), ("keep", "ferry", "ferry")]),
        (
            "On Tuesday morning the board closed the landing",
            "The board closed the landing on Tuesday morning",
            [
                ("move", "On Tuesday morning", "on Tuesday morning"),
                ("keep", "the board closed the landing", "The board closed the landing"),
            ],
        ),
        ("red boat", "blue ship", [("swap", "red boat", "blue ship")]),
        ("", "", []),
    ],
)
def test_known_edits(source: str, target: str, expected: list[tuple[EditOp, str, str]]) -> None:
    """Runs are kept, swapped, inserted, deleted and moved, each as one edit."""
    assert expected == _edits(source, target)


def test_an_insertion_stands_where_the_words_would() -> None:
    """The empty side of an insertion is after the word before it, or at the start of the link."""
    target: list[Word] = words("the ferry left early")
    found = word_edits(words("xx ferry left", 3), target, 3, 0)

    assert [(e.op, e.source.start, e.source.end) for e in found] == [
        ("insert", 3, 3),
        ("keep", 3, 13),
        ("insert", 13, 13),
    ]


def test_edits_of_a_link_of_two_sentences_run_through_both() -> None:
    """Where one sentence stands for two, the edits account for the words of both."""
    bead = align(
        ["Farmers ship milk at dawn and drive to Lund."], ["Farmers ship milk at dawn.", "They drive to Lund."]
    ).links[0]

    assert [edit.op for edit in bead.edits] == ["keep", "swap", "keep"]
