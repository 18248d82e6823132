"""Makes the sample articles and their gold from the marked files, the one source of truth.

Of every ``articles/GROUP/marked/NAME.txt`` it makes ``articles/GROUP/NAME.txt``, the text as a scraper would have it,
and of all of a group's marked files together ``articles/GROUP/gold.json``. README.md beside this program says how the
files are marked. Run it after a marked file was changed: ``python data/build.py``, or ``python data/build.py GROUP ...``
for those groups alone.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parent / "articles"

NAMES = ("original", "verbatim", "edited", "spun", "spun_other", "round_trip", "translated", "recopied", "broken", "same_event")
"""The documents of a group, in the order of the gold."""

OPTIONAL = ("same_event",)
"""The documents that a group may do without."""

HEADER = ("made_by", "wording", "derived_from")
"""The lines above the ``---`` of a marked file, in this order."""

WORDINGS = ("genuine", "spun", "back_translated")

ALTERED = ("spun", "back_translated")
"""Kinds of a mark that says: a program put other wording there."""

FACTS = ("number", "scale", "date", "name", "negation", "gender", "attribution", "quotation")
"""Kinds of a mark that says: the copy tells something else."""

DAMAGE = ("mojibake", "slot", "glued", "truncated")
"""Kinds of a mark that says: the text broke on its way."""

ARGUABLE = "?"

_LINE = re.compile(r"@(?P<targets>-|\d+(?:,\d+)*)?(?P<possible>\?)?(?P<boilerplate>#)?(?P<glue>[/+])? (?P<marked>\S.*)")
_MARK = re.compile(r"\[\[(?P<now>[^][|]+)\|\|(?P<was>[^][|]+)(?:\|\|(?P<third>[^][|]+))?\]\]")
_GLUE = {None: " ", "/": "\n", "+": ""}


@dataclass(frozen=True, slots=True)
class Mark:
    """Wording that stands where the original has other wording; offsets are code points of the document's text."""

    start: int
    end: int
    expected: str
    kind: str
    arguable: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a marked file at its place in the text; ``targets`` are sentences of the original, ascending."""

    line: int
    start: int
    end: int
    targets: tuple[int, ...]
    possible: bool
    boilerplate: bool
    marks: tuple[Mark, ...]


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
        msg = f"{path}:1: found a header of {tuple(header)}, expected {HEADER} and then ---"
        raise ValueError(msg)
    if header["wording"] not in WORDINGS:
        msg = f"{path}:2: found wording {header['wording']!r}, expected one of {WORDINGS}"
        raise ValueError(msg)
    text = ""
    sentences = []
    gap = ""
    # Not splitlines: mojibake holds characters that it would cut a line at, such as U+0085.
    for number, line in enumerate(body.split("\n"), start=len(HEADER) + 2):
        if not line:
            gap = "\n\n" if text else ""
            continue
        where = f"{path}:{number}"
        parts = _LINE.fullmatch(line)
        if parts is None or (parts["targets"] is None and not parts["boilerplate"]):
            msg = f"{where}: found {line[:40]!r}, expected @LINK, a blank and a sentence"
            raise ValueError(msg)
        text += gap or (_GLUE[parts["glue"]] if text else "")
        gap = ""
        plain, marks = _unmark(where, parts["marked"], len(text), header["wording"])
        targets = () if parts["targets"] in {None, "-"} else tuple(int(i) for i in parts["targets"].split(","))
        start, text = len(text), text + plain
        possible, boilerplate = parts["possible"] is not None, parts["boilerplate"] is not None
        sentences.append(Sentence(number, start, len(text), targets, possible, boilerplate, marks))
    derived_from = None if header["derived_from"] == "-" else header["derived_from"]
    return Article(path.stem, header["made_by"], header["wording"], derived_from, text + "\n", tuple(sentences))


def _unmark(where: str, marked: str, start: int, wording: str) -> tuple[str, tuple[Mark, ...]]:
    """The sentence as it reads, and its marks, for a sentence that begins at ``start`` of a document of that wording."""
    plain = ""
    marks = []
    read = 0
    for found in _MARK.finditer(marked):
        plain += marked[read : found.start()]
        begin = start + len(plain)
        plain += found["now"]
        third = found["third"]
        kind = wording if third in {None, ARGUABLE} else third
        if kind not in ALTERED + FACTS + DAMAGE:
            expected = f"[[now||was||KIND]] with one of {ALTERED + FACTS + DAMAGE}"
            msg = f"{where}: found kind {kind!r} of {found[0]!r}, expected {expected}"
            raise ValueError(msg)
        marks.append(Mark(begin, start + len(plain), found["was"], kind, third == ARGUABLE))
        read = found.end()
    plain += marked[read:]
    if any(sign in plain for sign in ("[[", "]]", "||")):
        msg = f"{where}: found a broken mark in {plain!r}, expected [[now||was]] or [[now||was||THIRD]]"
        raise ValueError(msg)
    return plain, tuple(marks)


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
        link = found.setdefault(sentence.targets, {"source": [], "target": list(sentence.targets), "certainty": certainty})
        if link["certainty"] != certainty:
            msg = f"{article.name}.txt:{sentence.line}: found sentence {i} {certainty}, expected {link['certainty']} as in {link}"
            raise ValueError(msg)
        link["source"].append(i)
    return list(found.values())


def relation(source: str, target: str, parents: Mapping[str, str | None]) -> str:
    """What two different documents of a group are to each other: copy, sibling or same_event.

    Args:
        source: The name of one document.
        target: The name of the other.
        parents: For each document of the group the one that it was made from.
    """
    if "same_event" in {source, target}:
        return "same_event"
    # The verbatim copy has the original's wording: who copied the one might as well have copied the other.
    if {"original", "verbatim"} & {source, target}:
        return "copy"
    return "copy" if source in _ancestors(target, parents) or target in _ancestors(source, parents) else "sibling"


def _ancestors(name: str, parents: Mapping[str, str | None]) -> list[str]:
    """The documents that one was made from, the nearest first; a circle is walked once."""
    found: list[str] = []
    parent = parents.get(name)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def gold(group: str, articles: Mapping[str, Article]) -> dict[str, Any]:
    """The gold of a group, ready to be written as JSON; README.md has the fields."""
    names = [name for name in NAMES if name in articles]
    parents = {name: articles[name].derived_from for name in names}
    return {
        "group": group,
        "original": "original",
        "documents": {name: _document(articles[name]) for name in names},
        "tree": [[parent, name] for name, parent in parents.items() if parent is not None],
        "relations": [{"source": a, "target": b, "relation": relation(a, b, parents)} for a, b in combinations(names, 2)],
    }


def _document(article: Article) -> dict[str, Any]:
    """The gold of one document."""
    text = article.text
    listed: dict[str, list[dict[str, Any]]] = {"altered": [], "either": [], "facts": [], "damage": []}
    for mark in (mark for sentence in article.sentences for mark in sentence.marks):
        place = "either" if mark.arguable else "facts" if mark.kind in FACTS else "damage" if mark.kind in DAMAGE else "altered"
        span = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
        listed[place].append(span | {"expected": mark.expected, "kind": mark.kind})
    furniture = (sentence for sentence in article.sentences if sentence.boilerplate)
    return {
        "file": f"{article.name}.txt",
        "derived_from": article.derived_from,
        "made_by": article.made_by,
        "wording": article.wording,
        "sentences": [{"start": s.start, "end": s.end} for s in article.sentences],
        **listed,
        "boilerplate": [{"start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in furniture],
        "links": [] if article.name == "original" else links(article),
    }


def groups(folder: Path) -> Iterator[Path]:
    """The groups of a folder of articles, by name: each folder that has a folder ``marked``."""
    return (path.parent for path in sorted(folder.glob("*/marked")))


def build_group(group: Path) -> dict[Path, str]:
    """What each text and the gold file of one group must hold; nothing is written.

    Raises:
        ValueError: A marked file is not written as README.md says, is missing, or is one too many.
    """
    found = {path.stem for path in (group / "marked").glob("*.txt")}
    needed = set(NAMES) - set(OPTIONAL)
    if not needed <= found <= set(NAMES):
        lacking, odd = sorted(needed - found), sorted(found - set(NAMES))
        msg = f"{group}/marked: found {sorted(found)}, expected {sorted(needed)} and perhaps {OPTIONAL}: lacks {lacking}, odd {odd}"
        raise ValueError(msg)
    articles = {name: parse(group / "marked" / f"{name}.txt") for name in NAMES if name in found}
    for name, article in articles.items():
        if article.derived_from is not None and article.derived_from not in articles:
            msg = f"{group}/marked/{name}.txt:3: found derived_from {article.derived_from!r}, expected - or one of {list(articles)}"
            raise ValueError(msg)
    made = {group / f"{name}.txt": article.text for name, article in articles.items()}
    made[group / "gold.json"] = json.dumps(gold(group.name, articles), ensure_ascii=False, indent=1) + "\n"
    return made


def build(folder: Path) -> dict[Path, str]:
    """What each text and each gold file of a folder of articles must hold; nothing is written.

    Raises:
        ValueError: A marked file is not written as README.md says, is missing, or is one too many.
    """
    return {path: content for group in groups(folder) for path, content in build_group(group).items()}


def main(names: Sequence[str]) -> int:
    """0 when the texts and the gold beside this program were written anew, of all groups or of those named."""
    made: dict[Path, str] = {}
    for group in [ARTICLES / name for name in names] or groups(ARTICLES):
        made |= build_group(group)
    for path, content in made.items():
        path.write_bytes(content.encode())
    sys.stdout.write(f"{len(made)} files written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
