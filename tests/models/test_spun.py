"""The pure pieces of the training of ``models/spun``: passages, samples, and the fit of texts."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import load_gain_reader
from detector.score.signs import SIGNS
from models.spun.train import Sample, _forgetful, fit, fit_texts, passages, sample
from tests.articles import GROUPS, documents

_TEXTS = [documents(group)["original"].text for group in GROUPS]


@given(st.integers(0, 99))
def test_passages_are_runs_of_their_texts(seed: int) -> None:
    """Each passage stands in its text, in their order, has 60 words or more, and is the same for the same seed."""
    found = list(passages(_TEXTS, random.Random(seed)))
    places = [next(i for i, text in enumerate(_TEXTS) if passage in text) for passage in found]

    assert places == sorted(set(places))
    assert all(len(passage.split()) >= 60 for passage in found)
    assert found == list(passages(_TEXTS, random.Random(seed)))


def test_texts_without_enough_words_give_no_passage() -> None:
    """Empty and short texts are passed over."""
    assert list(passages(["", "The ferry left.", " \n"], random.Random(5))) == []


@pytest.mark.parametrize(
    ("altered", "expected"),
    [
        ((), set()),
        (((4, 14, "city"),), {"metropolis"}),
        (((0, 14, "A town"), (22, 31, "said")), {"metropolis", "mentioned"}),
        (((32, 39, ""),), set()),
        (((14, 15, ""),), set()),
    ],
)
def test_words_inside_altered_runs_are_altered(altered: tuple[tuple[int, int, str], ...], expected: set[str]) -> None:
    """A word is altered where it shares a character with an altered run, and a text is spun where anything is."""
    text = "The metropolis nobody mentioned to them."
    found = sample(text, altered, load_gain_reader(), random.Random(5), 2)
    gains = load_gain_reader().read([text])
    written = [text[a:b] for a, b in zip(gains.start.tolist(), gains.end.tolist(), strict=True)]

    assert expected == {word for word, is_altered in zip(written, found.altered.tolist(), strict=True) if is_altered}
    assert (found.is_spun, found.third, found.rows.shape) == (bool(altered), 2, (len(written), len(SIGNS)))


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_share_of_the_choices_is_forgotten(share: float) -> None:
    """What is left is in its order, the words stay, and about so many choices go."""
    gains = load_gain_reader().read([_TEXTS[0]])
    left = _forgetful(gains, random.Random(5), share)
    before = list(zip(gains.owner.tolist(), gains.original.tolist(), gains.gain.tolist(), strict=True))
    after = list(zip(left.owner.tolist(), left.original.tolist(), left.gain.tolist(), strict=True))

    assert len(after) == pytest.approx((1 - share) * len(before), abs=0.1 * len(before))
    assert set(after) <= set(before)
    assert left.owner.tolist() == sorted(left.owner.tolist())
    assert left.text.tolist() == gains.text.tolist()


def test_the_fit_of_texts_recovers_a_known_rule() -> None:
    """Texts drawn by a known log likelihood ratio are given about that ratio, whatever share of them is spun."""
    rng = np.random.default_rng(5)
    is_spun = rng.random(20_000) < 0.2
    features = rng.normal(np.where(is_spun, 1.0, -1.0)[:, None] * [1.0, 0.0], 1.0)  # log likelihood ratio: 2 x first column
    fitted = fit_texts(features.astype(np.float32), is_spun)
    scaled = (np.array([[1.0, 0.0], [-0.5, 2.0]]) - fitted["text_mean"]) * fitted["text_scale"]

    assert scaled @ fitted["text_weights"] + fitted["text_bias"][0] == pytest.approx([2.0, -1.0], abs=0.15)


def test_the_fit_tells_altered_words_and_spun_texts() -> None:
    """On samples in which one sign tells, the fitted weights give altered words and spun texts the higher figures, seeded."""
    rng = np.random.default_rng(5)
    found = []
    for i in range(480):
        is_spun = i % 2 == 1
        altered = (rng.random(400) < 0.3) & is_spun
        rows = rng.normal(size=(400, len(SIGNS))).astype(np.float32)
        rows[:, 0] += 4 * altered
        found.append(Sample(rows, np.arange(400), altered, is_spun, i // 2 % 3))
    weights = fit(found)
    spun, genuine = found[1::2], found[::2]
    words = np.concatenate([weights.altered(s.rows) for s in spun])
    altered = np.concatenate([s.altered for s in spun])
    bits = [[weights.bits(weights.altered(s.rows), s.forms) for s in part] for part in (spun, genuine)]

    assert words[altered].mean() > 0.5
    assert words[~altered].mean() < 0.3
    assert np.mean(bits[0]) > 1
    assert np.mean(bits[1]) < -1
    assert fit(found).hidden.tolist() == weights.hidden.tolist()
