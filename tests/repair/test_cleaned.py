"""Laws of repairs as values: they are replayed and undone, and carry offsets from one text to the other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.repair.compose import compose
from detector.types import Cleaned, Document, Repair, Span, replay, undo

LETTERS = st.text("abc\n", max_size=12)


@st.composite
def repairs_of(draw: st.DrawFn, text: str) -> tuple[Repair, ...]:
    """Repairs of a text, in order and disjoint."""
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    found = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=False):
        before = text[start:end]
        after = draw(st.text("xyz", max_size=4).filter(before.__ne__))
        found.append(Repair(Span(start, end), before, after, draw(st.sampled_from(["mojibake", "markup.entity"]))))
    return tuple(found)


@st.composite
def cleaned(draw: st.DrawFn) -> Cleaned:
    text = draw(LETTERS)
    repairs = draw(repairs_of(text))
    return Cleaned(Document("0", text), replay(text, repairs), repairs)


@given(cleaned())
def test_undoing_gives_the_text_as_read(found: Cleaned) -> None:
    """What was replayed is undone, whatever the repairs."""
    assert undo(found.text, found.repairs) == found.document.text


@given(st.data())
def test_two_lists_composed_do_what_they_do_in_turn(data: st.DataObject) -> None:
    """One list on the text as read does what the first list and then the second do."""
    text = data.draw(LETTERS)
    first = data.draw(repairs_of(text))
    between = replay(text, first)
    then = data.draw(repairs_of(between))
    composed = compose(text, first, between, then)

    assert replay(text, composed) == replay(between, then)
    assert undo(replay(between, then), composed) == text


@given(st.data())
def test_composing_with_nothing_changes_nothing(data: st.DataObject) -> None:
    """An empty list before or after leaves the other as it is."""
    text = data.draw(LETTERS)
    repairs = data.draw(repairs_of(text))

    assert compose(text, repairs, replay(text, repairs), ()) == repairs
    assert compose(text, (), text, repairs) == repairs


@given(cleaned())
def test_a_character_that_was_kept_is_found_on_both_sides(found: Cleaned) -> None:
    """Outside the repairs, a place of one text leads to the same character of the other, and back."""
    repaired = {i for repair in found.repairs for i in range(repair.span.start, repair.span.end)}
    for i, character in enumerate(found.document.text):
        if i not in repaired:
            assert found.text[found.as_cleaned(i)] == character
            assert found.as_read(found.as_cleaned(i)) == i


@given(cleaned())
def test_offsets_keep_their_order_and_their_ends(found: Cleaned) -> None:
    """Later in one text is not earlier in the other, and the end of one is the end of the other."""
    as_read = [found.as_read(i) for i in range(len(found.text) + 1)]
    as_cleaned = [found.as_cleaned(i) for i in range(len(found.document.text) + 1)]

    assert all(a <= b for a, b in [*pairwise(as_read), *pairwise(as_cleaned)])
    assert (as_read[-1], as_cleaned[-1]) == (len(found.document.text), len(found.text))


def test_what_a_repair_wrote_leads_to_where_it_was_made() -> None:
    """Inside a repair both texts lead to its start on the other side; what was taken out leads to what follows."""
    repairs = (Repair(Span(1, 6), "&amp;", "&", "markup.entity"), Repair(Span(7, 9), "\u00ad\u00ad", "", "hidden.zero-width"))
    found = Cleaned(Document("0", "a&amp;b\u00ad\u00adc"), "a&bc", repairs)

    assert [found.as_read(i) for i in range(5)] == [0, 1, 6, 9, 10]
    assert [found.as_cleaned(i) for i in range(11)] == [0, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4]


@pytest.mark.parametrize("offset", [-1, 5])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    """There is no such character."""
    found = Cleaned(Document("0", "text"), "text")

    with pytest.raises(InputError, match="from 0 to 4"):
        found.as_read(offset)
    with pytest.raises(InputError, match="from 0 to 4"):
        found.as_cleaned(offset)


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("abx", (Repair(Span(2, 3), "d", "x", "mojibake"),)),
        ("axc", (Repair(Span(1, 2), "b", "y", "mojibake"),)),
        ("bac", (Repair(Span(1, 2), "b", "a", "mojibake"), Repair(Span(0, 1), "a", "b", "mojibake"))),
        ("xx", (Repair(Span(0, 2), "ab", "x", "mojibake"), Repair(Span(1, 3), "bc", "x", "mojibake"))),
    ],
)
def test_repairs_that_were_not_made_are_refused(text: str, repairs: tuple[Repair, ...]) -> None:
    """Repairs of another text, with another result, out of order or overlapping are no cleaned document."""
    with pytest.raises(InputError):
        Cleaned(Document("0", "abc"), text, repairs)


@pytest.mark.parametrize(("span", "before", "after"), [((0, 2), "a", "b"), ((0, 0), "", "b"), ((0, 1), "a", "a")])
def test_a_repair_is_of_what_its_span_covers(span: tuple[int, int], before: str, after: str) -> None:
    """It stands for at least one character, as many as its span has, and changes them."""
    with pytest.raises(InputError):
        Repair(Span(*span), before, after, "mojibake")


@pytest.mark.parametrize("text", ["a", "xyz", ""])
def test_another_text_is_not_undone(text: str) -> None:
    """Undoing refuses a text in which a repair did not leave what it wrote."""
    with pytest.raises(InputError, match="of the cleaned text"):
        undo(text, (Repair(Span(1, 6), "&amp;", "&", "markup.entity"),))
