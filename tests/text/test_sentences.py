"""Sentences of a text as it was read."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.text import from_sentences, normalise, segment, sentences
from detector.types import Document, SegmentedDocument
from tests.oracles import is_laid_out
from tests.strategies import prose, wild

_MAX_CPU_SECONDS = 5.0
_REPORT = (
    "The old ferry left the harbour at noon and did not come back. Its master, Mr. Lund, said that the pumps had failed"
    " before. Nobody in the town was told of it until the evening news, which came after ten."
)


def _sentences(text: str) -> list[str]:
    segmented = segment(Document("0", text))
    return [segmented.text_of(i) for i in range(len(segmented))]


@given(wild() | prose())
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    """Sentences have at least one character, are in order, inside the text, and do not overlap."""
    assert is_laid_out([s.span for s in segment(Document("0", text)).sentences], text)


@given(wild() | prose())
def test_every_character_that_is_not_blank_is_in_one_sentence(text: str) -> None:
    """Sentences leave out blanks only."""
    covered = {i for s in segment(Document("0", text)).sentences for i in range(s.span.start, s.span.end)}

    assert [i for i, c in enumerate(text) if not c.isspace() and i not in covered] == []


@given(wild() | prose())
def test_sentences_have_no_blank_at_their_ends(text: str) -> None:
    """A sentence begins and ends with what is not blank."""
    assert [sentence for sentence in _sentences(text) if sentence != sentence.strip()] == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \r\n\t ", []),
        ("Ferry stopped\nThe ferry was stopped. Why?", ["Ferry stopped", "The ferry was stopped.", "Why?"]),
        ("Mr. Lund met Dr. Berg at 4 p.m. on Monday.", ["Mr. Lund met Dr. Berg at 4 p.m. on Monday."]),
        ("It cost $1.5 million. The U.S. paid.", ["It cost $1.5 million.", "The U.S. paid."]),
        ("— … !", ["— … !"]),
        ("1234 567", ["1234 567"]),
    ],
)
def test_known_sentences(text: str, sentences: list[str]) -> None:
    """Line breaks and stops end sentences, abbreviations and figures do not; a text without letters is not lost."""
    assert sentences == _sentences(text)


@given(st.lists(st.sampled_from(_REPORT.split(". ")), max_size=6))
def test_the_kind_of_line_break_does_not_matter(lines: list[str]) -> None:
    r"""With ``\r\n`` a text has the sentences that it has with ``\n``."""
    expected = _sentences("\n".join(lines))

    assert expected == [s.replace("\r\n", "\n") for s in _sentences("\r\n".join(lines))]


def test_hard_wrapped_text_is_read_by_paragraphs() -> None:
    """Where lines break at one width, in the middle of sentences, only a blank line ends a sentence."""
    paragraphs = [_REPORT, _REPORT.replace("ferry", "train")]
    wrapped = "\n\n".join("\n".join(textwrap.wrap(paragraph, 60)) for paragraph in paragraphs)
    expected = [s for paragraph in paragraphs for s in _sentences(paragraph)]

    assert list(map(normalise, expected)) == list(map(normalise, _sentences(wrapped)))


@pytest.mark.parametrize("unit", ["word ", "a", "a. ", "Mr. ", "A b ", "“a ", "A.B.", "."], ids=repr)
def test_one_sentence_of_200_kb_is_read_in_bounded_time(unit: str) -> None:
    """A line of 200,000 characters costs no more than its length."""
    began = time.process_time()
    segmented = segment(Document("0", unit * (200_000 // len(unit))))

    assert len(segmented) > 0
    assert time.process_time() - began < _MAX_CPU_SECONDS


@given(st.lists(wild(), max_size=6))
def test_given_sentences_are_taken_as_they_are(sentences: list[str]) -> None:
    """Sentences that the caller split come back one for one, whatever they hold."""
    segmented: SegmentedDocument = from_sentences(sentences, "0")

    assert sentences == [segmented.text_of(i) for i in range(len(segmented))]


@given(wild() | prose())
def test_plain_lines_are_what_nupunkt_would_have_made_of_them(text: str) -> None:
    """A line in which no sentence may end is one sentence, as it is where nupunkt is asked of every line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_may_end_within", bool)
        expected = _sentences(text)

    assert expected == _sentences(text)
