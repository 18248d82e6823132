"""How the programs on texts alone are asked, and the page they print: a table of figures, and what produced it."""

import platform
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.quality.lone import Figures
from benchmarks.quality.lone_sets import FOR_GATE, WHOLE, Sample
from benchmarks.quality.measures import SHARED
from benchmarks.speed.cold_start import processor
from detector import DetectorConfig
from detector.config import ScoreConfig
from detector.pipeline import signature
from detector.types import Depth

DEPTHS: tuple[Depth, ...] = ("fast", "full")
_SETS = ("genuine", "seeds", "wording")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program was asked for."""

    depths: tuple[Depth, ...]
    n_workers: int
    sample: Sample


def asked(description: str, results: Path) -> tuple[Asked, bool]:
    """What the command line asks for, and whether to keep the page."""
    parser = ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("--depths", nargs="+", choices=("rules", *DEPTHS), default=DEPTHS, help="depths to measure")
    parser.add_argument("--workers", type=int, default=1, help="processes to read texts in")
    parser.add_argument("--sample", action="store_true", help="read only what the gate reads at depth full")
    parser.add_argument("--write", action="store_true", help=f"write {results.name} beside this program")
    given = parser.parse_args()
    return Asked(tuple(given.depths), given.workers, FOR_GATE if given.sample else WHOLE), given.write


def made_by(what: Asked) -> list[str]:
    """What produced the figures: configurations, versions, machine, data."""
    packages = ("numpy", "torch") if "full" in what.depths else ("numpy",)
    files = sorted(path for name in _SETS for path in (SHARED / name).glob("*") if path.is_file())
    digests = (f"{path.name.partition('.')[0]} {sha256(path.read_bytes()).hexdigest()[:8]}" for path in files)
    read = ", ".join(f"one of {n} in {name}" for name, n in what.sample.items())
    return [
        *(f"- {signature(DetectorConfig(score=ScoreConfig(depth=depth)))}" for depth in what.depths),
        f"- Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in packages)}",
        f"- {processor()}, {platform.system()} {platform.machine()}",
        f"- data: {', '.join(digests)}",
        f"- rows: {read or 'all'}; nothing is drawn at random, so that there is no seed",
    ]


def table(columns: Mapping[str, Figures], told: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Figures by way as the lines of a table; beside them what was told, not measured here, by heading."""
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    lines = [["figure", *columns, *told], ["---"] * (1 + len(columns) + len(told))]
    for name in names:
        measured = (f"{figures[name]:.4f}" if name in figures else "–" for figures in columns.values())
        lines.append([name, *measured, *(column.get(name, "") for column in told.values())])
    return [f"| {' | '.join(line)} |" for line in lines]


def print_page(title: str, program: str, results: Path, body: Callable[[Asked], Sequence[str]], description: str) -> None:
    """Print the page of a program as its command line asks; keep it where asked."""
    what, write = asked(description, results)
    options = [f"--depths {' '.join(what.depths)}"] if what.depths != DEPTHS else []
    options += ["--sample"] if what.sample else []
    command = " ".join(["python -m", program, *options, "--write"])
    about = [f"# {title}", "", f"Printed by `{command}`; what each figure is: README.md.", "", *made_by(what), ""]
    page = "\n".join([*about, *body(what)]) + "\n"
    print(page)
    if write:
        results.write_text(page, encoding="utf-8")
