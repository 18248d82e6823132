"""The laws of an alignment, on any two texts."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detector import align
from detector.config import AlignConfig, DetectorConfig
from detector.text import words
from detector.types import Alignment, Relation
from tests import oracles
from tests.strategies import align_configs, prose, retellings, reuses, wild

_STORY = (
    "The harbour board closed the eastern ferry landing on Tuesday.",
    "Inspectors had found rust in eleven of the forty steel piles.",
    "Repairs will take until October and cost 2.4 million crowns.",
    "Island farmers, who ship their milk at dawn, must drive to Lund instead.",
    "“We were told nothing,” said Greta Dahl, who keeps ninety cows.",
    "The board promised a smaller boat by the end of the month.",
)
_OTHER = (
    "Astronomers photographed a comet above the southern desert.",
    "Its tail stretched across nine degrees of sky.",
    "Schoolchildren queued all night at the telescope.",
)


_SAME = 0.6 - 1e-9
"""From this similarity on two sentences say the same."""


def _links(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.links]


@settings(max_examples=60)
@given(st.tuples(wild(), wild()) | st.tuples(prose(), prose()) | retellings() | reuses())
def test_every_sentence_is_in_one_bead(texts: tuple[str | list[str], str | list[str]]) -> None:
    """Each sentence of both texts is in exactly one bead; nulls are single sentences."""
    alignment = align(*texts)
    for side, document in enumerate((alignment.source, alignment.target)):
        indices = sorted(i for bead in alignment.beads for i in (bead.source, bead.target)[side])

        assert indices == list(range(len(document)))
    assert all(len(bead.source) + len(bead.target) == 1 for bead in alignment.beads if bead.is_null)


@given(retellings())
def test_links_are_runs_of_neighbours_or_repeats(texts: tuple[list[str], list[str]]) -> None:
    """The sentences of a link follow each other, or say the same again, as where a single sentence is used twice."""
    sentences = [*texts[0], *texts[1]]
    alike, _ = oracles.sentence_cosines(sentences, sentences, 5)
    for bead in align(*texts).links:
        target = tuple(len(texts[0]) + j for j in bead.target)
        for own, facing in ((bead.source, target), (target, bead.source)):
            if any(a + 1 < b for a, b in pairwise(own)):
                assert len(facing) == 1
                assert all(any(abs(i - k) == 1 or alike[i, k] >= _SAME for k in own if k != i) for i in own)


@settings(max_examples=60)
@given(retellings() | reuses(), align_configs())
def test_a_link_has_no_more_sentences_than_allowed(texts: tuple[str | list[str], str | list[str]], config: AlignConfig) -> None:
    """No side of a bead has more sentences than the configuration allows it."""
    for bead in align(*texts, config=DetectorConfig(align=config)).beads:
        assert len(bead.source) <= config.max_source
        assert len(bead.target) <= config.max_target


@given(retellings() | st.tuples(prose(), prose()))
def test_each_word_of_a_link_is_in_one_edit(texts: tuple[str | list[str], str | list[str]]) -> None:
    """On both sides, each word of a link is covered by exactly one edit, and no edit cuts a word."""
    alignment = align(*texts)
    for bead in alignment.links:
        for side, document in enumerate((alignment.source, alignment.target)):
            text = document.document.text
            spans = [document.sentences[i].span for i in (bead.source, bead.target)[side]]
            covers = [(edit.source, edit.target)[side] for edit in bead.edits]
            for word in (w for span in spans for w in words(text, span.start, span.end)):
                assert sum(cover.start <= word.start and word.end <= cover.end for cover in covers) == 1
                assert not any(word.start < bound < word.end for cover in covers for bound in (cover.start, cover.end))


@given(retellings())
@example((["council", "ferry", "council"], ["council council"]))
def test_kept_and_moved_words_are_the_same_on_both_sides(texts: tuple[list[str], list[str]]) -> None:
    """The words of a keep or a move have the same forms in both texts; those of a swap have not."""
    alignment = align(*texts)
    for edit in (edit for bead in alignment.links for edit in bead.edits):
        left, right = (
            [word.form for word in words(document.document.text, span.start, span.end)]
            for document, span in ((alignment.source, edit.source), (alignment.target, edit.target))
        )

        assert (left == right) == (edit.op in {"keep", "move"})


@given(retellings().map(lambda texts: texts[0]))
@example(["council", "council"])
def test_a_text_is_identical_to_itself(sentences: list[str]) -> None:
    """Aligned with itself, a text has only 1-1 beads of a sentence with itself, kept whole, and is identical."""
    alignment = align(sentences, sentences)

    assert alignment.relation == "identical"
    assert _links(alignment) == [((i,), (i,)) for i in range(len(sentences))]
    assert {edit.op for bead in alignment.links for edit in bead.edits} <= {"keep"}


@settings(max_examples=60)
@given(retellings() | st.tuples(prose(), prose()) | reuses(), align_configs())
@example((["council", "council"], ["council", "council"]), AlignConfig())
def test_the_direction_of_reading_does_not_matter(texts: tuple[str | list[str], str | list[str]], config: AlignConfig) -> None:
    """Aligned the other way, two texts have the inverse alignment: links, edits, similarities, relation and passages."""
    there = align(*texts, config=DetectorConfig(align=config))
    back = align(*reversed(texts), config=DetectorConfig(align=config.inverse())).inverse()

    assert back.beads == there.beads
    assert back.relation == there.relation
    assert back.passages() == there.passages()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_texts_have_the_same_alignment_in_every_process(seed: str) -> None:
    """Nothing depends on the order of a set or on what was aligned before."""
    texts = list(_STORY), [*_STORY[3:], *_OTHER, *_STORY[:2]]
    program = f"import detector; print(repr(detector.align(*{texts!r})))"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, encoding="utf-8")

    assert repr(align(*texts)) + "\n" == run.stdout


def test_a_moved_paragraph_is_found() -> None:
    """A paragraph that stands elsewhere in the copy makes beads that cross, and nothing is lost."""
    moved = [*_STORY[3:5], *_STORY[:3], *_STORY[5:]]

    assert _links(align(list(_STORY), moved)) == [((i,), (moved.index(_STORY[i]),)) for i in range(len(_STORY))]


def test_a_sentence_split_in_two_is_one_bead() -> None:
    """A long sentence that the copy tells in two is a 1-2 bead; read back, a 2-1 bead."""
    split = [*_STORY[:3], "Island farmers ship their milk at dawn.", "They must drive to Lund instead.", *_STORY[4:]]

    assert _links(align(list(_STORY), split))[3] == ((3,), (3, 4))
    assert _links(align(split, list(_STORY)))[3] == ((3, 4), (3,))


def test_a_dropped_sentence_is_a_null() -> None:
    """What the copy leaves out has no counterpart, and its neighbours keep theirs."""
    alignment = align(list(_STORY), [*_STORY[:2], *_STORY[3:]])

    assert [bead.source for bead in alignment.beads if bead.is_null] == [(2,)]
    assert len(alignment.links) == len(_STORY) - 1


def test_unrelated_texts_share_nothing() -> None:
    """Two texts on different matters have no links and are unrelated."""
    alignment = align(list(_STORY), list(_OTHER))

    assert (alignment.relation, alignment.links) == ("unrelated", ())


@pytest.mark.parametrize(
    ("source", "target", "relation", "n_links"),
    [
        ("", "", "identical", 0),
        (" \n", "", "identical", 0),
        ("", "The ferry left.", "unrelated", 0),
        ("Ferry", "Ferry", "identical", 1),
        ("Ferry", "“ferry”", "copy", 1),
        ("Ferry", "Landing", "unrelated", 0),
        ("— …", "?!", "unrelated", 0),
        (list(_STORY), list(_STORY[:3]), "copy", 3),
        (
            [*_STORY, *_OTHER, *_OTHER],
            [_STORY[0], *(f"Sheep {i} grazed on hill {i + 7}." for i in range(8))],
            "partial",
            1,
        ),
    ],
)
def test_small_texts(source: str | list[str], target: str | list[str], relation: Relation, n_links: int) -> None:
    """No text, no words, one word, and parts of a text have the relation that a reader would give."""
    alignment = align(source, target)

    assert (relation, n_links) == (alignment.relation, len(alignment.links))


def test_strings_in_a_sequence_are_sentences() -> None:
    """A sequence of strings is not split again, and its sentences have their offsets in the lines joined."""
    alignment = align(["One. Two.", "Three"], ("Three",))

    assert [alignment.source.text_of(i) for i in range(2)] == ["One. Two.", "Three"]
    assert _links(alignment) == [((1,), (0,))]


def test_a_segmented_document_is_taken_as_it_is() -> None:
    """What was segmented before is aligned as it is, its id kept."""
    segmented = align("The ferry left. It sank.", "").source

    assert align(segmented, "It sank.").source is segmented
