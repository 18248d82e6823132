"""Depth ``full``: how the tagger's opinion is joined with that of the words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from detector.lm import Tags, load_gain_reader
from detector.score.spun import SpunReading, read_spun
from detector.score.tagged import CombinerWeights, _highest, load_combiner, reading_features, with_tags, word_rows
from detector.text import words
from detector.types import Span

_TEXT = "The metropolis officers mentioned on Tuesday that the White Home will not pay. " * 3


def _tags(text: str, seed: int = 0, lift: float = 0.0) -> Tags:
    rng = np.random.default_rng(seed)
    found = words(text)
    starts, ends = (np.array([w[k] for w in found], dtype=np.int64) for k in (0, 1))
    style = rng.normal(size=(len(found), 3)).astype(np.float32)
    return Tags(starts, ends, (rng.normal(size=len(found)) + lift).astype(np.float32), style)


def _bits(text: str) -> NDArray[np.float32]:
    tags = _tags(text)
    return load_gain_reader().word_bits(text, tags.starts, tags.ends)


def _reading(text: str = _TEXT) -> SpunReading:
    return read_spun([text])[0]


def test_each_content_word_has_a_row_with_the_tag_of_its_place() -> None:
    reading, tags = _reading(), _tags(_TEXT)
    rows = word_rows(reading, tags)
    places = {int(start): k for k, start in enumerate(tags.starts)}

    assert rows.shape == (len(reading.starts), 4)
    for row, start, end in zip(rows, reading.starts.tolist(), reading.ends.tolist(), strict=True):
        inside = [k for begin, k in places.items() if start <= begin < end]
        assert row[1] == pytest.approx(tags.altered[inside].max())
        assert row[2] == pytest.approx(min(row[0], row[1]))


def test_a_word_that_the_tagger_suspects_more_is_altered_more_probably() -> None:
    """The shipped weights rise with the tagger's log-odds, and a text of suspect words has more bits as spun."""
    calm, wary = (with_tags(_reading(), _tags(_TEXT, lift=lift), _bits(_TEXT)) for lift in (-3.0, 3.0))

    assert (wary.altered >= calm.altered).all()
    assert wary.altered.mean() > calm.altered.mean()
    assert wary.bits > calm.bits


def test_a_text_without_content_words_is_judged_by_its_passages() -> None:
    """No content word, no row; the features stay finite and of one length."""
    text = "He is not with them, and she will not be with us."
    reading, tags = _reading(text), _tags(text)
    features = reading_features(reading, reading.altered[:0], tags, _bits(text))

    assert features.shape == reading_features(_reading(), _reading().altered, _tags(_TEXT), _bits(_TEXT)).shape
    assert np.isfinite(features).all()
    assert np.isfinite(with_tags(reading, tags, _bits(text)).bits)


def test_a_text_without_words_keeps_its_reading() -> None:
    reading = _reading("...")

    assert with_tags(reading, _tags("..."), _bits("...")) is reading


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6), st.integers(0, 9))
def test_the_highest_of_a_span_against_a_loop(given_spans: list[tuple[int, int]], seed: int) -> None:
    """Of a span without a word, the value of the word after it, or 0 at the end of the text."""
    text = "one two   three, four (five) six seven"
    tags = _tags(text, seed)
    spans = [Span(start, start + length) for start, length in given_spans]
    starts, ends = (np.array([getattr(span, end) for span in spans], dtype=np.int64) for end in ("start", "end"))
    found = _highest(tags.altered, tags, starts, ends)
    values = [*tags.altered.tolist(), 0.0]
    for span, value in zip(spans, found.tolist(), strict=True):
        held = [k for k in range(len(tags.starts)) if tags.starts[k] < span.end and span.start < tags.ends[k]]
        after = next((k for k in range(len(tags.starts)) if tags.ends[k] > span.start), len(tags.starts))
        assert value == pytest.approx(max(values[k] for k in held) if held else values[after])


def test_what_the_tagger_adds_to_a_pair_is_transposed_when_the_pair_is_turned() -> None:
    weights: CombinerWeights = load_combiner()
    leads = np.array([1.5, -0.5, 2.0], dtype=np.float32)

    assert np.allclose(weights.pair_log_odds(leads), weights.pair_log_odds(-leads).T)
    assert np.allclose(np.diag(weights.pair_log_odds(leads)), 0)
