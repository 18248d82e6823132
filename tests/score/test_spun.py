"""Readings: how a text's words add up, and what the sample articles say of the weights that ship."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import DetectorConfig, score, score_many
from detector.config import Prior, ScoreConfig
from detector.score.signs import SIGNS
from detector.score.spun import SpunReading, SpunWeights, load_spun_weights, read_spun, text_features
from detector.types import Span
from tests.articles import FEW, GROUPS, documents
from tests.strategies import prose, wild

_N_FEATURES = 9
_FAST = DetectorConfig(score=ScoreConfig(depth="fast"))


def _small() -> SpunWeights:
    """Weights that are easy to follow: a word's odds grow with its channel over the text, a text's with the mean of its words."""
    hidden = np.zeros((len(SIGNS), 1), dtype=np.float32)
    hidden[SIGNS.index("channel_text"), 0] = 1
    texts = np.zeros(_N_FEATURES, dtype=np.float32)
    texts[0] = 4
    one, none = np.ones(1, dtype=np.float32), np.zeros(len(SIGNS), dtype=np.float32)
    return SpunWeights(
        word_mean=none,
        word_scale=np.ones_like(none),
        hidden=hidden,
        hidden_bias=np.float32(6) * one,
        out=one / np.float32(2),
        out_bias=np.float32(-4) * one,
        text_mean=np.zeros_like(texts),
        text_scale=np.ones_like(texts),
        text_weights=texts,
        text_bias=-one,
    )


@cache
def _readings(group: str) -> dict[str, SpunReading]:
    texts = {name: document.text for name, document in documents(group).items()}
    return dict(zip(texts, read_spun(list(texts.values())), strict=True))


@pytest.mark.parametrize("group", GROUPS)
def test_a_spun_copy_has_more_bits_than_its_original(group: str) -> None:
    """In each of the ten stories both spun copies look more spun, by their words alone, than the original."""
    bits = {name: reading.bits for name, reading in _readings(group).items()}

    assert min(bits["spun"], bits["spun_other"]) > bits["original"]


@pytest.mark.parametrize("group", GROUPS)
def test_altered_words_look_altered(group: str) -> None:
    """In a heavily spun copy words that its original lacks look altered with a probability .1 higher than words that it has."""
    reading = _readings(group)["spun"]
    held = set(documents(group)["original"].text.lower().replace(",", " ").replace(".", " ").split())
    written = [reading.text[a:b].lower() for a, b in zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)]
    is_new = np.array([all(word not in held for word in run.split()) for run in written])

    assert reading.altered[is_new].mean() > 0.1 + reading.altered[~is_new].mean()


@pytest.mark.parametrize("group", FEW)
def test_many_are_read_as_each_alone(group: str) -> None:
    """Texts read together have exactly the readings that each has alone."""
    for name, reading in _readings(group).items():
        (alone,) = read_spun([documents(group)[name].text])

        assert repr(replace(alone, text="")) == repr(replace(reading, text=""))
        assert alone.altered.tolist() == reading.altered.tolist()
        assert alone.bits == reading.bits


@pytest.mark.parametrize("group", GROUPS)
def test_score_is_the_first_of_score_many(group: str) -> None:
    """One text has the same verdict, to the last digit, by itself and as the one text of many, twice over."""
    for document in documents(group).values():
        verdict = score(document.text, config=_FAST)

        assert verdict == next(score_many([document.text], config=_FAST)) == score(document.text, config=_FAST)


@pytest.mark.parametrize("name", ["original", "spun", "round_trip"])
def test_at_depth_full_too(name: str) -> None:
    """The same where the tagger is asked, and among others."""
    texts = [documents(group)[name].text for group in FEW]
    verdicts = [score(text) for text in texts]

    assert verdicts == list(score_many(texts)) == [score(text) for text in texts]
    assert {"lone.spun", "lone.back_translated"} <= {evidence.code for evidence in verdicts[0].evidence}


@given(wild() | prose())
def test_probabilities_are_such(text: str) -> None:
    """Each word has a probability, a place in the text, and the text finitely many bits, whatever it holds."""
    (reading,) = read_spun([text])
    lengths = (reading.ends - reading.starts).tolist()

    assert ((reading.altered >= 0) & (reading.altered <= 1)).all()
    assert np.isfinite(reading.bits)
    assert all(n > 0 for n in lengths)
    assert (reading.ends <= len(text)).all()
    assert (np.diff(reading.starts) >= 0).all()


def test_a_text_without_words_says_nothing() -> None:
    """No words, no bits; and of no texts there are no readings."""
    assert [0.0, 0.0] == [reading.bits for reading in read_spun(["", "12 — 34 ?"])]
    assert read_spun([]) == []


def test_a_words_probability_grows_with_its_weighted_signs() -> None:
    """The network of one hidden unit is the logistic function of a rectified sum."""
    rows = np.zeros((3, len(SIGNS)), dtype=np.float32)
    rows[:, SIGNS.index("channel_text")] = [-9, -2, 6]
    expected = [1 / (1 + np.exp(-(max(channel + 6, 0) / 2 - 4))) for channel in (-9, -2, 6)]

    assert _small().altered(rows) == pytest.approx(np.array(expected), rel=1e-5)


def test_a_texts_bits_are_its_log_odds_in_powers_of_two() -> None:
    """With weight on the mean alone the bits are that mean, scaled and shifted, over the natural logarithm of 2."""
    altered, forms = np.array([0.2, 0.6], dtype=np.float32), np.array([1, 2])

    assert _small().bits(altered, forms) == pytest.approx((4 * 0.4 - 1) / np.log(2), rel=1e-4)
    assert _small().bits(altered[:0], forms[:0]) == 0


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(-3, 3)), min_size=1, max_size=12), st.randoms())
def test_a_form_counts_once(words: list[tuple[float, int]], random: object) -> None:
    """The features are those of each form once with the mean over its places, in whatever order the words stand."""
    altered, forms = np.array([p for p, _ in words], dtype=np.float32), np.array([form for _, form in words])
    once = {form: np.mean([p for p, other in words if other == form]) for form in forms.tolist()}
    alone = np.array(list(once.values()), dtype=np.float32), np.array(list(once))
    order = np.argsort(-forms, kind="stable")
    found = text_features(altered, forms)

    assert (_N_FEATURES,) == found.shape
    assert found == pytest.approx(text_features(*alone), abs=1e-3)
    assert found == pytest.approx(text_features(altered[order], forms[order]), abs=1e-3)


def test_features_of_known_words() -> None:
    """Mean, the highest, the shares above .5 and .8, mean log-odds and number of forms, worked out by hand."""
    found = text_features(np.array([0.9, 0.1, 0.6, 0.6], dtype=np.float32), np.array([1, 2, 3, 4])).tolist()
    odds = [np.log(p / (1 - p)) for p in (0.9, 0.1, 0.6, 0.6)]

    assert found == pytest.approx([0.55, 0.9, 0.9, 0.9, 0.9, 0.75, 0.25, np.mean(odds), np.log(4)], abs=1e-4)


def test_the_weights_that_ship_fit_the_signs() -> None:
    """A weight for each sign, a hidden unit for each output, a weight for each feature of a text; none of them without bounds."""
    weights = load_spun_weights()

    assert weights.hidden.shape == (len(SIGNS), len(weights.out)) == (len(weights.word_mean), len(weights.hidden_bias))
    assert len(weights.text_weights) == len(weights.text_mean) == len(weights.text_scale) == _N_FEATURES
    assert all(np.isfinite(getattr(weights, name)).all() for name in SpunWeights.__slots__)


@given(st.data())
def test_what_is_vouched_for_is_not_altered(data: st.DataObject) -> None:
    """Words inside a span that a counterpart keeps are taken as unaltered, all others as before."""
    reading = _readings(FEW[0])["spun"]
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reading.text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    inside = [
        any(s.start <= a and b <= s.end for s in spans) for a, b in zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)
    ]
    expected = [0.0 if vouched else p for vouched, p in zip(inside, reading.altered.tolist(), strict=True)]

    assert expected == reading.vouched(spans).altered.tolist()


def test_what_is_expected_is_written_in_the_words_case() -> None:
    """A capitalised word stood for a capitalised one, and what is not known is None."""
    (reading,) = read_spun(["The metropolis sleeps. Metropolis Zzyzx sleeps."])
    words = [reading.text[a:b] for a, b in zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)]
    expected = {word: reading.expected(i) for i, word in enumerate(words)}

    assert expected["metropolis"] == "city"
    assert expected["Metropolis"] == "City"
    assert expected["Zzyzx"] is None


def test_a_flag_is_as_probable_as_the_word_and_the_text_together() -> None:
    """Under a prior that makes spinning unlikely, every word's probability shrinks with that of the text."""
    text = documents(FEW[0])["spun"].text
    (reading,) = read_spun([text])
    at = {(a, b): p for a, b, p in zip(reading.starts.tolist(), reading.ends.tolist(), reading.altered.tolist(), strict=True)}
    for prior in (Prior(), Prior(0.98, 0.01, 0.01)):
        verdict = score(text, config=DetectorConfig(score=ScoreConfig(depth="fast", prior=prior, flag_threshold=0.1)))
        flags = [flag for flag in verdict.flags if flag.reasons[0][0] in {"word.gain", "word.signs", "name.broken"}]

        assert flags
        for flag in flags:
            assert flag.probability == pytest.approx(at[flag.span.start, flag.span.end] * verdict.p_spun, rel=1e-6)
