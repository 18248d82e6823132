"""Proves that the sample articles, their gold and their marked files agree.

The gold is read back from disk and held against the texts, not against the program that made it. Run it as
``python data/check.py``, or ``python data/check.py GROUP ...`` for those groups alone: it is silent when all holds, else
it says what was found, what was expected and where.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # a script is given data/ to import from, not the folder above it
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data.build import ALTERED, ARTICLES, DAMAGE, FACTS, NAMES, OPTIONAL, build_group, groups, parse

WORDS_OF_AN_ORIGINAL = (300, 600)
WORDS_OF_A_SPAN = (1, 6)
FACTS_OF_A_BROKEN_COPY = (4, 8)

MARKED = ("altered", "either", "facts", "damage")
"""The lists of marked spans of a document."""

KINDS = {"altered": ALTERED, "either": ALTERED, "facts": FACTS, "damage": DAMAGE}
"""What the spans of each list may be."""

ROOTS = ("original", "same_event")
"""The documents that come from no other."""

RESTORED = ("spun", "spun_other", "broken")
"""The documents whose every change is marked, so that undoing the marks gives the original back."""

UNMARKED = ("original", "verbatim", "edited", "same_event")
"""The documents that no program altered and nothing broke."""

WORDING = {"spun": "spun", "spun_other": "spun", "round_trip": "back_translated", "translated": "back_translated"}
"""The wording of the documents that have none of their own choice; ``recopied`` may have any, the others are genuine."""


@dataclass(frozen=True, slots=True)
class _Room:
    """One document on the way through the checks.

    Attributes:
        file: The marked file, which is where a fault is mended.
        lines: For each sentence the line of the marked file that it stands in.
        gold: What the gold says of the document.
        text: The text, as read from disk.
        cuts: The text of each sentence.
        target: The text of each sentence of the original.
    """

    file: Path
    lines: list[int]
    gold: dict[str, Any]
    text: str
    cuts: list[str]
    target: list[str]

    def at(self, i: int) -> str:
        """Where sentence ``i`` is to be mended."""
        return f"{self.file}:{self.lines[i]}: sentence {i}" if 0 <= i < len(self.lines) else f"{self.file}: sentence {i}"

    def spans(self, lists: Iterable[str] = MARKED) -> list[dict[str, Any]]:
        """The marked spans of some lists, from the first to the last."""
        return sorted((span for name in lists for span in self.gold[name]), key=lambda span: int(span["start"]))

    def within(self, i: int) -> list[dict[str, Any]]:
        """The marked spans that begin in sentence ``i``, from the first to the last."""
        bounds = self.gold["sentences"][i]
        return [span for span in self.spans() if bounds["start"] <= span["start"] < bounds["end"]]

    def linked(self, link: dict[str, Any]) -> str:
        """What the original says in a link; indices out of range, which ``_links`` reports, are left out."""
        return " ".join(self.target[j] for j in link["target"] if 0 <= j < len(self.target))

    def furniture(self) -> set[int]:
        """The sentences that are boilerplate."""
        starts = {span["start"] for span in self.gold["boilerplate"]}
        return {i for i, bounds in enumerate(self.gold["sentences"]) if bounds["start"] in starts}


def check(folder: Path) -> list[str]:
    """Every fault of a folder of articles; empty when the texts, the gold and the marked files agree."""
    found = list(groups(folder))
    if not found:
        return [f"{folder}: found no group, expected folders with a folder marked"]
    strays = [path for path in sorted(folder.glob("*")) if path not in found]
    faults = [f"{path}: found a file or folder that is no group, expected folders with a folder marked" for path in strays]
    return faults + [fault for group in found for fault in check_group(group)]


def check_group(group: Path) -> list[str]:
    """Every fault of one group; what the gold says is looked at once the files are what the marked files make."""
    try:
        made = build_group(group)
    except (OSError, ValueError) as error:
        return [str(error)]
    return list(_files(group, made)) or list(_group(group))


def _files(group: Path, made: dict[Path, str]) -> Iterator[str]:
    """Files that differ from what the marked files make, are missing, or are one too many."""
    for path, content in made.items():
        if not path.exists():
            yield f"{path}: found nothing, expected the file; run data/build.py"
        elif path.read_bytes() != content.encode():
            yield f"{path}: found other bytes, expected what the marked files make; run data/build.py"
    marked = group / "marked"
    expected = {*made, marked, *(marked / path.name for path in made if path.suffix == ".txt")}
    for path in sorted({*group.glob("*"), *marked.glob("*")} - expected):
        yield f"{path}: found a file, expected none that the marked files do not make"


def _group(group: Path) -> Iterator[str]:
    """Faults of one group: of each document, of the tree, and of the relations between them."""
    gold = json.loads((group / "gold.json").read_bytes())
    documents = gold["documents"]
    expected = [name for name in NAMES if name in documents or name not in OPTIONAL]
    if list(documents) != expected or gold["original"] != "original" or gold["group"] != group.name:
        yield f"{group}/gold.json: found {gold['group']}, {list(documents)}, expected {group.name}, {expected}"
        return
    texts = {name: (group / document["file"]).read_bytes().decode() for name, document in documents.items()}
    cuts = {name: [texts[name][s["start"] : s["end"]] for s in document["sentences"]] for name, document in documents.items()}
    for name, document in documents.items():
        marked = group / "marked" / f"{name}.txt"
        lines = [sentence.line for sentence in parse(marked).sentences]
        yield from _document(name, _Room(marked, lines, document, texts[name], cuts[name], cuts["original"]))
    n_words = len(texts["original"].split())
    fewest, most = WORDS_OF_AN_ORIGINAL
    if not fewest <= n_words <= most:
        yield f"{group}/marked/original.txt: found {n_words} words, expected {fewest} to {most}"
    faults = list(_tree(group, gold))
    yield from faults or _relations(group, gold)


def _document(name: str, room: _Room) -> Iterator[str]:
    """Faults of one document: first those of every document, then those of its name."""
    yield from _sentences(room)
    yield from _spans(room)
    yield from _marks(room)
    yield from _links(room)
    yield from _expected(room)
    yield from _role(name, room)
    if name in RESTORED:
        yield from _restored(room)
    if name == "verbatim":
        yield from _verbatim(room)


def _sentences(room: _Room) -> Iterator[str]:
    """Sentences out of order, overlapping, or leaving out more than whitespace."""
    covered = 0
    for i, sentence in enumerate(room.gold["sentences"]):
        start, end = sentence["start"], sentence["end"]
        if not covered <= start < end <= len(room.text):
            yield f"{room.at(i)}: found it at {start}-{end}, expected it after {covered} and before {len(room.text)}"
        if room.text[covered:start].strip():
            yield f"{room.at(i)}: found {room.text[covered:start]!r} before it, expected only whitespace"
        covered = end
    if room.text[covered:].strip():
        yield f"{room.file}: found {room.text[covered:]!r} after the last sentence, expected only whitespace"


def _spans(room: _Room) -> Iterator[str]:
    """Spans whose text is not the text there, that overlap, that cross a sentence's end, or that are in a wrong list."""
    for span in [*room.spans(), *room.gold["boilerplate"]]:
        there = room.text[span["start"] : span["end"]]
        if there != span["text"]:
            yield f"{room.file}: found {there!r} at {span['start']}-{span['end']}, expected {span['text']!r}"
        if not any(s["start"] <= span["start"] < span["end"] <= s["end"] for s in room.gold["sentences"]):
            yield f"{room.file}: found {there!r} at {span['start']}-{span['end']}, expected it inside one sentence"
    for span, after in pairwise(room.spans()):
        if span["end"] > after["start"]:
            yield f"{room.file}: found {span['text']!r} and {after['text']!r} overlapping, expected disjoint spans"
    for listed in MARKED:
        starts = [span["start"] for span in room.gold[listed]]
        if starts != sorted(starts):
            yield f"{room.file}: found {listed} at {starts}, expected ascending starts"
        for span in room.gold[listed]:
            if span["kind"] not in KINDS[listed]:
                yield f"{room.file}: found kind {span['kind']} of {span['text']!r} in {listed}, expected one of {KINDS[listed]}"


def _marks(room: _Room) -> Iterator[str]:
    """Marks that are too long, that change nothing, or that cut off something else than a sentence's end."""
    fewest, most = WORDS_OF_A_SPAN
    for i, cut in enumerate(room.cuts):
        for span in room.within(i):
            if not fewest <= len(span["text"].split()) <= most:
                yield f"{room.at(i)}: found {span['text']!r}, expected {fewest} to {most} words"
            if span["text"] == span["expected"]:
                yield f"{room.at(i)}: found {span['text']!r} for itself, expected a mark that changes something"
            stands = span["expected"].startswith(span["text"]) and cut.endswith(span["text"])
            if span["kind"] == "truncated" and not stands:
                expected = "the last words of the sentence, and what was cut off after them"
                yield f"{room.at(i)}: found {span['text']!r} truncated from {span['expected']!r}, expected {expected}"


def _links(room: _Room) -> Iterator[str]:
    """Links out of range, without an end, of unknown certainty, or that use a sentence twice."""
    found = room.gold["links"]
    for side, n_sentences in (("source", len(room.cuts)), ("target", len(room.target))):
        used = Counter(i for link in found for i in link[side])
        for i, times in sorted(used.items()):
            where = room.at(i) if side == "source" else f"{room.file}: sentence {i} of the original"
            if not 0 <= i < n_sentences:
                yield f"{where}: found in a link, expected less than {n_sentences}"
            if times > 1:
                users = [link for link in found if i in link[side]]
                yield f"{where}: found in {times} links, {users}, expected one"
        for link in found:
            if not link[side] or link[side] != sorted(link[side]):
                yield f"{room.file}: found {side} {link[side]} of {link}, expected ascending sentence indices"
    for link in found:
        if link["certainty"] not in {"sure", "possible"}:
            yield f"{room.file}: found certainty {link['certainty']!r} of {link}, expected sure or possible"


def _expected(room: _Room) -> Iterator[str]:
    """Marked spans whose expected wording the linked sentences of the original do not have."""
    linked = {i: room.linked(link) for link in room.gold["links"] for i in link["source"]}
    for i, cut in enumerate(room.cuts):
        for span in room.within(i):
            if span["expected"].casefold() not in linked.get(i, "").casefold():
                found = repr(linked[i]) if i in linked else f"no link of {cut!r}"
                yield f"{room.at(i)}: found {found} for {span['text']!r}, expected {span['expected']!r} in it"


def _role(name: str, room: _Room) -> Iterator[str]:
    """A document that is not what its name promises: its parent, its wording, its marks, its links."""
    parent, wording = room.gold["derived_from"], room.gold["wording"]
    if (parent is None) != (name in ROOTS):
        yield f"{room.file}:3: found derived_from {parent or '-'}, expected {'-' if name in ROOTS else 'the name of a document'}"
    if name != "recopied" and wording != WORDING.get(name, "genuine"):
        yield f"{room.file}:2: found wording {wording}, expected {WORDING.get(name, 'genuine')}"
    marked = room.spans(["altered", "either"]) if wording == "genuine" else []
    marked = room.spans() if name in UNMARKED else marked
    if marked:
        yield f"{room.file}: found {len(marked)} marks, first {marked[0]['text']!r}, expected none in {wording} wording of {name}"
    if wording != "genuine" and not room.gold["altered"]:
        yield f"{room.file}: found no altered wording, expected some in wording {wording}"
    if name == "broken":
        n_facts = len(room.gold["facts"])
        fewest, most = FACTS_OF_A_BROKEN_COPY
        if not fewest <= n_facts <= most:
            yield f"{room.file}: found {n_facts} changed facts, expected {fewest} to {most}"
        if not room.gold["damage"]:
            yield f"{room.file}: found no damage, expected some of {DAMAGE}"
    if name == "same_event" and [link["certainty"] for link in room.gold["links"]] != ["sure"]:
        yield f"{room.file}: found links {room.gold['links']}, expected exactly one, sure"


def _undone(room: _Room, i: int) -> str:
    """Sentence ``i`` with every mark undone."""
    begin = room.gold["sentences"][i]["start"]
    text = room.cuts[i]
    for span in reversed(room.within(i)):
        text = text[: span["start"] - begin] + span["expected"] + text[span["end"] - begin :]
    return text


def _restored(room: _Room) -> Iterator[str]:
    """Sentences that do not give the original's back when every mark is undone, or that have no link to hold them against.

    Lines of one link must give the original's sentence back together, or each alone where a passage is used twice.
    """
    furniture = room.furniture()
    linked = {i for link in room.gold["links"] for i in link["source"]}
    for i in sorted(set(range(len(room.cuts))) - linked - furniture):
        yield f"{room.at(i)}: found no link of {room.cuts[i]!r}, expected a sentence of the original, or # for boilerplate"
    for link in room.gold["links"]:
        sources = [i for i in link["source"] if i not in furniture]
        found = [_undone(room, i) for i in sources]
        expected = room.linked(link)
        alone = all(text.casefold() == expected.casefold() for text in found)
        if not alone and " ".join(found).casefold() != expected.casefold():
            yield f"{room.at(sources[0])}: found {' '.join(found)!r} with every mark undone, expected {expected!r}"


def _verbatim(room: _Room) -> Iterator[str]:
    """Sentences of the original that the verbatim copy lacks, has changed, or links to another, outside its boilerplate."""
    furniture = room.furniture()
    kept = [i for i in range(len(room.cuts)) if i not in furniture]
    if len(kept) != len(room.target):
        yield f"{room.file}: found {len(kept)} sentences outside the boilerplate, expected {len(room.target)}"
    for i, expected in zip(kept, room.target, strict=False):
        if room.cuts[i] != expected:
            yield f"{room.at(i)}: found {room.cuts[i]!r}, expected {expected!r}"
            return
    links = {i: link["target"] for link in room.gold["links"] for i in link["source"]}
    for j, i in enumerate(kept):
        if links.get(i) != [j]:
            yield f"{room.at(i)}: found it linked to {links.get(i)}, expected [{j}]"


def _tree(group: Path, gold: dict[str, Any]) -> Iterator[str]:
    """A tree that is not the documents' own, or that does not grow from the original alone."""
    where = f"{group}/gold.json: tree"
    said = [[document["derived_from"], name] for name, document in gold["documents"].items() if document["derived_from"]]
    if gold["tree"] != said:
        yield f"{where}: found {gold['tree']}, expected {said} as the documents say"
    children = Counter(child for _, child in gold["tree"])
    for name in gold["documents"]:
        expected = 0 if name in ROOTS else 1
        if children[name] != expected:
            yield f"{where}: found {children[name]} parents of {name}, expected {expected}"
    reached = {"original"}
    for _ in gold["tree"]:
        reached |= {child for parent, child in gold["tree"] if parent in reached}
    for name in sorted(set(gold["documents"]) - reached - set(OPTIONAL)):
        yield f"{where}: found no way from original to {name}, expected one"


def _relations(group: Path, gold: dict[str, Any]) -> Iterator[str]:
    """Pairs of documents without their relation, with a wrong one, or listed twice, by a tree that is known to be one."""
    above: dict[str, set[str]] = {name: set() for name in gold["documents"]}
    for _ in gold["tree"]:
        for parent, child in gold["tree"]:
            above[child] |= {parent} | above[parent]
    pairs = list(combinations(gold["documents"], 2))
    found = [(frozenset((pair["source"], pair["target"])), pair["relation"]) for pair in gold["relations"]]
    for a, b in pairs:
        descended = a in above[b] or b in above[a] or {"original", "verbatim"} & {a, b}
        expected = "same_event" if "same_event" in {a, b} else "copy" if descended else "sibling"
        said = [relation for listed, relation in found if listed == {a, b}]
        if said != [expected]:
            yield f"{group}/gold.json: relations: found {said} for {a} and {b}, expected [{expected!r}]"
    if len(found) != len(pairs):
        yield f"{group}/gold.json: relations: found {len(found)}, expected {len(pairs)}"


def main(names: Sequence[str]) -> int:
    """0 when the articles beside this program, or the groups named, agree with their gold; 1 with the faults on stderr."""
    faults = [fault for name in names for fault in check_group(ARTICLES / name)] if names else check(ARTICLES)
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
