"""The plain form of a text."""

import pytest
from hypothesis import given

from detector.text import normalise
from tests.strategies import prose, wild


@given(wild() | prose())
def test_normalising_twice_is_once(text: str) -> None:
    """A text in its plain form is its own plain form."""
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“She’d  go”", '"she\'d go"'),
        ("O´Brien’s 5″ pipe", "o'brien's 5\" pipe"),
        ("1990–95 — a long‑term plan", "1990-95 - a long-term plan"),
        ("\ufeffThe\u00a0har\u00adbour\r\n\tboard", "the harbour board"),
        ("ＦＥＲＲＹ ﬁles", "ferry files"),
        ("cafe\u0301", "café"),
        ("STRASSE Straße", "strasse strasse"),
        (" \n ", ""),
    ],
)
def test_typography_does_not_tell_texts_apart(written: str, plain: str) -> None:
    """Quotes, accents for apostrophes, dashes, blanks, invisible characters, widths and case are levelled."""
    assert plain == normalise(written)


def test_words_still_tell_texts_apart() -> None:
    """Letters, digits and stops stay."""
    assert normalise("The ferry left at 4.30.") != normalise("The ferry left at 430.")
