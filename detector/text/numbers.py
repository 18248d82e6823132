"""Numbers: figures and number words, with value and unit, so that "20" and "twenty" are one and "$1.13bn" is not "1.13"."""

import re
from typing import NamedTuple

from detector.types import Span

_ONES = (
    "zero one two three four five six seven eight nine ten"
    " eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = {word: i for i, word in enumerate(_ONES.split())}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALE = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_ONE_WORDS = "|".join(sorted(_SMALL, key=len, reverse=True))
_DIGIT_WORDS = "|".join(_ONES.split()[1:10])
_NUMBER = re.compile(
    r"(?P<currency>[$£€¥])?\s?"
    r"(?<![\w.])(?:(?P<figures>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<words>(?:{'|'.join(_TENS)})(?:-(?:{_DIGIT_WORDS}))?|{_ONE_WORDS})\b)"
    r"(?:[ -]?(?P<hundred>hundred)\b)?"
    # A letter must touch its figures: "10 m" may be metres, "5-B" a flat.
    r"(?:(?:[ -]?(?P<scale>thousand|million|billion|trillion|bn|mn|tn)|(?P<letter>[kmb]))\b)?"
    r"(?:\s?(?P<unit>%|per\s?cent\b))?",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number of a text: where, its value, and "$", "£", "€", "¥", "%" or None."""

    span: Span
    value: float
    unit: str | None


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in order, in figures or in words, with their scale worked in.

    >>> [(n.value, n.unit) for n in numbers("Twenty-one of 1,200 firms paid $1.13bn, or 4.5 percent.")]
    [(21.0, None), (1200.0, None), (1130000000.0, '$'), (4.5, '%')]
    """
    found = []
    for m in _NUMBER.finditer(text):
        if m["figures"]:
            value = float(m["figures"].replace(",", ""))
        else:
            parts = m["words"].casefold().split("-")
            value = float(sum(_TENS.get(part, _SMALL.get(part, 0)) for part in parts))
        scale = m["scale"] or m["letter"]
        value *= (100.0 if m["hundred"] else 1.0) * (_SCALE[scale.casefold()] if scale else 1.0)
        unit = m["currency"] or ("%" if m["unit"] else None)
        start = m.start("currency") if m["currency"] else min(i for i in (m.start("figures"), m.start("words")) if i >= 0)
        found.append(Number(Span(start, m.end()), value, unit))
    return tuple(found)
