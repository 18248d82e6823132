"""Quotations: marks that pair, marks that do not, and apostrophes that are no marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import quotations
from tests.oracles import is_laid_out
from tests.strategies import prose, wild

_MAX_CPU_SECONDS = 5.0


def _found(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text)]


@given(wild() | prose())
def test_quotations_lie_in_the_text_in_order(text: str) -> None:
    """Quotations are in order, inside the text, and none is inside another."""
    assert is_laid_out(quotations(text), text)


@given(prose())
def test_quotations_keep_to_their_paragraph(text: str) -> None:
    """No quotation runs over a line break."""
    assert [quotation for quotation in _found(text) if "\n" in quotation or "\r" in quotation] == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["“%s”", '"%s"', "«%s»", "„%s“", "‘%s’"]), st.sampled_from(["go", "it’s"])),
        max_size=6,
    )
)
def test_balanced_quotations_are_found_whole(drawn: list[tuple[str, str]]) -> None:
    """What is put into a pair of marks comes back with its marks."""
    expected = [marks % f"we {word} home" for marks, word in drawn]

    assert expected == _found(" and then ".join(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "yes" and "no."', ['"yes"', '"no."']),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("“The “new” ferry”", ["“The “new” ferry”"]),
        ("'We will not go,' she said. 'Never again.'", ["'We will not go,'", "'Never again.'"]),
        ("‘We won’t go,’ she said.", ["‘We won’t go,’"]),
        ("the so-called 'ghost' ship", []),  # one word in single marks is as likely a name or an elision
        ("The workers' union met the owners' board.", []),
        ("It’s the Bergs’ idea, and the Lunds’.", []),
        ("rock 'n' roll in the '90s", []),
        ('"The workers\' union is ready," he said. "Good."', ['"The workers\' union is ready,"', '"Good."']),
        ('"Get \'em out," he said.', ['"Get \'em out,"']),
        ("“He said ‘no,” she said.", ["“He said ‘no,”"]),
        ("“It goes on\n“and ends here,” he said.", ["“It goes on", "“and ends here,”"]),
        ('A 5" pipe, and “Hello,” she said.', ["“Hello,”"]),
        ("no marks at all", []),
        ("”", []),
        ("“", ["“"]),
        ("", []),
    ],
)
def test_known_quotations(text: str, expected: list[str]) -> None:
    """Straight, curly, nested, unbalanced and single marks; apostrophes open and close nothing."""
    assert expected == _found(text)


@pytest.mark.parametrize("unit", ["“a ", "‘a ", "'a ", '"a ', "“a ‘b” "], ids=repr)
def test_a_paragraph_of_200_kb_of_marks_is_read_in_bounded_time(unit: str) -> None:
    """Marks that open and never close cost no more than their number."""
    began = time.process_time()
    quotations(unit * (200_000 // len(unit)))

    assert time.process_time() - began < _MAX_CPU_SECONDS
