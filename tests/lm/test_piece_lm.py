"""The piece model against a slow reading of the estimates behind its tables."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import piece_lm as room
from detector.lm.piece_lm import PieceLM, load_piece_lm
from detector.lm.pieces import BEGIN, load_pieces
from detector.text import words
from models.piece_lm.kneser_ney import Estimates, estimate, piece_lm, tables
from tests.articles import FEW, documents
from tests.oracles import as_listed, probability
from tests.strategies import prose, wild

_N_PIECES = 40
_ROUNDING = 2e-2
"""Bits: three numbers of a sum, each kept in sixteen bits, which leave a 128th to either side of one below 16."""


@pytest.fixture(scope="module")
def estimates() -> Estimates:
    """Estimates from sixty invented texts of forty pieces, the frequent ones far more frequent than the rare."""
    rng = np.random.default_rng(7)
    texts = [rng.geometric(0.12, size=rng.integers(1, 60)) + BEGIN for _ in range(60)]
    return estimate([text[text < _N_PIECES] for text in texts], _N_PIECES)


@pytest.fixture(scope="module")
def small(estimates: Estimates) -> PieceLM:
    """The model of these estimates."""
    return piece_lm(tables(estimates))


_PIECE = st.integers(0, _N_PIECES - 1)


@given(rows=st.lists(st.tuples(_PIECE, _PIECE, _PIECE), min_size=1, max_size=20))
def test_bits_equal_the_slow_reading(small: PieceLM, estimates: Estimates, rows: list[tuple[int, int, int]]) -> None:
    """Any piece after any two has the bits that dictionaries of the estimates give it, backed off by hand."""
    table, rest = as_listed(estimates)
    expected = [-log2(probability(table, rest, tuple(map(str, row)))) for row in rows]
    found = small.bits(*np.array(rows, dtype=np.int64).T)

    np.testing.assert_allclose(found, expected, atol=_ROUNDING)


@given(ids=st.lists(st.integers(2, _N_PIECES - 1), max_size=30))
def test_surprisal_is_of_each_piece_after_the_two_before(small: PieceLM, estimates: Estimates, ids: list[int]) -> None:
    """The first piece comes after the beginning of a text, the second after both, and so on."""
    table, rest = as_listed(estimates)
    row = [str(piece) for piece in (BEGIN, *ids)]
    expected = [-log2(probability(table, rest, tuple(row[max(0, i - 2) : i + 1]))) for i in range(1, len(row))]

    np.testing.assert_allclose(small.surprisal(np.array(ids, dtype=np.int64)), expected, atol=_ROUNDING)


@given(rows=st.lists(st.tuples(_PIECE, _PIECE, _PIECE), min_size=1, max_size=20))
def test_pairs_that_are_known_change_nothing(small: PieceLM, rows: list[tuple[int, int, int]]) -> None:
    """Given the slots of its pairs, a look-up gives what it gives without."""
    before2, before, piece = np.array(rows, dtype=np.int64).T
    known = small.bits(before2, before, piece, context=small.bigram(before2, before), pair=small.bigram(before, piece))

    np.testing.assert_array_equal(small.bits(before2, before, piece), known)


def _total(model: PieceLM, n_pieces: int, before2: int, before: int) -> float:
    """The probability of all pieces after two."""
    bits = model.bits(np.full(n_pieces, before2), np.full(n_pieces, before), np.arange(n_pieces))
    return float((2.0 ** -bits.astype(np.float64)).sum())


@given(before2=_PIECE, before=_PIECE)
def test_probabilities_sum_to_one(small: PieceLM, before2: int, before: int) -> None:
    """After any two pieces, the probabilities of all pieces sum to 1, but for the rounding."""
    assert _total(small, _N_PIECES, before2, before) == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize("context", ["of the", "he said", "in a", "zeppelin moored", "漢字", " !", "0 000", "the White"])
def test_shipped_probabilities_sum_to_one(context: str) -> None:
    """After frequent pieces, rare ones and bytes, the shipped probabilities of all pieces sum to 1, but for the rounding."""
    pieces = load_pieces()
    before2, before = pieces.encode(context).ids[-2:].tolist()

    assert _total(load_piece_lm(), pieces.n_pieces, before2, before) == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("n_pieces", [0, 1, 2, 6, 7, 8, 150])
def test_the_size_of_a_block_changes_nothing(small: PieceLM, monkeypatch: pytest.MonkeyPatch, at_once: int, n_pieces: int) -> None:
    """A text has the same bits whether it is looked up at once or some pieces at a time."""
    ids = np.random.default_rng(8).integers(2, _N_PIECES, size=n_pieces)
    expected = small.surprisal(ids)
    monkeypatch.setattr(room, "_AT_ONCE", at_once)

    np.testing.assert_array_equal(expected, small.surprisal(ids))


def _cuts(text: str) -> list[int]:
    """Where the words of a text begin, the blank before each with it, and where they end; all from 0 to the end of the text."""
    cuts = [0]
    for word in words(text):
        blank = cuts[-1] < word.start and text[word.start - 1].isspace()
        cuts += [word.start - blank, word.end]
    return [*cuts, len(text)]


_TEXTS = (
    prose()
    | wild()
    | st.sampled_from([documents(group)["original"].text for group in FEW])
    | st.sampled_from(["at 9p.m.", " ", "A\udfff \ud800"])
)


@given(text=_TEXTS)
def test_words_and_what_lies_between_add_up(text: str) -> None:
    """The bits of words, each with the blank before it, and of what lies between them sum to the bits of the text."""
    model, found = load_piece_lm(), load_pieces().encode(text)
    cuts = np.array(_cuts(text), dtype=np.int64)
    bits = model.of_spans(found, cuts[:-1], cuts[1:])

    assert float(bits.sum()) == pytest.approx(float(model.surprisal(found.ids).sum()), rel=1e-5)


@given(text=_TEXTS)
def test_a_whole_text_is_a_span(text: str) -> None:
    """The span from the beginning to the end has all bits of the text, finite and not negative; one of no characters has none."""
    model, found = load_piece_lm(), load_pieces().encode(text)
    each = model.surprisal(found.ids)
    whole, none = model.of_spans(found, np.array([0, 0]), np.array([len(text), 0]))

    assert np.isfinite(each).all()
    assert (each >= 0).all()
    assert (whole, none) == (pytest.approx(float(each.sum()), rel=1e-5), 0.0)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("He was in the city.", "He was in the cities."),
        ("at least two people", "at smallest two folks"),
        ("the White House said", "the White Home said"),
        ("the New York Times", "the New York Occasions"),
    ],
)
def test_english_is_less_surprising_than_what_a_spinner_writes(better: str, worse: str) -> None:
    """Idiom has fewer bits than the same words swapped for near ones."""
    bits = [float(load_piece_lm().surprisal(load_pieces().encode(text).ids).sum()) for text in (better, worse)]

    assert bits[0] < bits[1]
