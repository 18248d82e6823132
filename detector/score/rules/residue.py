"""Untranslated residue of a pivot language: what a translator left of a word that English does not have.

Spanish doubles the letters of a plural abbreviation (EE. UU. for Estados Unidos); a translator that takes its first half
for the end of a sentence renders that half and leaves the other ("US. UU."). Only forms that English never writes are read,
and none inside a passage of the language itself.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import posterior, raised
from detector.types import Flag, SegmentedDocument

PIVOTS = {"residue.spanish": "es", "residue.portuguese": "pt", "residue.french": "fr"}
"""The pivot language (ISO 639-1) that each code of this module tells of."""

_US = r"(?:\bU\.S\.(?:A\.)?|\bUSA?\b\.?|\bUnited States\b\.?)"
_STATE = r"(?:president|government|army|military|troops|forces|senate|congress|embassy|dollars?|citizens|officials|authorities)\b"
_ASKED = r"(?:What|How|Why|Who|Where|When|Which|Is|Are|Was|Were|Do|Does|Did|Can|Could|Will|Would|Should|Have|Has|The|If|And|But|So)"

_SPANISH = re.compile(
    rf"(?P<us>{_US}\s(?:EE\.\s?)?U[Uu]\b\.?|\bEE\.?\s?U[Uu]\b\.?|{_US}\sEE\.(?!\w)|\bEE\.\s(?={_STATE}))"
    r"|(?P<half>\bU[Uu]\.(?![\w.]))"
    r"|(?P<forces>\bFF\.\s?AA\.)|(?P<games>\bJJ\.\s?OO\.)|(?P<rights>\bDD\.\s?HH\.)|(?P<staff>\bRR\.\s?HH\.)"
    r"|(?<=\d)\s?(?P<morning>a\.\s?M\.)|(?<=\d)\s?(?P<evening>p\.\s?M\.)"
    rf"|(?P<mark>[¿¡](?={_ASKED}\b))"
)
_SPANISH_MEANT = {
    "us": "U.S.", "half": None, "forces": "armed forces", "games": "Olympic Games", "rights": "human rights",
    "staff": "human resources", "morning": "a.m.", "evening": "p.m.", "mark": None,
}  # fmt: skip
_PORTUGUESE = re.compile(rf"\b(?:[dn]?os|aos|pelos) EUA\b|\bEUA(?= {_STATE})|(?<=\bUnited States \()EUA(?=\))")
_FRENCH = re.compile(
    r"[ÉE]\.[-\u2010\u2011]U\.(?!\w)"
    r"|(?<=\bthe )[ÉE]tats[- ]Unis\b|(?<=\b(?:in|of|to|by) )[ÉE]tats[- ]Unis\b|(?<=\b(?:from|with) )[ÉE]tats[- ]Unis\b"
)
_CHEAP = re.compile(r"U[Uu]\b|EUA|tats[- ]Unis|\.[-\u2010\u2011]U\.|[¿¡]|[ap]\.\s?M\.|EE\.|FF\.|JJ\.|DD\.|RR\.")
_OTHER_UU = re.compile(r"Unitarian|Universalis|Undang|Utrecht|Uppsala")
"""Bodies that English abbreviates "UU": where one is named, a lone "UU." may be theirs."""

_FOREIGN = re.compile(
    r"\b(?:de|del|la|las|los|el|en|y|que|por|con|para|una|su|se|al|do|da|das|em|um|uma|com|não|le|les|des|du|et|aux|dans|pour|est|une|sur)\b"
)
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|for|that|with|on|by|from|at|are|were|has|have|will|it|they|he|she|said|an?)\b", re.I)
_WINDOW_CHARS = 60


def _reads_foreign(text: str, start: int, end: int) -> bool:
    """True where the words around are more Romance than English: a quotation or a title, not residue."""
    around = text[max(0, start - _WINDOW_CHARS) : start] + " " + text[end : end + _WINDOW_CHARS]
    n_foreign = len(_FOREIGN.findall(around))
    return n_foreign >= 2 and n_foreign >= len(_ENGLISH.findall(around))


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
        yield raised(
            text, code, start, start + len(found), because, probability=posterior(code), expected=_SPANISH_MEANT[name]
        )


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of what a pivot language left in the text, with the English it stands for where that is certain."""
    text = segmented.document.text
    if not _CHEAP.search(text):
        return
    yield from _spanish(text)
    for code, pattern, language in (("residue.portuguese", _PORTUGUESE, "Portuguese"), ("residue.french", _FRENCH, "French")):
        for m in pattern.finditer(text):
            if not _reads_foreign(text, *m.span()):
                because = f"“{m.group()}” is {language} for the United States"
                yield raised(text, code, *m.span(), because, probability=posterior(code), expected="U.S.")
