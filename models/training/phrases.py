"""The phrase rules of spinners, as data: what a program wrote, and what it stood for (``models/substitutions/phrases.tsv``)."""

import csv
from pathlib import Path
from typing import NamedTuple

from detector.text import FUNCTION_WORDS

_FILE = Path(__file__).parents[1] / "substitutions" / "phrases.tsv"


class Phrase(NamedTuple):
    """A rule read backwards: lower case, one to five words a side; where it was seen or that it was written for the project."""

    copy: str
    original: str
    source: str
    strength: str
    """"high" where hardly anybody writes the copy's wording, "low" where good writers do."""


def read_phrases() -> list[Phrase]:
    """All rules of the file, in its order."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return [Phrase(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def is_phrase(rule: Phrase) -> bool:
    """True for a rule of several words, or of function words, which have no choices of their own."""
    if " " in rule.copy:
        return True
    return rule.strength == "high" and (" " in rule.original or not FUNCTION_WORDS.isdisjoint((rule.copy, rule.original)))
