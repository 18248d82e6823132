"""The aligner on whole texts: passages taken over, nothing found where nothing was, links against gold, relations, cost.

Run as ``python -m benchmarks.quality.alignment [--others] [--write]``. ``--others`` measures simple methods and packaged
aligners in the same run; ``--write`` keeps the tables in ``alignment.md``. What was tuned on PAN-13 was tuned on even rows (the
tune half), so that the odd ones (the report half) tell. Text+Berg and the samples were looked at whole: their halves flatter
alike. Aligners that link all they are given are left out where texts may be unrelated. CPU seconds include splitting into
sentences, not imports. Vecalign's embeddings take ten minutes of the eleven that all of it takes.
"""

import argparse
import os
import platform
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import NamedTuple

from benchmarks.quality import word_edits
from benchmarks.quality.aligners import Aligner, difflib_words, ours, rapidfuzz_in_order, rapidfuzz_mutual, tfidf_cosine
from benchmarks.quality.alignment_sets import Benchmark, Figures, Text, cross, pan13, samples, seeds, textberg
from benchmarks.quality.measures import SHARED
from benchmarks.quality.packaged import PACKAGED
from benchmarks.speed.cold_start import processor
from detector.config import DetectorConfig
from detector.pipeline import signature
from detector.text import from_sentences, segment
from detector.types import Document, SegmentedDocument

RESULTS = Path(__file__).with_name("alignment.md")
PARTS = {"tune half": (0,), "report half": (1,), "all": (0, 1)}
"""The remainders by two of the row numbers in each part."""
BENCHMARKS = (pan13, cross, textberg, seeds, samples)
GOALS = {
    "pan13.all.plagdet": ">= .93",
    "pan13.verbatim.plagdet": ">= .98",
    "pan13.random.plagdet": ">= .94",
    "pan13.translation.plagdet": ">= .92",
    "pan13.summary.plagdet": ">= .60",
    "pan13.no_reuse.passages": "0",
    "pan13.pairs_per_cpu_second": ">= 60",
    "cross.pairs_with_passage": "0",
    "textberg.strict_f1": ">= .86",
    "textberg.lax_f1": ">= .96",
    "seeds.link_f1": ">= .97",
    "samples.link_f1": ">= .97",
    "samples.relations": "1",
    "word_edits.swaps.exact": ">= .93",
    "word_edits.pan13_translation.words_uncovered": "0",
}
"""What the aligner is meant to reach."""


class Method(NamedTuple):
    """An aligner and what it gives."""

    aligner: Aligner
    gives: tuple[str, ...] = ("links", "passages")


OURS = {"ours": Method(ours)}
SIMPLE = {
    "difflib": Method(difflib_words, ("passages",)),
    "rapidfuzz": Method(rapidfuzz_mutual),
    "tf-idf": Method(tfidf_cosine),
    "rapidfuzz in order": Method(rapidfuzz_in_order, ("links",)),
}


def _segmented(text: Text, id_: str) -> SegmentedDocument:
    return segment(Document(id_, text)) if isinstance(text, str) else from_sentences(text, id_)


def _cpu_seconds() -> float:
    """CPU seconds of this process and of the programs it ran to their end."""
    times = os.times()
    return process_time() + times.children_user + times.children_system


def run(benchmark: Benchmark, aligner: Aligner) -> dict[str, Figures]:
    """The figures of an aligner on each part of a benchmark that has any pairs, by part and name."""
    found, seconds = [], []
    for source, target in benchmark.texts:
        start = _cpu_seconds()
        pair = _segmented(source, "0"), _segmented(target, "1")
        found.append((pair, aligner(*pair)))
        seconds.append(_cpu_seconds() - start)
    parts = {}
    for part, remainders in PARTS.items():
        places = [i for i, row in enumerate(benchmark.row_numbers) if row % 2 in remainders]
        if places:
            spent = sum(seconds[i] for i in places)
            figures = benchmark.score(places, found) | {"cpu_seconds": spent, "pairs_per_cpu_second": len(places) / spent}
            parts[part] = {f"{benchmark.name}.{name}": value for name, value in figures.items()}
    return parts


def measure() -> dict[str, float]:
    """The figures of the gate by name, on all rows."""
    found: Figures = {}
    for benchmark in (pan13(), cross(), textberg()):
        found |= run(benchmark, ours)["all"]
    kinds = ("all", "verbatim", "random", "translation", "summary")
    return {f"alignment.pan13_{kind}": found[f"pan13.{kind}.plagdet"] for kind in kinds} | {
        "alignment.pan13_no_reuse_passages": found["pan13.no_reuse.passages"],
        "alignment.cross_pairs_with_passage": found["cross.pairs_with_passage"],
        "alignment.textberg_strict_f1": found["textberg.strict_f1"],
        "alignment.textberg_lax_f1": found["textberg.lax_f1"],
    }


def table(columns: Mapping[str, Figures]) -> list[str]:
    """Figures by aligner as the lines of a table, one line a figure, beside the goal; what was not measured is a dash."""
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    lines = [["figure", "goal", *columns], ["---"] * (len(columns) + 2)]
    for name in names:
        cells = (f"{figures[name]:.4g}" if name in figures else "–" for figures in columns.values())
        lines.append([name, GOALS.get(name, ""), *cells])
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]


def _first_line(aligner: Aligner) -> str:
    return (aligner.__doc__ or "").partition("\n")[0]


def _made_by(packages: Sequence[str]) -> list[str]:
    """What produced the figures: configuration, versions, machine, data."""
    versions = (f"{package} {version(package)}" for package in packages)
    files = sorted(path for folder in ("alignment", "genuine", "seeds") for path in (SHARED / folder).glob("*"))
    digests = (f"{path.name.partition('.')[0]} {sha256(path.read_bytes()).hexdigest()[:8]}" for path in files)
    return [
        f"- {signature(DetectorConfig())}",
        f"- Python {platform.python_version()}, {', '.join(versions)}",
        f"- {processor()}, {platform.system()} {platform.machine()}",
        f"- data: {', '.join(digests) or 'the samples only'}",
    ]


def main() -> None:
    """Print the tables of the three parts; keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", action="store_true", help="measure simple methods and packaged aligners too")
    parser.add_argument("--write", action="store_true", help=f"keep the tables in {RESULTS.name}")
    given = parser.parse_args()
    methods = OURS | (SIMPLE if given.others else {})
    notes, packages = [], ["numpy", "rapidfuzz", "nupunkt"]
    for name, packaged in PACKAGED.items() if given.others else ():
        if packaged.is_here():
            methods[name] = Method(packaged.aligner, ("links",))
            packages += packaged.packages
        else:
            notes.append(f"- {name}: left out, it is not installed")
    if not SHARED.exists():
        notes.append("- PAN-13, cross pairs, Text+Berg, the seeds: left out, the development sets are not here")
    columns: dict[str, dict[str, Figures]] = {part: {name: {} for name in methods} for part in PARTS}
    for benchmark in (make() for make in BENCHMARKS if make is samples or SHARED.exists()):
        for name, method in methods.items():
            if benchmark.asks_for in method.gives:
                for part, figures in run(benchmark, method.aligner).items():
                    columns[part][name] |= figures
    columns["all"]["ours"] |= word_edits.measure()
    legend = [f"- {name}: {_first_line(method.aligner)}" for name, method in methods.items()]
    lines = [*_made_by(packages), *notes, "", *legend]
    for part, figures_by_name in columns.items():
        lines += ["", f"## {part.capitalize()}", "", *table(figures_by_name)]
    print("\n".join(lines))
    if given.write:
        command = f"python -m benchmarks.quality.alignment {'--others ' if given.others else ''}--write"
        lines = ["# Alignment, as last measured", "", f"Printed by `{command}`.", "", *lines, ""]
        RESULTS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
