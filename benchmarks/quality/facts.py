"""Changed facts: on the samples' broken copies, on swaps injected into the samples, beside human edits, and on two seeds.

The injector below shares no code with the detector. Run as ``python -m benchmarks.quality.facts``, with ``--write`` to keep
the page.
"""

import json
import platform
import random
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from benchmarks.quality.measures import SHARED
from benchmarks.quality.samples import ARTICLES
from benchmarks.speed.cold_start import processor
from detector import DetectorConfig, align
from detector.pipeline import signature
from detector.score.facts import ChangedFact, changed_facts
from detector.text import words

_RESULTS = Path(__file__).with_suffix(".md")
_SEED = 7
_SHARE = 0.3
"""Of the places where a kind can be injected, the share where it is."""
_KINDS = {
    "number": {"fact.number", "fact.unit", "fact.date"},
    "scale": {"fact.unit", "fact.number"},
    "date": {"fact.date"},
    "name": {"fact.name", "fact.attribution"},
    "attribution": {"fact.attribution", "fact.name"},
    "negation": {"fact.negation"},
    "gender": {"fact.gender"},
    "quotation": {"fact.quotation", "fact.negation"},
}
"""The codes that name a kind of the gold rightly; a year that was injected as a number is a date."""
_ASKED = {"millions": "million", "White House": "home", "Times": "occasions", "Post": "submit", "Homeland Security": "homeland"}
"""What is known to be changed in seed 000 beside 001: a word that what the facts say must have."""


class Injected(NamedTuple):
    """A text with facts of one kind changed, and where."""

    text: str
    places: tuple[tuple[int, int], ...]


class Score(NamedTuple):
    """Counts that add up."""

    found: int = 0
    true: int = 0
    gold: int = 0
    met: int = 0
    named: int = 0
    """Of the gold that was met, where the kind is right too."""

    def plus(self, other: "Score") -> "Score":
        """Both together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """Precision, recall, F1, and the share of what was met that bears the right kind."""
        precision, recall = self.true / max(self.found, 1), self.met / max(self.gold, 1)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return precision, recall, f1, self.named / max(self.met, 1)


_ONES = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_NEW_NAMES = (
    "Haldane Marwick Torrell Pembury Ashgrove Lindqvist Okonjo Brandreth Castellan Duvalle Eastmoor Fennimore Garroway Hollister"
    " Ingleby Jarrow Kestrel Langdale Merriton Northcott"
).split()
_NO_NAMES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October"
    " November December Mayor Governor President Judge Dr Mr Mrs Ms State County City Council Councilman Attorney Chief Sheriff"
).split()
_TURNED = {
    "he": "she", "she": "he", "his": "her", "her": "his", "him": "her", "himself": "herself", "herself": "himself", "man": "woman",
    "woman": "man", "men": "women", "women": "men", "boy": "girl", "girl": "boy", "son": "daughter", "daughter": "son",
    "father": "mother", "mother": "father", "husband": "wife", "wife": "husband", "spokesman": "spokeswoman",
    "spokeswoman": "spokesman", "brother": "sister", "sister": "brother",
}  # fmt: skip


def _other_number(match: re.Match[str], rng: random.Random) -> str:
    written = match.group()
    if not written[0].isdigit():
        other = rng.choice([one for one in _ONES if one != written.lower()])
        return other.capitalize() if written[0].isupper() else other
    at = rng.choice([k for k, c in enumerate(written) if c.isdigit()])
    digits = [d for d in "0123456789" if d != written[at] and not (at == 0 and d == "0")]
    return written[:at] + rng.choice(digits) + written[at + 1 :]


def _other_name(match: re.Match[str], rng: random.Random) -> str:
    return match.group() if match.group() in _NO_NAMES else rng.choice(_NEW_NAMES)


def _other_polarity(match: re.Match[str], _: random.Random) -> str:
    return "" if match.group().strip() == "not" else f"{match.group()} not"


def _other_gender(match: re.Match[str], _: random.Random) -> str:
    other = _TURNED[match.group().lower()]
    return other.capitalize() if match.group()[0].isupper() else other


_INJECTED: dict[str, tuple[str, Callable[[re.Match[str], random.Random], str]]] = {
    "number": (rf"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])|\b(?i:{'|'.join(_ONES)})\b(?!-)", _other_number),
    "name": (r"(?<=[a-z] )[A-Z][a-z]{3,}(?![a-z-])(?! [A-Z])", _other_name),
    "negation": (r" not\b(?! only)|\b(?:was|were|is|are|had|has|will|would|could|did)(?! not)(?=\s[a-z])", _other_polarity),
    "gender": (rf"\b(?i:{'|'.join(_TURNED)})\b", _other_gender),
}
"""For each kind, the words that can be changed and what they become."""


def inject(text: str, kind: str, inside: Sequence[tuple[int, int]], rng: random.Random) -> Injected:
    """The text with some facts of a kind changed, all of them inside the given stretches."""
    pattern, other = _INJECTED[kind]
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    for match in re.finditer(pattern, text):
        if not any(a <= match.start() and match.end() <= b for a, b in inside) or rng.random() > _SHARE:
            continue
        new = other(match, rng)
        if new == match.group():
            continue
        parts += [text[at : match.start()], new]
        start = length + match.start() - at
        length = start + len(new)
        at = match.end()
        places.append((start, length))
    whole = "".join([*parts, text[at:]])
    return Injected(whole, tuple(_widened(whole, a, b) for a, b in places))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The place; where a word was left out, from the word before to the word behind."""
    if start < end:
        return start, end
    before = re.search(r"\w+\W*$", text[:start])
    behind = re.match(r"\W*\w+", text[end:])
    return (before.start() if before else start), end + (behind.end() if behind else 0)


def score(found: Sequence[ChangedFact], gold: Sequence[tuple[int, int, str]]) -> Score:
    """Facts found in the target beside those known; one meets another where they share a character."""
    met = [[f for f in found if f.target.start < end and start < f.target.end] for start, end, _ in gold]
    named = sum(any(f.code in _KINDS[kind] for f in facts) for facts, (_, _, kind) in zip(met, gold, strict=True))
    true = {fact for facts in met for fact in facts}
    return Score(len(found), len(true), len(gold), sum(map(bool, met)), named)


def _group(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    documents = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["documents"]
    return documents, {name: (folder / d["file"]).read_bytes().decode("utf-8") for name, d in documents.items()}


def _linked(document: dict[str, Any], n_chars: int) -> list[tuple[int, int]]:
    """Where a document says what the original says; all of the original itself."""
    if not document["links"]:
        return [(0, n_chars)]
    boilerplate = [(b["start"], b["end"]) for b in document["boilerplate"]]
    places = {i for link in document["links"] for i in link["source"]}
    sentences = [(s["start"], s["end"]) for i, s in enumerate(document["sentences"]) if i in places]
    return [(a, b) for a, b in sentences if not any(x < b and a < y for x, y in boilerplate)]


def broken() -> Iterator[tuple[str, Score]]:
    """Each kind of fact in the broken copies, with its score; what is found in vain is counted by itself."""
    for folder in _folders():
        documents, texts = _group(folder)
        found = changed_facts(align(texts["original"], texts["broken"]))
        gold = [(f["start"], f["end"], f["kind"]) for f in documents["broken"]["facts"]]
        whole = score(found, gold)
        for kind in sorted({kind for _, _, kind in gold}):
            of_kind = score(found, [entry for entry in gold if entry[2] == kind])
            yield kind, of_kind._replace(found=of_kind.true)
        yield "in vain", Score(found=whole.found - whole.true)


def injected() -> Iterator[tuple[str, str, Score]]:
    """For each copy and kind: the score of the facts injected into it, beside the original."""
    for folder in _folders():
        documents, texts = _group(folder)
        for name in ("original", "verbatim", "edited"):
            for kind in _INJECTED:
                rng = random.Random(f"{_SEED} {folder.name} {name} {kind}")
                copy = inject(texts[name], kind, _linked(documents[name], len(texts[name])), rng)
                found = changed_facts(align(texts["original"], copy.text))
                yield name, kind, score(found, [(a, b, kind) for a, b in copy.places])


def edited() -> tuple[int, int]:
    """False facts between the originals and their human edits, and the words of the edits."""
    n_found = n_words = 0
    for folder in _folders():
        documents, texts = _group(folder)
        marked = [(f["start"], f["end"], f["kind"]) for f in documents["edited"]["facts"]]
        told = score(changed_facts(align(texts["original"], texts["edited"])), marked)
        n_found += told.found - told.true
        n_words += len(words(texts["edited"]))
    return n_found, n_words


def seeds() -> dict[str, bool]:
    """Which of the facts known to be changed in seed 000 are reported beside 001."""
    spun, back = (next((SHARED / "seeds").glob(f"{name}_*.txt")).read_bytes().decode("utf-8") for name in ("000", "001"))
    said = " | ".join(f"{fact.source_says} {fact.target_says}" for fact in changed_facts(align(spun, back))).casefold()
    return {name: word in said for name, word in _ASKED.items()}


def cost() -> tuple[float, int]:
    """CPU-seconds that the facts of the originals beside all their copies take, and the words of both sides."""
    pairs = [
        align(texts["original"], text)
        for texts in (_group(folder)[1] for folder in _folders())
        for name, text in texts.items()
        if name not in {"original", "same_event"}
    ]
    start = process_time()
    for pair in pairs:
        changed_facts(pair)
    return process_time() - start, sum(len(words(side.document.text)) for pair in pairs for side in (pair.source, pair.target))


def _folders() -> list[Path]:
    return sorted(path.parent for path in ARTICLES.glob("*/gold.json"))


def _total(scores: Sequence[Score]) -> Score:
    total = Score()
    for one in scores:
        total = total.plus(one)
    return total


def _row(name: str, counted: Score) -> str:
    precision, recall, f1, named = counted.figures
    return f"| {name} | {counted.gold} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {named:.3f} |"


_HEAD = ("| facts | n | precision | recall | F1 | kind right |", "| --- | --- | --- | --- | --- | --- |")


def measure() -> dict[str, float]:
    """The figures that a gate may hold: F1 on broken copies and on injected swaps, false facts in 1,000 words of edits."""
    n_found, n_words = edited()
    return {
        "facts.broken_f1": _total([s for _, s in broken()]).figures[2],
        "facts.injected_f1": _total([s for _, _, s in injected()]).figures[2],
        "facts.false_per_1000_words": 1000 * n_found / n_words,
    }


def _page() -> list[str]:
    on_broken, on_injected = list(broken()), list(injected())
    lines = ["## The broken copies", "", *_HEAD]
    for kind in sorted({kind for kind, s in on_broken if s.gold}):
        lines.append(_row(kind, _total([s for k, s in on_broken if k == kind])))
    lines.append(_row("all, with those found in vain", _total([s for _, s in on_broken])))
    lines += ["", "## Injected", "", *_HEAD]
    for kind in _INJECTED:
        for name in ("original", "verbatim", "edited"):
            lines.append(_row(f"{kind}, in {name}", _total([s for n, k, s in on_injected if (n, k) == (name, kind)])))
        lines.append(_row(f"{kind}, in all", _total([s for _, k, s in on_injected if k == kind])))
    lines.append(_row("all", _total([s for _, _, s in on_injected])))
    n_found, n_words = edited()
    lines += ["", "## Human edits", "", f"{n_found} false facts in {n_words:,} words: {1000 * n_found / n_words:.2f} in 1,000.", ""]
    if SHARED.is_dir():
        reported = (f"{name}: {'reported' if hit else 'missed'}" for name, hit in seeds().items())
        lines += ["## Seed 000 beside 001", "", "; ".join(reported) + "."]
    else:
        lines += ["## Seed 000 beside 001", "", "Not measured: the development sets do not lie beside the project."]
    seconds, n_read = cost()
    lines += [
        "",
        "## Cost",
        "",
        f"{n_read / seconds:,.0f} words (of both sides) a CPU-second; {seconds:.2f} CPU-seconds for all pairs.",
    ]
    return lines


def _made_by() -> list[str]:
    data, n_texts = sha256(), 0
    for path in sorted(ARTICLES.glob("*/*.txt")):
        data.update(path.read_bytes())
        n_texts += 1
    return [
        f"- {signature(DetectorConfig())}",
        f"- Python {platform.python_version()}",
        f"- {processor()}, {platform.system()} {platform.machine()}",
        f"- data: {n_texts} sample texts, sha256 {data.hexdigest()[:8]}; injected with seed {_SEED}, at {_SHARE} of all places",
    ]


def main() -> None:
    """Print the page; keep it where asked."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {_RESULTS.name} beside this program")
    given = parser.parse_args()
    about = ["# Changed facts", "", "Printed by `python -m benchmarks.quality.facts --write`; what each figure is: README.md.", ""]
    page = "\n".join([*about, *_made_by(), "", *_page()]) + "\n"
    print(page)
    if given.write:
        _RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
