"""Laws of text made harmless."""

import json
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from detector.report.safe import safe, safe_json

HOSTILE = st.text(st.sampled_from("a \x1b\x07\x9b\x00\x7f\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u200b\ufeff\n\r\t"))
ANY = st.text() | HOSTILE | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Ll"]))


def is_hidden(character: str) -> bool:
    return category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in (
        "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
    )


@given(ANY)
def test_no_hidden_character_is_left(text: str) -> None:
    """The result has no control, bidi control, zero-width character, line break or lone surrogate."""
    assert [c for c in safe(text) if is_hidden(c)] == []


@given(st.text(st.characters(categories=["L", "N", "P", "S"]) | st.just(" ")))
def test_plain_text_is_unchanged(text: str) -> None:
    """Letters, digits, signs and blanks stay as they are."""
    plain = "".join(c for c in text if c not in "\u115f\u1160\u3164\uffa0")

    assert safe(plain) == plain


@given(ANY)
def test_safe_twice_is_safe_once(text: str) -> None:
    """What is safe stays as it is."""
    assert safe(safe(text)) == safe(text)


def test_a_hidden_character_shows_its_code_point() -> None:
    """A reader can look up what was there."""
    assert safe("a\u202eb\x1b[31m\ud800") == "a<U+202E>b<U+001B>[31m<U+D800>"


def test_a_line_break_is_one_blank() -> None:
    """A sentence over two lines reads as one line."""
    assert safe("one\r\n\t two\u2028three") == "one two three"


@given(ANY.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_json_escapes_keep_the_value(text: str) -> None:
    """A JSON string means the same after its hidden characters are escaped, and holds none any more."""
    written = safe_json(json.dumps(text, ensure_ascii=False))

    assert json.loads(written) == text
    assert [c for c in written if is_hidden(c)] == []
