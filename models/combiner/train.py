"""Fits the weights of ``detector.score.tagged``; ``make models`` runs it after the tagger's training.

The texts (``texts.py``) are those that the tagger never saw; the n-grams are estimated anew without them. Beside the kind of each
text the fit asks that a copy look more altered than its own source, which carries over to other makers best. What is printed is
measured on texts left out of the fit, a fifth at a time. Seeded; nothing of a development set is used.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.quality.measures import auc, average_precision, calibration_error
from detector.align import align_documents
from detector.config import AlignConfig
from detector.lm import GainReader, Tagger, Tags, load_piece_lm, load_pieces, load_substitutions
from detector.score.contrast import load_weights
from detector.score.joint import TEMPERATURE
from detector.score.pair import FULL_SAY
from detector.score.spun import SpunReading, read_spun
from detector.score.swaps import find_swaps
from detector.score.tagged import MAX_DEVIATION, CombinerWeights, pair_leads, reading_features, word_rows
from detector.text import segment
from detector.types import Document
from models.combiner.texts import BACK, GENUINE, SPUN, Text, known_texts
from models.piece_lm.build import genuine_texts
from models.spun.train import reader_without
from models.tagger.train import KEPT_APART
from models.training.tables import write_digest

_HERE = Path(__file__).parent
_SEED = 20161122
_MOST_COPIES = 3  # of a text, that are paired with each other
_FOLDS = 5
_AT_ONCE = 64
_L2 = 2e-2
_PAIRS = 4.0
"""What it weighs, beside the likelihood of the kinds, that a copy lie above its source."""
_SHARES = {"none": 0.75, "awkward": 0.1, "post-edit": 0.15, "wide": 0.6, "fluent": 0.4, "round trip": 0.85, "other engine": 0.15}
"""What each maker weighs among those of its kind."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as the combiner sees it."""

    known: Text
    reading: SpunReading
    tags: Tags
    bits: Floats
    rows: Floats
    is_altered: NDArray[np.bool_]


def sample(known: Text, reading: SpunReading, tagger: Tagger, reader: GainReader) -> Sample:
    """One text as the combiner sees it."""
    starts, ends = (np.array([run[k] for run in known.altered], dtype=np.int64) for k in (0, 1))
    before = np.searchsorted(ends, reading.starts, side="right")  # altered runs that end before the word
    inside = np.append(starts, np.iinfo(np.int64).max)[before] < reading.ends
    tags = tagger.read(known.text)
    bits = reader.word_bits(known.text, tags.starts, tags.ends)
    return Sample(known, reading, tags, bits, word_rows(reading, tags), inside)


def fit_words(samples: Sequence[Sample]) -> tuple[Floats, Floats]:
    """Logistic regression over the content words of spun texts: weights and bias."""
    spun = [s for s in samples if s.known.kind == SPUN and len(s.rows)]
    x, y = np.concatenate([s.rows for s in spun]).astype(np.float64), np.concatenate([s.is_altered for s in spun])
    sign = np.where(y, 1.0, -1.0)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (x @ flat[:-1] + flat[-1])
        slope = -sign / (1 + np.exp(np.clip(margin, -50, 50))) / len(x)
        return float(np.logaddexp(0, -margin).mean()), np.append(x.T @ slope, slope.sum())

    flat = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.astype(np.float32)
    return flat[:-1], flat[-1:]


def weights_of(samples: Sequence[Sample]) -> NDArray[np.float64]:
    """What each text weighs: the kinds alike, and the makers of a kind as ``_SHARES`` says."""
    makers, kinds = np.array([s.known.maker for s in samples]), np.array([s.known.kind for s in samples])
    weight = np.zeros(len(samples))
    for maker in set(makers.tolist()):
        weight[makers == maker] = _SHARES[maker] / (makers == maker).sum()
    total = np.bincount(kinds, weight, minlength=3)
    return np.asarray(weight / (np.count_nonzero(total) * total[kinds]))


def above_of(samples: Sequence[Sample]) -> NDArray[np.int64]:
    """The places of each altered copy and of the genuine text that it was made of. Shape ``(n_pairs, 2)``."""
    genuine = {s.known.source: i for i, s in enumerate(samples) if s.known.kind == GENUINE and s.known.maker != "awkward"}
    found = [(i, genuine[s.known.source]) for i, s in enumerate(samples) if s.known.kind != GENUINE and s.known.source in genuine]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def fit_texts(
    features: Floats, kinds: NDArray[np.int64], weight: NDArray[np.float64], above: NDArray[np.int64]
) -> dict[str, Floats]:
    """Multinomial logistic regression, genuine being what the others are held against, in which copies lie above their sources.

    Args:
        features: Shape ``(n_texts, n_features)``.
        kinds: Shape ``(n_texts,)``.
        weight: What each text weighs. Shape ``(n_texts,)``.
        above: The places of copies and of their sources: each pair adds the logistic loss of the copy's lead in its own kind.
    """
    mean, scale = features.mean(axis=0), 1 / (features.std(axis=0) + 1e-6)
    x = np.clip((features - mean) * scale, -MAX_DEVIATION, MAX_DEVIATION).astype(np.float64)
    n = x.shape[1]
    wanted = np.eye(3)[kinds]
    lead, own = x[above[:, 0]] - x[above[:, 1]], np.eye(2)[kinds[above[:, 0]] - 1]
    said = _PAIRS * weight[above[:, 0]] / weight[above[:, 0]].sum()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes, bias = flat[: 2 * n].reshape(n, 2), flat[2 * n :]
        logits = np.column_stack([np.zeros(len(x)), x @ slopes + bias])
        top = logits.max(axis=1, keepdims=True)
        total = np.exp(logits - top).sum(axis=1, keepdims=True)
        gap = (np.exp(logits - top) / total - wanted)[:, 1:] * weight[:, None]
        margin = ((lead @ slopes) * own).sum(axis=1)
        value = (weight * (top + np.log(total))[:, 0]).sum() - (weight * logits[np.arange(len(x)), kinds]).sum()
        value += (said * np.logaddexp(0, -margin)).sum() + _L2 * (slopes**2).sum()
        pull = own * (-said / (1 + np.exp(margin)))[:, None]
        return float(value), np.append((x.T @ gap + lead.T @ pull + 2 * _L2 * slopes).ravel(), gap.sum(axis=0))

    flat = minimize(loss, np.zeros(2 * n + 2), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return {"text_mean": mean, "text_scale": scale, "text_weights": flat[: 2 * n].reshape(n, 2), "text_bias": flat[2 * n :]}


def pairs_of(samples: Sequence[Sample], rng: random.Random) -> Iterator[tuple[Floats, NDArray[np.float64], int]]:
    """Pairs of copies of one text: the leads of one, what the contrast says of the two, and the number of their kinds."""
    by_source: dict[str, list[Sample]] = defaultdict(list)
    for one in samples:
        by_source[one.known.source].append(one)
    for copies in by_source.values():
        known = [c for c in copies if c.known.maker != "awkward"][:_MOST_COPIES]
        for a, b in combinations(known, 2):
            if rng.random() < 0.5:
                a, b = b, a  # noqa: PLW2901 - which of the two is the source must say nothing
            source, target = (segment(Document(c.known.maker, c.known.text)) for c in (a, b))
            alignment = align_documents(source, target, AlignConfig())
            swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
            if swaps.swaps:
                say = min(1.0, len(swaps.swaps) / FULL_SAY)
                leads = pair_leads(swaps, (a.tags, b.tags))
                yield leads * say, load_weights().pair_log_odds(swaps) * say / TEMPERATURE, 3 * a.known.kind + b.known.kind


def fit_pairs(pairs: Sequence[tuple[Floats, NDArray[np.float64], int]]) -> Floats:
    """What the leads add to the contrast, which stays as it is; the combinations of kinds as frequent as each other."""
    leads, said = np.stack([p[0] for p in pairs]).astype(np.float64), np.stack([p[1].ravel() for p in pairs])
    kinds = np.array([p[2] for p in pairs])
    weight = 1 / np.maximum(np.bincount(kinds, minlength=9), 1)[kinds]
    weight /= weight.sum()
    side = np.array([[(a == k) - (b == k) for k in (SPUN, BACK)] for a in range(3) for b in range(3)], dtype=np.float64)  # (9, 2)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = said + leads @ flat.reshape(-1, 2) @ side.T
        top = logits.max(axis=1, keepdims=True)
        total = np.exp(logits - top).sum(axis=1, keepdims=True)
        gap = (np.exp(logits - top) / total - np.eye(9)[kinds]) * weight[:, None]
        value = (weight * ((top + np.log(total))[:, 0] - logits[np.arange(len(kinds)), kinds])).sum()
        return float(value + _L2 * (flat**2).sum()), (leads.T @ gap @ side).ravel() + 2 * _L2 * flat

    found = minimize(loss, np.zeros(2 * leads.shape[1]), jac=True, method="L-BFGS-B").x
    logits = (said, said + leads @ found.reshape(-1, 2) @ side.T)
    before, after = (float((weight * (of_pair.argmax(axis=1) == kinds)).sum()) for of_pair in logits)
    print(f"pairs: {len(pairs)}, right by the contrast alone {before:.3f}, with the tagger {after:.3f}")
    return np.asarray(found.reshape(-1, 2), dtype=np.float32)


def _weights(words: tuple[Floats, Floats], texts: dict[str, Floats], pairs: Floats | None = None) -> CombinerWeights:
    pairs = np.zeros((3, 2), dtype=np.float32) if pairs is None else pairs
    found = {"word_weights": words[0], "word_bias": words[1], **texts, "pair_weights": pairs}
    return CombinerWeights(**{name: np.asarray(value, dtype=np.float32) for name, value in found.items()})


def report(samples: Sequence[Sample], p: Floats, altered: Sequence[Floats]) -> None:
    """What texts left out of the fit look like under even priors: by maker, AUC against the genuine, and reliability.

    Args:
        samples: The texts.
        p: The probability of each kind for each text. Shape ``(n_texts, 3)``.
        altered: The probability of each word of each text.
    """
    kinds = np.array([s.known.kind for s in samples])
    makers = np.array([s.known.maker for s in samples])
    odds = np.log(p + 1e-9)
    for maker in sorted(set(makers[kinds != GENUINE])):
        kind = int(kinds[makers == maker][0])
        lead = odds[:, kind] - odds[:, GENUINE]
        above = auc(lead[makers == maker].tolist(), lead[kinds == GENUINE].tolist())
        print(f"{maker}: {(makers == maker).sum()} texts, AUC {above:.4f}")
        if kind == SPUN:
            held = [(a, s.is_altered) for a, s in zip(altered, samples, strict=True) if s.known.maker == maker]
            values, truth = (np.concatenate(part) for part in zip(*held, strict=True))
            of_words = average_precision(values.tolist(), truth.tolist()), calibration_error(values.tolist(), truth.tolist())
            print(f"  words: {truth.mean():.3f} altered, average precision {of_words[0]:.4f}, calibration error {of_words[1]:.4f}")
    top, right = p.max(axis=1), p.argmax(axis=1) == kinds
    for low in np.arange(0.3, 1.0, 0.1):
        held_in = (top >= low) & (top < low + 0.1)
        if held_in.any():
            mean, share = top[held_in].mean(), right[held_in].mean()
            print(f"  confidence {low:.1f}: {held_in.sum():5d} texts, mean {mean:.3f}, right {share:.3f}")
    print(f"calibration error {calibration_error(top.tolist(), right.tolist()):.4f}")


def main() -> None:
    """Read the texts, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("news", "brown", "round-trips", "post-edits", "held-out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--tagger", type=Path, default=_HERE.parent / "tagger")
    parser.add_argument("--out", type=Path, default=_HERE)
    given = parser.parse_args()
    inputs = (given.news, given.brown, given.round_trips, given.post_edits, given.held_out, given.tagger / "weights.safetensors")
    if missing := [str(path) for path in inputs if not path.exists()]:
        parser.error(f"not found: {', '.join(missing)}; models/tagger/card.md says where each comes from")
    began = time.process_time()
    rng = random.Random(_SEED)
    texts = genuine_texts(given.news, given.brown, given.held_out)
    reader = reader_without(texts, KEPT_APART)
    tagger = Tagger(given.tagger / "weights.safetensors", given.tagger / "pieces.txt")
    known = list(known_texts(given, texts, rng))
    parts = (known[first : first + _AT_ONCE] for first in range(0, len(known), _AT_ONCE))
    readings = [reading for part in parts for reading in read_spun([k.text for k in part], reader)]
    samples = [sample(k, reading, tagger, reader) for k, reading in zip(known, readings, strict=True)]
    kinds = np.array([s.known.kind for s in samples])
    print(f"texts {np.bincount(kinds)}, {time.process_time() - began:.0f} CPU-seconds", flush=True)
    words = fit_words(samples)
    sizes = {"text_mean": (1,), "text_scale": (1,), "text_weights": (1, 2), "text_bias": (2,)}
    none = {name: np.zeros(size, dtype=np.float32) for name, size in sizes.items()}
    first = _weights(words, none)
    altered = [first.altered(s.rows) for s in samples]
    features = np.stack([reading_features(s.reading, a, s.tags, s.bits) for s, a in zip(samples, altered, strict=True)])
    weight, above = weights_of(samples), above_of(samples)
    fold = np.array([crc32(s.known.source.encode()) % _FOLDS for s in samples])
    p = np.zeros((len(samples), 3), dtype=np.float32)
    for k in range(_FOLDS):
        kept = np.flatnonzero(fold != k)
        place = np.full(len(samples), -1)
        place[kept] = np.arange(len(kept))
        pairs = place[above[(fold != k)[above[:, 0]]]]
        fitted = _weights(words, fit_texts(features[kept], kinds[kept], weight[kept], pairs))
        for i in np.flatnonzero(fold == k).tolist():
            odds = np.exp2(np.array([0.0, *fitted.bits(features[i])]))
            p[i] = odds / odds.sum()
    report(samples, p, altered)
    weights = _weights(words, fit_texts(features, kinds, weight, above), fit_pairs(list(pairs_of(samples, rng))))
    given.out.mkdir(parents=True, exist_ok=True)
    out = given.out / "weights.json"
    rounded = {name: np.asarray(getattr(weights, name), dtype=np.float64).round(6).tolist() for name in CombinerWeights.__slots__}
    out.write_text(json.dumps({"seed": _SEED, "n_texts": len(samples), "weights": rounded}) + "\n", encoding="utf-8")
    write_digest(out)
    print(f"{time.process_time() - began:.0f} CPU-seconds")


if __name__ == "__main__":
    main()
