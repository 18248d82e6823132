"""What the piece model costs: look-ups in bulk and text by text, cutting texts into pieces, and loading.

Run it as ``python benchmarks/speed/piece_lm.py``. It prints the medians of five runs, each in CPU seconds of this process (loading:
of a process of its own, less one that imports numpy alone), and ends with 1 where the bound is not met; ``--write`` keeps them with
the machine and the versions in ``benchmarks/speed/results/piece_lm.json``. A look-up is one piece's bits after the two before it.
The texts are the genuine BBC news of the development sets, or where those are not, the project's sample articles.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from benchmarks.quality.measures import SHARED, rows
from benchmarks.speed.cold_start import ROOT, machine, run_once
from detector.assets import asset, short_digest
from detector.lm.piece_lm import PieceLM, load_piece_lm
from detector.lm.pieces import load_pieces, read_pieces

RESULT = Path(__file__).parent / "results" / "piece_lm.json"
N_RUNS = 5
MIN_LOOK_UPS_A_SECOND = 3e6
"""In bulk."""
SEED = 5

_NUMPY = "import numpy"
_LOADED = "from detector.lm import piece_lm, pieces; piece_lm.load_piece_lm(); pieces.load_pieces()"

Outcome = dict[str, Any]


def genuine() -> tuple[str, list[str]]:
    """What the texts are, and the texts."""
    name = "genuine/bbc_a"
    if (SHARED / f"{name}.jsonl.gz").exists():
        return name, [row["text"] for row in rows(name)]
    return "data/articles", [path.read_bytes().decode("utf-8") for path in sorted((ROOT / "data" / "articles").glob("*/*.txt"))]


def seconds(run: Callable[[], object]) -> float:
    """The median of the CPU seconds of the runs; one before them is not counted, which reads the tables from disk."""
    run()
    taken = []
    for _ in range(N_RUNS):
        start = process_time()
        run()
        taken.append(process_time() - start)
    return median(taken)


def look_ups(model: PieceLM, ids: Sequence[np.ndarray]) -> Outcome:
    """Look-ups a second: all texts as one, each by itself, and any piece after any two, which no cache foresees."""
    joined = np.concatenate(ids)
    drawn = np.random.default_rng(SEED).choice(joined, size=(3, len(joined)))
    costs = {
        "in_bulk": seconds(lambda: model.surprisal(joined)),
        "text_by_text": seconds(lambda: [model.surprisal(each) for each in ids]),
        "drawn_at_random": seconds(lambda: model.bits(*drawn)),
    }
    return {f"look_ups_per_cpu_second_{name}": round(len(joined) / cost) for name, cost in costs.items()}


def encoding(texts: Sequence[str], n_pieces: int) -> Outcome:
    """Pieces and characters a second: by a model that knows the units of these texts, and by one that has read nothing yet."""
    path, known = asset("piece_lm", "pieces.model"), load_pieces()
    reading = seconds(lambda: read_pieces(path))

    def anew() -> None:
        fresh = read_pieces(path)
        for text in texts:
            fresh.encode(text)

    costs = {"known": seconds(lambda: [known.encode(text) for text in texts]), "new": seconds(anew) - reading}
    n_characters = sum(map(len, texts))
    pieces = {f"pieces_per_cpu_second_{name}": round(n_pieces / cost) for name, cost in costs.items()}
    return pieces | {f"mb_per_cpu_second_{name}": round(n_characters / cost / 1e6, 2) for name, cost in costs.items()}


def loading() -> Outcome:
    """CPU seconds that the tables and the piece model, digests checked, add to a process that imports numpy."""
    bare, loaded = (
        median(run_once([sys.executable, "-c", program]).cpu_seconds for _ in range(N_RUNS)) for program in (_NUMPY, _LOADED)
    )
    return {"load_cpu_seconds": round(loaded - bare, 3)}


def main() -> int:
    """0 where the bound holds, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULT.relative_to(ROOT)}")
    given = parser.parse_args()
    name, texts = genuine()
    ids = [load_pieces().encode(text).ids for text in texts]
    n_pieces = sum(map(len, ids))
    outcome = look_ups(load_piece_lm(), ids) | encoding(texts, n_pieces) | loading()
    passed = outcome["look_ups_per_cpu_second_in_bulk"] >= MIN_LOOK_UPS_A_SECOND
    result = {
        "texts": name,
        "n_texts": len(texts),
        "n_characters": sum(map(len, texts)),
        "n_pieces": n_pieces,
        "median_of": N_RUNS,
        **outcome,
        "min_look_ups_per_cpu_second_in_bulk": round(MIN_LOOK_UPS_A_SECOND),
        "passed": passed,
        "piece_lm": short_digest("piece_lm"),
        "machine": machine("sentencepiece"),
    }
    if given.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
