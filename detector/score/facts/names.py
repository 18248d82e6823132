"""Names, told apart: whether two names can be of one bearer, and which of their words say that they are not."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from detector.score.facts.reading import Fact, Side
from detector.text import MONTHS_AND_DAYS, Name, Word, names, words
from detector.types import SegmentedDocument, Span

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady president senator sen representative rep governor gov mayor judge chief captain capt"
    " professor prof councilman councilwoman congressman congresswoman minister coach sergeant sgt detective lieutenant lt colonel"
    " col admiral general gen sheriff deputy officer bishop pope rev hon king queen prince princess ambassador commissioner"
    " inc corp co ltd plc llc limited the st saint jr sr".split()
)
"""What stands beside a name and may as well not, or otherwise."""
_WRITTEN = {
    written: group.split()[0]
    for group in (
        "us u.s. usa u.s.a. america american americans",
        "uk u.k. britain british britons great-britain",
        "eu e.u.",
        "un u.n.",
        "center centre",
        "defense defence",
        "labor labour",
        "harbor harbour",
        "theater theatre",
        "program programme",
        "organization organisation",
        "department dept",
        "street st.",
        "avenue ave",
        "road rd",
        "university univ",
        "mount mt",
        "fort ft",
        "france french",
        "spain spanish",
        "england english",
        "wales welsh",
        "scotland scottish scots",
        "ireland irish",
        "netherlands dutch",
        "greece greek greeks",
        "turkey turkish turks",
        "denmark danish danes",
        "sweden swedish swedes",
        "poland polish poles",
        "switzerland swiss",
        "norway norwegian",
        "philippines filipino",
        "michael mike",
        "william bill will",
        "robert bob rob",
        "james jim jimmy",
        "thomas tom",
        "richard dick rick",
        "joseph joe",
        "daniel dan",
        "matthew matt",
        "christopher chris",
        "anthony tony",
        "edward ed ted",
        "elizabeth liz beth",
        "katherine kate catherine",
        "jennifer jen",
        "samuel sam",
        "benjamin ben",
        "david dave",
        "stephen steve steven",
        "nicholas nick",
        "calif california",
        "fla florida",
        "tex texas",
        "mass massachusetts",
        "wash washington",
        "colo colorado",
        "ill illinois",
        "mich michigan",
        "minn minnesota",
        "wis wisconsin",
        "pa pennsylvania",
        "conn connecticut",
        "ariz arizona",
        "ala alabama",
        "tenn tennessee",
        "okla oklahoma",
    )
    for written in group.split()
}
"""One form for the ways to write or to shorten a name."""
_JOINED = {
    ("united", "states"): "us",
    ("united", "kingdom"): "uk",
    ("great", "britain"): "uk",
    ("european", "union"): "eu",
    ("united", "nations"): "un",
}
_ENDINGS = frozenset(["", "n", "an", "ian", "ean", "ish", "ese", "i", "is", "ic", "s", "es", "ns", "er", "ers", "y", "ies", "a"])
_STEM = 4
_GARBLED = frozenset("ÃÂ€\ufffd")
_TEMPLATE = frozenset("_{}[]%<>&;|")
_SENTENCE_STOP = re.compile(r"(?<=[a-z]{5})\.\s")
_CAPITALS = 0.85
"""Share of long words with a capital from which on a sentence is a headline in title case."""
_FEWEST = 4
_LONG = 4
_SPEECH = frozenset(
    "said says say saying told tells added adds stated states noted notes explained warned warns argued argues claimed claims wrote"
    " writes announced insisted admitted conceded acknowledged recalled replied declared mentioned remarked commented observed"
    " testified tweeted asked reported".split()
)
_PREPOSITIONS = frozenset("of in from at for by with near on".split())
_APPOSITION = 9


def names_of(segmented: SegmentedDocument, own: Sequence[Word]) -> tuple[Name, ...]:
    """The names of a text that can be told: in a headline in title case those that other sentences have too.

    Args:
        segmented: The text and its sentences.
        own: The words of its sentences, in order.
    """
    text = segmented.document.text
    found = names(segmented, own)
    headlines = [s.span for s in segmented.sentences if _is_title_case(text, s.span)]
    if not headlines:
        return found
    inside = [any(name.span.overlaps(line) for line in headlines) for name in found]
    elsewhere = {form for name, is_inside in zip(found, inside, strict=True) if not is_inside for form in name.forms}
    return tuple(name for name, is_inside in zip(found, inside, strict=True) if not is_inside or elsewhere.issuperset(name.forms))


def _is_title_case(text: str, span: Span) -> bool:
    long = [word for word in words(text, span.start, span.end) if word.end - word.start >= _LONG and word.form.isalpha()]
    return len(long) >= _FEWEST and sum(text[word.start].isupper() for word in long) > _CAPITALS * len(long)


def name_facts(side: Side, own: Sequence[Name]) -> Iterator[Fact]:
    """The names of a side as facts, but for damaged ones; one that speaks reaches to the verb."""
    for name in own:
        if not _is_damaged(side.text, name.span):
            span = _up_to_stop(side.text, name.span)
            n_words = sum(side.text[side.words[k].start].isupper() for k in side.places(span))
            value = tuple(_normal(form) for form in name.forms[:n_words])
            if value:
                yield Fact("name", value, span, spoken_by(side, span))


def is_garbled(text: str) -> bool:
    """True where characters were lost or decoded as another encoding."""
    return not _GARBLED.isdisjoint(text)


def _up_to_stop(text: str, span: Span) -> Span:
    """The name up to a stop that ends a sentence, for all that can be seen: behind a word too long for an abbreviation."""
    stop = _SENTENCE_STOP.search(text, span.start, span.end)
    return Span(span.start, stop.start()) if stop else span


def _is_damaged(text: str, span: Span) -> bool:
    around = text[max(0, span.start - 1) : span.end + 1]
    return not _TEMPLATE.isdisjoint(around) or is_garbled(around)


def spoken_by(side: Side, span: Span) -> Span:
    """A speaker's span with the verb of speech beside it, or behind a comma's insertion; the span itself where there is none."""
    places = side.places(span)
    if not places:
        return span
    before, after = places.start - 1, places.stop
    of_another = before >= 0 and side.words[before].form in _PREPOSITIONS  # "residents of Harlow said"
    if after < len(side.words) and side.words[after].form in _SPEECH and not of_another:
        return side.hull(places.start, after + 1)
    if before >= 0 and side.words[before].form in _SPEECH:
        return side.hull(before, places.stop)
    if before > 0 and side.words[before].form == "to" and side.words[before - 1].form == "according":
        return side.hull(before - 1, places.stop)
    if side.text[span.end : span.end + 1] == ",":
        for place in range(after, min(after + _APPOSITION, len(side.words))):
            word = side.words[place]
            if word.form in _SPEECH and side.text[: word.start].rstrip()[-1:] == ",":
                return side.hull(places.start, place + 1)
    return span


def _normal(form: str) -> str:
    form = form.removesuffix("'s").removesuffix("'")
    if not form.isascii():
        form = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    return _WRITTEN.get(form, form)


def differing(own: Sequence[str], other: Sequence[str], said_there: frozenset[str]) -> list[str]:
    """The words of a name by which it is not the other name: those that the other side does not have at all.

    Args:
        own: The words of the name, as ``name_facts`` gives them.
        other: Those of the name it is compared with.
        said_there: The forms of the other side's capitalised words.
    """
    joined = {_JOINED[pair] for pair in pairwise(other) if pair in _JOINED}
    known = {*other, *joined, *said_there, *(_normal(form) for form in said_there)}
    if _is_short_for(own, other) or _is_short_for(other, own) or "".join(own) == "".join(other):
        return []
    halves = {half for pair, whole in _JOINED.items() if whole in known and pair in pairwise(own) for half in pair}
    return [
        form
        for form in own
        if form not in known and form not in _TITLES and form not in MONTHS_AND_DAYS and form not in halves
        if not any(is_kin(form, there) for there in other)
        if len(form) > 1 and not any(there.startswith(form) for there in other if len(form) == 1)
    ]


def _is_short_for(a: Sequence[str], b: Sequence[str]) -> bool:
    """True where a is the initials of b."""
    letters = a[0].replace(".", "") if len(a) == 1 else ""
    return len(letters) > 1 and len(b) > 1 and letters == "".join(form[0] for form in b)


def is_kin(a: str, b: str) -> bool:
    """True for two forms of one word: a plural, a people and its country, or words that a scraper glued together."""
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if shared >= _STEM and a[shared:] in _ENDINGS and b[shared:] in _ENDINGS and "" in {a[shared:], b[shared:]}:
        return True
    return shared >= _STEM + 1 and shared == min(len(a), len(b))
