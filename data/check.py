"""Proves that the sample articles, their gold and their marked files agree.

The gold is read back from disk and held against the texts, not against the program that made it. Run it as
``python data/check.py``: it is silent when all holds, else it says what was found, what was expected and where.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # a script is given data/ to import from, not the folder above it
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data.build import ARTICLES, NAMES, build, groups

WORDS_OF_AN_ORIGINAL = (300, 400)
WORDS_OF_A_SPAN = (1, 6)
RELATIONS = {
    frozenset(pair): "same_event"
    if "same_event" in pair
    else "copy"
    if "original" in pair or "verbatim" in pair
    else "sibling"
    for pair in combinations(NAMES, 2)
}


def check(folder: Path) -> list[str]:
    """Every fault of a folder of articles; empty when the texts, the gold and the marked files agree."""
    try:
        made = build(folder)
    except (OSError, ValueError) as error:
        return [str(error)]
    if not made:
        return [f"{folder}: found no group, expected folders with a folder marked"]
    faults = list(_files(folder, made))
    return faults or [fault for group in groups(folder) for fault in _group(group)]


def _files(folder: Path, made: dict[Path, str]) -> Iterator[str]:
    """Files that differ from what the marked files make, are missing, or are one too many."""
    for path, content in made.items():
        if not path.exists():
            yield f"{path}: found nothing, expected the file; run data/build.py"
        elif path.read_bytes() != content.encode():
            yield f"{path}: found other bytes, expected what the marked files make; run data/build.py"
    for path in sorted(set(folder.glob("*/*")) - set(made)):
        if path.name != "marked":
            yield f"{path}: found a file, expected none that the marked files do not make"


def _group(group: Path) -> Iterator[str]:
    """Faults of one group: of each document, and of the relations between them."""
    gold = json.loads((group / "gold.json").read_bytes())
    documents = gold["documents"]
    if tuple(documents) != NAMES or gold["original"] != "original" or gold["group"] != group.name:
        yield f"{group}/gold.json: found {gold['group']}, {list(documents)}, expected {group.name}, {list(NAMES)}"
        return
    texts = {name: (group / document["file"]).read_bytes().decode() for name, document in documents.items()}
    cuts = {
        name: [texts[name][s["start"] : s["end"]] for s in document["sentences"]]
        for name, document in documents.items()
    }
    for name, document in documents.items():
        where = f"{group}/{document['file']}"
        yield from _sentences(where, document, texts[name])
        yield from _spans(where, document, texts[name])
        yield from _links(where, document, len(cuts["original"]))
        yield from _expected(where, document, cuts[name], cuts["original"])
        if document["derived_from"] and document["wording"] == "spun":
            yield from _restored(where, document, texts[name], cuts["original"])
    yield from _verbatim(f"{group}/verbatim.txt", documents["verbatim"], cuts["verbatim"], cuts["original"])
    n_words = len(texts["original"].split())
    fewest, most = WORDS_OF_AN_ORIGINAL
    if not fewest <= n_words <= most:
        yield f"{group}/original.txt: found {n_words} words, expected {fewest} to {most}"
    yield from _relations(group, gold["relations"])


def _sentences(where: str, document: dict[str, Any], text: str) -> Iterator[str]:
    """Sentences out of order, overlapping, or leaving out more than whitespace."""
    covered = 0
    for i, sentence in enumerate(document["sentences"]):
        start, end = sentence["start"], sentence["end"]
        if not covered <= start < end <= len(text):
            yield f"{where}: found sentence {i} at {start}-{end}, expected it after {covered} and before {len(text)}"
        if text[covered:start].strip():
            yield f"{where}: found {text[covered:start]!r} before sentence {i}, expected only whitespace"
        covered = end
    if text[covered:].strip():
        yield f"{where}: found {text[covered:]!r} after the last sentence, expected only whitespace"


def _spans(where: str, document: dict[str, Any], text: str) -> Iterator[str]:
    """Spans whose text is not the text there, that overlap, are too long, or cross the end of a sentence."""
    spans = sorted(document["altered"] + document["either"], key=lambda span: span["start"])
    for span in [*spans, *document["boilerplate"]]:
        there = text[span["start"] : span["end"]]
        if there != span["text"]:
            yield f"{where}: found {there!r} at {span['start']}-{span['end']}, expected {span['text']!r}"
        if not any(s["start"] <= span["start"] < span["end"] <= s["end"] for s in document["sentences"]):
            yield f"{where}: found {there!r} at {span['start']}-{span['end']}, expected it inside one sentence"
    for span, after in pairwise(spans):
        if span["end"] > after["start"]:
            yield f"{where}: found {span['text']!r} and {after['text']!r} overlapping, expected disjoint spans"
    fewest, most = WORDS_OF_A_SPAN
    for span in spans:
        if not fewest <= len(span["text"].split()) <= most:
            yield f"{where}: found {span['text']!r}, expected {fewest} to {most} words"
        if span["kind"] != document["wording"]:
            yield f"{where}: found kind {span['kind']} of {span['text']!r}, expected {document['wording']}"
    if document["wording"] == "genuine" and spans:
        yield f"{where}: found {len(spans)} altered spans, expected none in genuine wording"
    for listed in ("altered", "either"):
        starts = [span["start"] for span in document[listed]]
        if starts != sorted(starts):
            yield f"{where}: found {listed} at {starts}, expected ascending starts"


def _links(where: str, document: dict[str, Any], n_targets: int) -> Iterator[str]:
    """Links out of range, without an end, of unknown certainty, or that use a sentence twice."""
    for side, n_sentences in (("source", len(document["sentences"])), ("target", n_targets)):
        used = [i for link in document["links"] for i in link[side]]
        for i in sorted(set(used)):
            if not 0 <= i < n_sentences:
                yield f"{where}: found a link to {side} sentence {i}, expected less than {n_sentences}"
            if used.count(i) > 1:
                yield f"{where}: found {side} sentence {i} in {used.count(i)} links, expected one"
        for link in document["links"]:
            if not link[side] or link[side] != sorted(link[side]):
                yield f"{where}: found {side} {link[side]}, expected ascending sentence indices"
    for link in document["links"]:
        if link["certainty"] not in {"sure", "possible"}:
            yield f"{where}: found certainty {link['certainty']!r}, expected sure or possible"


def _linked(document: dict[str, Any], target: list[str]) -> dict[int, str]:
    """What the original says for each linked sentence; indices out of range, which ``_links`` reports, are left out."""
    return {
        i: " ".join(target[j] for j in link["target"] if 0 <= j < len(target))
        for link in document["links"]
        for i in link["source"]
        if 0 <= i < len(document["sentences"])
    }


def _expected(where: str, document: dict[str, Any], source: list[str], target: list[str]) -> Iterator[str]:
    """Altered spans whose expected wording the linked sentences of the original do not have."""
    linked = _linked(document, target)
    for i, bounds in enumerate(document["sentences"]):
        for span in document["altered"] + document["either"]:
            if not bounds["start"] <= span["start"] < bounds["end"]:
                continue
            if span["expected"].casefold() not in linked.get(i, "").casefold():
                found = linked.get(i, f"no link of {source[i]!r}")
                yield f"{where}: found {found!r} for {span['text']!r}, expected {span['expected']!r} in it"


def _restored(where: str, document: dict[str, Any], text: str, target: list[str]) -> Iterator[str]:
    """Linked sentences of a spun document that do not give the original's back when every mark is undone."""
    linked = _linked(document, target)
    spans = sorted(document["altered"] + document["either"], key=lambda span: span["start"], reverse=True)
    for i, expected in linked.items():
        start, end = document["sentences"][i]["start"], document["sentences"][i]["end"]
        found = text[start:end]
        for span in spans:
            if start <= span["start"] < end:
                found = found[: span["start"] - start] + span["expected"] + found[span["end"] - start :]
        if found.casefold() != expected.casefold():
            yield f"{where}: found {found!r} with every mark undone, expected {expected!r}"


def _verbatim(where: str, document: dict[str, Any], source: list[str], target: list[str]) -> Iterator[str]:
    """Sentences of the original that the verbatim copy lacks, or has changed, outside its boilerplate."""
    furniture = {(span["start"], span["end"]) for span in document["boilerplate"]}
    kept = [
        cut
        for cut, bounds in zip(source, document["sentences"], strict=True)
        if (bounds["start"], bounds["end"]) not in furniture
    ]
    if kept != target:
        wrong = next((pair for pair in zip(kept, target, strict=False) if pair[0] != pair[1]), (len(kept), len(target)))
        yield f"{where}: found {wrong[0]!r} outside the boilerplate, expected {wrong[1]!r}"


def _relations(group: Path, relations: list[dict[str, str]]) -> Iterator[str]:
    """Pairs of documents without their relation, with a wrong one, or listed twice."""
    found = [(frozenset((pair["source"], pair["target"])), pair["relation"]) for pair in relations]
    for pair in sorted(RELATIONS, key=sorted):
        said = [relation for listed, relation in found if listed == pair]
        if said != [RELATIONS[pair]]:
            yield f"{group}/gold.json: found {said} for {sorted(pair)}, expected [{RELATIONS[pair]!r}]"
    if len(found) != len(RELATIONS):
        yield f"{group}/gold.json: found {len(found)} relations, expected {len(RELATIONS)}"


def main() -> int:
    """0 when the articles beside this program agree with their gold, 1 with the faults on the standard error."""
    faults = check(ARTICLES)
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
