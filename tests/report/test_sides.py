"""Laws of marked sentences."""

from hypothesis import given
from hypothesis import strategies as st

from detector.report.sides import Marks, Told, by_sentence, marked, note
from detector.types import Document, Flag, SegmentedDocument, Sentence, Span

TEXT = "The quick brown fox jumps over the lazy dog again"
SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda ends: Span(min(ends), max(ends))),
    max_size=5,
)


@given(SPANS, SPANS)
def test_marks_only_add_marks(altered: list[Span], moved: list[Span]) -> None:
    """Without its brackets a marked sentence is the sentence, and every bracket that opens closes."""
    shown = marked(TEXT, Span(4, 40), Marks(altered, moved)).plain

    assert shown.translate(str.maketrans("", "", "[]‹›")) == TEXT[4:40]
    assert shown.count("[") == shown.count("]")
    assert shown.count("‹") == shown.count("›")


@given(SPANS)
def test_what_is_altered_is_in_brackets(altered: list[Span]) -> None:
    """A character stands in brackets where, and only where, a run covers it."""
    shown, inside, found = marked(TEXT, Span(0, len(TEXT)), Marks(altered)).plain, False, []
    for character in shown:
        if character in "[]":
            inside = character == "["
        else:
            found.append(inside)

    assert found == [any(s.start <= i < s.end for s in altered) for i in range(len(TEXT))]


@given(SPANS.map(lambda spans: [span for span in spans if len(span)]))
def test_flags_are_found_by_sentence(spans: list[Span]) -> None:
    """A flag belongs to every sentence it touches, and to no other."""
    ends = [(0, 9), (10, 19), (19, 30), (35, 49)]
    side = SegmentedDocument(Document("x", TEXT), tuple(Sentence(i, Span(*end)) for i, end in enumerate(ends)))
    flags = [Flag(span, "spun", 0.9, "minor") for span in spans]
    expected = {s.index: [f for f in flags if f.span.overlaps(s.span)] for s in side.sentences}

    assert {index: touching for index, touching in expected.items() if touching} == by_sentence(side, flags)


def test_moved_words_have_their_own_marks() -> None:
    """A moved run is told from an altered one without colour."""
    assert marked("now they say it", Span(0, 15), Marks((Span(9, 12),), (Span(0, 3),))).plain == "‹now› they [say] it"


def test_a_note_says_found_expected_kind_and_why() -> None:
    """All that is known of a flag stands in one line; the reason only the first time."""
    flag = Flag(Span(0, 6), "spun", 0.97, "major", "Court", (("c", "blind to sense"), ("d", "rare")))
    told = Told()

    assert note(flag, "Tennis", told).plain == "Tennis → “Court” (spun 0.97, major): blind to sense; rare"
    assert note(flag, "Tennis", told).plain == "Tennis → “Court” (spun 0.97, major)"


def test_a_note_without_expectation_has_no_arrow() -> None:
    """Not known what it said, or that nothing stood there, are two things."""
    unknown = Flag(Span(0, 2), "doubled_word", 0.5, "minor")
    nothing = Flag(Span(0, 2), "doubled_word", 0.5, "minor", "")

    assert note(unknown, "at at", Told()).plain == "at (doubled word 0.50)"
    assert note(nothing, "at at", Told()).plain == "at → nothing (doubled word 0.50)"
