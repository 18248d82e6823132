"""What judging texts alone costs: documents a CPU-second, the rules, the tables, memory, and growth on hostile inputs.

Run it as ``python benchmarks/speed/score.py``. It prints the figures, each in CPU seconds of this process, and ends with 1 where a
bound is passed; ``--write`` keeps them with the machine and the versions in ``benchmarks/speed/results/score.json``. Documents are
the genuine news of the development sets, or where those are not, the project's sample articles, one after the other, cut into runs
of 500 words. Loading and memory are those of processes of their own. Hostile inputs are read at three lengths, each twice the one
before, the quickest of three runs each; what is reported is the step or rule whose time grew most, by the mean factor of the two
doublings, steps too quick to be timed left out.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import sqrt
from statistics import median
from time import process_time
from typing import Any

from benchmarks.quality.measures import SHARED, rows
from benchmarks.speed.cold_start import PEAK_UNITS_A_MB, ROOT, machine, run_once
from detector import DetectorConfig, score, score_many
from detector.config import ScoreConfig
from detector.lm import load_gain_reader, load_substitutions
from detector.pipeline import signature
from detector.score.language import language_of
from detector.score.rules import RULES, find_all
from detector.score.signs import signs
from detector.score.spun import read_spun
from detector.text import forms, quotations, segment
from detector.types import Document, Flag, SegmentedDocument

RESULT = ROOT / "benchmarks" / "speed" / "results" / "score.json"
N_RUNS = 3
N_DOCUMENTS = 400
N_WORDS = 500
N_LONG = 5_000_000
LENGTHS = (1 << 17, 1 << 18, 1 << 19)
WHOLE = 1_000_000
LEAST_SECONDS = 0.05
"""Steps that take less at the longest length are too quick for a factor to mean anything."""

MIN_DOCUMENTS_A_SECOND = 300.0
MIN_RULES_MB_A_SECOND = 4.0
MAX_LOAD_SECONDS = 0.2
MAX_FACTOR = 2.6
"""Twice the text, twice the time; the rest is room for a noisy machine."""

_RULES_ONLY = DetectorConfig(score=ScoreConfig(depth="rules"))
_FAST = DetectorConfig(score=ScoreConfig(depth="fast"))
_SCORED = """
from detector import DetectorConfig, score
from detector.config import ScoreConfig
score(sys.stdin.read(), config=DetectorConfig(score=ScoreConfig(depth="fast")))
"""
_NUMPY = "import numpy"
_LOADED = "from detector.lm import substitutions; substitutions.load_substitutions()"
_PEAK = "import resource, sys\n{}\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"

HOSTILE: Mapping[str, str] = {
    "a": "a ",
    "quotes": '"',
    "braces": "{",
    "capitals": "A",
    "one_word": "a",
    "newlines": "\n",
    "phrase_heads": "in the ",
    "capitalised": "White Home ",
    "digits": "7",
    "percents": "%%",
}
"""What each hostile input repeats."""

Outcome = dict[str, Any]


def genuine() -> tuple[str, list[str]]:
    """Where the documents are from, and documents of 500 words."""
    if SHARED.exists():
        name, texts = "genuine", [row["text"] for part in ("bbc_a", "modern_2016_17_a") for row in rows(f"genuine/{part}")]
    else:
        folder = ROOT / "data" / "articles"
        name, texts = "data/articles", [path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*/*.txt"))]
    return name, list(_runs(texts))[:: max(1, len(texts) // N_DOCUMENTS)][:N_DOCUMENTS]


def _runs(texts: Sequence[str]) -> Iterator[str]:
    """The texts one after the other, cut at lines into runs of 500 words or a line more, longer lines inside."""
    held: list[str] = []
    n_held = 0
    for line in (line for text in texts for line in (*text.splitlines(), "")):
        parts = line.split(" ")
        for part in (parts[i : i + N_WORDS - n_held] for i in range(0, max(len(parts), 1), max(1, N_WORDS - n_held))):
            held.append(" ".join(part))
            n_held += len(part)
            if n_held >= N_WORDS:
                yield "\n".join(held)
                held, n_held = [], 0


def seconds(run: Callable[[], object]) -> float:
    """The median of the CPU seconds of the runs; one before them is not counted."""
    run()
    return median(timed(run) for _ in range(N_RUNS))


def timed(run: Callable[[], object]) -> float:
    """The CPU seconds of one run."""
    start = process_time()
    run()
    return process_time() - start


def throughput(texts: Sequence[str]) -> Outcome:
    """Documents a second at depth ``fast``, read together and one by one, and the rules alone."""
    many, single = (
        seconds(lambda: list(score_many(texts, config=_FAST))),
        seconds(lambda: [score(text, config=_FAST) for text in texts]),
    )
    rules = seconds(lambda: list(score_many(texts, config=_RULES_ONLY)))
    segmented = [segment(Document("0", text)) for text in texts]
    alone = seconds(lambda: [find_all(document) for document in segmented])
    n_mb = sum(map(len, texts)) / 1e6
    return {
        "documents_per_cpu_second_together": round(len(texts) / many, 1),
        "documents_per_cpu_second_one_by_one": round(len(texts) / single, 1),
        "documents_per_cpu_second_depth_rules": round(len(texts) / rules, 1),
        "rules_mb_per_cpu_second": round(n_mb / alone, 2),
    }


def steps(text: str) -> dict[str, float]:
    """The CPU seconds of each rule and each step of depth ``fast``, and of the whole, on one text."""
    segmented = segment(Document("0", text))
    quoted, found_forms = quotations(text), forms(text)
    gains = load_gain_reader().read([text])
    taken: dict[str, float] = {"segment": timed(lambda: segment(Document("0", text)))}
    taken |= {rule.__module__.rpartition(".")[2]: timed(partial(_all, rule, segmented)) for rule in RULES}
    taken["language"] = timed(lambda: language_of(text, found_forms, by_pieces=True))
    taken["quotations"] = timed(lambda: quotations(text))
    taken["gains"] = timed(lambda: load_gain_reader().read([text]))
    taken["signs"] = timed(lambda: signs(gains, [quoted], load_substitutions()))
    taken["reading"] = timed(lambda: read_spun([text]))
    taken["whole"] = timed(lambda: score(text, config=_FAST))
    return taken


def _all(rule: Callable[[SegmentedDocument], Iterator[Flag]], segmented: SegmentedDocument) -> list[Flag]:
    return list(rule(segmented))


def hostile(unit: str) -> Outcome:
    """What a text that repeats one thing costs as a whole, and the step whose time grows most when it is doubled."""
    costs = []
    for length in LENGTHS:
        runs = [steps(unit * (length // len(unit))) for _ in range(N_RUNS)]
        costs.append({name: min(run[name] for run in runs) for name in runs[0]})
    factors = {name: sqrt(cost / max(costs[0][name], 1e-6)) for name, cost in costs[-1].items() if cost >= LEAST_SECONDS}
    worst = max(factors, key=lambda name: factors[name], default=None)
    return {
        "cpu_seconds_of_1_mb": round(timed(lambda: score(unit * (WHOLE // len(unit)), config=_FAST)), 2),
        "grows_most": worst,
        "factor": round(factors[worst], 2) if worst else None,
    }


def loading() -> Outcome:
    """CPU seconds that the table of substitutions, its digest checked, adds to a process that imports numpy."""
    bare, loaded = (median(run_once([sys.executable, "-c", code]).cpu_seconds for _ in range(5)) for code in (_NUMPY, _LOADED))
    return {"load_cpu_seconds_of_substitutions": round(loaded - bare, 3)}


def memory(texts: Sequence[str]) -> Outcome:
    """The peak of memory of processes that score one short text, and one of 5 MB of news."""
    joined = "\n\n".join(texts)
    long = (joined * (N_LONG // len(joined) + 1))[:N_LONG]
    code = _PEAK.format(_SCORED)
    peaks = []
    for text in (texts[0], long):
        done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True, cwd=ROOT)
        peaks.append(int(done.stdout) / PEAK_UNITS_A_MB)
    return {"peak_mb_of_a_document": round(peaks[0], 1), "peak_mb_of_5_mb": round(peaks[1], 1)}


def main() -> int:
    """0 where all bounds hold, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULT.relative_to(ROOT)}")
    given = parser.parse_args()
    name, texts = genuine()
    outcome = throughput(texts) | loading() | memory(texts)
    grown = {kind: hostile(unit) for kind, unit in HOSTILE.items()}
    held = {
        "documents": outcome["documents_per_cpu_second_together"] >= MIN_DOCUMENTS_A_SECOND,
        "rules": outcome["rules_mb_per_cpu_second"] >= MIN_RULES_MB_A_SECOND,
        "load": outcome["load_cpu_seconds_of_substitutions"] <= MAX_LOAD_SECONDS,
        **{f"linear_{kind}": (found["factor"] or 0.0) <= MAX_FACTOR for kind, found in grown.items()},
    }
    result = {
        "texts": name,
        "n_documents": len(texts),
        "words_of_a_document": N_WORDS,
        "n_characters": sum(map(len, texts)),
        "median_of": N_RUNS,
        **outcome,
        "hostile": grown,
        "bounds": {
            "min_documents_per_cpu_second_together": MIN_DOCUMENTS_A_SECOND,
            "min_rules_mb_per_cpu_second": MIN_RULES_MB_A_SECOND,
            "max_load_cpu_seconds_of_substitutions": MAX_LOAD_SECONDS,
            "max_factor": MAX_FACTOR,
        },
        "bounds_held": held,
        "passed": all(held.values()),
        "signature": signature(_FAST),
        "machine": machine("sentencepiece"),
    }
    if given.write:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
