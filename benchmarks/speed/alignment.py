"""What aligning costs: real pairs, many short pairs, one pair of 200,000 words a side, growth with length, hostile inputs.

Run it as ``python benchmarks/speed/alignment.py``. Each case is a process of its own with a limit on its memory and its CPU time
(imports and making the input included), so that one that runs away is reported, not waited for. It prints the figures, writes
them with the machine and the versions to ``benchmarks/speed/results/alignment.json``, and ends with 1 where a bound is passed.
``--case NAME`` runs one case here and now. The times given are CPU seconds of ``align`` alone, splitting into sentences
included; imports and tables are loaded before.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import log
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.quality.measures import SHARED, rows
from benchmarks.speed.cold_start import PEAK_UNITS_A_MB, machine
from benchmarks.speed.inputs.alignment import HOSTILE, Text, long_pair, short_pairs
from detector import align
from detector.config import DetectorConfig
from detector.pipeline import signature

RESULT = Path(__file__).parent / "results" / "alignment.json"
LIMIT_SECONDS = 30
LIMIT_SECONDS_OF_MANY = 300
LIMIT_BYTES = 8 * 2**30
N_SHORT_PAIRS = 1000
N_FIRST_PAIRS = 100
N_WORDS = 500
N_LONG_WORDS = 200_000
GROWTH_WORDS = (5_000, 10_000, 20_000, 40_000, 80_000, 160_000)

MIN_PAN13_PAIRS_A_SECOND = 60.0
MAX_SHORT_PAIRS_SECONDS = 12.0
MAX_SHORT_PAIRS_GROWTH_MB = 10.0
"""From the peak after a hundred pairs to the peak after a thousand: what the allocator keeps, not what the pairs leave behind."""
MAX_EXPONENT = 1.3
"""Cost grows with the length to this power at most, over the three longest: near-linear, with room for a noisy machine."""

Outcome = dict[str, Any]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PEAK_UNITS_A_MB


def one_pair(make: Callable[[], tuple[Text, Text]]) -> Outcome:
    """What one pair costs, and what the aligner says of it."""
    source, target = make()
    before, start = _peak_mb(), process_time()
    alignment = align(source, target)
    seconds = process_time() - start
    return {
        "cpu_seconds": round(seconds, 3),
        "peak_mb": round(_peak_mb(), 1),
        "growth_mb": round(_peak_mb() - before, 1),
        "sentences": [len(alignment.source), len(alignment.target)],
        "links": len(alignment.links),
        "relation": alignment.relation,
    }


def pan13() -> Outcome:
    """All pairs of PAN-13's development set, each once."""
    pairs = [(row["suspicious"], row["source"]) for row in rows("alignment/pan13_train")]
    start = process_time()
    for source, target in pairs:
        align(source, target)
    seconds = process_time() - start
    n_words = sum(len(text.split()) for pair in pairs for text in pair)
    return {
        "pairs": len(pairs),
        "mean_words_of_a_pair": round(n_words / len(pairs)),
        "cpu_seconds": round(seconds, 2),
        "pairs_per_cpu_second": round(len(pairs) / seconds, 1),
        "peak_mb": round(_peak_mb(), 1),
    }


def many_short_pairs() -> Outcome:
    """A thousand pairs of 500 words a side, none kept, with the peak of memory after a hundred and at the end."""
    pairs = short_pairs(N_SHORT_PAIRS, N_WORDS)
    start, early = process_time(), 0.0
    for n_done, (source, target) in enumerate(pairs, 1):
        align(source, target)
        early = _peak_mb() if n_done == N_FIRST_PAIRS else early
    return {
        "pairs": len(pairs),
        "cpu_seconds": round(process_time() - start, 2),
        f"peak_mb_after_{N_FIRST_PAIRS}": round(early, 1),
        "peak_mb": round(_peak_mb(), 1),
        "growth_mb": round(_peak_mb() - early, 1),
    }


def _cases() -> Iterator[tuple[str, Callable[[], Outcome], int]]:
    """Name, measurement and limit in seconds of each case; an input is made when its measurement is called."""
    if SHARED.exists():
        yield "pan13", pan13, LIMIT_SECONDS_OF_MANY
    yield "short_pairs", many_short_pairs, LIMIT_SECONDS_OF_MANY
    for n_words in (*GROWTH_WORDS, N_LONG_WORDS):
        yield f"words_{n_words}", partial(one_pair, partial(long_pair, n_words)), LIMIT_SECONDS
    for name, make in HOSTILE.items():
        yield f"hostile_{name}", partial(one_pair, make), LIMIT_SECONDS


def run_case(name: str) -> None:
    """Run one case in this process and print its outcome as JSON."""
    measurement, limit = next((measurement, limit) for known, measurement, limit in _cases() if known == name)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    align("The ferry left. It sank.", "The ferry left at noon.")
    print(json.dumps(measurement()))


def outcome_of(name: str, limit: int) -> Outcome:
    """The outcome of a case run in a process of its own; ``failed`` says why where there is none."""
    command = [sys.executable, __file__, "--case", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == -signal.SIGXCPU:
        return {"failed": f"over {limit} CPU seconds"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]}
    outcome: Outcome = json.loads(done.stdout)
    return outcome


def exponent(costs: Sequence[tuple[int, float]]) -> float | None:
    """The power of the length that fits costs (length, seconds) best, by least squares of logarithms; None with fewer than two."""
    if len(costs) < 2:
        return None
    slope = np.polyfit([log(n) for n, _ in costs], [log(seconds) for _, seconds in costs], 1)[0]
    return round(float(slope), 2)


def bounds(outcomes: dict[str, Outcome], power: float | None) -> dict[str, bool]:
    """Which bounds hold; a case that failed holds none."""
    pan, short = outcomes.get("pan13"), outcomes["short_pairs"]
    held = {} if pan is None else {"pan13": pan.get("pairs_per_cpu_second", 0.0) >= MIN_PAN13_PAIRS_A_SECOND}
    held["short_pairs"] = short.get("cpu_seconds", float("inf")) <= MAX_SHORT_PAIRS_SECONDS
    held["short_pairs_memory_flat"] = short.get("growth_mb", float("inf")) <= MAX_SHORT_PAIRS_GROWTH_MB
    held["growth"] = power is not None and power <= MAX_EXPONENT
    return held | {name: "failed" not in outcome for name, outcome in outcomes.items() if name.startswith(("words_", "hostile_"))}


def main() -> int:
    """0 where all bounds hold, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", help="run this one here and print its outcome")
    given = parser.parse_args()
    if given.case:
        run_case(given.case)
        return 0
    outcomes = {}
    for name, _, limit in _cases():
        outcomes[name] = outcome_of(name, limit)
        print(f"{name:30} {json.dumps(outcomes[name])}", flush=True)
    found = [(n, outcomes[f"words_{n}"]) for n in GROWTH_WORDS]
    costs = [(n, outcome["cpu_seconds"]) for n, outcome in found if "failed" not in outcome]
    power = {"all": exponent(costs), "longest_three": exponent([cost for cost in costs if cost[0] in GROWTH_WORDS[-3:]])}
    held = bounds(outcomes, power["longest_three"])
    result = {
        "cases": outcomes,
        "growth_exponents": power,
        "bounds_held": held,
        "passed": all(held.values()),
        "limits": {"seconds": LIMIT_SECONDS, "seconds_of_many": LIMIT_SECONDS_OF_MANY, "bytes": LIMIT_BYTES},
        "signature": signature(DetectorConfig()),
        "machine": machine("rapidfuzz"),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"growth exponents {power}; bounds not held: {', '.join(name for name, kept in held.items() if not kept) or 'none'}")
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
