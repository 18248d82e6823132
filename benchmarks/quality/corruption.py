"""Damage that the rules on one text alone find: cases right, firings on genuine articles, recall on injected damage, speed.

Run as ``python -m benchmarks.quality.corruption``; ``--write`` keeps the page beside this program. Firings are counted on the
genuine documents of the development sets, whose damage is not marked: many firings there are real. Damage is injected into the
original of each sample article (``damage.py``); a place is found when a flag whose code begins with the kind overlaps it.
Together, the rules read one document after another, as they do at work: what they share of a text is then computed once; a rule
alone pays it itself.
"""

import json
import platform
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.quality.damage import INJECTORS, damage
from benchmarks.quality.measures import ROOT, SHARED
from benchmarks.quality.rules import genuine
from benchmarks.speed.cold_start import processor
from detector.codes import CODES
from detector.config import DetectorConfig
from detector.pipeline import signature
from detector.score.rules import RULES, find_all
from detector.text import segment
from detector.types import Document, Flag, SegmentedDocument

RESULTS = Path(__file__).with_suffix(".md")
CASES = ROOT / "tests" / "cases" / "rules"
ARTICLES = ROOT / "data" / "articles"
SEED = 7
N_DRAWS = 5
"""Times that each kind of damage is drawn for each sample article."""
LENGTHS = (1 << 17, 1 << 18)
LEAST_SECONDS = 0.05
"""A rule that takes less on the longer of the hostile texts is too quick for a factor to mean anything."""
MIN_MB_A_SECOND, MAX_FACTOR = 4.0, 2.6
"""Goals: of all rules together on genuine text, and of twice the text, with room for a noisy machine."""
MAX_SHARE = 0.003
"""Goal for the share of genuine documents on which a kind errs; a firing on real damage is no error, but is counted."""
HOSTILE = (
    '"', "{a|", "{", "%%", "[[a ", "<", "</", "&amp", "\\u20", "EE. ", "the. ", " by .", " the of", "que la de ", "и в том ", "的",
    "Ã©", "\ufffd ", "\u200b", "a\u0430", "Advertisement\n", "(Photo: ", "/Getty Images", "read more: a ", "ab-\n", "a a ", "aaaa",
    "0o1l", "No. no. ", "The city. The city.\n", ". a", "\n", " ",
)  # fmt: skip


class Rule(NamedTuple):
    """One module of the rules, and what was measured of it."""

    name: str
    find: Callable[[SegmentedDocument], Iterator[Flag]]


def rules() -> list[Rule]:
    """The rules in their order."""
    return [Rule(find.__module__.rpartition(".")[2], find) for find in RULES]


def kind_of(code: str) -> str:
    """What a code begins with: the kind of damage it speaks of, also where damage is a wording as well."""
    return code.partition(".")[0]


def cases_right(rule: Rule) -> tuple[int, int, int, int]:
    """Positive cases right and all, hard negatives right and all."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for case in json.loads((CASES / f"{rule.name}.json").read_text(encoding="utf-8")):
        text = case["text"]
        flags = sorted(rule.find(segment(Document("0", text))), key=lambda flag: flag.span)
        counts[bool(case["expected"]), [flag.span.of(text) for flag in flags] == case["expected"]] += 1
    return (
        counts[True, True],
        counts[True, False] + counts[True, True],
        counts[False, True],
        counts[False, False] + counts[False, True],
    )


def fired(documents: Sequence[SegmentedDocument]) -> tuple[Counter[str], Counter[str]]:
    """The number of documents in which a flag of each code stands, and of each kind."""
    by_code: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for document in documents:
        codes = {code for flag in find_all(document) for code, _ in flag.reasons}
        by_code.update(codes)
        by_kind.update({kind_of(code) for code in codes})
    return by_code, by_kind


def recall(kind: str) -> tuple[int, int]:
    """Of the places injected into the sample articles, how many were found, and how many there are."""
    found = placed = 0
    for folder in sorted(path for path in ARTICLES.iterdir() if path.is_dir()):
        text = (folder / "original.txt").read_text(encoding="utf-8")
        for draw in range(N_DRAWS):
            damaged = damage(kind, text, Random(f"{SEED} {kind} {folder.name} {draw}"))
            flags = find_all(segment(Document("0", damaged.text)))
            shown = [flag.span for flag in flags if kind_of(flag.reasons[0][0]) == kind]
            found += sum(any(span.overlaps(place) for span in shown) for place in damaged.places)
            placed += len(damaged.places)
    return found, placed


def _seconds(rule: Rule, documents: Sequence[SegmentedDocument], n_runs: int = 3) -> float:
    """The quickest of some runs, in CPU-seconds."""
    taken = []
    for _ in range(n_runs):
        started = time.process_time()
        for document in documents:
            for _flag in rule.find(document):
                pass
        taken.append(time.process_time() - started)
    return min(taken)


def growths() -> dict[str, tuple[float, str]]:
    """By rule the factor by which a hostile text of twice the length takes longer, at most, and which text that is.

    Rules too quick on all of them to be timed are left out.
    """
    worst: dict[str, tuple[float, str]] = {}
    for unit in HOSTILE:
        short, long = (segment(Document("0", (unit * length)[:length])) for length in LENGTHS)
        for rule in rules():
            if _seconds(rule, [long], 1) < LEAST_SECONDS:
                continue
            factor = _seconds(rule, [long]) / _seconds(rule, [short])
            worst[rule.name] = max(worst.get(rule.name, (0.0, "")), (factor, unit))
    return worst


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines)]


def _made_by() -> list[str]:
    files = [*sorted((SHARED / "genuine").glob("*")), *sorted(ARTICLES.glob("*/original.txt"))]
    digest = sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:8]
    return [
        f"- {signature(DetectorConfig())}",
        f"- Python {platform.python_version()}, ftfy {version('ftfy')}, nupunkt {version('nupunkt')}",
        f"- {processor()}, {platform.system()} {platform.machine()}",
        f"- data: genuine and sample articles {digest}; seed {SEED}, {N_DRAWS} draws for each kind and article",
    ]


def page(documents: Sequence[SegmentedDocument]) -> tuple[list[str], list[str]]:
    """The lines of the page, and what missed its goal."""
    missed: list[str] = []
    by_code, by_kind = fired(documents)
    n_documents, n_mb = len(documents), sum(len(d.document.text.encode()) for d in documents) / 1e6

    def share(count: int) -> list[str]:
        return [str(count), f"{count / n_documents:.2%}"] if n_documents else ["–", "–"]

    kinds = []
    named = dict.fromkeys(kind_of(code) for code, entry in CODES.items() if entry.sign == "corruption")
    for kind in [*named, *(kind for kind in INJECTORS if kind not in named)]:
        found, placed = recall(kind) if kind in INJECTORS else (0, 0)
        kinds.append([kind, *share(by_kind[kind]), str(placed or "–"), f"{found / placed:.3f}" if placed else "–"])
    modules, grown_most = [], growths()
    for rule in rules():
        right, positives, held, negatives = cases_right(rule)
        if (right, held) != (positives, negatives):
            missed.append(f"{rule.name}: {positives - right + negatives - held} of its cases are wrong")
        taken = _seconds(rule, documents)
        factor, unit = grown_most.get(rule.name, (0.0, ""))
        if factor > MAX_FACTOR:
            missed.append(f"{rule.name}: twice {unit!r} takes {factor:.1f} times as long")
        speed = f"{n_mb / taken:.0f}" if documents else "–"
        grown = [f"{factor:.2f}", f"`{unit!r}`".replace("|", "\\|")] if factor else ["–", "–"]
        modules.append([rule.name, f"{right}/{positives}", f"{held}/{negatives}", speed, *grown])
    if documents:
        together = n_mb / _seconds(Rule("together", lambda document: iter(find_all(document))), documents)
        modules.append(["together", "", "", f"{together:.1f}", "", ""])
        if together < MIN_MB_A_SECOND:
            missed.append(f"all rules: {together:.1f} MB per CPU-second, expected {MIN_MB_A_SECOND:g} or more")
    codes = [
        [code, entry.sign.replace("_", "-"), *share(by_code[code]), "over" if by_code[code] > MAX_SHARE * n_documents else ""]
        for code, entry in CODES.items()
        if entry.false_alarm_rate is not None and code != "name.broken"
    ]
    return [
        *_table(["kind of damage", "genuine documents with it", "share", "places injected", "recall"], kinds),
        "",
        *_table(["rule", "positive cases right", "hard negatives right", "MB per CPU-second", "growth", "on"], modules),
        "",
        *_table(["code", "speaks for", "genuine documents", "share", f"goal {MAX_SHARE:.1%}"], codes),
    ], missed


def main() -> int:
    """Print the page; 1 where a case is wrong, a rule too slow or worse than linear."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} beside this program")
    given = parser.parse_args()
    documents = genuine()
    if not documents:
        print(f"{SHARED}: no genuine documents found; firings and speed are left out", file=sys.stderr)
    body, missed = page(documents)
    program = "python -m benchmarks.quality.corruption --write"
    head = ["# Corruption", "", f"Printed by `{program}`; what each figure is: README.md.", "", *_made_by(), ""]
    text = "\n".join([*head, *body]) + "\n"
    print(text)
    if given.write:
        RESULTS.write_text(text, encoding="utf-8")
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
