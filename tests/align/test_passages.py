"""Passages: their laws on texts made of the same pieces, and known cases, exact to the character."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import align
from detector.config import AlignConfig, DetectorConfig
from detector.text import words
from detector.types import Alignment
from tests.align.stories import HAIL, INQUIRY, LIBRARY, REGATTA, paragraph
from tests.strategies import align_configs, prose, retellings, reuses

_ANY = DetectorConfig(align=AlignConfig(min_passage=0))

Texts = tuple[str | list[str], str | list[str]]


def _read(alignment: Alignment) -> list[tuple[str, str]]:
    texts = alignment.source.document.text, alignment.target.document.text
    return [(source.of(texts[0]), target.of(texts[1])) for source, target in alignment.passages()]


_texts = reuses() | retellings() | st.tuples(prose(), prose())


@settings(max_examples=50)
@given(_texts, align_configs())
def test_passages_lie_in_the_texts_in_source_order(texts: Texts, config: AlignConfig) -> None:
    """A passage has characters on both sides, all of them in the texts; passages ascend, each once."""
    alignment = align(*texts, config=DetectorConfig(align=config))
    found = alignment.passages()

    assert sorted(set(found)) == list(found)
    for pair in found:
        for span, document in zip(pair, (alignment.source, alignment.target), strict=True):
            assert 0 <= span.start < span.end <= len(document.document.text)


@settings(max_examples=50)
@given(_texts, align_configs())
def test_no_two_passages_share_text_on_both_sides(texts: Texts, config: AlignConfig) -> None:
    """Two passages that share characters of one text share none of the other."""
    found = align(*texts, config=DetectorConfig(align=config)).passages()

    assert [] == [(p, q) for p, q in combinations(found, 2) if p[0].overlaps(q[0]) and p[1].overlaps(q[1])]


@settings(max_examples=50)
@given(_texts, align_configs())
def test_the_longer_side_of_a_passage_is_long_enough(texts: Texts, config: AlignConfig) -> None:
    """No passage is shorter, on its longer side, than the configuration says."""
    for pair in align(*texts, config=DetectorConfig(align=config)).passages():
        assert max(map(len, pair)) >= config.min_passage


@settings(max_examples=50)
@given(_texts)
def test_a_passage_cuts_no_word_and_has_no_blank_at_its_ends(texts: Texts) -> None:
    """A passage begins and ends where a word or a sentence does."""
    alignment = align(*texts, config=_ANY)
    for pair in alignment.passages():
        for span, document in zip(pair, (alignment.source, alignment.target), strict=True):
            text = document.document.text

            assert span.of(text) == span.of(text).strip()
            assert not any(w.start < bound < w.end for w in words(text) for bound in (span.start, span.end))


@settings(max_examples=50)
@given(reuses().map(lambda texts: texts[0]))
def test_a_text_of_some_length_is_one_passage_with_itself(text: str) -> None:
    """Two equal texts of twenty words and more, none of them told twice, are one passage from the first word to the last."""
    found = align(text, text, config=_ANY)
    is_told_once = len(set(text.split(". "))) == len(text.split(". "))
    if is_told_once and len(words(text)) >= 20:
        assert [(text.strip(), text.strip())] == _read(found)


def test_one_paragraph_of_a_long_article_is_found_to_the_character() -> None:
    """A paragraph taken into another article is a passage, and nothing around it is."""
    taken = paragraph(LIBRARY)
    source = "\n\n".join([paragraph(HAIL), taken, "\n".join(INQUIRY)])
    target = "Ferry fares will rise by a tenth in spring.\n" + taken + "\nThe operator said that fuel had grown dear."

    assert [(taken, taken)] == _read(align(source, target))


@pytest.mark.parametrize(("before", "after"), [("Readers were told last week that ", " although nobody explained it."), ("", "")])
def test_a_passage_may_begin_and_end_inside_sentences(before: str, after: str) -> None:
    """Where the copying begins and ends in the middle of sentences, so does the passage."""
    taken = paragraph(LIBRARY).partition("opened")[1] + paragraph(LIBRARY).partition("opened")[2].partition(" have been")[0]
    source, target = "\n".join([paragraph(HAIL), paragraph(LIBRARY), paragraph(REGATTA)]), before + taken + after

    assert [(taken, taken)] == _read(align(source, target))


@pytest.mark.parametrize("n_after", range(0, 60, 3))
def test_a_passage_inside_one_sentence_ends_where_the_copying_does(n_after: int) -> None:
    """However many words of its own the sentence goes on with, neither end moves."""
    taken = paragraph(LIBRARY).replace(".", ",").rstrip(",")
    own = [form for form in paragraph(INQUIRY[3:]).replace(".", "").split() if form.isalpha()]
    target = " ".join([*own[:70], taken, *own[70 : 70 + n_after]])

    assert [(taken, taken)] == _read(align([*HAIL[:3], taken, *REGATTA[:2]], [target]))


def test_no_end_moves_over_the_passage() -> None:
    """Where the words after a passage weigh as much against as its own for, its start stays before its end."""
    draw = Random(1)

    def made_up(n_words: int) -> str:
        return " ".join("".join(draw.choices("aeioulnrst", k=7)) for _ in range(n_words))

    for n_after in range(20, 60):
        taken = made_up(30)
        source, target = [made_up(60), taken, made_up(60)], [made_up(20), " ".join([made_up(65), taken, made_up(n_after)])]

        assert [(taken, taken)] == _read(align(source, target, config=_ANY))


def test_two_paragraphs_that_changed_places_are_two_passages() -> None:
    """Passages need not ascend on both sides."""
    first, second = paragraph(HAIL), paragraph(REGATTA)
    source, target = "\n".join([first, paragraph(LIBRARY), second]), "\n".join([second, "Rain is expected.", first])

    assert [(first, first), (second, second)] == _read(align(source, target))


@pytest.mark.parametrize("lead", ["A short note first.", "Zebras first."])
def test_a_paragraph_used_twice_is_a_passage_with_each_use(lead: str) -> None:
    """Each use is a passage, whichever of the two texts comes first by its letters."""
    taken = paragraph(LIBRARY)
    twice = "\n".join([lead, taken, paragraph(HAIL), taken])

    assert [(taken, taken)] * 2 == _read(align(taken, twice))
    assert [(taken, taken)] * 2 == _read(align(twice, taken))


def test_what_lies_far_apart_is_no_one_passage() -> None:
    """Between two stretches of a passage there are no more words than the configuration says."""
    first, second = paragraph(LIBRARY), paragraph(REGATTA)
    between = [" ".join(form for form in paragraph(part).split() if form.islower()) for part in (INQUIRY[:12], INQUIRY[12:])]
    source, target = [first, between[0], second], [first, between[1], second]
    assert min(len(words(part)) for part in between) > AlignConfig().max_gap

    assert [(first, first), (second, second)] == _read(align(source, target))


def test_unrelated_texts_have_no_passage() -> None:
    """Nothing is found in texts on different matters, however low the bar is."""
    for one, other in combinations([LIBRARY, HAIL, REGATTA, INQUIRY], 2):
        alignment = align(paragraph(one), paragraph(other), config=_ANY)

        assert ("unrelated", ()) == (alignment.relation, alignment.passages())


_QUOTED = (
    "“Every bridge in this province was built by people who were told that it could not be done, and each of them still stands"
    " today, while the ministries that refused the money have been pulled down and rebuilt three times over at public cost,”"
)


def test_what_both_texts_quote_can_be_left_out() -> None:
    """A quotation that two reports share is a passage, and none where words inside quotations do not count."""
    source, target = (
        " ".join([*story[:4], _QUOTED, who, *story[4:]])
        for story, who in ((LIBRARY, "wrote Agnes Marrow."), (HAIL, "growled a grower."))
    )
    without = align(source, target, config=DetectorConfig(align=AlignConfig(quotations=False)))

    assert [[True, True]] == [[_QUOTED.rstrip(",”") in side for side in pair] for pair in _read(align(source, target))]
    assert ("unrelated", ()) == (without.relation, without.passages())


def test_what_stands_outside_quotations_is_still_found_without_them() -> None:
    """Leaving quotations out hides no other copying."""
    source = paragraph(LIBRARY) + "\n" + _QUOTED
    without = align(source, paragraph(LIBRARY), config=DetectorConfig(align=AlignConfig(quotations=False)))

    assert [(paragraph(LIBRARY), paragraph(LIBRARY))] == _read(without)


def test_short_lines_that_repeat_are_no_passage() -> None:
    """A refrain that stands in both texts many times is not reuse of a passage."""
    refrain = ["Read more.", "Share this.", "Watch live."] * 30

    assert [] == _read(align([*refrain, *LIBRARY, *refrain], [*refrain, *HAIL, *refrain], config=_ANY))


@pytest.mark.parametrize(("n_less", "n_passages"), [(0, 1), (-1, 0)])
def test_a_passage_shorter_than_asked_for_is_left_out(n_less: int, n_passages: int) -> None:
    """A passage of exactly the least length counts, of one character less does not."""
    taken = paragraph(LIBRARY[:3])
    config = DetectorConfig(align=AlignConfig(min_passage=len(taken) - n_less))
    alignment = align([*HAIL, taken], [taken, *REGATTA], config=config)

    assert n_passages == len(alignment.passages())


@pytest.mark.parametrize("texts", [("", ""), ("", paragraph(HAIL)), ("… — ?!\n" * 40, "… — ?!\n" * 40), ("☃ " * 200, "☃ " * 300)])
def test_without_words_there_is_no_passage(texts: tuple[str, str]) -> None:
    """No text and texts without letters have no passages."""
    assert () == align(*texts, config=_ANY).passages()
