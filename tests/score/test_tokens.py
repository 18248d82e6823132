"""Words first: what is found around a word is what a whole reading finds near it; the tables that rules look words up in."""

import re

from hypothesis import given
from hypothesis import strategies as st

from detector.score.rules import residue
from detector.score.rules.offices import TABLE as OFFICES
from detector.score.rules.residue_words import by_token, entries
from detector.score.rules.tokens import around, tokens
from detector.text import FUNCTION_WORDS

_TEXTS = st.lists(st.sampled_from(["life", "with", "out", "xx", "without life", "."]), max_size=60).map(" ".join)
_PATTERN = re.compile(r"\bwith(?:out)? life\b")


@given(_TEXTS)
def test_around_a_word_everything_is_found_once(text: str) -> None:
    """A pattern that holds its word is found wherever a reading of the whole text finds it, in order."""
    expected = [m.span() for m in _PATTERN.finditer(text)]

    assert expected == [m.span() for m in around(text, [("life", _PATTERN)], before=12, after=1)]


@given(st.integers(0, 30), st.integers(0, 30))
def test_far_from_its_word_a_pattern_is_not_looked_for(before: int, after: int) -> None:
    """What is found lies inside the characters asked for, before and after the word."""
    text = "with " * 10 + "life" + " with" * 10
    expected = [m.span() for m in re.finditer("with", text) if m.start() >= 50 - before and m.end() <= 54 + after]

    assert expected == [m.span() for m in around(text, [("life", re.compile("with"))], before=before, after=after)]


@given(_TEXTS)
def test_tokens_are_what_blanks_part(text: str) -> None:
    """The tokens joined by blanks are the text with single blanks."""
    assert " ".join(text.split()) == " ".join(tokens(text))


def test_every_language_of_the_table_has_a_code() -> None:
    """The ten languages of the table are the pivots that the codes tell of, and each has words, months and names of places."""
    sorts = {language: {entry.sort for entry in entries() if language in entry.languages} for language in residue.PIVOTS.values()}

    assert {language for entry in entries() for language in entry.languages} == set(sorts)
    assert all({"word", "month", "place"} <= held for held in sorts.values())


def test_no_word_of_the_table_is_english() -> None:
    """None of the function words is one of English, or of two languages."""
    words = [entry for entry in entries() if entry.sort == "word"]

    assert not {entry.form.lower() for entry in words} & FUNCTION_WORDS
    assert {len(entry.languages) for entry in words} == {1}
    assert len({entry.form for entry in words}) == len(words)


def test_every_entry_can_be_found() -> None:
    """Each row is reached by the token it begins with."""
    held = {entry for found in by_token().values() for entry in found}

    assert held == set(entries())


def test_the_names_of_offices_are_in_order() -> None:
    """Each name stands in the table once, sorted, and English calls it something else."""
    rows = [line.split("\t") for line in OFFICES.read_text(encoding="utf-8").splitlines()[1:]]
    names = [copy for copy, _ in rows]

    assert sorted(set(names)) == names
    assert all(copy != english for copy, english in rows)
