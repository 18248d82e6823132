"""Similar cells against a slow, dense computation, and their bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.align.bitext import Bitext
from detector.align.cells import Cells, Features, similar_cells
from detector.text import from_sentences
from tests import oracles
from tests.strategies import prose, retellings, wild

_STEM = 5
_LEAST = 0.1
_MOST_A_SENTENCE = 12

Sides = tuple[list[str], list[str]]


def _bitext(texts: Sides) -> Bitext:
    return Bitext.of(*(from_sentences(sentences, str(k)) for k, sentences in enumerate(texts)))


def _cells(texts: Sides) -> Cells:
    return similar_cells(Features.of(_bitext(texts)))


_texts = retellings() | st.tuples(*2 * [st.lists(prose() | wild(), max_size=6)])


@given(_texts)
def test_cells_equal_the_dense_cosines(texts: Sides) -> None:
    """The pairs of sentences of cosine .1 or more, and no others, are cells, with that cosine and that many features shared."""
    cells = _cells(texts)
    cosines, n_shared = oracles.sentence_cosines(*texts, _STEM)
    found = dict(zip(zip(cells.source.tolist(), cells.target.tolist(), strict=True), cells.cosine.tolist(), strict=True))
    clear = {(int(i), int(j)) for i, j in np.argwhere(cosines >= _LEAST + 1e-9)}

    assert clear <= found.keys() <= {(int(i), int(j)) for i, j in np.argwhere(cosines >= _LEAST - 1e-9)}
    assert {pair: pytest.approx(cosines[pair]) for pair in found} == found
    assert [n_shared[pair] for pair in found] == cells.n_shared.tolist()


@given(_texts)
def test_cells_are_in_order_of_source_then_target(texts: Sides) -> None:
    """Cells ascend, each once."""
    cells = _cells(texts)
    pairs = list(zip(cells.source.tolist(), cells.target.tolist(), strict=True))

    assert sorted(set(pairs)) == pairs


@given(_texts)
def test_cells_do_not_depend_on_the_direction(texts: Sides) -> None:
    """Of the texts exchanged, the cells are the same, exchanged, but for the last digits of their cosines."""
    there, back = _cells(texts), _cells(texts[::-1])
    order = np.lexsort((back.source, back.target))

    assert there.source.tolist() == back.target[order].tolist()
    assert there.target.tolist() == back.source[order].tolist()
    assert pytest.approx(there.cosine) == back.cosine[order]


def test_a_cell_is_among_the_best_of_one_of_its_sentences() -> None:
    """Of thirty lines alike, each keeps twelve cells, and no cell is kept that is not one of the twelve of either line."""
    lines = [f"Ward {chr(97 + k)} counted ballots before midnight" for k in range(26)]
    cells = _cells((lines, lines))
    of_source = np.bincount(cells.source, minlength=26)

    assert of_source.min() >= _MOST_A_SENTENCE
    assert len(cells) <= 2 * 26 * _MOST_A_SENTENCE
    assert {(k, k) for k in range(26)} <= set(zip(cells.source.tolist(), cells.target.tolist(), strict=True))


def test_words_beyond_the_budget_count_in_norms_alone() -> None:
    """Words in all of 2,000 lines make no cell by themselves; the rare word of each line finds its counterpart."""
    lines = [f"the harbour board of ward{k}x voted on rates" for k in range(2000)]
    cells = _cells((lines, lines[::-1]))
    best = {int(i): int(j) for i, j in zip(cells.source, cells.target, strict=True)}

    assert best == {k: 1999 - k for k in range(2000)}
    assert cells.cosine.max() < 1
    assert len(cells) == 2000


@pytest.mark.parametrize("texts", [([], []), ([""], [""]), (["— …"], ["?!", "Ferry"]), (["Ferry"], ["Landing"])])
def test_nothing_shared_is_no_cell(texts: Sides) -> None:
    """No sentences, no words and no words in common make no cells."""
    assert len(_cells(texts)) == 0
