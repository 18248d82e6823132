"""How the combiner's texts are weighed, paired and fitted; known answers on made-up features."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from detector.score.tagged import MAX_DEVIATION
from models.combiner import train
from models.combiner.texts import BACK, GENUINE, SPUN, Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _samples(*rows: tuple[str, int, str]) -> list[train.Sample]:
    """What the functions read of a sample: maker, kind and source of its text."""
    return [cast("train.Sample", SimpleNamespace(known=Text("", kind, (), maker, source))) for maker, kind, source in rows]


SAMPLES = _samples(
    ("none", GENUINE, "a"), ("none", GENUINE, "b"), ("awkward", GENUINE, "a"), ("wide", SPUN, "a"), ("wide", SPUN, "b"),
    ("fluent", SPUN, "b"), ("round trip", BACK, "b"), ("round trip", BACK, "c"),
)  # fmt: skip


def test_the_kinds_weigh_alike() -> None:
    """Each kind has a third of the weight, however many texts it has."""
    weight = train.weights_of(SAMPLES)
    kinds = np.array([s.known.kind for s in SAMPLES])

    assert np.bincount(kinds, weight) == pytest.approx([1 / 3] * 3)


def test_makers_of_one_kind_weigh_what_their_shares_say() -> None:
    """Two wide texts and a fluent one: the makers' weights are as their shares, whatever their numbers."""
    weight = train.weights_of(SAMPLES)

    assert weight[3] == pytest.approx(weight[4])
    assert (weight[3] + weight[4]) / weight[5] == pytest.approx(train._SHARES["wide"] / train._SHARES["fluent"])


def test_copies_are_held_above_the_text_they_were_made_of() -> None:
    """Every altered text is paired with the genuine one of its source; one without, and awkward English, are not."""
    assert train.above_of(SAMPLES).tolist() == [[3, 0], [4, 1], [5, 1], [6, 1]]


def _made_up(n: int) -> tuple[train.Floats, Ints, Ints]:
    """Texts by threes: genuine, spun, back-translated; two features share a matter's large noise, of which one has the kind."""
    rng = np.random.default_rng(5)
    matter = rng.normal(0, 3, n)
    rows = [np.stack([matter + shift + rng.normal(0, 0.7, n), matter], axis=1) for shift in (0.0, 1.0, -1.0)]
    kinds = np.repeat([GENUINE, SPUN, BACK], n)
    above = np.array([[k * n + i, i] for k in (1, 2) for i in range(n)])
    return np.concatenate(rows).astype(np.float32), kinds, above


def _leads(texts: dict[str, train.Floats], x: train.Floats, kinds: Ints, above: Ints) -> Floats:
    """The log-odds of its own kind by which each copy lies above its source."""
    scaled = np.clip((x - texts["text_mean"]) * texts["text_scale"], -MAX_DEVIATION, MAX_DEVIATION)
    found = scaled @ texts["text_weights"]
    leads: Floats = (found[above[:, 0]] - found[above[:, 1]])[np.arange(len(above)), kinds[above[:, 0]] - 1]
    return leads


def test_pairs_draw_copies_further_above_their_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fit finds what tells the kinds although the matter hides it, and pairs widen the lead of copies."""
    x, kinds, above = _made_up(200)
    weight = np.full(len(x), 1 / len(x))
    found = {}
    for pairs in (0.0, 2.0):
        monkeypatch.setattr(train, "_PAIRS", pairs)
        found[pairs] = _leads(train.fit_texts(x, kinds, weight, above), x, kinds, above)

    assert (found[2.0] > 0).mean() > 0.8
    assert found[2.0].mean() > 1.2 * found[0.0].mean()


def test_the_fit_is_at_the_bottom_of_its_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """No small step from the weights found lowers the loss, written once more the slow way."""
    x, kinds, above = _made_up(40)
    weight = np.full(len(x), 1 / len(x))
    monkeypatch.setattr(train, "_L2", 0.05)
    texts = train.fit_texts(x, kinds, weight, above)
    scaled = np.clip((x - texts["text_mean"]) * texts["text_scale"], -MAX_DEVIATION, MAX_DEVIATION)

    def loss(slopes: Floats, bias: Floats) -> float:
        logits = [np.array([0.0, *(row @ slopes + bias)]) for row in scaled]
        total = -sum(w * (z - np.log(np.exp(z).sum()))[k] for w, z, k in zip(weight, logits, kinds, strict=True))
        lead = [logits[i][kinds[i]] - logits[j][kinds[i]] for i, j in above]
        total += train._PAIRS * sum(np.log1p(np.exp(-m)) for m in lead) / len(lead)
        return float(total + 0.05 * (slopes**2).sum())

    slopes, bias = (np.array(texts[name], dtype=np.float64) for name in ("text_weights", "text_bias"))
    at_bottom = loss(slopes, bias)
    rng = np.random.default_rng(1)
    for _ in range(20):
        step = rng.normal(0, 0.02, slopes.shape), rng.normal(0, 0.02, bias.shape)

        assert loss(slopes + step[0], bias + step[1]) > at_bottom
