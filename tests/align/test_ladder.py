"""The best ladder against all ladders, and the sums that it is made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detector.align.bitext import Bitext
from detector.align.cells import Features
from detector.align.ladder import Ladder, Rung, _best_path, _blocks, _broken, _sums, rungs
from detector.text import from_sentences
from tests import oracles
from tests.strategies import retellings

_MAX_WINDOW = 4
"""Sentences of a side of which all ladders can be tried."""
_HUGE = 600

Array = NDArray[np.float64]


def _value(found: list[Rung], rows: list[int], columns: list[int], worth: Array, shapes: list[tuple[int, int]]) -> float:
    return sum(
        float(worth[shapes.index((len(source), len(target))), rows.index(source[-1]) + 1, columns.index(target[-1]) + 1])
        for source, target in found
    )


@given(st.integers(1, _MAX_WINDOW), st.integers(1, _MAX_WINDOW), st.integers(1, 4), st.integers(1, 4), st.data())
def test_the_best_path_is_the_best_of_all_ladders(m: int, n: int, max_source: int, max_target: int, data: st.DataObject) -> None:
    """Whatever rungs are worth, no ladder is worth more than the one found; its rungs are in order and share no sentence."""
    shapes = rungs(max_source, max_target)
    worths = data.draw(st.lists(st.integers(-4, 9), min_size=(m + 1) * (n + 1), max_size=(m + 1) * (n + 1)))
    worth = np.full((len(shapes), m + 1, n + 1), -np.inf)
    for k, (x, y) in enumerate(shapes):
        worth[k, x:, y:] = (np.roll(worths, 3 * k) + x + y).reshape(m + 1, n + 1)[x:, y:]
    found = _best_path(np.arange(m), np.arange(n), worth, np.array(shapes))

    assert oracles.best_ladder(worth, shapes) == _value(found, list(range(m)), list(range(n)), worth, shapes)
    for side in (0, 1):
        sentences = [i for rung in found for i in rung[side]]

        assert sorted(set(sentences)) == sentences


@st.composite
def _windows(draw: st.DrawFn) -> tuple[Ladder, list[int], list[int], Array]:
    """A ladder, rows and columns of a window (some sentences may be missing), and the least similarity of each row."""
    texts = draw(retellings())
    bitext = Bitext.of(*(from_sentences(sentences, str(k)) for k, sentences in enumerate(texts)))
    lengths = [np.array([len(sentence) for sentence in sentences], dtype=np.float64) for sentences in texts]
    ladder = Ladder(Features.of(bitext), (lengths[0], lengths[1]), rungs(draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    chosen = [sorted(draw(st.sets(st.integers(0, max(len(t) - 1, 0)), max_size=min(len(t), _MAX_WINDOW)))) for t in texts]
    return ladder, chosen[0], chosen[1], np.full(len(chosen[0]), draw(st.floats(-0.5, 0.9)))


@given(_windows())
def test_no_ladder_is_worth_more_than_the_one_climbed(window: tuple[Ladder, list[int], list[int], Array]) -> None:
    """On real sentences, the beads found are worth as much as the best of all ladders; no bead reaches over a missing sentence."""
    ladder, rows, columns, least = window
    places = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    found = ladder.climb(*places, least)
    if rows and columns:
        worth = ladder._worth(*places, least)

        assert oracles.best_ladder(worth, ladder.shapes) == pytest.approx(_value(found, rows, columns, worth, ladder.shapes))
    for source, target in found:
        assert (len(source), len(target)) in ladder.shapes
        assert source == tuple(range(source[0], source[-1] + 1))
        assert target == tuple(range(target[0], target[-1] + 1))
        assert {*source} <= {*rows}
        assert {*target} <= {*columns}


@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=6), st.integers(1, 6))
def test_blocks_are_the_squared_lengths_of_sums(vectors: list[list[int]], size: int) -> None:
    """The block of a run of sentences is the squared length of their vectors added up."""
    rows = np.array(vectors, dtype=np.float32)
    expected = [float((rows[k : k + size].sum(axis=0) ** 2).sum()) for k in range(len(rows) - size + 1)]

    assert expected == (_blocks(_sums(rows @ rows.T), size).tolist() if expected else [])


@given(st.sets(st.integers(0, 9), min_size=1), st.integers(1, 4))
def test_a_run_over_a_missing_sentence_is_broken(sentences: set[int], size: int) -> None:
    """A run is broken exactly where its sentences do not follow each other."""
    held = sorted(sentences)
    runs = [held[k : k + size] for k in range(len(held) - size + 1)]
    expected = [run != list(range(run[0], run[0] + size)) for run in runs]

    assert expected == (_broken(np.array(held), size).tolist() if runs else [])


@pytest.mark.parametrize(
    ("n_source", "n_target", "expected"),
    [
        (1, 1, [(1, 1)]),
        (1, 3, [(1, 1), (1, 2), (1, 3)]),
        (2, 1, [(1, 1), (2, 1)]),
        (2, 2, [(1, 1), (1, 2), (2, 1), (2, 2)]),
    ],
)
def test_known_rungs(n_source: int, n_target: int, expected: list[tuple[int, int]]) -> None:
    """One against some, two against two, never more than allowed."""
    assert expected == rungs(n_source, n_target)


def test_a_long_window_is_cut_along_its_diagonal() -> None:
    """Two texts of 600 sentences of one wording are climbed in parts, and every sentence finds its own."""
    lines = [f"ward{k}x counted ballots{k}y" for k in range(_HUGE)]
    bitext = Bitext.of(*(from_sentences(lines, name) for name in "ab"))
    lengths = np.full(_HUGE, 20.0)
    found = Ladder(Features.of(bitext), (lengths, lengths), rungs(4, 4)).climb(
        np.arange(_HUGE), np.arange(_HUGE), np.full(_HUGE, 0.2)
    )

    assert found == [((k,), (k,)) for k in range(_HUGE)]
