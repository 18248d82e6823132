"""Words: what a word is, for every room.

A word is a run of letters and digits with inner apostrophes ("wouldn't"), an abbreviation with inner stops ("U.S."), or a
number with its separators ("1,200.50", "4:58"). A hyphen parts two words.
"""

import re
from typing import NamedTuple

from detector.text.normalise import normalise

_LETTER = r"[^\W_]"
_WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # combining marks, soft hyphens, invisible joiners and blanks
_LETTERS = rf"{_LETTER}[^\W_{_WITHIN}]*(?:[{_WITHIN}]+[^\W_{_WITHIN}]*)*"


def _pattern(letters: str, inside: str) -> str:
    """A word, its letters being such, and no plain word where something that may stand inside one follows."""
    return (
        rf"[A-Za-z]{{2,}}+(?![^\W_]|[{inside}])"  # most words: tried first, as it is soon decided; the others would find the same
        r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
        r"|\d+(?:[.,:/]\d+)*(?![^\W_])"  # 500, 1,200.50, 4:58, 10/12
        rf"|{letters}(?:['’]{letters})*"  # city, 12th, wouldn't, O’Brien
    )


_WORD = re.compile(_pattern(_LETTERS, f"'’{_WITHIN}"))
_ASCII_WORD = re.compile(_pattern(f"{_LETTER}+", "'"), re.ASCII)
"""The same for text in ASCII, where it is quicker."""

FUNCTION_WORDS = frozenset(
    "a about above after again against all also although always am among an and another any anyone anything are around as at "
    "away back be because been before behind being below between both but by can can't cannot could couldn't did didn't do "
    "does doesn't doing don't done down during each either else enough even ever every everyone everything few for from "
    "further had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how however "
    "i i'd i'll i'm i've if in instead into is isn't it it's its itself just least less let like many may me might mine more "
    "most much must my myself near neither never no nobody none nor not nothing now of off often on once one only onto or "
    "other others our ours ourselves out over own per perhaps quite rather same several shall she she'd she'll she's should "
    "since so some someone something sometimes soon still such than that that's the their theirs them themselves then there "
    "there's therefore these they they'd they'll they're they've this those though through thus to together too toward "
    "towards under unless until up upon us very via was wasn't we we'd we'll we're we've well were weren't what whatever "
    "when where whether which while who who's whole whom whose why will with within without won't would wouldn't yes yet you "
    "you'd you'll you're you've your yours yourself".split()
)
"""English closed-class words (determiners, pronouns, prepositions, conjunctions, auxiliaries, particles), lower case."""

_FORMS = {"US": "u.s.", "USA": "u.s.a.", "UK": "u.k."}
"""Capitals that in lower case would be another word, or that are written with stops as often as without."""
_UNLIKE_LOWER = frozenset(written.lower() for written in _FORMS)


class Word(NamedTuple):
    """A word of a text: half-open offsets, and its form in lower case with straight apostrophes."""

    start: int
    end: int
    form: str


_new = tuple.__new__  # a quarter quicker than Word(...), which checks what is known here


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets of a text, in order.

    >>> [w.form for w in words("The U.S. wouldn’t pay $1,200.50 long-term.")]
    ['the', 'u.s.', "wouldn't", 'pay', '1,200.50', 'long', 'term']
    """
    found = [(*m.span(), m[0]) for m in _WORD.finditer(text, start, len(text) if end is None else end)]
    return [_new(Word, (s, e, w.lower() if w.isascii() and w not in _FORMS else _form(w))) for s, e, w in found]


def forms(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The forms alone of ``words(text, start, end)``: a third of its cost, for those who need no offsets.

    >>> forms("The U.S. wouldn’t pay.")
    ['the', 'u.s.', "wouldn't", 'pay']
    """
    part = text[start:end]
    if part.isascii():
        lower = _ASCII_WORD.findall(part.lower())
        if _UNLIKE_LOWER.isdisjoint(lower):
            return lower
    return [w.lower() if w.isascii() and w not in _FORMS else _form(w) for w in _WORD.findall(part)]


def _form(written: str) -> str:
    """One form for all ways to write a word: lower case, straight apostrophes, composed, without invisible characters."""
    if not written.isascii():
        return normalise(written)
    return _FORMS.get(written) or written.lower()
