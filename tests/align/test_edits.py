"""Word edits inside a bead: laws, and known edits of single sentences."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import align
from detector.align.edits import word_edits
from detector.text import Word, words
from detector.types import EditOp, WordEdit

_VOCABULARY = (
    "ferry ferries harbour town city the a of to is was 12 400 officer officers said says council paid. record, records".split()
)
_START = 7
"""Beads seldom begin where their text does."""

Edits = list[tuple[EditOp, str, str]]
Words = tuple[list[Word], list[Word]]


@st.composite
def rewritings(draw: st.DrawFn) -> Words:
    """The words of two runs of text: one drawn, the other drawn too, or the first with words exchanged and put elsewhere."""
    drawn = st.lists(st.sampled_from(_VOCABULARY), max_size=9)
    source = draw(drawn)
    shuffled = st.permutations(source).map(lambda forms: forms[: len(source) // 2] + source[len(source) // 2 :])
    target = draw(drawn | shuffled)
    return words(" ".join(source).rjust(_START), _START), words(" ".join(target))


def _given(words_of: Words) -> tuple[WordEdit, ...]:
    return word_edits(*words_of, _START, 0)


def _forms(edits: Sequence[WordEdit], words_of: Words) -> list[tuple[list[str], list[str]]]:
    """The forms of the words that each edit covers, on both sides."""
    return [
        (
            [w.form for w in words_of[0] if e.source.start <= w.start and w.end <= e.source.end],
            [w.form for w in words_of[1] if e.target.start <= w.start and w.end <= e.target.end],
        )
        for e in edits
    ]


@given(words_of=rewritings())
def test_each_word_is_in_one_edit(words_of: Words) -> None:
    """On both sides each word is covered by exactly one edit, whatever is known of the words."""
    edits = _given(words_of)
    for side, found in enumerate(words_of):
        covers = [(e.source, e.target)[side] for e in edits]

        assert [sum(c.start <= w.start and w.end <= c.end for c in covers) for w in found] == [1] * len(found)


@given(words_of=rewritings())
def test_the_inverse_pair_has_the_inverse_edits(words_of: Words) -> None:
    """Read from target to source, the edits are each other's inverse."""
    back = word_edits(words_of[1], words_of[0], 0, _START)

    assert sorted(map(str, _given(words_of))) == sorted(str(e.inverse()) for e in back)


@given(rewritings())
def test_what_is_kept_or_moved_is_the_same_and_what_is_swapped_is_not(words_of: Words) -> None:
    """The words of a keep and of a move have the same forms on both sides, those of a swap have not."""
    edits = _given(words_of)

    assert [a == b for a, b in _forms(edits, words_of)] == [e.op in {"keep", "move"} for e in edits]


@given(rewritings())
def test_as_many_words_are_kept_as_can_be(words_of: Words) -> None:
    """The words kept are as many as the longest common subsequence has."""
    ours, theirs = ([w.form for w in side] for side in words_of)

    @cache
    def longest(i: int, j: int) -> int:
        if i == len(ours) or j == len(theirs):
            return 0
        return max(longest(i + 1, j), longest(i, j + 1), ours[i] == theirs[j] and 1 + longest(i + 1, j + 1))

    edits = _given(words_of)
    kept = [a for e, (a, _) in zip(edits, _forms(edits, words_of), strict=True) if e.op == "keep"]

    assert longest(0, 0) == sum(map(len, kept))


@given(rewritings())
def test_no_two_keeps_could_be_one(words_of: Words) -> None:
    """A stretch that is unchanged on both sides is one keep: between two keeps there is a word on either side."""
    kept = [e for e in _given(words_of) if e.op == "keep"]
    for before, after in pairwise(kept):
        between = [
            w
            for side, (a, b) in zip(words_of, ((before.source, after.source), (before.target, after.target)), strict=True)
            for w in side
            if a.end <= w.start and w.end <= b.start
        ]

        assert between


def _edits(source: str, target: str) -> Edits:
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
        ("", "", []),
    ],
)
def test_runs_are_kept_swapped_inserted_and_deleted(source: str, target: str, expected: Edits) -> None:
    """What became of each run is one edit."""
    assert expected == _edits(source, target)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            "Repairs cost them millions",
            "Repairs cost them hundreds of thousands",
            [("keep", "Repairs cost them", "Repairs cost them"), ("swap", "millions", "hundreds of thousands")],
            id="one to many",
        ),
        pytest.param(
            "They fled the city early",
            "They fled town early",
            [("keep", "They fled", "They fled"), ("swap", "the city", "town"), ("keep", "early", "early")],
            id="an article joins its noun",
        ),
        pytest.param(
            "Metropolis officers objected",
            "City officials objected",
            [
                ("swap", "Metropolis", "City"),
                ("swap", "officers", "officials"),
                ("keep", "objected", "objected"),
            ],
            id="letters in common",
        ),
        pytest.param(
            "The islands vote today",
            "An island voted today",
            [
                ("swap", "The", "An"),
                ("swap", "islands", "island"),
                ("swap", "vote", "voted"),
                ("keep", "today", "today"),
            ],
            id="inflections",
        ),
        pytest.param(
            "They sold 40 tractors",
            "They bought 60 lorries",
            [
                ("keep", "They", "They"),
                ("swap", "sold", "bought"),
                ("swap", "40", "60"),
                ("swap", "tractors", "lorries"),
            ],
            id="figures against figures",
        ),
        pytest.param(
            "We saw the boat. People waved",
            "We saw the ship. Folk waved",
            [
                ("keep", "We saw the", "We saw the"),
                ("swap", "boat", "ship"),
                ("swap", "People", "Folk"),
                ("keep", "waved", "waved"),
            ],
            id="a stop between",
        ),
        pytest.param(
            "Two sailors might leave",
            "Two seamen would depart",
            [("keep", "Two", "Two"), ("swap", "sailors", "seamen"), ("swap", "might leave", "would depart")],
            id="phrases built alike",
        ),
        pytest.param("red boat", "blue ship", [("swap", "red boat", "blue ship")], id="nothing tells them apart"),
        pytest.param(
            "the place the boat sank",
            "where the ship sank",
            [
                ("swap", "the place", "where"),
                ("keep", "the", "the"),
                ("swap", "boat", "ship"),
                ("keep", "sank", "sank"),
            ],
            id="of two equal words the one that leaves runs of equal lengths",
        ),
    ],
)
def test_a_run_is_cut_where_something_shows_it(source: str, target: str, expected: Edits) -> None:
    """Words pair where marks, letters, figures or phrases tell; else the run is one swap."""
    assert expected == _edits(source, target)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            "On Tuesday morning the board closed the landing",
            "The board closed the landing on Tuesday morning",
            [
                ("move", "On Tuesday morning", "on Tuesday morning"),
                ("keep", "the board closed the landing", "The board closed the landing"),
            ],
            id="a run",
        ),
        pytest.param(
            "Yesterday the ferry left the quay",
            "The ferry left the quay yesterday",
            [("move", "Yesterday", "yesterday"), ("keep", "the ferry left the quay", "The ferry left the quay")],
            id="a long content word",
        ),
        pytest.param(
            "Then the ferry left the quay",
            "The ferry left the quay then",
            [("delete", "Then", ""), ("keep", "the ferry left the quay", "The ferry left the quay"), ("insert", "", "then")],
            id="a function word alone has not moved",
        ),
        pytest.param(
            "boats quickly passed the ferries",
            "ferries quickly passed the ships",
            [
                ("swap", "boats", "ferries"),
                ("keep", "quickly passed the", "quickly passed the"),
                ("swap", "ferries", "ships"),
            ],
            id="swapped on both sides",
        ),
        pytest.param(
            "old Captain Berg sadly watched the storm",
            "tired men watched the storm with Captain Berg near",
            [
                ("swap", "old", "tired men"),
                ("move", "Captain Berg", "Captain Berg"),
                ("delete", "sadly", ""),
                ("keep", "watched the storm", "watched the storm"),
                ("insert", "", "with"),
                ("insert", "", "near"),
            ],
            id="out of the middle of a run",
        ),
    ],
)
def test_moves_are_told_from_swaps(source: str, target: str, expected: Edits) -> None:
    """The same words left out here and put in there have moved, if there is no doubt that it is they."""
    assert expected == _edits(source, target)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (["sea"] * 2999, ["sea"] * 2000, ["keep", "delete"]),
        (["sea"] * 2999, ["sky"] * 2999, ["swap"] * 3),
        ([f"w{i}" for i in range(2000)], [f"w{i}" for i in range(2000) if i != 900], ["keep", "delete", "keep"]),
        ([f"w{i}" for i in range(2000)], [f"w{i % 2000}" for i in range(700, 2700)], ["move", "keep"]),
        (["sea", "sky"] * 1500, [*["sea", "sky"] * 800, "sea", *["sea", "sky"] * 700], ["keep", "insert", "keep"]),
    ],
)
def test_long_sides_are_cut_before_they_are_compared(source: list[str], target: list[str], expected: list[str]) -> None:
    """Sides of thousands of words have the edits a reader would give; what shares nothing is swapped part by part."""
    found = word_edits(words(" ".join(source)), words(" ".join(target)), 0, 0)

    assert expected == [e.op for e in found]


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
    bead = align(["Farmers ship milk at dawn and drive to Lund."], ["Farmers ship milk at dawn.", "They drive to Lund."]).links[0]

    assert [edit.op for edit in bead.edits] == ["keep", "swap", "keep"]
