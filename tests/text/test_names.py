"""Names by their capitals."""

import pytest
from hypothesis import given

from detector.text import Name, names, segment, words
from detector.types import Document
from tests.oracles import is_laid_out
from tests.strategies import prose, wild


def _names(text: str) -> tuple[Name, ...]:
    return names(segment(Document("0", text)), words(text))


@given(wild() | prose())
def test_names_lie_in_the_text_in_order(text: str) -> None:
    """Names have at least one character, are in order, inside the text, and do not overlap."""
    assert is_laid_out([name.span for name in _names(text)], text)


@given(prose())
def test_a_name_begins_and_ends_with_a_capitalised_word(text: str) -> None:
    """The small words that a name may hold are inside it, never at its ends."""
    for name in _names(text):
        inside = words(text, name.span.start, name.span.end)

        assert text[inside[0].start].isupper()
        assert text[inside[-1].start].isupper()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor met Anna Berg on Monday.", ["Anna Berg"]),
        (
            "The Department of Homeland Security wrote to the Bank of the West.",
            ["Department of Homeland Security", "Bank of the West"],
        ),
        ("Ferries stopped. The council met.", []),
        ("Berg left. The council heard Berg.", ["Berg", "Berg"]),
        ("Lund spoke to Berg’s sister.", ["Berg’s"]),
        ("Anna Berg left.", ["Anna Berg"]),
        ("He saw Berg and the crew of Lund for once.", ["Berg", "Lund"]),
        ("He saw Berg. Lund Line stopped.", ["Berg", "Lund Line"]),
        ("He saw Berg, Lund and Dahl", ["Berg", "Lund and Dahl"]),
        ("It was in March, on a Friday.", []),
        ("She took the Lund\nLine home to New York", ["Lund", "New York"]),
        ("no capitals at all, 1234", []),
        ("", []),
    ],
)
def test_known_names(text: str, expected: list[str]) -> None:
    """Runs of capitals are names; the first word of a sentence only where there is more to show it."""
    assert expected == [name.span.of(text) for name in _names(text)]


def test_the_forms_of_a_name_are_its_capitalised_words() -> None:
    """Small inner words and the ending of a possessive are left out of a name's forms."""
    (found,) = _names("He wrote to the Ministry of the Sea’s office")

    assert found.forms == ("ministry", "sea")
