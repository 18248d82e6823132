"""Kneser-Ney estimates against hand, against a slow reading of the definition, and against another program."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detector.lm.pieces import BEGIN
from models.piece_lm import kneser_ney as room
from models.piece_lm.kneser_ney import estimate, piece_lm, tables, write_arpa
from tests import oracles
from tests.oracles import as_listed, probability

_N_PIECES = 8
_TEXTS = st.lists(st.lists(st.sampled_from([0, *range(2, _N_PIECES)]), max_size=12), min_size=1, max_size=8).filter(any)
_LEAST = st.integers(1, 3)


def _arrays(texts: list[list[int]]) -> list[NDArray[np.int64]]:
    return [np.array(text, dtype=np.int64) for text in texts]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # n1 = 4, n2 = 2, n3 = 1, n4 = 1: Y = 4 / 8; 1 - 2Y 2/4, 2 - 3Y 1/2, 3 - 4Y 1/1 (Chen & Goodman 1999, equation 26).
        ([1, 1, 1, 1, 2, 2, 3, 4, 9], [0, 0.5, 1.25, 1.0]),
        # n1 = 6, n2 = 3, n3 = 2, n4 = 1: Y = 6 / 12.
        ([1] * 6 + [2] * 3 + [3] * 2 + [4], [0, 0.5, 1.0, 2.0]),
        # No count is 1: n1 = 1 instead of 0, and Y = 1 / 7; 1 - 2Y 3/1, 2 - 3Y 1/3, 3 - 4Y 1/1.
        ([2, 2, 2, 3, 4], [0, 1 / 7, 13 / 7, 17 / 7]),
        # Nothing at all: each count of counts is read as 1, and Y = 1 / 3.
        ([], [0, 1 / 3, 1.0, 5 / 3]),
    ],
)
def test_discounts_are_those_of_the_paper(counts: list[int], expected: list[float]) -> None:
    """What is taken off counts of 1, 2 and 3 or more follows from how many counts there are of each."""
    np.testing.assert_allclose(room._discounts(np.array(counts, dtype=np.int64)), expected, atol=1e-12)


def test_a_small_text_by_hand() -> None:
    """Three texts, counted on paper: <s> 3 4 | <s> 3 4 | <s> 3 5, in a vocabulary of 6."""
    table, rest = as_listed(estimate(_arrays([[3, 4], [3, 4], [3, 5]]), 6, least=1))
    # Pairs: <s> 3 is seen three times, 3 4 and 3 5 have one predecessor each. Singles: each of 3, 4, 5 has one.
    # Counts of singles are 1, 1, 1: n1 = 3, n2 = n3 = n4 = 1 (read as 1), Y = 3 / 5, off 1: 1 - 2Y/3 = .6, so 1.8 of 3 is shared.
    single = 0.4 / 3 + 0.6 / 6
    # Counts of pairs are 3, 1, 1: n1 = 2, n2 = 1 (read as 1), n3 = 1, Y = 1 / 2, off 1: .5; off 3: 3 - 4Y = 1.
    pair_3_4, pair_begin_3 = 0.5 / 2 + 0.5 * single, 2 / 3 + 1 / 3 * single
    # Counts of triples are 2, 1: n1 = n2 = 1, Y = 1 / 3, off 1: 1 - 2Y = 1/3; off 2: 2 - 3Y = 1; so 4/3 of 3 is left.
    triple = 1 / 3 + 4 / 9 * pair_3_4

    found = [table["3",], table["3", "4"], table["1", "3"], table["1", "3", "4"], rest["1", "3"]]
    np.testing.assert_allclose([single, pair_3_4, pair_begin_3, triple, 4 / 9], found, atol=1e-9)


@given(texts=_TEXTS, least=_LEAST, before2=st.integers(0, _N_PIECES - 1), before=st.integers(0, _N_PIECES - 1))
def test_estimates_equal_the_slow_reading(texts: list[list[int]], least: int, before2: int, before: int) -> None:
    """After any two pieces, each piece has the probability that plain dictionaries of counts give it."""
    table, rest = as_listed(estimate(_arrays(texts), _N_PIECES, least))
    slow = oracles.kneser_ney(texts, _N_PIECES, least)
    runs = [(before2, before, piece) for piece in range(_N_PIECES)]
    found = [probability(table, rest, tuple(map(str, run))) for run in runs]

    np.testing.assert_allclose([slow(run) for run in runs], found, atol=1e-6)


@given(texts=_TEXTS, least=_LEAST, context=st.lists(st.integers(0, _N_PIECES - 1), max_size=2))
def test_estimates_sum_to_one(texts: list[list[int]], least: int, context: list[int]) -> None:
    """After none, one or two pieces of any kind, the probabilities of all pieces sum to 1."""
    table, rest = as_listed(estimate(_arrays(texts), _N_PIECES, least))
    total = sum(probability(table, rest, (*map(str, context), str(piece))) for piece in range(_N_PIECES))

    assert total == pytest.approx(1.0, abs=1e-9)


@given(texts=_TEXTS, least=_LEAST)
def test_what_is_seen_seldom_is_left_out(texts: list[list[int]], least: int) -> None:
    """Runs of three are listed, in order, where they are seen often enough; of runs of two, all."""
    found = estimate(_arrays(texts), _N_PIECES, least)
    rows = [[BEGIN, *text] for text in texts]
    seen = [tuple(row[i : i + 3]) for row in rows for i in range(len(row) - 2)]
    pairs = {tuple(row[i : i + 2]) for row in rows for i in range(len(row) - 1)}

    assert sorted({a << 32 | b << 16 | c for a, b, c in seen if seen.count((a, b, c)) >= least}) == found.triples.tolist()
    assert sorted(a << 16 | b for a, b in pairs) == found.pairs.tolist()


_GRAMMAR = {
    "S": ("NP VP", "NP VP PP", "PP NP VP", "NP VP and NP VP"),
    "NP": ("the N", "a N", "the A N", "N", "the N PP"),
    "VP": ("V NP", "V", "V that NP V", "has V NP"),
    "PP": ("in NP", "near the N", "after NP"),
    "N": ("blicket", "dax", "wug", "toma", "fep", "gorp", "zib"),
    "A": ("plim", "vashy", "tupid"),
    "V": ("glorps", "mooped", "kradded", "feps"),
}
"""A language that nobody speaks."""
_WORDS = sorted({word for ways in _GRAMMAR.values() for way in ways for word in way.split()} - _GRAMMAR.keys())
_FIRST_WORD = 3  # after <unk>, <s> and </s>


def _sentence(draw: Random, symbol: str = "S", depth: int = 0) -> list[int]:
    """The numbers of the words of a sentence of the grammar."""
    if symbol not in _GRAMMAR:
        return [_FIRST_WORD + _WORDS.index(symbol)]
    ways = _GRAMMAR[symbol] if depth < 6 else _GRAMMAR[symbol][:2]
    return [word for part in draw.choice(ways).split() for word in _sentence(draw, part, depth + 1)]


@pytest.mark.parametrize("least", [1, 2])
def test_kenlm_reads_the_same_from_the_file(tmp_path: Path, least: int) -> None:
    """Each piece of seen sentences, new ones and heaps of words has the bits that kenlm gives it from our ARPA file."""
    kenlm = pytest.importorskip("kenlm", reason="kenlm is not installed: nothing to compare with")
    draw = Random(5)
    seen = [_sentence(draw) for _ in range(400)]
    n_pieces = _FIRST_WORD + len(_WORDS) + 2  # two that are never seen
    heaps = [draw.choices(range(_FIRST_WORD, n_pieces), k=draw.randint(1, 12)) for _ in range(100)]
    found = estimate(_arrays(seen), n_pieces, least)
    write_arpa(found, tmp_path / "invented.arpa")
    config = kenlm.Config()
    config.show_progress, config.arpa_complain = False, kenlm.ARPALoadComplain.NONE
    theirs, ours = kenlm.Model(str(tmp_path / "invented.arpa"), config), piece_lm(tables(found))
    for ids in (*seen, *(_sentence(draw) for _ in range(100)), *heaps):
        scores = [score for score, _, _ in theirs.full_scores(" ".join(map(str, ids)), bos=True, eos=False)]

        np.testing.assert_allclose(ours.surprisal(np.array(ids)), np.array(scores) * -np.log2(10), atol=2e-2)
