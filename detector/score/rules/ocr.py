"""What a scanned or printed page leaves in its text: misread letters, words divided at line ends, page numbers.

A misread word is certain where it is none and a frequent word comes out when the confusion is undone ("wliich", "c1ty",
"gov~ernment", "di erent" where a ligature was lost); where a slip of the pen could make it too ("wbo"), a text must have
two that differ.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.frequent import FREQUENT, pairs_with
from detector.score.rules.tokens import in_one, known, watched, written
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_CONFUSED = (("m", "rn"), ("w", "vv"), ("d", "cl"), ("h", "li"), ("u", "ii"))
"""Letters, and the two that they are misread as: no hand writes those."""
_REAL = frozenset(
    "benet burn carne clad clanger clark clay clays clog clogs clone clown clue corne cornes corning horne liard lias lien lier "
    "liers nally nance prole prots".split()
)
"""Words and names that come out of a confusion."""
_SLIPS = (
    {re.sub("(?<=[tcsw])h", "b", word, count=1) for word in FUNCTION_WORDS}
    | {word.replace("y", "v", 1) for word in FUNCTION_WORDS}
    | {word.replace("e", "c", 1) for word in FUNCTION_WORDS if word.startswith("th")}
) - (FUNCTION_WORDS | {"thc", "ves", "vet", "vou"})
"""Misread small words that a slip of the pen could make too."""
_MISREAD_BEFORE = frozenset("ol iu tor lor aud".split())
_DETERMINERS = frozenset("the a this that these his their its our".split())
"""Words that are misread ("ol the") where these follow; elsewhere they may be names."""
_REAL_HALVES = frozenset("con de ed er pro re".split())
"""Halves of such words that stand alone elsewhere too often to be looked for."""
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")

_WORD = re.compile(r"(?<![\w@#/.’'-])[A-Za-z]{2,24}(?![\w@/]|[.’'-]\w)")
_DIGIT = re.compile(r"[0158](?:(?<=[a-z][0158])|(?=[a-z]{4}))")
_DIGIT_WORD = re.compile(r"(?<![\w@#/.&$£€=?%-])(?:[A-Za-z]|[01][a-z])[a-z0158]{1,20}(?![\w@/=%-]|[.’']\w)")
_READINGS = {"0": "o", "1": "li", "5": "s", "8": "b"}
_STRAY = "~^¬¦|\\"
_MARK = re.compile(r"[~^¬¦|\\](?<=[a-z][~^¬¦|\\])")
_LETTERS_BEFORE = re.compile(r"(?<![\w@/:.\\|~^=-])[A-Za-z]?[a-z]{1,20}$")
_LETTERS_BEHIND = re.compile(r"[a-z]{0,20}(?![\w@/:\\|~^=-])")
_SYMBOLS = frozenset("|~^_=*.,;:'`-/\\<>!?•■»«¬¦°§·")
_NOISE = re.compile(r"(?<!\S)[|~^_=*.,;:'`\-/\\<>!?•■»«¬¦°§·](?: [|~^_=*.,;:'`\-/\\<>!?•■»«¬¦°§·]){3,20}(?!\S)")
_DIVIDED = re.compile(r"[-¬\u00ad](?<=[a-z].)[ \t]{0,3}(?:\r\n|\n|\r)[ \t]{0,12}(?=[a-z]{2})")
_LINE_END_SIGNS = ("-\n", "-\r", "- \n", "- \r", "¬", "\u00ad")
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"(?<![\w-])[A-Za-z]?[a-z]{1,20}$"), re.compile(r"[a-z]{2,20}(?![\w-])")
_NUMBER_LINE = re.compile(
    r"\n[ \t]*((?:[Pp]age )?\d{1,4} of \d{1,4}|[Pp]age \d{1,4}|(?:[-–—•|] ?)?\d{1,4}(?: ?[-–—•|])?)[ \t]*(?=[\n\r])"
)
_UNFINISHED = re.compile(r"(?:\S+ ){5}[^\s.!?:;]*[a-z,-]\s*$")
_GOES_ON = re.compile(r"\s*[a-z]+,? \S+ \S+ \S")
_NEAR_CHARS, _LINE_CHARS = 24, 120
_MIN_PLACES, _MIN_NOISE = 2, 3
_MIN_WORD, _MIN_HALF, _MIN_LETTERS = 3, 4, 5
"""Letters: of any word read here; of half a word that is none; of a word for which one place is enough."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_MARKS_BEFORE, _MARKS_BEHIND = "(“\"‘'", ",;:.!?)”\"’'"
_CERTAIN, _LIKELY = 0.97, 0.9


class _Place(NamedTuple):
    start: int
    end: int
    expected: str | None
    is_certain: bool
    because: str


@cache
def _misread() -> dict[str, str]:
    """Words that are none, each with the frequent word that was misread."""
    made = {}
    for word in FREQUENT:
        for letter, pair in _CONFUSED:
            if letter in word and len(word) >= _MIN_WORD:
                made[word.replace(letter, pair, 1)] = word
        for ligature in _LIGATURES:
            if ligature in word and len(word) >= _MIN_LETTERS + len(ligature):
                made.setdefault(word.replace(ligature, "", 1), word)
    made |= {misread.capitalize(): word.capitalize() for misread, word in made.items() if word in FUNCTION_WORDS}
    return {misread: word for misread, word in made.items() if misread not in FREQUENT and misread not in _REAL}


@watched
@cache
def _misread_words() -> frozenset[str]:
    """Every misread word, those among them that may be a slip."""
    return frozenset(_misread()) | _SLIPS


@cache
def _unbound() -> dict[tuple[str, str], str]:
    """The two halves of words whose ligature became a blank, each with the word."""
    cuts = ((word, word.partition(ligature)) for ligature in _LIGATURES for word in FREQUENT if ligature in word)
    return {(before, behind): word for word, (before, _, behind) in cuts if before and behind}


@watched
@cache
def _pieces() -> frozenset[str]:
    """One of two runs that are damaged together."""
    return (_MISREAD_BEFORE | {half for halves in _unbound() for half in halves}) - FREQUENT - _REAL_HALVES


def _words(text: str) -> Iterator[_Place]:
    """Misread words; the text is read closely only where one stands between blanks."""
    if _misread_words().isdisjoint(known(text)):
        return
    misread = _misread()
    for m in _WORD.finditer(text):
        word = m.group()
        if word in misread:
            yield _Place(*m.span(), misread[word], True, f"“{word}” is “{misread[word]}” misread")
        elif word in _SLIPS:
            yield _Place(*m.span(), None, False, f"“{word}” is a frequent word misread")


def _bare(first: str, second: str) -> tuple[str, str]:
    """Two runs without the marks before the first and behind the second."""
    return first.lstrip(_MARKS_BEFORE), second.rstrip(_MARKS_BEHIND)


def _are_damaged(first: str, second: str) -> bool:
    """True for halves of a word that lost its ligature, and for a misread word before an article."""
    left, right = _bare(first, second)
    return (left, right) in _unbound() or (left in _MISREAD_BEFORE and right in _DETERMINERS)


def _pairs(text: str) -> Iterator[_Place]:
    """Words that lost a ligature, and misread words before an article."""
    pieces = _pieces()
    if pieces.isdisjoint(known(text)):
        return
    for start, first, second in pairs_with(text, pieces, _are_damaged):
        left, right = _bare(first, second)
        begin = start + len(first) - len(left)
        end = begin + len(left) + 1 + len(right)
        word = _unbound().get((left, right))
        if word:
            yield _Place(begin, end, word, len(right) >= _MIN_HALF, f"a ligature of “{word}” was lost")
        else:
            yield _Place(begin, end, None, False, f"“{left}” is a preposition misread")


def _digits(text: str) -> Iterator[_Place]:
    """Frequent words with digits for letters."""
    if _DIGIT.search(in_one(text)) is None:
        return
    done = 0
    for digit in _DIGIT.finditer(text):
        if digit.start() < done:
            continue
        low = max(done, digit.start() - _NEAR_CHARS)
        m = next(
            (m for m in _DIGIT_WORD.finditer(text, low, digit.end() + _NEAR_CHARS) if m.start() <= digit.start() < m.end()), None
        )
        done = m.end() if m else digit.end()
        if m is None or sum(map(str.isdigit, m.group())) > 2 or len(m.group()) < 3:
            continue
        readings = map("".join, product(*(_READINGS.get(c, c) for c in m.group())))
        word = next((reading for reading in readings if reading.lower() in FREQUENT), None)
        if word:
            is_certain = len(word) >= _MIN_LETTERS
            yield _Place(*m.span(), word, is_certain, f"“{m.group()}” has a digit for a letter")


def _marks(text: str) -> Iterator[_Place]:
    """Frequent words with a mark between or over their letters."""
    if not any(mark in text for mark in _STRAY):
        return
    for m in _MARK.finditer(text):
        left = _LETTERS_BEFORE.search(text[max(0, m.start() - _NEAR_CHARS) : m.start()])
        right = _LETTERS_BEHIND.match(text, m.end(), m.end() + _NEAR_CHARS)
        if left is None or right is None or (left.group().lower() in FREQUENT and right.group() in FREQUENT):
            continue
        before, behind = left.group(), right.group()
        n_letters = len(before + behind)
        if n_letters >= _MIN_WORD and behind and (before + behind).lower() in FREQUENT:
            expected, is_certain = before + behind, n_letters >= _MIN_LETTERS
        elif before + behind == "th":
            expected, is_certain = "the", False
        elif n_letters >= _MIN_WORD:
            fitting = [word for letter in _ALPHABET if (word := before + letter + behind).lower() in FREQUENT]
            if len(fitting) != 1:
                continue
            expected, is_certain = fitting[0], False
        else:
            continue
        yield _Place(m.start() - len(before), right.end(), expected, is_certain, "a mark stands within the word")


def _noise(text: str) -> Iterator[_Place]:
    """Runs of single marks between words, of at least three kinds."""
    if len(_SYMBOLS & written(text)) < _MIN_NOISE:
        return
    for m in _NOISE.finditer(text):
        if len(set(m.group())) > _MIN_NOISE:
            yield _Place(*m.span(), None, True, "single marks stand where there were no words")


def _characters(text: str) -> Iterator[Flag]:
    places = [*_words(text), *_pairs(text), *_digits(text), *_marks(text), *_noise(text)]
    if any(place.is_certain for place in places) or len({text[p.start : p.end] for p in places}) >= _MIN_PLACES:
        for start, end, expected, is_certain, because in places:
            sure = _CERTAIN if is_certain else _LIKELY
            yield raised(text, "ocr.characters", start, end, because, probability=sure, expected=expected)


def _divided(text: str) -> Iterator[Flag]:
    """Words divided at the end of a line; compounds that broke at their own hyphen are whole."""
    code, places = "ocr.hyphenation", []
    for m in _DIVIDED.finditer(text):
        left = _WORD_BEFORE.search(text[max(0, m.start() - _NEAR_CHARS) : m.start()])
        right = _WORD_BEHIND.match(text, m.end())
        if left and right:
            word = left.group() + right.group()
            is_known = word.lower() in FREQUENT
            if is_known or not (left.group().lower() in FREQUENT and right.group() in FREQUENT):
                places.append((m.start() - len(left.group()), right.end(), word, is_known))
    if len(places) >= _MIN_PLACES or any(is_known for *_, is_known in places):
        for start, end, word, is_known in places:
            sure = _CERTAIN if is_known else _LIKELY
            because = f"“{word}” is divided at the end of a line"
            yield raised(text, code, start, end, because, probability=sure, expected=word if is_known else None)


def _may_be_divided(text: str) -> bool:
    """True where a line ends in a hyphen, or a mark stands somewhere that is one at the end of a line."""
    runs = in_one(text)
    return ("- " in runs or runs.endswith("-") or "¬" in runs or "\u00ad" in runs) and any(s in text for s in _LINE_END_SIGNS)


def _furniture(text: str) -> Iterator[Flag]:
    """Page numbers that stand where a sentence goes on, or that say of how many pages they are."""
    code = "ocr.furniture"
    for m in _NUMBER_LINE.finditer(text):
        before = text[max(0, m.start() - _LINE_CHARS) : m.start()]
        cuts = _GOES_ON.match(text, m.end(), m.end() + _LINE_CHARS) and _UNFINISHED.search(before)
        if cuts or " of " in m[1]:
            because = "the number of a page stands alone on its line"
            yield raised(text, code, *m.span(1), because, probability=_CERTAIN if cuts else _LIKELY)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of misread, divided and overlaid words and of page numbers; expected is the word where only one is possible."""
    text = segmented.document.text
    yield from _characters(text)
    if _may_be_divided(text):
        yield from _divided(text)
    yield from _furniture(text)
