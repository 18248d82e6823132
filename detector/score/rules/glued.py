"""Words that run into each other ("thecity", "saidMonday", "rash.The"): text whose tags or line ends were taken out.

Only what cannot be a word, a name or an address is read as glued: a frequent word and a small word beside it, a word that
runs into a capital, a full stop with the next sentence at its heels. One such place may be a slip of the pen, and the same
place again a name; so a text must have two that differ, or one that no hand makes ("saidMonday").
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.frequent import FREQUENT
from detector.score.rules.tokens import in_one, known, watched
from detector.types import Flag, SegmentedDocument

_BEFORE = "the of and to that with was from".split()
"""Small words to which the next word clings."""
_BEHIND = "the of and to that was said".split()
"""Small words that cling to the word before."""
_PAIRED = "the of and to in for that with was on by from at his have it he were has had they this will would".split()
"""Small words that cling to one another ("bythe")."""
_ALSO = frozenset("are been because could said she should these they were which".split())
"""Small words that are read too where the text is seen to be damaged."""
_DATED = [first + then for first in ("last", "next", "this") for then in ("year", "week", "month", "night", "season", "summer")]
_REAL = frozenset(
    "andover behave calland capitaland halland helland hereof hereto histo marchand niceto offish "
    "thataway theat thein theon thereof thereto toback tobe today todays toking toland tonights "
    "towage towell towing washers welland whichever whereof whereto withdrawn withheld withhold "
    "withholding withholds withstand withstanding withstands withstood".split()
)
"""Words and names that are spelled like two frequent words."""
_MIN_LETTERS, _MAX_LETTERS = 4, 12
"""Of the longer word: shorter ones make too many words by chance ("as" and "set")."""

_LOWER = re.compile(r"(?<![\w@#/.&’'-])[a-z]{5,20}(?![\w@/]|[.’'-]\w)")
_CAPITAL = re.compile(r"[A-Z](?:(?<=[a-z][A-Z])|(?<=[a-z][a-z][.!?][A-Z])|(?<=[a-z][a-z][.!?][”\"“][A-Z]))")
_LEFT = re.compile(r"(?<![^\s(“\"‘—–-])[A-Za-z]?[a-z]{1,24}$")
_BEFORE_STOP = re.compile(r"(?<![^\s(“\"‘—–-])([A-Za-z]?[a-z]{2,24})([.!?])([”\"“]?)$")
_RIGHT = re.compile(r"([A-Z][a-z]*)(?=[\s,;:’'”\")]|[.!?](?!\w)|$)")
_OPENERS = frozenset(
    "The This That There These Those They But And When While What After Although With However According Then She Her His "
    "Our You Its Some Many Most For From Police Officials Meanwhile Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday January February April August September October November December".split()
)
"""Capitals that hardly a camel-cased name goes on with: first words of sentences, days and months."""
_NAMING = frozenset("That This There You Our Its Some Most For From".split())
"""Those of them that do end names, where the name begins with a capital."""
_CLINGING = frozenset("the of and to in for that with was on by from at his were which said".split())
"""What may run into the capital of a name ("ofTexas")."""
_CODE = frozenset("add get has let new on put set to".split())
"""What the names of a program begin with ("getThis")."""
_ABBREVIATED = frozenset("approx dept est etc fig gov inc ltd messrs nos prof rev sgt vs www".split())
_NEAR_CHARS = 26
_MIN_PLACES, _MIN_CLOSE = 2, 3
_CERTAIN, _LIKELY = 0.97, 0.9


class _Place(NamedTuple):
    start: int
    end: int
    code: str
    expected: str
    is_certain: bool


@cache
def _glued() -> dict[str, int]:
    """Each word that is two written together, and where the second begins."""
    longer = [word for word in FREQUENT if _MIN_LETTERS <= len(word) <= _MAX_LETTERS]
    made = {word + last: len(word) for last in _BEHIND for word in longer}
    made |= {first + word: len(first) for first in _BEFORE for word in longer}
    made |= {first + last: len(first) for first in _PAIRED for last in _PAIRED if len(first + last) > _MIN_LETTERS}
    made |= dict.fromkeys(_DATED, 4)
    return {word: at for word, at in made.items() if word not in _REAL and word not in FREQUENT}


@watched
@cache
def _glued_words() -> frozenset[str]:
    """The same words as a set, which is quicker to compare with another."""
    return frozenset(_glued())


def _boundary(word: str) -> int | None:
    """Where a frequent word meets one of the longer small words within a word; None where it is one word."""
    ats = range(_MIN_LETTERS - 1, len(word) - _MIN_LETTERS + 2) if word not in _REAL else ()
    met = (at for at in ats if word[:at] in FREQUENT and word[at:] in FREQUENT)
    return next((at for at in met if word[:at] in _ALSO or word[at:] in _ALSO), None)


def _words(text: str) -> Iterator[_Place]:
    """Lower-case words that are two; the text is read closely only where one stands between blanks."""
    if _glued_words().isdisjoint(known(text)):
        return
    glued = _glued()
    found = [m for m in _LOWER.finditer(text) if m.group() not in FREQUENT]
    is_damaged = sum(m.group() in glued for m in found) >= _MIN_CLOSE
    for m in found:
        word = m.group()
        at = glued.get(word) or (_boundary(word) if is_damaged else None)
        if at:
            yield _Place(*m.span(), "glued.words", f"{word[:at]} {word[at:]}", False)


def _runs_into(text: str, at: int) -> _Place | None:
    """The word that goes over into the capital at ``at``; certain where no name can be meant."""
    right = _RIGHT.match(text, at, at + _NEAR_CHARS)
    left = _LEFT.search(text[max(0, at - _NEAR_CHARS) : at]) if right else None
    if left is None or right is None or left.group() in _CODE:
        return None
    first, then = left.group(), right[1]
    opens = then in _OPENERS
    if not opens and (first not in _CLINGING or len(then) < 3):
        return None
    is_certain = opens and len(first) > 2 and (first.islower() or then not in _NAMING)
    return _Place(at - len(first), right.end(1), "glued.words", f"{first} {then}", is_certain)


def _next_sentence(text: str, at: int) -> _Place | None:
    """The word, the stop and what begins with the capital at ``at``."""
    right = _RIGHT.match(text, at, at + _NEAR_CHARS)
    left = _BEFORE_STOP.search(text[max(0, at - _NEAR_CHARS) : at]) if right else None
    if left is None or right is None or left[1].lower() in _ABBREVIATED:
        return None
    word, stop, mark = left.groups()
    expected = f"{word}{stop} {mark}{right[1]}" if mark == "“" else f"{word}{stop}{mark} {right[1]}"
    return _Place(at - len(left.group()), right.end(1), "glued.stop", expected, False)


def _capitals(text: str) -> Iterator[_Place]:
    """Capitals with no blank before them, where words or sentences are glued there."""
    for m in _CAPITAL.finditer(text):
        read = _runs_into if text[m.start() - 1].isalpha() else _next_sentence
        place = read(text, m.start())
        if place is not None:
            yield place


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of words that run into each other; expected is what they are apart."""
    text = segmented.document.text
    places = list(_words(text))
    if any(_capitals(in_one(text))):  # no blank is read there but as the end of a word
        places += _capitals(text)
    if len({text[p.start : p.end] for p in places}) < _MIN_PLACES and not any(place.is_certain for place in places):
        return
    for place in places:
        because = f"“{place.expected}” is written without its blank"
        sure = _CERTAIN if place.is_certain else _LIKELY
        yield raised(text, place.code, place.start, place.end, because, probability=sure, expected=place.expected)
