"""Evidence of reuse: its runs and turns against slow counterparts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.align.bitext import Bitext
from detector.align.cells import Features, similar_cells
from detector.align.reuse import Evidence, Range, _best_run, _in_turn
from detector.text import from_sentences, words
from tests import oracles
from tests.align.stories import HAIL, LIBRARY, paragraph

_NATS = st.lists(st.floats(-7.0, 7.0), min_size=1, max_size=12)


@st.composite
def _ranges(draw: st.DrawFn) -> Range:
    return Range(*sorted(draw(st.tuples(st.integers(0, 9), st.integers(10, 20) | st.integers(0, 9)))))


@given(_NATS, st.data())
def test_the_best_run_equals_the_slow_search(nats: list[float], data: st.DataObject) -> None:
    """No run through the place of the greatest sum from the core's start has more evidence; the run sums to what is said."""
    start = data.draw(st.integers(0, len(nats) - 1))
    end = data.draw(st.integers(start + 1, len(nats)))
    run, found = _best_run(np.array(nats), start, end)

    assert oracles.best_run(nats, start, end) == pytest.approx(found)
    assert sum(nats[run.start : run.end]) == pytest.approx(found)
    assert 0 <= run.start <= run.end <= len(nats)


@given(_NATS, st.data())
def test_no_run_around_the_core_is_better(nats: list[float], data: st.DataObject) -> None:
    """A run that holds the whole core has no more evidence than the one found."""
    start = data.draw(st.integers(0, len(nats) - 1))
    end = data.draw(st.integers(start + 1, len(nats)))
    _, found = _best_run(np.array(nats), start, end)

    assert max(sum(nats[a:b]) for a in range(start + 1) for b in range(end, len(nats) + 1)) <= found + 1e-9


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=12))
def test_turns_equal_the_slow_count(drawn: list[tuple[int, int]]) -> None:
    """The turn of a word is how many of the same word are nearer to the run, or as near and before it."""
    expected = [
        sum(other == word and (far, place) < (distance, k) for place, (other, far) in enumerate(drawn))
        for k, (word, distance) in enumerate(drawn)
    ]

    assert expected == _in_turn(*(np.array(values) for values in zip(*drawn, strict=True))).tolist()


@given(_ranges(), _ranges())
def test_ranges_are_sets_of_places(one: Range, other: Range) -> None:
    """What two runs have in common, what lies between them and their hull are those of their places."""
    places = set(range(*one)), set(range(*other))

    assert len(places[0] & places[1]) == one.common(other) == other.common(one)
    assert {*range(*one.hull(other))} >= places[0] | places[1]
    assert one.hull(other).end - one.hull(other).start <= len(places[0]) + len(places[1]) + one.gap(other)
    assert one.gap(other) == other.gap(one)


def test_copied_words_speak_for_reuse_and_others_against() -> None:
    """Words of a verbatim stretch all weigh for reuse, those around it against, and the stretch grows back from half of it."""
    stretch = paragraph(LIBRARY[2:6])
    texts = paragraph(HAIL) + " " + stretch, stretch + " " + paragraph(("Tickets cost nothing.", "Trams ran until one."))
    bitext = Bitext.of(*(from_sentences([text], name) for text, name in zip(texts, "ab", strict=True)))
    n_copied = len(words(stretch))
    n_before = len(bitext.source.word) - n_copied
    evidence = Evidence.of(bitext, similar_cells(Features.of(bitext)))
    copied = Range(n_before, n_before + n_copied), Range(0, n_copied)
    start, nats = evidence.nats(0, *copied)
    halves = Range(copied[0].start, copied[0].end - 20), Range(0, n_copied - 20)

    assert nats[n_before - start :].min() > 0
    assert nats[: n_before - start].mean() < 0
    assert copied == getattr(evidence.grown(halves), "ranges", None)
