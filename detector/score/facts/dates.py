"""Dates and times: weekday, month, day, year, "last week", clock; each part by itself, as a change is in one of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from detector.score.facts.reading import Fact, Side
from detector.types import Span

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_OF = {name: k for k, name in enumerate(_MONTHS, 1)}
_MONTH_OF |= {name[:3]: k for name, k in _MONTH_OF.items()} | {"Sept": 9}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY_OF = {name: k for k, name in enumerate(_WEEKDAYS)}
_WEEKDAY_OF |= {name[:3]: k for name, k in _WEEKDAY_OF.items()} | {"Tues": 1, "Thurs": 3}
_MONTH = re.compile(
    rf"(?:\b(?P<before>\d{{1,2}})(?:st|[nr]d|th)?\s(?:of\s)?)?"
    rf"\b(?P<month>(?:{'|'.join(_MONTHS)})\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|\b(?=\s\d)))"
    r"(?:\s(?P<after>\d{1,2})(?:st|[nr]d|th)?\b(?![,.]?\d|%))?"
)
_ALSO_NAMES = frozenset({"April", "May", "June", "August", "March"})
_OPENING_A_DATE = re.compile(
    r"\b(?:in|on|by|since|until|till|from|to|of|and|or|last|next|this|early|late|mid|before|after|between|for|during|through)\W{1,2}$",
    re.IGNORECASE,
)
_OPENING_CHARS = 10
_WEEKDAY = re.compile(rf"\b(?:({'|'.join(_WEEKDAYS)})s?\b|(Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat)\.)")
_YEAR = re.compile(r"(?<![\d.,:$£€#])\b(1[5-9]\d\d|20\d\d)(s?)\b(?![,.]\d|%|:\d)")
_DIRECTION = {
    **dict.fromkeys("last past previous preceding prior".split(), -1),
    **dict.fromkeys("next following coming upcoming".split(), 1),
    "this": 0,
    "current": 0,
}
_RELATIVE = re.compile(
    rf"\b({'|'.join(_DIRECTION)})\s(week|weekend|month|year|night|season|decade|century|spring|summer|fall|autumn|winter|quarter"
    rf"|{'|'.join(_WEEKDAYS)}|{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"\b(yesterday|today|tomorrow)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b(?!:)|(?P<word>noon|midnight)\b)",
    re.IGNORECASE,
)


DATING = frozenset(
    word.lower()
    for word in (*_MONTHS, *_MONTH_OF, *_WEEKDAYS, *_WEEKDAY_OF, *_DIRECTION, "yesterday", "today", "tomorrow", "noon", "midnight")
) | frozenset(
    "week weekend month year night season decade century spring summer fall autumn winter quarter am pm a.m. p.m.".split()
)
"""Words that a date or time can be changed by."""


class Clock(NamedTuple):
    """A time of day in minutes, and whether it is known which half of the day."""

    minutes: int
    is_sure: bool


def dates(side: Side) -> Iterator[Fact]:
    """The parts of dates and the times of a side."""
    for start, sentence in side.passages():
        for kind, value, first, end in _parts(sentence):
            span = Span(start + first, start + end)
            yield Fact(kind, value, span, span)


def _parts(sentence: str) -> Iterator[tuple[str, object, int, int]]:
    for m in _MONTH.finditer(sentence):
        if not _is_month(m, sentence):
            continue
        yield "month", _MONTH_OF[m["month"].rstrip(".")], *m.span("month")
        for group in ("before", "after"):
            if m[group]:
                yield "day", int(m[group]), *m.span(group)
    for m in _WEEKDAY.finditer(sentence):
        yield "weekday", _WEEKDAY_OF[m[1] or m[2]], *m.span()
    for m in _YEAR.finditer(sentence):
        yield "year", (int(m[1]), m[2]), *m.span()
    for m in _RELATIVE.finditer(sentence):
        unit = m[2].casefold()
        named = unit.capitalize() in _MONTH_OF or unit.capitalize() in _WEEKDAY_OF
        yield "relative", (_DIRECTION[m[1].casefold()], "" if named else unit.replace("autumn", "fall")), *m.span()
    for m in _DAY_WORD.finditer(sentence):
        yield "day word", m[1].casefold(), *m.span()
    for m in _CLOCK.finditer(sentence):
        yield "clock", _clock(m), *m.span()


def _is_month(m: re.Match[str], sentence: str) -> bool:
    """False for a month's name that is, for all that can be seen, a person's ("Theresa May") or a verb ("May I")."""
    if m["month"] not in _ALSO_NAMES or m["before"] or m["after"] or _YEAR.match(sentence, m.end() + 1):
        return True
    before = sentence[max(0, m.start() - _OPENING_CHARS) : m.start()]
    if _OPENING_A_DATE.search(before):
        return True
    last = sentence[: m.start()].split()[-1:]
    return bool(last) and not last[0][0].isupper()


def _clock(m: re.Match[str]) -> Clock:
    if m["word"]:
        return Clock(720 if m["word"].casefold() == "noon" else 0, is_sure=True)
    if m["half"]:
        return Clock(int(m["hour"]) % 12 * 60 + int(m["minute"] or 0) + 720 * (m["half"].casefold() == "p"), is_sure=True)
    hour = int(m["hour24"])
    return Clock(hour * 60 + int(m["minute24"]), is_sure=hour > 12 or m["hour24"].startswith("0"))


def is_same_time(a: Clock, b: Clock) -> bool:
    """True where two times agree; one that may be of either half of the day agrees with both."""
    return a.minutes == b.minutes if a.is_sure and b.is_sure else (a.minutes - b.minutes) % 720 == 0
