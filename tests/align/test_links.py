"""Anchors, chains, and the known cases of links."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import align
from detector.align.cells import Cells
from detector.align.links import Chain, find_anchors, find_chains
from detector.config import AlignConfig
from detector.types import Alignment
from tests import oracles
from tests.align.stories import HAIL, LIBRARY, REGATTA

Pairs = list[tuple[int, int]]


@st.composite
def _anchors(draw: st.DrawFn) -> Pairs:
    """Pairs of sentences, each sentence in one, in order of the source."""
    sides = [draw(st.lists(st.integers(0, 120), max_size=12, unique=True)) for _ in range(2)]
    return sorted(zip(*sides, strict=False))


def _links(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.links]


def _nulls(alignment: Alignment) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.source, bead.target) for bead in alignment.beads if bead.is_null}


@given(_anchors())
def test_each_anchor_is_in_one_chain(anchors: Pairs) -> None:
    """Chains part the anchors among them, and leave none out."""
    assert anchors == sorted(anchor for chain in find_chains(anchors) for anchor in chain.anchors)


@given(_anchors())
def test_chains_ascend_the_longest_first(anchors: Pairs) -> None:
    """The anchors of a chain ascend on both sides, and no chain is longer than the one before it."""
    chains = [chain.anchors for chain in find_chains(anchors)]

    assert all(a < c and b < d for chain in chains for (a, b), (c, d) in pairwise(chain))
    assert sorted(map(len, chains), reverse=True) == list(map(len, chains))


@given(st.permutations(range(20)), st.integers(0, 20))
def test_the_longest_chain_is_the_longest_ascent(targets: list[int], n_anchors: int) -> None:
    """Where no gap is too long, the first chain is as long as the slow search finds one."""
    anchors = list(enumerate(targets[:n_anchors]))
    lengths = [len(chain.anchors) for chain in find_chains(anchors)]

    assert oracles.longest_ascent(anchors) == max(lengths, default=0)


@given(_anchors())
def test_order_and_cover_are_shares(anchors: Pairs) -> None:
    """How far order holds is at least 0 and below 1, and 0 for an anchor alone; what a chain covers is above 0 and at most 1."""
    for chain in find_chains(anchors):
        assert 0 <= chain.order < 1
        assert (len(chain.anchors) == 1) == (chain.order == 0)
        assert 0 < chain.cover <= 1


def test_known_chains() -> None:
    """Two runs that cross are two chains; crossing anchors take from the order of both; a gap of 41 parts a chain."""
    assert [Chain(((0, 5), (1, 6), (2, 7)), 2 / 3), Chain(((8, 0), (9, 1)), 1 / 2)] == find_chains(
        [(0, 5), (1, 6), (2, 7), (8, 0), (9, 1)]
    )
    assert [Chain(((0, 0), (2, 2)), 1 / 3), Chain(((1, 1 + 40),), 0.0)] == find_chains([(0, 0), (1, 41), (2, 2)])
    assert [2] == [len(chain.anchors) for chain in find_chains([(0, 0), (40, 1)])]
    assert [1, 1] == [len(chain.anchors) for chain in find_chains([(0, 0), (41, 1)])]


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [
        ({(0, 0): 0.9, (1, 1): 0.5}, [(0, 0), (1, 1)]),
        ({(0, 0): 0.29}, []),
        ({(0, 0): 0.5, (0, 5): 0.41}, []),
        ({(0, 0): 0.5, (0, 5): 0.39}, [(0, 0)]),
        ({(0, 0): 0.5, (5, 0): 0.45}, []),
        ({(0, 0): 0.5, (0, 1): 0.49}, [(0, 0)]),
        ({(0, 0): 0.5, (0, 1): 0.49, (0, 2): 0.48}, []),
        ({(0, 1): 0.8, (1, 1): 0.79, (7, 7): 0.3}, [(0, 1), (7, 7)]),
    ],
)
def test_known_anchors(cosines: dict[tuple[int, int], float], expected: Pairs) -> None:
    """An anchor is the best of both its sentences, by a margin over all rivals but the best one's neighbour."""
    places = np.array(sorted(cosines), dtype=np.int64)
    values = np.array([cosines[pair] for pair in sorted(cosines)])
    cells = Cells(places[:, 0], places[:, 1], values, np.ones(len(values), dtype=np.int64))

    assert expected == find_anchors(cells, AlignConfig())


def test_a_sentence_that_was_broken_is_rejoined() -> None:
    """What a copy's maker broke at a stop that was none is a 2-1 bead with the sentence that it was."""
    broken = ["Six bridges were shut by the harbour officials.", "City to attend the hearing on Monday, the clerk wrote."]
    whole = "Six bridges were shut by the harbour officials whom the city sends to attend the hearing on Monday, wrote the clerk."
    alignment = align([*LIBRARY[:2], *broken, *LIBRARY[2:4]], [*LIBRARY[:2], whole, *LIBRARY[2:4]])

    assert _links(alignment) == [((0,), (0,)), ((1,), (1,)), ((2, 3), (2,)), ((4,), (3,)), ((5,), (4,))]


def test_titles_and_boilerplate_are_nulls() -> None:
    """What a page puts around an article has no counterpart; the article's sentences keep theirs."""
    page = ["Share this page", "Quay library opens at last", *LIBRARY, "Sign up for our newsletter", "© 2019 Lindholm Courier"]
    other = ["Home / Region / Culture", *LIBRARY, "Most read today", "All rights reserved."]
    alignment = align(page, other)

    assert _links(alignment) == [((i + 2,), (i + 1,)) for i in range(len(LIBRARY))]
    assert {((i,), ()) for i in (0, 1, 9, 10)} | {((), (j,)) for j in (0, 8, 9)} == _nulls(alignment)


def test_a_passage_used_twice_is_one_bead_a_sentence() -> None:
    """Each sentence of a paragraph that the other text uses twice is linked with both its uses."""
    alignment = align([*LIBRARY], [*LIBRARY, *HAIL, *LIBRARY])

    assert _links(alignment) == [((i,), (i, i + 14)) for i in range(7)]


def test_two_paragraphs_that_changed_places_cross() -> None:
    """Links of paragraphs that moved cross those of the rest, and none is lost."""
    source, target = [*HAIL, *LIBRARY, *REGATTA], [*REGATTA, *LIBRARY, *HAIL]

    assert _links(align(source, target)) == [((i,), (target.index(sentence),)) for i, sentence in enumerate(source)]


def test_a_line_that_repeats_on_both_sides_is_paired_in_order() -> None:
    """Lines of one wording are linked first with first; one that the other text has fewer of joins a bead."""
    refrain = "Listen live."
    alignment = align([HAIL[0], refrain, HAIL[1], refrain], [HAIL[0], refrain, HAIL[1], refrain])

    assert _links(alignment) == [((i,), (i,)) for i in range(4)]
    joined = {(bead.source, bead.target) for bead in align([refrain, HAIL[0], refrain], [refrain, HAIL[0]]).links}

    assert joined == {((0, 2), (0,)), ((1,), (1,))}
