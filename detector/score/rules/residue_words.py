"""The words of ten pivot languages that a translator leaves standing.

Each row of ``residue.tsv`` is one of these, with the languages, the form, and what stands for it in English where that is certain:

- ``word``: a function word that English neither has nor borrows;
- ``month``: a name of a month, told by the day or the year beside it;
- ``number``: an abbreviation or unit that follows a figure;
- ``place``: a country, city or union under the name that it has in the language;
- ``body``: the letters by which a body or notion goes there, told by the English name before them in brackets;
- ``free``: letters or an abbreviation that English never writes.
"""

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from detector.score.rules.tokens import watched

Sort = Literal["word", "month", "number", "place", "body", "free"]
TABLE = Path(__file__).with_name("residue.tsv")
_BESIDE = ("{}", "{},", "{}.", "{};", "({})", "({}),", "({}).", "({}", "{})")
_OPEN = ("{}", "({}", "“{}", '"{}')


class Entry(NamedTuple):
    """A form of one pivot language, or of several that share it."""

    sort: Sort
    languages: tuple[str, ...]
    form: str
    english: str | None
    """What stands for it in English, where that is certain."""
    after: tuple[str, ...]
    """Last words of the English names that letters in brackets follow."""


@cache
def entries() -> tuple[Entry, ...]:
    """The rows of the table, in its order."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return tuple(_entry(*row) for row in rows)


def _entry(sort: str, languages: str, form: str, english: str) -> Entry:
    name, _, after = sort.partition(" ")
    known = {known: known for known in get_args(Sort)}
    return Entry(known[name], tuple(languages.split(",")), form, english or None, tuple(after.split("/")) if after else ())


@cache
def by_token() -> dict[str, tuple[Entry, ...]]:
    """The entries that a token of a text may begin or be, by that token with the punctuation that may touch it."""
    found: dict[str, list[Entry]] = {}
    for entry in entries():
        first, _, rest = entry.form.partition(" ")
        shapes = ("{}",) if entry.sort == "word" else _OPEN if rest else _BESIDE
        for shape in shapes:
            found.setdefault(shape.replace("{}", first), []).append(entry)
    return {token: tuple(held) for token, held in found.items()}


@watched
@cache
def known_tokens() -> frozenset[str]:
    """The tokens of ``by_token``."""
    return frozenset(by_token())
