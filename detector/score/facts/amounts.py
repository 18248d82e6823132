"""Amounts: a number with its unit, a share, an ordinal, a vague count ("millions"); and when two of them are the same."""

import re
from collections.abc import Iterator
from math import isclose, log10
from typing import NamedTuple

from detector.score.facts.reading import Fact, Side
from detector.text import Number, numbers
from detector.types import Span


def _units(lines: str) -> dict[str, tuple[str, float]]:
    """Each way to write a unit, with what it measures and how many of the base unit it is."""
    table = {}
    for line in lines.strip().splitlines():
        dimension, factor, *written = line.split()
        table.update(dict.fromkeys((name.replace("_", " ") for name in written), (dimension, float(factor))))
    return table


_UNITS = _units("""
length 0.001 mm millimetre millimetres millimeter millimeters
length 0.01 cm centimetre centimetres centimeter centimeters
length 0.0254 inch inches
length 0.3048 foot feet ft
length 0.9144 yard yards
length 1 metre metres meter meters
length 1000 km kilometre kilometres kilometer kilometers
length 1609 mile miles
area 4047 acre acres
area 10000 hectare hectares
area 1000000 square_kilometre square_kilometres square_kilometer square_kilometers
area 2590000 square_mile square_miles
area 1 square_metre square_metres square_meter square_meters
area 0.0929 square_foot square_feet
mass 0.001 gram grams
mass 0.02835 ounce ounces
mass 1 kg kilo kilos kilogram kilograms kilogramme kilogrammes
mass 1000 ton tons tonne tonnes metric_ton metric_tons
volume 1 litre litres liter liters
volume 3.785 gallon gallons
volume 0.568 pint pints
volume 159 barrel barrels
length 1000 kph km/h kmh
length 1609 mph
power 0.001 kilowatt kilowatts kw
power 1 megawatt megawatts mw
power 1000 gigawatt gigawatts gw
time 1 second seconds
time 60 minute minutes
time 3600 hour hours
time 86400 day days
time 604800 week weeks
time 2629800 month months
time 31557600 year years
time 315576000 decade decades
time 3155760000 century centuries
$ 1 dollar dollars
$ 0.01 cent cents
£ 1 pound pounds sterling
£ 0.01 pence penny
€ 1 euro euros
¥ 1 yen
% 1 % percent per_cent
points 1 percentage_point percentage_points
points 0.01 basis_point basis_points
""")
_SIGNS = {sign: _UNITS[name] for sign, name in {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "%": "%"}.items()}
_UNIT = re.compile(rf"[\s-]{{0,2}}({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![^\W_])", re.IGNORECASE)
_DENOMINATORS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_OUT_OF = {"three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_SHARE = re.compile(
    rf"\b({'|'.join(_COUNTS)})[ -]({'|'.join(_DENOMINATORS)})(?:s\b|(?=\s(?:of|the)\b))"
    rf"|\b({'|'.join(_COUNTS)}) in ({'|'.join(_OUT_OF)})\b"
    r"|(?<!first )(?<!second )(?<!first-)(?<!second-)\bhalf(?=\s(?:of|the|its|their|his|her|those|these|all)\b)",
    re.IGNORECASE,
)
_WHOLE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_ONE_OF_THEM = re.compile(rf"\b(a|an|half a|half-a)[ -]({'|'.join(_WHOLE)})\b", re.IGNORECASE)
_FOREIGN = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])|(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,]\d)")
"""A decimal comma, or thousands parted by blanks."""
_FAR_SCALE = re.compile(r"\s{2,3}(thousand|million|billion|trillion)\b", re.IGNORECASE)
_VAGUE_SCALE = {**{f"{word}s": size for word, size in _WHOLE.items()}, "tens": 10.0, "scores": 20.0}
_VAGUE = re.compile(rf"\b({'|'.join(_VAGUE_SCALE)})(?: of (hundreds|thousands|millions|billions|trillions))?\b", re.IGNORECASE)
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety bn mn tn".split()
)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_ORDINAL = re.compile(rf"\b(?:(\d{{1,4}})(?:st|[nr]d|th)|({'|'.join(_ORDINALS)}))\b", re.IGNORECASE)
SIGNS = re.compile("[$£€¥%]")
"""What changes an amount though it is no word."""
MEASURING = frozenset(
    word
    for written in (*_UNITS, *_DENOMINATORS, *(f"{word}s" for word in _DENOMINATORS), *_VAGUE_SCALE, *_WHOLE, *_ORDINALS, "half")
    for word in written.split()
).union(_NUMBER_WORDS)
"""Words that an amount can be changed by."""
_HEDGE = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|some|over|under|more than|less than|fewer than|close to|up to|at least"
    r"|not less than|well over|just over|just under|an estimated)\s[$£€¥]?$",
    re.IGNORECASE,
)
_HEDGE_CHARS = 20
_ROUNDED = 0.05
"""A share of a hundred and its percents, or a rounded amount and the exact one, are the same within this share."""
_CONVERTED = 0.06
"""Amounts in two units are rounded when they are converted."""
_MILLION = 1e6
_VAGUELY = 3.0
"""Vague counts within this factor are the same: dozens and scores."""


class Amount(NamedTuple):
    """How much: a value, in which unit if it has one, and whether it is said to be inexact."""

    value: float
    measures: str | None
    factor: float
    hedged: bool


def amounts(side: Side) -> Iterator[Fact]:
    """The amounts, ordinals and vague counts of a side, those of a sentence together; they may overlap dates."""
    for start, sentence in side.passages():
        shares = list(_shares(sentence))
        taken = [span for span, _ in shares]
        counts = [(Span(n.span.start, n.span.end), n) for n in _summed(sentence)]
        counts = [(span, n) for span, n in counts if not any(span.overlaps(other) for other in taken)]
        for span, amount in [*shares, *(_measured(sentence, span, n) for span, n in counts)]:
            yield _fact("amount", amount, span, start)
        taken += [span for span, _ in counts]
        for m in _VAGUE.finditer(sentence):
            value = _VAGUE_SCALE[m[1].casefold()] * (_VAGUE_SCALE[m[2].casefold()] if m[2] else 1.0)
            yield _fact("vague", value, Span(*m.span()), start)
        for m in _ORDINAL.finditer(sentence):
            span = Span(*m.span())
            is_time = (m[2] or "").casefold() == "second" and any(t.end == m.start() - 1 for t in taken)
            if not is_time and not any(span.overlaps(other) for other in taken):
                yield _fact("ordinal", int(m[1]) if m[1] else _ORDINALS[m[2].casefold()], span, start)


def _fact(kind: str, value: object, span: Span, start: int) -> Fact:
    place = Span(start + span.start, start + span.end)
    return Fact(kind, value, place, place)


def _shares(sentence: str) -> Iterator[tuple[Span, Amount]]:
    for m in _SHARE.finditer(sentence):
        count, whole = m[1] or m[3], _DENOMINATORS[m[2].casefold()] if m[1] else _OUT_OF[m[4].casefold()] if m[3] else 2
        share = 100.0 * (_COUNTS[count.casefold()] if count else 1) / whole
        yield Span(*m.span()), Amount(float(round(share)), "%", 1.0, hedged=False)


def _summed(sentence: str) -> list[Number]:
    """The numbers, "a hundred" and "a hundred and twenty" as one; what is part of a longer token ("94th") is none."""
    sentence = _FOREIGN.sub(_in_english, sentence)
    found = [n for n in numbers(sentence) if not sentence[n.span.end : n.span.end + 1].isalpha()]
    covered = [n.span for n in found]
    for m in _ONE_OF_THEM.finditer(sentence):
        span = Span(*m.span())
        if not any(span.overlaps(other) for other in covered):
            found.append(Number(span, _WHOLE[m[2].casefold()] * (0.5 if m[1].casefold().startswith("half") else 1.0), None))
    summed: list[Number] = []
    for n in sorted((_scaled(sentence, n) for n in found), key=lambda n: n.span):
        last = summed[-1] if summed else None
        between = sentence[last.span.end : n.span.start] if last else ""
        is_rest = last is not None and last.unit is None and last.value >= 100 and n.value < 100 and not last.value % 100
        if last and is_rest and between in {" and ", " "} and not sentence[last.span.start].isdigit():
            summed[-1] = Number(Span(last.span.start, n.span.end), last.value + n.value, n.unit)
        elif last and sentence[n.span.end : n.span.end + 6] == " dozen":
            summed.append(Number(Span(n.span.start, n.span.end + 6), 12 * n.value, n.unit))
        else:
            summed.append(n)
    return summed


def _scaled(sentence: str, number: Number) -> Number:
    """The number with a scale that stands apart from it by more than one blank, as behind a broken one."""
    scale = _FAR_SCALE.match(sentence, number.span.end)
    return (
        Number(Span(number.span.start, scale.end()), number.value * _WHOLE[scale[1].casefold()], number.unit) if scale else number
    )


def _in_english(m: re.Match[str]) -> str:
    return m[0].replace(",", ".") if "," in m[0] else m[0].replace(" ", ",")


def _measured(sentence: str, span: Span, number: Number) -> tuple[Span, Amount]:
    """A number with the unit before or behind it."""
    hedged = _HEDGE.search(sentence[max(0, span.start - _HEDGE_CHARS) : span.start]) is not None
    measures, factor = _SIGNS.get(number.unit or "", (None, 1.0))
    after = _UNIT.match(sentence, span.end) if number.unit != "%" else None
    if after and (measures is None or _UNITS[after[1].casefold()][0] == measures):
        measures, factor = _UNITS[after[1].casefold()]
        span = Span(span.start, after.end())
    return span, Amount(number.value, measures, factor, hedged)


def is_same_amount(a: Amount, b: Amount) -> bool:
    """True where two amounts say the same: in other words, in another unit, or one of them rounded and saying so."""
    near = _ROUNDED if _is_rounding(a, b) or _is_rounding(b, a) else 1e-9
    if a.measures is None or b.measures is None:
        metres = {a.measures, b.measures} == {None, "length"} and max(a.value, b.value) >= _MILLION
        return isclose(a.value, b.value, rel_tol=near) or (metres and _is_in_metres(a, b))
    if a.measures != b.measures:
        return False
    return isclose(a.value * a.factor, b.value * b.factor, rel_tol=near if a.factor == b.factor else _CONVERTED)


def _is_in_metres(a: Amount, b: Amount) -> bool:
    """True where "800m", read as millions, are the metres of the other."""
    return any(isclose(x.value / _MILLION, y.value * y.factor, rel_tol=1e-9) for x, y in ((a, b), (b, a)) if x.measures is None)


def _is_rounding(a: Amount, b: Amount) -> bool:
    """True where a, which says that it is inexact, is written with fewer figures than b, which does not say so."""
    return a.hedged and not b.hedged and _n_figures(a.value) < _n_figures(b.value)


def _n_figures(value: float) -> int:
    """The figures without the zeros around them; those of a share, such as a third, are as many as there is room for."""
    return len(f"{value:.6e}".partition("e")[0].replace(".", "").rstrip("0"))


def is_same_vague(a: float, b: float) -> bool:
    """True where two vague counts are of about one size."""
    return max(a, b) / min(a, b) <= _VAGUELY


def is_rescaled(a: Amount, b: Amount) -> bool:
    """True where the figures are the same: two amounts that differ do so in unit or scale."""
    if a.value == b.value:
        return True
    if a.value <= 0 or b.value <= 0:
        return False
    tens = log10(a.value / b.value)
    return abs(tens) > 0.5 and isclose(tens, round(tens), abs_tol=1e-9)
