"""What a word is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import FUNCTION_WORDS, forms, words
from tests.oracles import as_spans, is_laid_out
from tests.strategies import prose, wild


@given(wild() | prose())
def test_words_lie_in_the_text_in_order(text: str) -> None:
    """Words have at least one character, are in order, inside the text, and do not overlap."""
    assert is_laid_out(as_spans(words(text)), text)


@given(wild() | prose())
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    """No letter and no digit is left out."""
    covered = {i for word in words(text) for i in range(word.start, word.end)}

    assert [i for i, c in enumerate(text) if c.isalnum() and i not in covered] == []


@given(st.data())
def test_words_of_a_stretch_stay_inside_it(data: st.DataObject) -> None:
    """Of a stretch of a text, only words inside the stretch are given, with offsets into the whole text."""
    text = data.draw(prose())
    start, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(text))])))
    shifted = [(word.start + start, word.end + start, word.form) for word in words(text[start:end])]

    assert shifted == [tuple(word) for word in words(text, start, end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wouldn’t the O'Neills pay?", ["wouldn't", "the", "o'neills", "pay"]),
        ("the workers' well-known rights", ["the", "workers", "well", "known", "rights"]),
        ("US and U.S. and us", ["u.s.", "and", "u.s.", "and", "us"]),
        ("at 4:58 p.m. on 10/12", ["at", "4:58", "p.m.", "on", "10/12"]),
        ("$1,200.50, the 12th of 3bn.", ["1,200.50", "the", "12th", "of", "3bn"]),
        ("snake_case 1.", ["snake", "case", "1"]),
        ("naïve Zoë", ["naïve", "zoë"]),
        ("… — ?!", []),
        ("", []),
    ],
)
def test_known_words(text: str, expected: list[str]) -> None:
    """Apostrophes, abbreviations and numbers hold together; hyphens and underscores part."""
    assert expected == [word.form for word in words(text)]


def test_function_words_are_words() -> None:
    """Each function word is one word by the room's own rule, in the form that words have."""
    assert [w for w in sorted(FUNCTION_WORDS) if [word.form for word in words(w)] != [w]] == []


@given(wild() | prose(), st.data())
def test_forms_are_the_forms_of_the_words(text: str, data: st.DataObject) -> None:
    """The forms alone are those of the words, of a whole text as of any stretch of it."""
    start, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(text))])))

    assert [word.form for word in words(text)] == forms(text)
    assert [word.form for word in words(text, start, end)] == forms(text, start, end)
