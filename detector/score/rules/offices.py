"""Offices and institutions whose names were put together word for word: "Exterior Ministry", "the Chief of Government".

``offices.tsv`` holds such names with what English calls them, each written because a pivot language has that order of words or
that word (Ministerio de Exteriores, Jefe de Gobierno, Sprecher), and left out where an institution of some country bears it in
English. Beside the table stand four patterns: American departments called ministries, speakers for spokesmen, offices with an
"ex" or "vice" grown to them, and the White House in another language.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.tokens import around, known, watched
from detector.types import Flag, SegmentedDocument

TABLE = Path(__file__).with_name("offices.tsv")
_LONGER = re.compile(r"\b(?!The\b)[A-Z][\w’'-]{1,30} $")
_OPENINGS = ("", "(", "“", '"')

_MINISTRY = re.compile(
    r"\b(?:the )?(?:US|U\.S\.|American) (?:Ministry of (?:the )?(?:Defen[cs]e|Justice|Foreign|Finance|Health|Interior|Internal"
    r"|Energy|Labou?r|Commerce|Education|Agriculture)\b(?: Affairs\b)?"
    r"|(?:Foreign|Justice|Defen[cs]e|Finance|Health|Interior|Energy)"
    r" (?:Ministry|Minister)\b)"
)
_SPEAKER = re.compile(
    r"\b[Ss]peaker (?:of|for) the (?:police|ministry|White House|Kremlin|company|prosecutor|army|hospital|fire brigade|Pentagon"
    r"|Foreign Ministry|Ministry|State Department|interior ministry|foreign ministry)\b"
    r"|\b(?:police|ministry|military|army|Kremlin|White House|Pentagon) speaker(?= (?:[A-Z]|said|told|confirmed|announced|added))"
)
_GROWN = re.compile(
    r"\bex(?:president|minister|governor|mayor|senator|deputy|spouse|husband)s?\b|\b[Vv]ice(?:minister|chancellor|governor)s?\b"
    r"|\b[Ss]ub-?secretar(?:y|ies)\b"
)
_WHITE_HOUSE = re.compile(
    r"\b[Tt]he (?P<house>Casa Blanca|Maison Blanche|Casa Bianca|Casa Branca|Casa Albă|Beyaz Saray|Biały Dom|Weiße Haus"
    r"|Witte Huis)(?= (?:said|says|has|had|was|is|will|would|did|and|on|in|announced|confirmed|declined|denied|spokes\w+|press"
    r"|official|officials|administration|adviser|advisor|aide)\b|[,.])"
)
_GROWN_WORDS = "president minister governor mayor senator deputy spouse husband chancellor".split()
_GROWN_FORMS = [f"{grown}{word}{s}" for word in _GROWN_WORDS for grown in ("ex", "vice", "Vice") for s in ("", "s")]
_SECRETARIES = "subsecretary sub-secretary Subsecretary Sub-secretary Sub-Secretary SubSecretary subsecretaries".split()
_ASKED = {
    **dict.fromkeys(("Ministry", "Minister"), _MINISTRY),
    **dict.fromkeys(("speaker", "Speaker"), _SPEAKER),
    **dict.fromkeys((*_GROWN_FORMS, *_SECRETARIES), _GROWN),
    **dict.fromkeys("Casa Maison Beyaz Biały Weiße Witte".split(), _WHITE_HOUSE),
}
"""A token of each pattern, never its last word, so that no mark stands behind it; grown words are looked for bare."""


@cache
def offices() -> dict[str, tuple[tuple[str, str], ...]]:
    """The names of the table with what English calls them, by their first word with the marks that may stand before it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        copy, english = line.split("\t")
        for opening in _OPENINGS:
            found.setdefault(opening + copy.partition(" ")[0], []).append((copy, english))
    return {token: tuple(names) for token, names in found.items()}


@watched
@cache
def _known() -> frozenset[str]:
    return frozenset(offices()) | _ASKED.keys()


def _named(text: str, copy: str, english: str) -> Iterator[Flag]:
    code, at = "office.translated", text.find(copy)
    while at >= 0:
        end = at + len(copy)
        inside = text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()
        longer = copy.startswith("Organi") and _LONGER.search(text, max(0, at - 32), at)
        if not inside and not longer:
            because = f"“{copy}” is another language's name for “{english}”"
            yield raised(text, code, at, end, because, probability=posterior(code), expected=english)
        at = text.find(copy, end)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the names, with what English calls them where the table says it."""
    text, code = segmented.document.text, "office.translated"
    held = _known() & known(text)
    for copy, english in sorted({name for token in held for name in offices().get(token, ())}):
        yield from _named(text, copy, english)
    for m in around(text, ((token, _ASKED[token]) for token in sorted(held & _ASKED.keys()))):
        house = m.groupdict().get("house")
        start = m.end() - len(house) if house else m.start()
        because = f"“{text[start : m.end()]}” is an office as another language names it"
        yield raised(text, code, start, m.end(), because, probability=posterior(code), expected="White House" if house else None)
