"""Words broken into pieces ("gov ernment", "t he", "in- formation", "w h i c h"), as text taken out of a PDF has them.

The pieces must make a frequent word, and must not both be words. Where neither is one, a single place is certain; where one
is ("t he"), or where a hyphen was left, it may be a slip, and a text must have two that differ.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.frequent import FREQUENT, pairs_with
from detector.score.rules.tokens import known, watched
from detector.types import Flag, SegmentedDocument

_SPACED = re.compile(r"(?<![^\s(“\"])[A-Za-z](?: [a-z]){2,40}(?![^\s,;:.!?)”\"])")
_HYPHEN = re.compile(r"- (?=[a-z])(?<=[a-z]- )")
_BEFORE_HYPHEN = re.compile(r"(?<![\w’'/.@-])[A-Za-z]?[a-z]{1,18}$")
_BEHIND_HYPHEN = re.compile(r"[a-z]{2,20}(?![\w-])")
_SUSPENDED = frozenset("and or to nor but versus through as".split())
"""What follows a hyphen that waits for the second half of another word ("two- and three-year")."""
_REAL = frozenset(
    "ace aces acts ads ages ah airs al allegation ally ample animal ant ants app approve arch ark arrow art ash ass assist ate au "
    "bat beau bee beg bi bile bout br bra bro bud bum ca cabin cam candid cape cared cement chased chin cloth co cod com con cons "
    "consume cop cord corn corrupt cos counts coup credible critic criticise criticize crow cue cult cure custom dam dated de dec "
    "declare definite del demo den dent dependence dependent detain deter di die dies differ dig dire dis disc doc du dying earl "
    "ears eased easing eaten eats edit eel ejected el elect elf em emotion employ en engineer entertain entity er est et eu "
    "eventual evolution ex exec expectation fa facto fairs fait fare farmer fat feat feb fed fence fig fits formation formed "
    "freed fur fused ga gene gov govern grants graph guideline guilt ha hanging hat heal heck heirs hem hen hey hid holder "
    "holders hone hood hop hose hug hum id ie ills im imp imply import info inform ink inked inning int invite ion ja joy kid "
    "kills ko la lab lace lad lain lands lane lass layer layers laying lays le lean lease lent les liable lid lightly lion lions "
    "lit liver ll lo locate lone loser lows lu lure lying ma mad mall mast mat mates mend merge mess mi mic mid migration mill "
    "minded mini mist mob mode moth mu mum na nary ne negotiation neighbor nest non norm nov nu occur oct olds op opera opt organ "
    "organise organize ounce oval owed owns pa pact pal pan pants pap par participant pat payers pea pen pending persona petition "
    "pi pic pie ping pit placement plain ply pond port porter ports posed poses pot pre prep presents pressed prim pro prod "
    "profession prom promo prop protester pub quest ra racy raft rage raged raining ram ranch rant rants rat rated rations raw "
    "ray rd re recognize recommendation reed refer reign remind rend renew rep requirement researcher resent resident rested "
    "retailer rev rice ringing rings rink rip rivers rolled rope rounding rout rug rust sa sage sand scan scar scare scientist se "
    "sea seas sect self sept shed si sic sigh sin sited ski soldier sometime sons sour spa specially spite sponsor st stab stakes "
    "stem stems stern stored sub submit sur surf surround ta tab tack tale tally tap tar tart taxpayer te tea teen teenage temper "
    "tempt tended tent thou ti tick til tin tire tog ton topping tore tourist tow tracts trans transit tri ugh um un uncle und "
    "undertake unfortunate unite unity ups urge urn va ve vent venues vest vet vi victor visitor void vol volunteer wag ward wash "
    "washing wed weigh woo ya yea yell".split()
)
"""Words, prefixes, particles and short forms that stand alone elsewhere too: no pieces, and not worth a close look."""
_MIN_LETTERS, _MIN_MEAN_LETTERS, _MIN_CERTAIN_LETTERS = 3, 3, 4
"""Of a broken word; of the words that spaced letters make, on average; of a word that a single place is enough for."""
_MAX_LETTERS = max(map(len, FREQUENT))
_BEGUN = frozenset("T W H O Th Wh Ho Sh Af".split())
"""Beginnings of words that begin sentences; of others, capitals are names more often than pieces."""
_SINGLES = frozenset("bcdefghjklmnopqrstuvwxyz")
_MIN_PLACES, _MIN_SINGLES = 2, 2
_APOSTROPHES = "'’"
"""What stands before these with a blank is the end of another word ("it ’ s he")."""
_MARKS_BEFORE, _MARKS_BEHIND = "(“\"‘'", ",;:.!?)”\"’'"
_CERTAIN, _LIKELY = 0.97, 0.9


class _Place(NamedTuple):
    start: int
    end: int
    expected: str
    is_certain: bool


@watched
@cache
def _pieces() -> frozenset[str]:
    """Beginnings and ends of frequent words that are no words themselves."""
    long = [word for word in FREQUENT if len(word) >= _MIN_LETTERS]
    cut = {piece for word in long for at in range(1, len(word)) for piece in (word[:at], word[at:])}
    return frozenset(cut - FREQUENT - _REAL | _BEGUN)


def _parted(letters: str) -> str | None:
    """The frequent words that the letters are when written together, the fewest; None where there are none."""
    best: list[list[str] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        ats = (at for at in range(max(0, end - _MAX_LETTERS), end) if letters[at:end] in FREQUENT)
        ways = [[*before, letters[at:end]] for at in ats if (before := best[at]) is not None]
        best[end] = min(ways, key=len, default=None)
    found = best[-1]
    return " ".join(found) if found and len(letters) >= _MIN_MEAN_LETTERS * len(found) else None


def _spaced(text: str) -> Iterator[_Place]:
    """Words whose letters stand apart."""
    for m in _SPACED.finditer(text):
        letters = m.group().replace(" ", "")
        parted = _parted(letters.lower())
        if parted:
            yield _Place(*m.span(), letters[0] + parted[1:], len(letters) >= _MIN_CERTAIN_LETTERS)


def _hidden(spaced: re.Match[str]) -> str:
    """As many characters as the match has, none of them a letter."""
    return "-" * len(spaced.group())


def _bare(first: str, second: str) -> tuple[str, str]:
    """Two runs without the marks before the first and behind the second."""
    return first.lstrip(_MARKS_BEFORE), second.rstrip(_MARKS_BEHIND)


def _joins(first: str, second: str) -> bool:
    """True where two runs, not both words, make a frequent word."""
    left, right = _bare(first, second)
    joined = left + right
    if not (left and right and joined[1:].islower() and joined.isalpha() and joined.lower() in FREQUENT):
        return False
    return len(joined) >= _MIN_LETTERS or not (left.lower() in FREQUENT or right in FREQUENT)


def _pairs(text: str, pieces: frozenset[str]) -> Iterator[_Place]:
    """Two runs of letters with one blank between that make a frequent word, at least one of them a piece."""
    for start, first, second in pairs_with(text, pieces, _joins):
        if start > 1 and text[start - 2] in _APOSTROPHES:
            continue
        left, right = _bare(first, second)
        begin, joined = start + len(first) - len(left), left + right
        is_certain = len(joined) >= _MIN_CERTAIN_LETTERS and left.lower() not in FREQUENT and right not in FREQUENT
        yield _Place(begin, begin + len(joined) + 1, joined, is_certain)


def _hyphened(text: str) -> Iterator[_Place]:
    """Words with a hyphen and a blank where a line once ended."""
    for m in _HYPHEN.finditer(text):
        left, right = _BEFORE_HYPHEN.search(text[max(0, m.start() - 20) : m.start()]), _BEHIND_HYPHEN.match(text, m.end())
        if left and right and right.group() not in _SUSPENDED:
            joined = left.group() + right.group()
            if joined.lower() in FREQUENT:
                yield _Place(m.start() - len(left.group()), right.end(), joined, False)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of words in pieces; expected is the word."""
    text = segmented.document.text
    broken = _pieces() & known(text)
    may_be_spaced = len(broken & _SINGLES) >= _MIN_SINGLES
    places = list(_spaced(text)) if may_be_spaced else []
    if broken:
        places += _pairs(_SPACED.sub(_hidden, text) if may_be_spaced else text, broken)
    if "- " in text:
        places += _hyphened(text)
    if len({text[p.start : p.end] for p in places}) < _MIN_PLACES and not any(place.is_certain for place in places):
        return
    for place in places:
        because = f"“{place.expected}” is written in pieces"
        sure = _CERTAIN if place.is_certain else _LIKELY
        yield raised(text, "split.word", place.start, place.end, because, probability=sure, expected=place.expected)
