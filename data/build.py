"""Makes the sample articles and their gold from the marked files, the one source of truth.

Of every ``articles/GROUP/marked/NAME.txt`` it makes ``articles/GROUP/NAME.txt``, the text as a scraper would have it,
and of all of a group's marked files together ``articles/GROUP/gold.json``. README.md beside this program says how the
files are marked. Run it as ``python data/build.py`` after a marked file was changed.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parent / "articles"

NAMES = ("original", "verbatim", "edited", "spun", "round_trip", "same_event")
"""The six documents of every group, in the order of the gold."""

HEADER = ("made_by", "wording", "derived_from")
"""The lines above the ``---`` of a marked file, in this order."""

WORDINGS = ("genuine", "spun", "back_translated")

_LINE = re.compile(r"@(?P<targets>-|\d+(?:,\d+)*)?(?P<possible>\?)?(?P<boilerplate>#)?(?P<glue>[/+])? (?P<marked>\S.*)")
_MARK = re.compile(r"\[\[(?P<now>[^][|]+)\|\|(?P<was>[^][|]+)(?P<arguable>\|\|\?)?\]\]")
_GLUE = {None: " ", "/": "\n", "+": ""}


@dataclass(frozen=True, slots=True)
class Altered:
    """Wording that a program put in place of the original's; offsets are code points of the document's text."""

    start: int
    end: int
    expected: str
    arguable: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a marked file at its place in the text; ``targets`` are sentences of the original, ascending."""

    start: int
    end: int
    targets: tuple[int, ...]
    possible: bool
    boilerplate: bool
    altered: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A marked file as read: what its header says, its text without marks, its sentences in order."""

    name: str
    made_by: str
    wording: str
    derived_from: str | None
    text: str
    sentences: tuple[Sentence, ...]


def parse(path: Path) -> Article:
    """The article that a marked file describes.

    Raises:
        ValueError: The header or a line is not written as README.md says.
    """
    head, rule, body = path.read_text(encoding="utf-8").partition("---\n")
    header = dict(line.partition(": ")[::2] for line in head.splitlines())
    if not rule or tuple(header) != HEADER:
        msg = f"{path}: found a header of {tuple(header)}, expected {HEADER} and then ---"
        raise ValueError(msg)
    if header["wording"] not in WORDINGS:
        msg = f"{path}: found wording {header['wording']!r}, expected one of {WORDINGS}"
        raise ValueError(msg)
    text = ""
    sentences = []
    gap = ""
    for number, line in enumerate(body.splitlines(), start=len(HEADER) + 2):
        if not line:
            gap = "\n\n" if text else ""
            continue
        parts = _LINE.fullmatch(line)
        if parts is None or (parts["targets"] is None and not parts["boilerplate"]):
            msg = f"{path}:{number}: found {line[:40]!r}, expected @LINK, a blank and a sentence"
            raise ValueError(msg)
        text += gap or (_GLUE[parts["glue"]] if text else "")
        gap = ""
        start = len(text)
        plain, altered = _unmark(parts["marked"], start)
        if "[[" in plain or "]]" in plain or "||" in plain:
            msg = f"{path}:{number}: found a broken mark in {plain!r}, expected [[now||was]] or [[now||was||?]]"
            raise ValueError(msg)
        text += plain
        targets = () if parts["targets"] in {None, "-"} else tuple(int(i) for i in parts["targets"].split(","))
        flags = {"possible": parts["possible"] is not None, "boilerplate": parts["boilerplate"] is not None}
        sentences.append(Sentence(start, len(text), targets, altered=altered, **flags))
    derived_from = None if header["derived_from"] == "-" else header["derived_from"]
    return Article(path.stem, header["made_by"], header["wording"], derived_from, text + "\n", tuple(sentences))


def _unmark(marked: str, start: int) -> tuple[str, tuple[Altered, ...]]:
    """The sentence as it reads, and its altered spans, for a sentence that begins at ``start``."""
    plain = ""
    altered = []
    read = 0
    for mark in _MARK.finditer(marked):
        plain += marked[read : mark.start()]
        begin = start + len(plain)
        plain += mark["now"]
        altered.append(Altered(begin, start + len(plain), mark["was"], mark["arguable"] is not None))
        read = mark.end()
    return plain + marked[read:], tuple(altered)


def links(article: Article) -> list[dict[str, Any]]:
    """Each link of an article to the original once: lines with the same targets are one link.

    Raises:
        ValueError: Lines of one link disagree about its certainty.
    """
    found: dict[tuple[int, ...], dict[str, Any]] = {}
    for i, sentence in enumerate(article.sentences):
        if not sentence.targets:
            continue
        certainty = "possible" if sentence.possible else "sure"
        link = found.setdefault(
            sentence.targets, {"source": [], "target": list(sentence.targets), "certainty": certainty}
        )
        if link["certainty"] != certainty:
            msg = f"{article.name}: found sentence {i} {certainty}, expected {link['certainty']} as in {link}"
            raise ValueError(msg)
        link["source"].append(i)
    return list(found.values())


def relation(source: str, target: str) -> str:
    """What two different documents of a group are to each other: copy, sibling or same_event."""
    if "same_event" in {source, target}:
        return "same_event"
    return "copy" if {"original", "verbatim"} & {source, target} else "sibling"


def gold(group: str, articles: dict[str, Article]) -> dict[str, Any]:
    """The gold of a group, ready to be written as JSON; README.md has the fields."""
    pairs = [{"source": a, "target": b, "relation": relation(a, b)} for a, b in combinations(NAMES, 2)]
    documents = {name: _document(articles[name]) for name in NAMES}
    return {"group": group, "original": "original", "documents": documents, "relations": pairs}


def _document(article: Article) -> dict[str, Any]:
    """The gold of one document."""
    text = article.text
    spans = [
        (
            a.arguable,
            {"start": a.start, "end": a.end, "text": text[a.start : a.end], "expected": a.expected}
            | {"kind": article.wording},
        )
        for s in article.sentences
        for a in s.altered
    ]
    return {
        "file": f"{article.name}.txt",
        "derived_from": article.derived_from,
        "made_by": article.made_by,
        "wording": article.wording,
        "sentences": [{"start": s.start, "end": s.end} for s in article.sentences],
        "altered": [span for arguable, span in spans if not arguable],
        "either": [span for arguable, span in spans if arguable],
        "boilerplate": [
            {"start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in article.sentences if s.boilerplate
        ],
        "links": [] if article.name == "original" else links(article),
    }


def groups(folder: Path) -> Iterator[Path]:
    """The groups of a folder of articles, by name: each folder that has a folder ``marked``."""
    return (path.parent for path in sorted(folder.glob("*/marked")))


def build(folder: Path) -> dict[Path, str]:
    """What each text and each gold file of a folder of articles must hold; nothing is written.

    Raises:
        ValueError: A marked file is not written as README.md says, is missing, or is one too many.
    """
    made: dict[Path, str] = {}
    for group in groups(folder):
        found = {path.stem for path in (group / "marked").glob("*.txt")}
        if found != set(NAMES):
            msg = f"{group}/marked: found {sorted(found)}, expected {sorted(NAMES)}"
            raise ValueError(msg)
        articles = {name: parse(group / "marked" / f"{name}.txt") for name in NAMES}
        made |= {group / f"{name}.txt": article.text for name, article in articles.items()}
        made[group / "gold.json"] = json.dumps(gold(group.name, articles), ensure_ascii=False, indent=1) + "\n"
    return made


def main() -> int:
    """0 when the texts and the gold beside this program were written anew."""
    made = build(ARTICLES)
    for path, content in made.items():
        path.write_bytes(content.encode())
    sys.stdout.write(f"{len(made)} files written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
