"""What the tagger costs: a cold start, documents and words a CPU-second, memory on a long text, and what eight bits change.

Run it as ``python benchmarks/speed/tagger.py``. It prints the figures, each in CPU seconds of one thread, and ends with 1 where a
bound is passed; ``--write`` keeps them with the machine and the versions in ``benchmarks/speed/results/tagger.json``, and
``--folder`` measures other weights than those that ship. Documents are the project's sample articles, one after the other, cut into
runs of 500 words; the quickest of five runs over them counts, as a busy machine only adds. Cold start and memory are those of
processes of their own: the first reads one document, the second 200,000 words. In each precision, documents are read at the same
speed whatever the weights say; the difference that eight bits make is that of the log-odds of words that these weights give.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import torch

from benchmarks.speed.cold_start import PEAK_UNITS_A_MB, ROOT, machine
from detector.assets import MODELS
from detector.lm.tagger import Precision, Tagger, precision_of_this_processor

RESULT = ROOT / "benchmarks" / "speed" / "results" / "tagger.json"
N_RUNS = 5
N_WORDS = 500
N_DOCUMENTS = 16
N_LONG = 200_000
"""Words of the long text."""

MAX_COLD_SECONDS = 4.0
MAX_COLD_MB = 700.0
MIN_DOCUMENTS_A_SECOND = 12.0

_READ = """
import resource, sys
from pathlib import Path
import torch
from detector.lm.tagger import Tagger
torch.set_num_threads(1)
folder = Path(sys.argv[1])
Tagger(folder / "weights.safetensors", folder / "pieces.txt").read(sys.stdin.read())
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""

Outcome = dict[str, Any]


def documents() -> list[str]:
    """Documents of 500 words."""
    paths = sorted((ROOT / "data" / "articles").glob("*/*.txt"))
    found = " ".join(path.read_bytes().decode("utf-8") for path in paths).split()
    runs = [" ".join(found[i : i + N_WORDS]) for i in range(0, len(found) - N_WORDS + 1, N_WORDS)]
    return runs[:: max(1, len(runs) // N_DOCUMENTS)][:N_DOCUMENTS]


def process(folder: Path, text: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a process that opens the tagger and reads a text."""
    command = [sys.executable, "-c", _READ, str(folder)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak) / PEAK_UNITS_A_MB


def costs(folder: Path, texts: list[str]) -> Outcome:
    """A cold start, and memory on a long text."""
    cold = [process(folder, texts[0]) for _ in range(N_RUNS)]
    found = " ".join(texts).split()
    long = " ".join((found * (N_LONG // len(found) + 1))[:N_LONG])
    return {
        "cold_start_cpu_seconds": round(median(seconds for seconds, _ in cold), 2),
        "cold_start_peak_mb": round(median(peak for _, peak in cold), 1),
        "peak_mb_of_200000_words": round(process(folder, long)[1], 1),
    }


def speed(folder: Path, texts: list[str], precision: Precision) -> tuple[Outcome, list[np.ndarray]]:
    """Documents, words and pieces a CPU-second in one precision, and the log-odds of the words of each document."""
    tagger = Tagger(folder / "weights.safetensors", folder / "pieces.txt", precision)
    n_pieces = sum(len(tagger.states(text)[0].ids) for text in texts)
    taken = []
    for _ in range(N_RUNS):
        start = process_time()
        found = [tagger.read(text).altered for text in texts]
        taken.append(process_time() - start)
    rates = {"documents": len(texts), "words": len(texts) * N_WORDS, "pieces": n_pieces}
    return {f"{name}_per_cpu_second": round(n / min(taken), 1) for name, n in rates.items()}, found


def main() -> int:
    """0 where all bounds hold, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULT.relative_to(ROOT)}")
    parser.add_argument("--folder", type=Path, default=MODELS / "tagger", help="weights.safetensors and pieces.txt")
    given = parser.parse_args()
    torch.set_num_threads(1)
    texts = documents()
    outcome = costs(given.folder, texts)
    best = precision_of_this_processor()
    exact, in_full = speed(given.folder, texts, "float32")
    outcome |= {"precision": best, "float32": exact}
    if best == "int8":
        outcome["int8"], rounded = speed(given.folder, texts, "int8")
        full = np.concatenate(in_full)
        by = np.abs(full - np.concatenate(rounded))
        of = {"n_words": len(by), "standard_deviation": full.std(), "mean_change": by.mean(), "largest_change": by.max()}
        outcome["log_odds"] = {name: round(float(value), 3) for name, value in of.items()}
    held = {
        "cold_start": outcome["cold_start_cpu_seconds"] <= MAX_COLD_SECONDS,
        "memory": outcome["cold_start_peak_mb"] <= MAX_COLD_MB,
        "documents": outcome[best]["documents_per_cpu_second"] >= MIN_DOCUMENTS_A_SECOND,
    }
    bounds = {"max_cold_start_cpu_seconds": MAX_COLD_SECONDS, "max_cold_start_peak_mb": MAX_COLD_MB}
    result = {
        "n_documents": len(texts),
        "words_of_a_document": N_WORDS,
        "quickest_of": N_RUNS,
        **outcome,
        "bounds": bounds | {"min_documents_per_cpu_second": MIN_DOCUMENTS_A_SECOND},
        "bounds_held": held,
        "passed": all(held.values()),
        "machine": machine("torch", "tokenizers") | {"capability": torch.backends.cpu.get_cpu_capability()},
    }
    if given.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
