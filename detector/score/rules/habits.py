"""Habits of figures, dates, hours, capitals, articles and quotation marks that other languages have and English has not.

Translators carry them over where they take a figure for a name or do not know a title: "3,5 percent", "on 12.05.2019",
"the 5 of May", "at 18h30", "20 o'clock", "on monday", "the Mr. Lopez", «so». Several languages have each, so none tells the
pivot. A day or a people in lower case is anybody's slip; two or more, in a text that has capitals elsewhere and fewer of these
words with one, are a habit.
"""

import re
from collections.abc import Iterator
from functools import cache

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.tokens import known, places, regions, watched, written
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_NUMERIC = re.compile(
    r"[0-9](?:,[0-9][0-9]?(?![0-9])|\.[0-9]{3}(?![0-9])|\.[0-9][0-9]?\.[12]| of [JFMASOND12]| ?[hH](?![a-gi-rt-zA-Z])| o['’]c)"
)
"""What the closer patterns are asked for, around it; few texts have any of it."""
_BEFORE_CHARS, _AFTER_CHARS = 30, 40
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = r"(?:[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]?\d|2[0-4])"
_ON = "|".join(rf"(?<=\b{word} )" for word in "on since from until till by dated before after of".split())
_AT = "|".join(rf"(?<=\b{word} )" for word in "at from to until till by about around before after since".split())
_UNIT = (
    r"(?:%|(?:percent|per cent|million|billion|trillion|kilomet(?:er|re)s?|met(?:er|re)s|km|kg|hectares|degrees|points"
    r"|tonn?es|tons|euros|dollars|pounds|lit(?:er|re)s|hours|times)\b)"
)
_COUNTED = (
    r"(?:people|persons|inhabitants|residents|citizens|workers|employees|soldiers|troops|police|homes|houses|families|children"
    r"|students|pupils|women|men|cases|deaths|victims|copies|spectators|fans|visitors|tourists|jobs|companies|refugees|migrants"
    r"|euros|square|hectares|voters|votes)\b"
)
_PATTERNS = {
    "decimal": re.compile(
        rf"(?<![\d.,:/+-])(?:\d{{1,3}},\d\d?(?=[ \u00a0]?{_UNIT})"
        rf"|[1-9]\d{{0,2}}\.\d00(?= {_COUNTED})|[1-9]\d{{0,2}}\.\d{{3}}(?= (?:inhabitants|people|residents|soldiers|workers)\b)"
        rf"|[1-9]\d{{0,2}}\.\d{{3}}\.\d{{3}}(?= (?:{_COUNTED}|dollars|pounds|tonn?es)))"
    ),
    "date": re.compile(
        rf"(?:{_ON})(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d\b(?![.:])"
        rf"|\b[Tt]he (?:(?:day|past|last|next) )?{_DAY} of {_MONTH}\b"
        rf"|(?<=\bon )day {_DAY} of {_MONTH}\b"
        rf"|\b{_MONTH} {_DAY} of (?:19|20)\d\d\b"
        r"|\b[Tt]he years [2-9]0(?=[,.;)]| (?:and|of|in|when|by|at)\b)"
    ),
    "time": re.compile(
        rf"(?:{_AT}){_CLOCK} ?[hH] ?[0-5]\d\b(?![.,]?\d| ?[m-])"
        rf"|(?<![\d.,:$€£]){_CLOCK}[:.][0-5]\d ?hs?(?![\w.-])"
        r"|(?<![\d.,:$€£])(?:1[3-9]|2[0-4])(?:[:.][0-5]\d)? ?o['’]clock\b"
    ),
}
_BECAUSE = {
    "decimal": "has the comma or the dots that other languages put into figures",
    "date": "is a date or decade as other languages put it",
    "time": "is a clock time as other languages put it",
}
_SPOKE = "said|says|told|added|explained|announced|assured|declared|stated"
_VERB = f"{_SPOKE}|has|had|is|was|will|would|did|and|who"
_ARTICLE = re.compile(
    rf"\b[Tt]he (?:Mr|Mrs|Ms)\.? [A-Z][\w’'-]{{1,20}}(?: [A-Z][\w’'-]{{1,20}})?(?=,? (?:{_VERB})\b)"
    rf"|\b[Tt]he President [A-Z][a-z]{{1,20}}(?: [A-Z][a-z]{{1,20}})?(?= (?:{_SPOKE})\b)"
    r"|\bThe \d+(?:[.,]\d+)? ?(?:percent|per cent|%) of (?:the )?[a-z]+"
    r"(?= (?:are|is|was|were|have|has|had|consider|believe|think|say)\b)"
)
_ARTICLE_WORDS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. President".split())

_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february april june july september october november december"
_PEOPLES = (
    "american british russian spanish german italian european brazilian mexican chinese japanese indian iranian iraqi israeli "
    "african canadian australian portuguese ukrainian romanian palestinian syrian egyptian swedish norwegian argentine "
    "french dutch colombian venezuelan cuban korean americans russians germans italians europeans brazilians mexicans"
)
_LOWERED = f"{_DAYS} {_MONTHS} {_PEOPLES}".split()
_HOUSEHOLD = r" (?:fr(?:y|ies)|windows?|doors?|toast|dressing|beans?|press|polish|horns?|kiss|bread|oven|coffee|cuisine|ink)\b"
_LOWER = re.compile(rf"(?<=[a-z,] )(?:{'|'.join(sorted(_LOWERED, key=len, reverse=True))})(?=[ ,.;:]|$)(?!\.\w|{_HOUSEHOLD})")
_RAISED = re.compile(rf"\b(?:{'|'.join(sorted(word.title() for word in _LOWERED))})")
_CARELESS = re.compile(r"(?<![\w.])i(?![\w.])|[a-z]{3}[.?!] [a-z]{3}")
"""A writer who has no capital for himself, or after a full stop, has none for anything."""
_LEAST_LOWER, _MOST_LOWER = 2, 8
"""Words in lower case that are a habit; more than the second number are not flagged one by one."""

_MARKS = re.compile(r"«(?P<open>[ \u00a0\u202f]?)(?P<said>[^«»„\n]{1,300})»|„(?P<low>[^„“”«»\n]{2,300})[“”\"]")
_ENGLISH_SHARE, _SPACED_WORDS = 0.25, 4


def _numeric(text: str) -> Iterator[Flag]:
    asked = [m.span() for m in _NUMERIC.finditer(text)]
    if "he years " in text:
        asked = sorted([*asked, *places(text, "he years ")])
    for start, end in regions(asked, _BEFORE_CHARS, _AFTER_CHARS):
        for name, pattern in _PATTERNS.items():
            code = f"habit.{name}"
            for m in pattern.finditer(text, start, end):
                because = f"“{m.group()}” {_BECAUSE[name]}"
                yield raised(text, code, *m.span(), because, probability=posterior(code))


def _articles(text: str) -> Iterator[Flag]:
    code = "habit.article"
    for m in _ARTICLE.finditer(text):
        because = f"“{m.group()}” has an article that English leaves out"
        expected = m.group()[4:] if "%" not in m.group() and not m.group()[4].isdigit() else None
        yield raised(text, code, *m.span(), because, probability=posterior(code), expected=expected)


@watched
@cache
def _lowered() -> frozenset[str]:
    """The tokens that such a word may be."""
    return frozenset(word + mark for word in _LOWERED for mark in ("", ",", "."))


def _capitals(text: str) -> Iterator[Flag]:
    code, found = "habit.capitals", list(_LOWER.finditer(text))
    if len(found) < _LEAST_LOWER or _CARELESS.search(text) or len(_RAISED.findall(text)) >= len(found):
        return
    for m in found[:_MOST_LOWER]:
        because = f"“{m.group()}” is in lower case, as are {len(found)} such words of this text"
        yield raised(text, code, *m.span(), because, probability=posterior(code), expected=m.group().capitalize())


def _is_english(said: str, *, spaced: bool) -> bool:
    """True for a quoted phrase of English function words, or where no ordinary blank touches the marks a plain name."""
    words = said.lower().split()
    n_english = sum(word.strip(".,!?") in FUNCTION_WORDS for word in words)
    if len(words) >= _SPACED_WORDS or spaced:
        return len(words) >= _SPACED_WORDS and n_english >= _ENGLISH_SHARE * len(words)
    return said.isascii() and said[0].isupper()


def _marks(text: str) -> Iterator[Flag]:
    code = "habit.marks"
    for m in _MARKS.finditer(text):
        if _is_english((m["low"] or m["said"]).strip(" \u00a0\u202f") or "«", spaced=m["open"] == " "):
            because = f"the words stand between {m.group()[0]} and {m.group()[-1]}, which English does not quote with"
            yield raised(text, code, *m.span(), because, probability=posterior(code))


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the habits; the wording expected is given for an article to be left out and for a capital."""
    text = segmented.document.text
    yield from _numeric(text)
    held = not _ARTICLE_WORDS.isdisjoint(written(text)) and ("he Mr" in text or "he Ms" in text or "he President " in text)
    if held or "cent of " in text or ("%" in text and "% of " in text):
        yield from _articles(text)
    if not _lowered().isdisjoint(known(text)):
        yield from _capitals(text)
    if "«" in text or "„" in text:
        yield from _marks(text)
