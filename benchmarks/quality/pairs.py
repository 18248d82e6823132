"""Pairs of a text and its copy in the development sets, none of which the models have seen: which side is called what.

Run as ``python -m benchmarks.quality.pairs [N]``: of ``spun_news`` and of the first N rows of each other set (200), all pairs at
depth ``fast`` and every fourth at ``full``. ``copy_named``: the copy is called by its
kind; ``source_kept``: the source is called genuine or unknown; ``direction``: the source has the higher p_genuine, the mean over
copies longer and copies shorter than their source.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from statistics import mean

from benchmarks.quality.measures import rows
from detector import DetectorConfig, compare
from detector.config import ScoreConfig
from detector.types import Depth

N_ROWS = 200
_EVERY: dict[Depth, int] = {"fast": 1, "full": 4}
"""Of how many pairs one is compared at a depth."""


def _spun_news() -> Iterator[tuple[str, str, str, str]]:
    for row in rows("wording/spun_news"):
        yield f"spun_news_{float(row['rate']):.0%}", row["original"], row["text"], "spun"


def _passages(name: str, kind: str) -> Iterator[tuple[str, str, str, str]]:
    for row in rows(f"wording/{name}"):
        yield name, row["src"], row["copy"], kind


def measure(n_rows: int = N_ROWS) -> dict[str, float]:
    """The figures by depth and name."""
    return {name: value for depth in _EVERY for name, value in _at(depth, n_rows).items()}


def _at(depth: Depth, n_rows: int) -> dict[str, float]:
    config = DetectorConfig(score=ScoreConfig(depth=depth))
    sets = (
        _spun_news(),
        islice(_passages("pan13_random", "spun"), n_rows),
        islice(_passages("pan13_translation", "back_translated"), n_rows),
        islice(_passages("asap_fr", "back_translated"), n_rows),
    )
    seen: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    direction: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for pairs in sets:
        for name, source, copy, kind in islice(pairs, 0, None, _EVERY[depth]):
            verdicts = compare([source, copy], config=config).verdicts
            seen[name].append((verdicts[1].wording == kind, verdicts[0].wording in {"genuine", "unknown"}))
            ahead = verdicts[0].p_genuine - verdicts[1].p_genuine
            direction[name, len(copy) > len(source)].append(0.5 if ahead == 0 else float(ahead > 0))
    figures = {}
    for name, outcomes in seen.items():
        figures[f"pairs.{depth}.{name}.copy_named"] = mean(named for named, _ in outcomes)
        figures[f"pairs.{depth}.{name}.source_kept"] = mean(kept for _, kept in outcomes)
        strata = [direction[name, longer] for longer in (False, True)]
        figures[f"pairs.{depth}.{name}.direction"] = mean(mean(stratum) for stratum in strata if stratum)
    return figures


if __name__ == "__main__":
    for name, value in measure(int(sys.argv[1]) if len(sys.argv) > 1 else N_ROWS).items():
        print(f"{name:40} {value:.3f}")
