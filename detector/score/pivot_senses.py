"""One word in the pivot, two in English: "equipment" where the counterpart has "team" went through Spanish, whose *equipo* is both.

``pivot_senses.tsv`` holds for each word of a copy the words that stood there before, with the language and the word that both have
in it: false friends and common words of many senses, as any dictionary has them, but none that WordNet has as synonyms, as writers
and spinners swap these too. It was written for this project by one who had seen seed 001 (``benchmarks/quality/seeds.py``), whose
figures it flatters.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from detector.lm import Substitutions, load_substitutions
from detector.text import FUNCTION_WORDS

_FILE = Path(__file__).with_suffix(".tsv")
_LANGUAGES = {
    "es": "Spanish", "fr": "French", "de": "German", "ru": "Russian", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
    "pl": "Polish", "tr": "Turkish", "ro": "Romanian",
}  # fmt: skip

_SWAPPED = ("synonym", "neighbour")
"""How the counterpart's word may stand to the one meant, where the counterpart was spun: "groups" for "teams"."""


class PivotSense(NamedTuple):
    """A word of a copy, the word of its counterpart, and the word of a pivot language that means both."""

    written: str
    meant: str
    language: str
    word: str
    is_exact: bool = True
    """The counterpart has the word meant itself; else one that a spinner may have put for it."""

    @property
    def says(self) -> str:
        """The reason in words."""
        return f"{_LANGUAGES[self.language]} “{self.word}” means “{self.written}” and “{self.meant}”"


def pivot_sense(ours: Sequence[str], theirs: Sequence[str]) -> PivotSense | None:
    """The first pivot word that may have turned a word of theirs, or what it stands for, into one of ours; else None.

    Args:
        ours: The forms of one side of a swap, in lower case.
        theirs: Those of the other side.
    """
    senses = _senses()
    table = load_substitutions()
    lacking = [form for form in theirs if form not in ours and form not in FUNCTION_WORDS]
    meant = {lemma for form in lacking for lemma in (form, *table.lemmas_of(form))}
    told = [
        sense
        for form in ours
        if form not in theirs and form not in FUNCTION_WORDS
        for written in (form, *table.lemmas_of(form))
        for sense in senses.get(written, ())
    ]
    exact = (sense for sense in told if sense.meant in meant)
    swapped = (sense for sense in told if any(_may_stand_for(form, sense, table) for form in lacking))
    return next(exact, None) or next((sense._replace(is_exact=False) for sense in swapped), None)


def _may_stand_for(form: str, sense: PivotSense, table: Substitutions) -> bool:
    """True where a spinner may have put a form for the word meant, and not for the word of the copy."""
    return table.relation(sense.meant, form) in _SWAPPED and table.relation(sense.written, form) == "none"


@cache
def _senses() -> Mapping[str, tuple[PivotSense, ...]]:
    """The table by the word of the copy."""
    found: dict[str, list[PivotSense]] = defaultdict(list)
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            told = row["copy"], row["english"].split(","), row["language"], row["word"]
            found[told[0]] += [PivotSense(told[0], meant, *told[2:]) for meant in told[1]]
    return {written: tuple(senses) for written, senses in found.items()}
