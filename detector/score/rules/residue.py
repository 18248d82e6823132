"""Untranslated residue of a pivot language: what a translator left of a word that English does not have.

Spanish doubles the letters of a plural abbreviation (EE. UU. for Estados Unidos); a translator that takes the first
half for the end of a sentence renders that half and leaves the other ("US. UU."). Only forms that English never writes
are read, and none inside a passage of the language itself.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import posterior, raised
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

PIVOTS = {"residue.spanish": "es", "residue.portuguese": "pt", "residue.french": "fr"}
"""The pivot language (ISO 639-1) that each code of this module tells of."""

_US = r"(?:\bU\.S\.(?:A\.)?|\bUSA?\b\.?|\bUnited States\b\.?)"
_STATE = r"(?:president|government|army|military|troops|forces|senate|congress|embassy|dollars?|citizens|officials)\b"
_ASKED = r"(?:What|How|Why|Who|Where|When|Which|Is|Are|Was|Were|Do|Does|Did|Can|Will|Would|Should|Have|The|If|And)"

_SPANISH = re.compile(
    rf"(?P<said>(?P<name>{_US})\s(?:(?:EE\.\s?)?U[Uu]\b\.?|EE\.(?!\w)))"
    rf"|(?P<us>\bEE\.?\s?U[Uu]\b\.?|\bEE\.\s(?={_STATE}))"
    r"|(?P<half>\bU[Uu]\.(?![\w.]))"
    r"|(?P<forces>\bFF\.\s?AA\.)|(?P<games>\bJJ\.\s?OO\.)|(?P<rights>\bDD\.\s?HH\.)|(?P<staff>\bRR\.\s?HH\.)"
    r"|(?<=\d)\s?(?P<morning>a\.\s?M\.)|(?<=\d)\s?(?P<evening>p\.\s?M\.)"
    rf"|(?P<mark>[¿¡](?={_ASKED}\b))"
)
_SPANISH_MEANT = {
    "us": "U.S.", "forces": "armed forces", "games": "Olympic Games", "rights": "human rights",
    "staff": "human resources", "morning": "a.m.", "evening": "p.m.",
}  # fmt: skip
_PORTUGUESE = re.compile(
    rf"\b(?:(?P<with>dos|nos|os|aos|pelos) )EUA\b|\bEUA(?= {_STATE})|(?<=\bUnited States \()EUA(?=\))"
)
_WITH = {"dos": "of the ", "nos": "in the ", "os": "the ", "aos": "to the ", "pelos": "by the "}
_FRENCH = re.compile(
    r"[ÉE]\.[-\u2010\u2011]U\.(?!\w)"
    r"|(?<=\bthe )[ÉE]tats[- ]Unis\b|(?<=\b(?:in|of|to|by) )[ÉE]tats[- ]Unis\b|(?<=\b(?:from|with) )[ÉE]tats[- ]Unis\b"
)
_CHEAP = (
    "UU", "Uu", "EE.", "AA.", "OO.", "HH.", ". M.", ".M.", "¿", "¡", "EUA", "tats-Unis", "tats Unis", "-U.",
    "\u2010U.", "\u2011U.",
)  # fmt: skip
"""A text without any of these has no residue; looking for them costs nothing beside the patterns."""
_OTHER_UU = re.compile(r"Unitarian|Universalis|Undang|Utrecht|Uppsala")
"""Bodies that English abbreviates "UU": where one is named, a lone "UU." may be theirs."""

_ROMANCE = (
    "de del la las los el en y que por con para una su se al do da das em um uma com não le les des du et aux dans "
    "pour est une sur"
)
_FOREIGN = frozenset(_ROMANCE.split())
_WINDOW_CHARS = 60


def _reads_foreign(text: str, start: int, end: int) -> bool:
    """True where the words around are more Romance than English: a quotation or a title, not residue."""
    around = f"{text[max(0, start - _WINDOW_CHARS) : start]} {text[end : end + _WINDOW_CHARS]}".lower().split()
    n_foreign = sum(word in _FOREIGN for word in around)
    return n_foreign >= 2 and n_foreign >= sum(word in FUNCTION_WORDS for word in around)


def _spanish(text: str) -> Iterator[Flag]:
    other_uu = _OTHER_UU.search(text) is not None
    for m in _SPANISH.finditer(text):
        name = m.lastgroup or ""
        start, end = m.span(name)
        if (name == "half" and other_uu) or (name != "mark" and _reads_foreign(text, start, end)):
            continue
        found = text[start:end].strip()
        because = (
            f"“{found}” before an English word is the opening mark of a Spanish sentence"
            if name == "mark"
            else f"“{found}” is left of a Spanish abbreviation; English has no such form"
        )
        code = "residue.spanish"
        expected = _said(m["name"]) if name == "said" else _SPANISH_MEANT.get(name)
        yield raised(text, code, start, start + len(found), because, probability=posterior(code), expected=expected)


def _said(name: str) -> str:
    """The English name before the residue, without the stop that parted them; "U.S." keeps its own."""
    return name if name.startswith("U.S.") else name.rstrip(".")


def _united_states(text: str, pattern: re.Pattern[str], language: str) -> Iterator[Flag]:
    code = f"residue.{language.lower()}"
    for m in pattern.finditer(text):
        if not _reads_foreign(text, *m.span()):
            because = f"“{m.group()}” is {language} for the United States"
            expected = _WITH.get(m.groupdict().get("with") or "", "") + "U.S."
            yield raised(text, code, *m.span(), because, probability=posterior(code), expected=expected)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of what a pivot language left in the text, with the English it stands for where that is certain."""
    text = segmented.document.text
    if not any(sign in text for sign in _CHEAP):
        return
    yield from _spanish(text)
    yield from _united_states(text, _PORTUGUESE, "Portuguese")
    yield from _united_states(text, _FRENCH, "French")
