"""Untranslated residue of a pivot language: what a translator left of words and abbreviations that English does not have.

Spanish doubles the letters of a plural abbreviation (EE. UU. for Estados Unidos); a translator that takes the first
half for the end of a sentence renders that half and leaves the other ("US. UU."). Other residue is in a table of words,
months, units, names of countries and letters of bodies in ten languages (``residue_words``): single ones between English
words, none inside a quotation or a passage of the language itself, which are somebody's words and not a translator's.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.residue_words import Entry, by_token, known_tokens
from detector.score.rules.tokens import in_one, known
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_CODES = {
    "es": "residue.spanish", "pt": "residue.portuguese", "fr": "residue.french", "de": "residue.german",
    "it": "residue.italian", "nl": "residue.dutch", "pl": "residue.polish", "ru": "residue.russian",
    "tr": "residue.turkish", "ro": "residue.romanian",
}  # fmt: skip
PIVOTS = {code: language for language, code in _CODES.items()}
"""The pivot language (ISO 639-1) that each code of this module tells of; ``residue.shared`` tells of none."""

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
_PORTUGUESE = re.compile(rf"\b(?:(?P<with>dos|nos|os|aos|pelos) )EUA\b|\bEUA(?= {_STATE})|(?<=\bUnited States \()EUA(?=\))")
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
_CHEAPER = re.compile(r"U(?:[Uu]|nis|\.(?<=[-\u2010\u2011]U\.))|E(?:E\.|UA)|AA\.|OO\.|HH\.|M\.")
"""What every sign has, but for the Spanish marks, within a run between blanks."""
_OTHER_UU = re.compile(r"Unitarian|Universalis|Undang|Utrecht|Uppsala")
"""Bodies that English abbreviates "UU": where one is named, a lone "UU." may be theirs."""

_ROMANCE = (
    "de del la las los el en y que por con para una su se al do da das em um uma com não le les des du et aux dans pour est une sur"
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


_ENGLISH = frozenset(
    "about after and are been before but by could for from had have he her his in into is it its not of said she that the "
    "their they this to was were which who will with would".split()
)
"""Words of most English sentences; one stands on each side of residue."""
_SIDE_WORDS = 4
_LAST_PLAIN, _FIRST_PLAIN = re.compile(r"(?:^|\s)[^\W\d_A-Z][^\W\d_]* $"), re.compile(r" [^\W\d_A-Z][^\W\d_]*(?=[\s.,;]|$)")
"""A word in lower case that one blank parts from the residue."""
_QUOTES = '"“”«»„'
_INTO_PLACE = re.compile(r"\b(?:in|from|to|of|with|for|by|between|against|across|into) (?:the )?[(]?$")
_SAID_OF = re.compile(r" (?:[a-z]|\()|[.,;](?:\s|$)")
_DIGIT = re.compile(r"\d[\s\u00a0]?$")
_DAY = re.compile(r"(?:^|(?<=[a-z,] )|(?<=\bOn )|(?<=\bIn ))[0-3]?\d[.]? (?:de |di )?$")
_YEAR = re.compile(r",? (?:de |of )?(?:19|20)\d\d\b")


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])")


def _is_word(entry: Entry, before: str, after: str) -> bool:
    """True where a function word stands alone between English words, outside quotations."""
    left, right = before.lower().split()[-_SIDE_WORDS:], after.lower().split()[:_SIDE_WORDS]
    if not (_LAST_PLAIN.search(before) and _FIRST_PLAIN.match(after)):
        return False
    others = chain.from_iterable(by_token().get(word, ()) for word in (left[-1], right[0]))
    english = not (_ENGLISH.isdisjoint(left) or _ENGLISH.isdisjoint(right))
    return english and not any(other.sort == "word" for other in others)


def _fits(entry: Entry, before: str, after: str) -> bool:
    """True where what stands around an entry of the table shows it to be residue."""
    match entry.sort:
        case "word":
            return _is_word(entry, before, after)
        case "number":
            return _DIGIT.search(before) is not None
        case "month":
            return _DAY.search(before) is not None and (entry.form[0].islower() or _YEAR.match(after) is not None)
        case "place":
            return _INTO_PLACE.search(before) is not None and _SAID_OF.match(after) is not None
        case "body":
            return after.startswith(")") and before.endswith(tuple(f" {name} (" for name in entry.after))
        case "free":
            return True


def _from_table(text: str) -> Iterator[Flag]:
    table = by_token()
    held = {entry for token in known_tokens() & known(text) for entry in table[token]}
    for entry in sorted(held):
        code = _CODES[entry.languages[0]] if len(entry.languages) == 1 else "residue.shared"
        for m in _pattern(entry.form).finditer(text):
            start, end = m.span()
            before, after = text[max(0, start - _WINDOW_CHARS) : start], text[end : end + _WINDOW_CHARS]
            before, after = before.rpartition("\n")[2], after.partition("\n")[0]
            if not _fits(entry, before, after) or _is_quoted(before, after) or _reads_foreign(text, start, end):
                continue
            meant = f" for “{entry.english}”" if entry.english else ""
            because = f"“{entry.form}” is {_named(entry.languages)}{meant}, left between English words"
            yield raised(text, code, start, end, because, probability=posterior(code), expected=entry.english)


def _is_quoted(before: str, after: str) -> bool:
    """True between two quotation marks that stand near."""
    return any(mark in before for mark in _QUOTES) and any(mark in after for mark in _QUOTES)


def _named(languages: tuple[str, ...]) -> str:
    *others, last = (_CODES[language].partition(".")[2].capitalize() for language in languages)
    return f"{', '.join(others)} or {last}" if others else last


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of what a pivot language left in the text, with the English it stands for where that is certain."""
    text = segmented.document.text
    may_hold = "¿" in text or "¡" in text or _CHEAPER.search(in_one(text))
    if may_hold and any(sign in text for sign in _CHEAP):
        yield from _spanish(text)
        yield from _united_states(text, _PORTUGUESE, "Portuguese")
        yield from _united_states(text, _FRENCH, "French")
    yield from _from_table(text)
