"""Facts on which two aligned texts disagree."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality.facts import inject, score
from detector import align
from detector.codes import CODES
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.facts import ChangedFact, changed_facts, facts_beside
from detector.score.flags import flags_of
from detector.score.swaps import find_swaps
from detector.types import Flag, Span
from tests.articles import FEW, GROUPS, documents

_CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "cases" / "facts.json").read_text(encoding="utf-8"))
_KINDS = ("number", "unit", "name", "date", "negation", "gender", "attribution", "quotation")
_COPIES = ("verbatim", "edited", "broken", "spun", "translated")


def _told(source: str, target: str) -> list[list[str]]:
    return [[fact.code, fact.source_says, fact.target_says] for fact in changed_facts(align([source], [target]))]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['kind']}: {case['source'][:40]} / {case['target'][:40]}")
def test_case(case: dict[str, Any]) -> None:
    """What is changed is found, with what each side says; other words for the same are no change."""
    assert case["expected"] == _told(case["source"], case["target"])


@pytest.mark.parametrize("kind", _KINDS)
def test_every_kind_has_its_cases(kind: str) -> None:
    """Fifteen changes and ten that are none at the least; each kind has a code."""
    of_kind = [case["expected"] for case in _CASES if case["kind"] == kind]

    assert f"fact.{kind}" in CODES
    assert sum(map(bool, of_kind)) >= 15
    assert sum(not expected for expected in of_kind) >= 10
    assert all(code == f"fact.{kind}" for expected in of_kind for code, _, _ in expected)


@pytest.mark.parametrize("group", GROUPS)
def test_a_text_disagrees_with_itself_in_nothing(group: str) -> None:
    """The same text on both sides has no changed facts."""
    for document in documents(group).values():
        assert changed_facts(align(document.text, document.text)) == ()


_TEXTS = st.lists(st.sampled_from(_CASES), min_size=1, max_size=6).map(
    lambda cases: ("\n".join(case["source"] for case in cases), "\n".join(case["target"] for case in cases))
)


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_other_direction_mirrors_the_answer(texts: tuple[str, str]) -> None:
    """Read from target to source, each fact has its sides exchanged, and there are no others."""
    alignment = align(*texts)
    mirrored = {fact.inverse() for fact in changed_facts(alignment.inverse())}

    assert set(changed_facts(alignment)) == mirrored


@pytest.mark.parametrize("group", FEW)
@pytest.mark.parametrize("copy", _COPIES)
def test_a_fact_says_what_stands_there(group: str, copy: str) -> None:
    """The spans lie inside the texts, are not empty, and hold what the fact says; both texts say different things."""
    source, target = documents(group)["original"].text, documents(group)[copy].text
    for fact in changed_facts(align(source, target)):
        assert fact.code in CODES
        assert len(fact.source) > 0
        assert len(fact.target) > 0
        assert fact.source.of(source) == fact.source_says != fact.target_says == fact.target.of(target)


@given(st.lists(st.text(st.sampled_from("ab 19.,$%-“”'nNotM\n"), max_size=60), min_size=2, max_size=2))
def test_any_text_is_read(texts: list[str]) -> None:
    """No text is refused, and spans stay inside."""
    for fact in changed_facts(align(*texts)):
        assert fact.source.end <= len(texts[0])
        assert fact.target.end <= len(texts[1])


def test_a_bead_that_is_no_sentence_is_left_alone() -> None:
    """Where hundreds of words stand in one bead, no place can be told, and nothing is said."""
    numbers = " ".join(f"the town counted {n} boats" for n in range(100, 180))

    assert changed_facts(align([numbers], [numbers.replace("150", "151")])) == ()


_SOURCE = "The harbour council sold 20 old ferries to the island of Skarnoy after a long debate on Tuesday."


def _flags(target: str, side: int, joint: list[list[float]]) -> list[Flag]:
    alignment = align([_SOURCE], [target])
    swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
    return flags_of(alignment, swaps, side, np.array(joint))


def test_the_altered_side_is_flagged() -> None:
    """Beside a genuine text, a spun one's changed fact is critical, sure, and says what the other has."""
    flags = _flags(_SOURCE.replace("20", "30"), 1, [[0, 0, 0], [1, 0, 0], [0, 0, 0]])

    (flag,) = (flag for flag in flags if flag.probability >= 0.5)
    assert (flag.kind, flag.severity, flag.expected) == ("spun", "critical", "20")
    assert flag.reasons[0][0] == "fact.number"


def test_a_negation_left_out_is_flagged() -> None:
    """Where no word stands for the other side's, the words around the gap are flagged."""
    source, target = "said that it could not be trusted with money", "said that it could be trusted with money"
    alignment = align([f"The council {source}."], [f"The council {target}."])
    swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
    flags = flags_of(alignment, swaps, 1, np.array([[0, 0, 0], [1.0, 0, 0], [0, 0, 0]]))

    assert [(flag.expected, flag.severity) for flag in flags if flag.probability >= 0.5] == [("could not be", "critical")]


def test_a_genuine_side_keeps_no_flag() -> None:
    """The other side's change is no flag here."""
    flags = _flags(_SOURCE.replace("20", "30"), 0, [[0.9, 0.05, 0], [0.05, 0, 0], [0, 0, 0]])

    assert all(flag.probability < 0.5 for flag in flags)


def test_two_altered_sides_do_not_accuse_each_other() -> None:
    """Which of two numbers was changed cannot be told where both texts were altered; of two genders, the masculine."""
    both: list[list[float]] = [[0, 0, 0], [0, 0, 0], [0, 0, 1]]
    numbers = [_flags(_SOURCE.replace("20", "30"), side, both) for side in (0, 1)]
    spokesmen = _flags_of_pair("spokeswoman", "spokesman", 1, both)

    assert all(flag.probability < 0.5 for flags in numbers for flag in flags)
    assert max(flag.probability for flag in spokesmen) >= 0.75


def _flags_of_pair(ours: str, theirs: str, side: int, joint: list[list[float]]) -> list[Flag]:
    frame = "The {} told the harbour council that the ferry was late"
    alignment = align([frame.format(ours)], [frame.format(theirs)])
    swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
    return flags_of(alignment, swaps, side, np.array(joint))


def test_the_injector_says_where() -> None:
    """Outside the places that the benchmark's injector names, the text is as it was."""
    text = _SOURCE * 20
    for kind in ("number", "name", "negation", "gender"):
        copy = inject(text, kind, [(0, len(text))], random.Random(1))
        assert copy.text == text if not copy.places else copy.text != text
        assert all(0 <= start < end <= len(copy.text) for start, end in copy.places)


def test_the_score_counts_both_ways() -> None:
    """One of two found is true, one of three known is met, and it bears the right kind."""
    found = [
        ChangedFact("fact.number", Span(0, 1), Span(0, 2), "a", "b"),
        ChangedFact("fact.name", Span(0, 1), Span(9, 12), "a", "b"),
    ]
    counted = score(found, [(1, 3, "number"), (4, 6, "gender"), (20, 22, "name")])

    assert (counted.found, counted.true, counted.gold, counted.met, counted.named) == (2, 1, 3, 1, 1)


def test_both_sides_are_told_what_the_other_has() -> None:
    """Each kind once, with its places counted and the first of them quoted; nothing is said of who is right."""
    alignment = align("The mayor was born on Tuesday and paid 212 pounds.", "The mayor was born on Friday and paid 221 pounds.")
    ours, theirs = (list(facts_beside(one, [(alignment, side, other)])) for one, side, other in (("a", 0, "b"), ("b", 1, "a")))

    assert [(e.document, e.code, e.value, e.bits) for e in ours] == [("a", "fact.date", 1.0, 0.0), ("a", "fact.number", 1.0, 0.0)]
    assert ours[0].because.endswith("“Tuesday” where b has “Friday”")
    assert theirs[0].because.endswith("“Friday” where a has “Tuesday”")


def test_of_many_changes_some_are_quoted_and_all_counted() -> None:
    """Three are shown; the value and the rest of the sentence say how many there are."""
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    source = [f"The council of Marlow met the harbour board number {i} on {day}." for i, day in enumerate(weekdays)]
    target = [f"The council of Marlow met the harbour board number {i} on Sunday." for i in range(len(weekdays))]
    (told,) = facts_beside("a", [(align(source, target), 0, "b")])

    assert told.value == len(weekdays)
    assert told.because.endswith("; and 2 more")
    assert "Wednesday" in told.because
    assert "Thursday" not in told.because


def test_texts_that_agree_are_told_nothing() -> None:
    """No fact, no evidence."""
    assert not list(facts_beside("a", [(align("He paid twenty pounds.", "He paid 20 pounds."), 0, "b")]))
