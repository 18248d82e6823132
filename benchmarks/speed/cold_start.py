"""What one ``detector compare`` of two articles costs as a whole process, imports and tables included.

Run it as ``python benchmarks/speed/cold_start.py``. It prints the median of five runs, writes it with the machine and
the versions to ``benchmarks/speed/results/cold_start.json``, and ends with 1 where a bound is passed. One run before
them is not counted: it leaves the compiled modules on disk, as a user's first run does.
"""

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ARTICLES = [f"data/articles/ferry_inquiry/{name}.txt" for name in ("original", "spun")]
_ARGUMENTS = ["compare", *ARTICLES, "--format", "text"]
RESULT = Path(__file__).parent / "results" / "cold_start.json"

N_RUNS = 5
BOUNDS = {"fast": (1.0, 200.0), "full": (4.0, 700.0)}
"""CPU seconds and megabytes at each depth."""
PEAK_UNITS_A_MB = 1e6 if sys.platform == "darwin" else 1e6 / 1024  # getrusage counts bytes on macOS, KiB on Linux


class Cost(NamedTuple):
    """What one process used: user and system time together, and the most memory it held."""

    cpu_seconds: float
    peak_mb: float


def run_once(command: list[str]) -> Cost:
    """The cost of one process.

    Raises:
        SystemExit: The process failed; its own message is on stderr.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        msg = f"{' '.join(command)}: ended with {process.returncode}, expected 0"
        raise SystemExit(msg)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / PEAK_UNITS_A_MB)


def processor() -> str:
    """The model of the processor, as the system names it."""
    table = Path("/proc/cpuinfo")
    lines = table.read_text(encoding="utf-8").splitlines() if table.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def machine(*packages: str) -> dict[str, str]:
    """What a figure was measured on: processor, system, Python, numpy and other packages, each with its version."""
    system = f"{platform.system()} {platform.machine()}"
    versions = {name: version(name) for name in ("numpy", *packages)}
    return {"processor": processor(), "system": system, "python": platform.python_version(), **versions}


def main() -> int:
    """0 where all medians are within their bounds, else 1."""
    depths = {}
    for depth, (max_seconds, max_mb) in BOUNDS.items():
        command = [sys.executable, "-m", "detector", *_ARGUMENTS, "--depth", depth]
        run_once(command)
        runs = [run_once(command) for _ in range(N_RUNS)]
        cost = Cost(median(run.cpu_seconds for run in runs), median(run.peak_mb for run in runs))
        depths[depth] = {
            "cpu_seconds": round(cost.cpu_seconds, 3),
            "max_cpu_seconds": max_seconds,
            "peak_mb": round(cost.peak_mb, 1),
            "max_peak_mb": max_mb,
            "passed": cost.cpu_seconds <= max_seconds and cost.peak_mb <= max_mb,
        }
    passed = all(found["passed"] for found in depths.values())
    result = {
        "command": " ".join(["detector", *_ARGUMENTS, "--depth", "DEPTH"]),
        "input_bytes": sum((ROOT / article).stat().st_size for article in ARTICLES),
        "median_of": N_RUNS,
        "depths": depths,
        "passed": passed,
        "machine": machine("torch"),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
