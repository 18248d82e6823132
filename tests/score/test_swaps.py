"""The words of a pair, one against the other."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from detector import align
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.swaps import Swap, Swaps, find_swaps
from detector.text import Word, segment, words
from detector.types import Alignment, Bead, Document, Span, WordEdit
from tests.articles import FEW, compared
from tests.oracles import is_laid_out, mirrored
from tests.strategies import retellings

_PAIRS = [(group, i, j) for group in FEW for i, j in ((0, 2), (0, 3), (0, 4), (3, 4))]


def _swaps(alignment: Alignment) -> Swaps:
    return find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())


def _of(source: str, target: str) -> list[tuple[str, str, str]]:
    found = _swaps(align([source], [target])).swaps
    return [(swap.source.of(source), swap.target.of(target), swap.relation) for swap in found]


def _words(text: str, span: Span) -> list[Word]:
    return words(text, span.start, span.end)


def _sides(swap: Swap) -> tuple[Span, Span]:
    return swap.source, swap.target


@given(retellings())
def test_swaps_cover_only_words_that_changed(texts: tuple[list[str], list[str]]) -> None:
    """On both sides the swaps cover each word of a swap, an insertion or a deletion, each once, and no other."""
    alignment = align(*texts)
    for side, document in enumerate((alignment.source, alignment.target)):
        text = document.document.text
        edits = [e for b in alignment.links for e in b.edits if e.op not in {"keep", "move"}]
        expected = [word for e in edits for word in _words(text, (e.source, e.target)[side])]
        found = [word for swap in _swaps(alignment).swaps for word in _words(text, _sides(swap)[side])]

        assert sorted(expected) == sorted(found)


@given(retellings())
def test_swaps_bear_the_forms_of_their_words(texts: tuple[list[str], list[str]]) -> None:
    """The forms of a swap are those of the words under its spans, and its sides are not both empty."""
    alignment = align(*texts)
    for swap in _swaps(alignment).swaps:
        for document, span, forms in (
            (alignment.source, swap.source, swap.source_forms),
            (alignment.target, swap.target, swap.target_forms),
        ):
            assert list(forms) == [word.form for word in _words(document.document.text, span)]
        assert swap.source_forms != swap.target_forms


@pytest.mark.parametrize(("group", "i", "j"), _PAIRS)
def test_swaps_of_a_bead_are_in_order(group: str, i: int, j: int) -> None:
    """Inside a bead the swaps are in the order of the source and do not overlap there."""
    alignment = compared(group).alignment(i, j)
    swaps = _swaps(alignment).swaps
    for before, after in pairwise(swaps):
        if before.bead == after.bead:
            assert before.source.end <= after.source.start
    spans = sorted(swap.target for swap in swaps if len(swap.target))

    assert is_laid_out(spans, alignment.target.document.text)


@pytest.mark.parametrize(("group", "i", "j"), _PAIRS)
def test_the_inverse_alignment_has_the_mirrored_swaps(group: str, i: int, j: int) -> None:
    """Read the other way, there are the same swaps with the same gains, sides exchanged; only beads are numbered anew."""
    alignment = compared(group).alignment(i, j)
    there, back = (
        sorted((replace(swap, bead=0) for swap in swaps), key=lambda swap: (swap.source, swap.target))
        for swaps in (map(mirrored, _swaps(alignment).swaps), _swaps(alignment.inverse()).swaps)
    )

    assert there == back


def _bits_there(text: str, span: Span) -> float:
    """The bits of the words of a span and of the two pieces after them, the whole text read."""
    read = load_pieces().encode(text)
    (first,), (end,) = read.places(np.array([span.start]), np.array([span.end]))
    return float(load_piece_lm().surprisal(read.ids)[first : end + 2].sum(dtype=np.float64))


def _gain(text: str, span: Span, other: str, *, is_opening: bool) -> float:
    """The bits that other words save in the place of a span: the whole text written anew with them, and read again."""
    if is_opening:
        other = (other[0].upper() if text[span.start].isupper() else other[0].lower()) + other[1:]
    anew = text[: span.start] + other + text[span.end :]
    return _bits_there(text, span) - _bits_there(anew, Span(span.start, span.start + len(other)))


def _assert_gains(alignment: Alignment) -> None:
    documents = alignment.source, alignment.target
    texts = [document.document.text for document in documents]
    openings = [
        {_words(d.document.text, s.span)[0].start for s in d.sentences if _words(d.document.text, s.span)} for d in documents
    ]
    for swap in _swaps(alignment).swaps:
        spans, gains = _sides(swap), (swap.source_gain, swap.target_gain)
        if not all(spans):
            assert gains == (0.0, 0.0)
            continue
        for k in (0, 1):
            other = spans[1 - k].of(texts[1 - k])
            expected = _gain(texts[k], spans[k], other, is_opening=spans[k].start in openings[k])

            assert gains[k] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("group", "i", "j"), _PAIRS)
def test_a_gain_is_what_the_text_written_anew_shows(group: str, i: int, j: int) -> None:
    """With the other side's words in its place a text has fewer bits by the gain, there and in the two pieces after."""
    _assert_gains(compared(group).alignment(i, j))


@given(retellings())
def test_gains_of_any_text_are_those_of_the_text_written_anew(texts: tuple[list[str], list[str]]) -> None:
    """The same for sentences of any make, where a swap may be the first or the last of a text."""
    _assert_gains(align(*texts))


@pytest.mark.parametrize(("group", "i", "j"), _PAIRS)
def test_bits_a_word_are_those_of_the_linked_words(group: str, i: int, j: int) -> None:
    """The mean is that of the words of sentences in links, each read in its text, none with more than an unknown word has."""
    alignment = compared(group).alignment(i, j)
    found = _swaps(alignment)
    for k, document in enumerate((alignment.source, alignment.target)):
        spans = [document.sentences[n].span for bead in alignment.links for n in (bead.source, bead.target)[k]]
        places = np.array([word[:2] for span in spans for word in words(document.document.text, span.start, span.end)]).T
        bits = load_piece_lm().of_spans(load_pieces().encode(document.document.text), places[0], places[1])

        assert found.bits[k] == pytest.approx(float(np.minimum(bits, 20.0).mean()), rel=1e-5)


@pytest.mark.parametrize(("group", "i", "j"), _PAIRS)
def test_counts_of_the_inverse_are_swapped(group: str, i: int, j: int) -> None:
    """Words, quoted words and bits a word change sides with the alignment; moves and the verbatim share stay."""
    alignment = compared(group).alignment(i, j)
    there, back = _swaps(alignment), _swaps(alignment.inverse())

    assert (there.n_words, there.n_quoted) == (back.n_words[::-1], back.n_quoted[::-1])
    assert there.bits == pytest.approx(back.bits[::-1])
    assert (there.n_moves, there.verbatim) == pytest.approx((back.n_moves, back.verbatim))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The car left at noon", "The automobile left at noon", [("car", "automobile", "synonym")]),
        ("The cars left at noon", "The car left at noon", [("cars", "car", "inflected")]),
        (
            "He bought the old ferry",
            "He purchased the aged ferry",
            [("bought", "purchased", "synonym"), ("old", "aged", "neighbour")],
        ),
        ("She reached the city by noon", "She reached town by noon", [("the city", "town", "none")]),
        ("Boats left at noon", "Many boats left at noon", [("", "Many", "none")]),
        ("The ferry left at noon", "The ferry left at noon", []),
    ],
)
def test_known_swaps(source: str, target: str, expected: list[tuple[str, str, str]]) -> None:
    """Word stands against word, a swallowed article with its noun, what was put in against nothing."""
    assert expected == _of(source, target)


def test_a_name_is_told_from_the_first_word() -> None:
    """A capital inside a sentence makes a name on both sides, a capital at its beginning does not."""
    (first, name) = _swaps(align(["Boats reached the White House today"], ["Ships reached the White Home today"])).swaps

    assert (first.is_name, name.is_name) == (False, True)


def test_quoted_words_are_told() -> None:
    """A swap inside quotation marks is marked so on the side that has the marks."""
    (swap,) = _swaps(align(["“We saw the old ferry leave,” he said"], ["We saw the aged ferry leave, he said"])).swaps

    assert (swap.source_quoted, swap.target_quoted) == (True, False)


@pytest.mark.parametrize("verbs", [("bought", "sold"), ("sold", "bought")])
def test_the_first_word_of_any_sentence_is_no_name(verbs: tuple[str, str]) -> None:
    """Nor does the capital of a sentence in the middle of a bead make a name, on whichever side it is one."""
    source = [f"He {verbs[0]} the old harbour ferry. Boats left it"]
    target = [f"He {verbs[1]} the old harbour ferry.", "Ships left it"]
    is_name = [swap.is_name for swap in _swaps(align(source, target)).swaps if swap.source_forms == ("boats",)]

    assert is_name == [False]


def test_a_worse_wording_has_the_gain() -> None:
    """Where a spinner put a near word into an idiom, its side gains by the other's word, and the other loses."""
    (swap,) = _swaps(align(["He said it had risen since last year"], ["He said it had risen since final year"])).swaps

    assert swap.target_gain > 0 > swap.source_gain


def test_a_long_run_is_no_pairing() -> None:
    """Two runs of more than 24 words stand against nothing, whole."""
    anchor = "the council of the island met in the harbour"
    source = " ".join(["old"] * 30) + " " + anchor
    target = " ".join(["new"] * 30) + " " + anchor
    swaps = _swaps(align([source], [target])).swaps

    sizes = [(len(swap.source_forms), len(swap.target_forms)) for swap in swaps]

    assert sorted(sizes) == [(0, 30), (30, 0)]


def test_an_alignment_without_links_has_no_swaps() -> None:
    """Nothing in common, nothing swapped, and no count divides by nothing."""
    found = _swaps(align("", "The ferry left."))

    assert (found.swaps, found.n_words, found.bits, found.verbatim) == ((), (0, 0), (0.0, 0.0), 0.0)


def test_a_side_without_words_has_an_insertion() -> None:
    """Where a bead holds marks alone on one side, the other's words stand against nothing, at the beginning of the marks."""
    source, target = (segment(Document(id_, text)) for id_, text in (("0", "—"), ("1", "Boats left")))
    bead = Bead((0,), (0,), 0.5, None, (WordEdit("insert", Span(0, 0), Span(0, 10)),))
    (swap,) = _swaps(Alignment(source, target, (bead,), "copy")).swaps

    assert (swap.source, swap.target, swap.source_forms) == (Span(0, 0), Span(0, 10), ())
