"""Laws of cleaning: certain, whole, once and for all; and what each kind of damage becomes."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.config import DetectorConfig, ScoreConfig
from detector.pipeline import clean
from detector.repair import repair
from detector.text import segment
from detector.types import Cleaned, Document, Flag, SegmentedDocument, Span, replay, undo
from tests.articles import GROUPS, documents

DAMAGE = (
    "&amp;", "&amp;amp;", "&#39;", "&#8203;", "&lt;p&gt;", "&", "#38;", "amp;", "councilâ€™s", "Ã©", "\x92", "\ufffd",
    "\u200b", "\u00ad", "\ufeff", "а", "о", "\u0421ouncil", "ｂｒｉｄｇｅ", "Advertisement", "Share this story",
    "All rights reserved.", "\n", "\r\n", "\n\n", " ", "The ferry was late again", " | The Quay",
    "The ferry was late again on Monday, and nobody on the quay knew when it would leave. ",
    "word", ".", "Sign up for our daily newsletter.",
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(DAMAGE), max_size=16).map("".join)
HEADLINE = "The ferry was late again on Monday"
PARAGRAPH = "Nobody on the quay knew on Monday when the ferry would leave, and nobody had asked the mayor."

ARTICLE = f"""{PARAGRAPH}
The harbour was shut at noon, and two boats lay outside.
The mayor said that she would ask the line for its money back."""


def codes(found: Cleaned) -> list[str]:
    return [repair.code for repair in found.repairs]


@given(TEXTS)
@settings(deadline=None)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """What was cleaned has nothing left to repair."""
    once = clean(text)

    assert clean(once.text) == Cleaned(Document("0", once.text), once.text)


@given(TEXTS)
@settings(deadline=None)
def test_cleaning_is_replayed_and_undone(text: str) -> None:
    """The repairs lead from the text as read to the cleaned text and back."""
    found = clean(text)

    assert found.document.text == text
    assert replay(text, found.repairs) == found.text
    assert undo(found.text, found.repairs) == text


@pytest.mark.parametrize("group", GROUPS)
def test_cleaning_the_samples_twice_changes_nothing_more(group: str) -> None:
    """On every copy of every sample article, too."""
    for document in documents(group).values():
        assert clean(clean(document).text).repairs == ()


@pytest.mark.parametrize("group", GROUPS)
def test_an_original_is_left_as_it_is(group: str) -> None:
    """A text with nothing to repair comes back the same."""
    document = documents(group)["original"]

    assert clean(document) == Cleaned(document, document.text)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("The councilâ€™s plan.", "The council’s plan.", ["mojibake"]),
        ("Brook &amp;amp; Sons.", "Brook & Sons.", ["markup.entity"]),
        ("It cost 4&nbsp;pounds.", "It cost 4\u00a0pounds.", ["markup.entity"]),
        ("The har\u200bbour.", "The harbour.", ["hidden.zero-width"]),
        ("The har&#8203;bour.", "The harbour.", ["hidden.zero-width"]),
        ("The \u0421ouncil.", "The Council.", ["hidden.homoglyph"]),
        ("a\nAdvertisement\nb", "a\nb", ["boilerplate.line"]),
        ("a\r\n\r\nAdvertisement\r\n\r\nb", "a\r\n\r\nb", ["boilerplate.line"]),
        ("Advertisement\n\nb", "b", ["boilerplate.line"]),
        ("a\n\nAdvertisement\n\nShare this story\n", "a\n", ["boilerplate.line"] * 2),
        ("a\nAdverti\u00adsement\nb", "a\nb", ["boilerplate.line"]),
        (f"{HEADLINE}\n{HEADLINE}\n{HEADLINE}\nb", f"{HEADLINE}\nb", ["doubled.headline"] * 2),
        (f"{HEADLINE} {HEADLINE}\nb", f"{HEADLINE}\nb", ["doubled.headline"]),
        (f"a\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\nb", f"a\n\n{PARAGRAPH}\n\nb", ["doubled.paragraph"]),
        (f"{ARTICLE}\nOther words stand above it.\n{ARTICLE}", f"{ARTICLE}\nOther words stand above it.", ["doubled.article"] * 3),
    ],
)
def test_what_is_certain_is_repaired(text: str, expected: str, found: list[str]) -> None:
    """Each kind of damage becomes what it stood for, under the code of what was done last."""
    cleaned = clean(text)

    assert (cleaned.text, codes(cleaned)) == (expected, found)


@pytest.mark.parametrize(
    "text",
    [
        "Carmen Mu\ufffdoz wrote it.",
        "The fare is&nbsp 4 pounds.",
        "<p>The bridge is closed.</p>",
        "Thousands of {dollars} were lost.",
        "Officials in EE. UU. agreed.",
        "Advertisement The mayor said no.",
        "The bridge is closed. (Photo: Anna Berg)",
        "Share this story. The mayor said no.",
        "The bridge\x08 is closed.",
        "The mayor\\u2019s office said no.",
        "To show an ampersand you write “&amp;” and nothing else.",
    ],
)
def test_what_is_not_certain_is_left(text: str) -> None:
    """Lost characters, tags, slots and labels inside a line of the article stay as they are."""
    assert clean(text).repairs == ()


def test_a_document_keeps_its_name() -> None:
    """A document may be given as well as a text, and is kept as it was read."""
    document = Document("page", "Brook &amp; Sons.", title="Brook &amp; Sons")

    assert clean(document).document is document


def test_the_threshold_of_flags_is_kept() -> None:
    """What the configuration does not want reported is not repaired."""
    config = DetectorConfig(score=ScoreConfig(flag_threshold=0.95))

    assert clean("The councilâ€™s plan for Brook &amp; Sons.", config=config).text == "The councilâ€™s plan for Brook & Sons."


def test_a_text_without_an_end_is_left_as_it_was() -> None:
    """Where every repair makes another necessary, none is made."""

    def read(document: Document) -> tuple[SegmentedDocument, list[Flag]]:
        turned = {"a": "b", "b": "a"}[document.text]
        return segment(document), [Flag(Span(0, 1), "mojibake", 1.0, "major", turned, (("mojibake", "because"),))]

    assert repair(Document("0", "a"), read, lambda _: False) == Cleaned(Document("0", "a"), "a")


@pytest.mark.parametrize("unit", ["Advertisement\n", f"{HEADLINE}\n", "&amp;", "a\u200b ", "&#&#51;8;", f"{PARAGRAPH}\n", "Ã©"])
def test_a_long_text_of_damage_costs_no_more_than_its_length(unit: str) -> None:
    """A hundred kilobytes of one kind of damage take some CPU-seconds; growth by squares would take minutes."""
    started = time.process_time()
    clean(unit * (100_000 // len(unit.encode())))

    assert time.process_time() - started < 10.0
