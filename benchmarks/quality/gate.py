"""The quality gate: every figure measured anew, beside its floor; a figure below its floor fails.

``python -m benchmarks.quality.gate``. What needs the development sets is left out, and said so, where they are absent. A floor
is the figure it was set at less a tolerance; ``--set`` sets the floors to what is measured now, and refuses to lower one without
``--allow-regression`` and a line in the changelog that names the figure. The digest of the data is kept with the floors: other
data, other floors. Beside each figure stands what others reach, where there is something to compare with (``anchors.json``).
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.quality import alignment, back_translation, facts, pairs, rules, samples, seeds, spun, word_edits
from benchmarks.quality.measures import ROOT, SHARED
from detector.config import DetectorConfig
from detector.pipeline import signature

FLOORS = Path(__file__).with_name("floors.json")
RESULTS = Path(__file__).with_name("results.md")
CHANGELOG = ROOT / "CHANGELOG.md"
ANCHORS: dict[str, str] = json.loads(Path(__file__).with_name("anchors.json").read_text(encoding="utf-8"))
"""What public systems or simple methods reach on the same or the nearest task, by figure."""
TOLERANCE = 0.02
"""How far a figure may fall below what it was set at: about two standard errors of a share of .9 in 800."""
_SPUN_ERRORS = (
    "news_calibration_error",
    "genuine_called_spun",
    "genuine_called_back_translated",
    "genuine_unknown",
    "genuine_spun_flags_per_1000_words",
    *(f"calibration_{of}{at}" for of in ("confidence", "genuine", "spun", "back_translated") for at in ("", "_at_thirds")),
)
_BACK_TRANSLATION_ERRORS = (
    "genuine_called_back_translated",
    "asap_fr_source_called_back_translated",
    "pan13_translation_source_called_back_translated",
    "wmt21_docs_human_called_back_translated",
    "wmt21_docs_genuine_called_back_translated",
)
LOWER_IS_BETTER = (
    "rules.worst_false_alarms",
    "facts.false_per_1000_words",
    "alignment.pan13_no_reuse_passages",
    "alignment.cross_pairs_with_passage",
    *(f"spun.{depth}.{name}" for depth in ("fast", "full") for name in _SPUN_ERRORS),
    *(f"back_translation.{name}" for name in _BACK_TRANSLATION_ERRORS),
)

_SOURCES: tuple[tuple[str, Callable[[], dict[str, float]], Path], ...] = (
    ("samples", samples.measure, ROOT / "data" / "articles"),
    ("word_edits", word_edits.on_spun, ROOT / "data" / "articles"),
    ("facts", facts.measure, ROOT / "data" / "articles"),
    ("alignment", alignment.measure, SHARED / "alignment"),
    ("seeds", seeds.measure, SHARED / "seeds"),
    ("rules", rules.measure, SHARED / "genuine"),
    ("pairs", pairs.measure, SHARED / "wording"),
    ("spun", spun.measure, SHARED / "wording"),
    ("back_translation", back_translation.measure, SHARED / "wording"),
)


def digest(folder: Path) -> str:
    """Eight digits that name the files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:8]


def measured() -> tuple[dict[str, float], dict[str, str], list[str]]:
    """The figures, the digests of the data they were measured on, and the sources left out."""
    figures: dict[str, float] = {}
    digests: dict[str, str] = {}
    absent = []
    for name, measure, data in _SOURCES:
        if not data.exists():
            absent.append(name)
            continue
        figures |= measure()
        digests[name] = digest(data)
    return figures, digests, absent


def is_below(name: str, value: float, floor: float) -> bool:
    """True where a figure is worse than its floor."""
    return value > floor if name in LOWER_IS_BETTER else value < floor


def floor_of(name: str, value: float) -> float:
    """The floor that a measured figure sets: less the tolerance, in the direction that is worse."""
    if name in LOWER_IS_BETTER:
        return round(value + TOLERANCE / 4, 4)
    return round(max(0.0, value - TOLERANCE), 4)


def _unreleased() -> str:
    """The changelog's section of what is not released yet."""
    text = CHANGELOG.read_text(encoding="utf-8")
    return text.partition("## [Unreleased]")[2].partition("\n## [")[0]


def _page(figures: dict[str, float], floors: dict[str, float], digests: dict[str, str]) -> str:
    """The figures as a page, with what produced them."""
    made_by = [
        "# Quality, as last measured",
        "",
        "Printed by `python -m benchmarks.quality.gate --set`; what each figure is: README.md.",
        "",
        f"- {signature(DetectorConfig())}",
        f"- Python {platform.python_version()}, numpy {version('numpy')}, {platform.machine()}",
        "- data: " + ", ".join(f"{name} {found}" for name, found in digests.items()),
        "",
        "| figure | measured | floor | others |",
        "|---|---|---|---|",
    ]
    rows = (f"| {name} | {value:.4f} | {floors.get(name, '')} | {ANCHORS.get(name, '')} |" for name, value in figures.items())
    return "\n".join([*made_by, *rows]) + "\n"


def main() -> int:
    """Print the table; 1 where a figure fell below its floor or a floor would be lowered unasked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="store_true", help="set the floors to what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="let --set lower a floor")
    given = parser.parse_args()
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}, "data": {}}
    figures, digests, absent = measured()
    print(f"{signature(DetectorConfig())}\nPython {platform.python_version()}, numpy {version('numpy')}, {platform.machine()}\n")
    failed = []
    for name, value in figures.items():
        floor = kept["floors"].get(name)
        source = name.partition(".")[0]
        other_data = floor is not None and kept["data"].get(source) != digests[source]
        below = floor is not None and not other_data and is_below(name, value, floor)
        note = "BELOW" if below else "other data than the floor's" if other_data else ANCHORS.get(name, "")
        print(f"{name:42} {value:9.4f}   {'floor' if floor is not None else '':5} {floor if floor is not None else '':<8} {note}")
        failed += [name] if below else []
    for name in absent:
        print(f"{name}: left out, its data is not here")
    if given.set:
        unsaid = [name for name in failed if not (given.allow_regression and name in _unreleased())]
        if unsaid:
            says = "lowered only with --allow-regression and a line under [Unreleased] in CHANGELOG.md that names the figure"
            print(f"refused to lower {', '.join(unsaid)}: {says}", file=sys.stderr)
            return 1
        floors = {**kept["floors"], **{name: floor_of(name, value) for name, value in figures.items() if value <= 1}}
        RESULTS.write_text(_page(figures, floors, digests), encoding="utf-8")
        FLOORS.write_text(json.dumps({"data": {**kept["data"], **digests}, "floors": floors}, indent=1) + "\n", encoding="utf-8")
        return 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
