"""What a scanned or printed page leaves in its text: misread letters, words divided at line ends, page numbers.

A misread run is no word, and a word comes out when one confusion is undone (``misread``). Where a slip of the pen, a footnote or
chance could do it too ("wbo", "report5"), a text must have two that differ.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from detector.score.rules import misread
from detector.score.rules.flagging import raised
from detector.score.rules.misread import Repair
from detector.score.rules.tokens import beyond_ascii, in_one, known, pairs_with, unknown, watched, written
from detector.score.rules.vocabulary import is_word
from detector.types import Flag, SegmentedDocument

_MISREAD_BEFORE = frozenset("ol iu tor lor aud".split())
_DETERMINERS = frozenset("the a this that these his their its our".split())
"""Words that are misread ("ol the") where these follow; elsewhere they may be names."""
_PREFIXES = frozenset(
    "anti bio co counter cyber ex mid mini multi non over post pre pro re self semi sub super ultra under".split()
)
"""What is written with a hyphen before any word."""

_WORD = re.compile(r"(?<![\w@#/.’'-])[A-Za-z][a-z]{1,23}(?![\w@/]|[.’'-]\w)")
_SIGNS = frozenset(misread.READINGS) | frozenset(misread.STRAY)
_SHAPE = bytes(ord("0" if chr(i) in _SIGNS else "a" if "a" <= chr(i) <= "z" else " ") for i in range(256))
"""Characters of Latin-1, each with its shape: a sign that is read closely, a letter, or another."""
_ODD = re.compile(rb"0(?:(?<=a.)|(?=aaa))")
"""Shapes of a sign behind a letter or before three: most texts have none such."""
_ODD_RUN = re.compile(r"(?<![\w@#/:.&$£€=?%~^¬¦|\\-])[A-Za-z0158Þ¿ßÀ][a-z0158Þ¿ßÀ~^¬¦|\\]{2,23}(?![\w@/:=%~^¬¦|\\-]|[.’']\w)")
_SYMBOLS = frozenset("|~^_=*.,;:'`-/\\<>!?•■»«¬¦°§·")
_NOISE = re.compile(r"(?<!\S)[|~^_=*.,;:'`\-/\\<>!?•■»«¬¦°§·](?: [|~^_=*.,;:'`\-/\\<>!?•■»«¬¦°§·]){3,20}(?!\S)")
_LINE_END, _OLD_HYPHENS = re.compile(r"-[ \t]{0,3}[\r\n]"), "¬\u00ad"
_DIVIDED = re.compile(r"[-¬\u00ad](?<=[a-z].)[ \t]{0,3}(?:\r\n|\n|\r)[ \t]{0,12}(?=[a-z]{2})")
_CUT_BEFORE, _CUT_BEHIND = re.compile(r"[-¬\u00ad]\s*[\r\n]\s*$"), re.compile(r"[-¬\u00ad]\s*[\r\n]|[-¬\u00ad]$")
"""What stands around the halves of a word that a line end divides."""
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"(?<![\w-])[A-Za-z][a-z]{1,20}$"), re.compile(r"[a-z]{2,20}(?![\w-])")
_NUMBER_LINE = re.compile(
    r"\n[ \t]*(?=[\dPp•|–—-])"
    r"((?:[Pp]age )?\d{1,4} of \d{1,4}|[Pp]age \d{1,4}|(?:[-–—•|] ?)?\d{1,4}(?: ?[-–—•|])?)[ \t]*(?=[\n\r])"
)
_UNFINISHED = re.compile(r"(?:\S+ ){5}[^\s.!?:;]*[a-z,-]\s*$")
_GOES_ON = re.compile(r"\s*[a-z]+,? \S+ \S+ \S")
_NEAR_CHARS, _LINE_CHARS = 24, 120
_MIN_PLACES, _MIN_NOISE = 2, 3
_MOST_UNKNOWN = 4
"""Forms that are no words for each that comes out: another language has many, and some come out by chance."""
_COMPOUND = 4.5
"""Zipf of each of two words that may be a compound with a hyphen, unless what they make without one is as frequent."""
_KNOWN, _LEFT, _RIGHT = 1.0, 3.0, 2.0
"""Zipf of what they make, below which rarer words may be a compound too, and of these."""
_MARKS_BEFORE, _MARKS_BEHIND = "(“\"‘'", ",;:.!?)”\"’'"
_CERTAIN, _LIKELY = 0.97, 0.9


class _Place(NamedTuple):
    start: int
    end: int
    repair: Repair


@watched
def _watched() -> frozenset[str]:
    """Runs to look for that ``unknown`` does not give: with a capital, or words elsewhere."""
    return misread.capitalised() | misread.parts() | _MISREAD_BEFORE


def _is_half(text: str, start: int, end: int) -> bool:
    """True for what a hyphen at the end of a line divides from the rest of its word."""
    near = text[max(0, start - _NEAR_CHARS) : start]
    return _CUT_BEFORE.search(near) is not None or _CUT_BEHIND.match(text, end, end + _NEAR_CHARS) is not None


def _words(text: str) -> Iterator[_Place]:
    """Misread words; the text is read closely only where it has a form that is no word and can be repaired."""
    forms = unknown(text)
    repairs = {form: repair for form in forms if (repair := misread.of_letters(form))}
    if len(forms) > _MOST_UNKNOWN * len(repairs):
        repairs = {}
    for form in known(text) & misread.capitalised():
        if repair := misread.of_letters(form.lower()):
            repairs[form] = repair._replace(expected=repair.expected and repair.expected.capitalize())
    if repairs:
        for m in _WORD.finditer(text):
            if (repair := repairs.get(m.group())) and not _is_half(text, *m.span()):
                yield _Place(*m.span(), repair)


def _bare(first: str, second: str) -> tuple[str, str]:
    """Two runs without the marks before the first and behind the second."""
    return first.lstrip(_MARKS_BEFORE), second.rstrip(_MARKS_BEHIND)


def _are_damaged(first: str, second: str) -> bool:
    """True for parts of a word that lost its ligature, and for a misread word before an article."""
    left, right = _bare(first, second)
    return (left.lower(), right) in misread.unbound() or (left in _MISREAD_BEFORE and right in _DETERMINERS)


def _pairs(text: str) -> Iterator[_Place]:
    """Words that lost a ligature, and misread words before an article."""
    seen = known(text) | unknown(text)
    parts = (seen & misread.parts()) | (seen & _MISREAD_BEFORE)
    if not parts:
        return
    looked_for = {run for run in written(text) if run.strip(_MARKS_BEFORE + _MARKS_BEHIND) in parts}
    for start, first, second in pairs_with(text, looked_for, _are_damaged):
        left, right = _bare(first, second)
        begin = start + len(first) - len(left)
        repair = misread.of_parts(left, right) or Repair(None, False, f"“{left}” is a preposition misread")
        yield _Place(begin, begin + len(left) + 1 + len(right), repair)


def _odd_runs(text: str) -> Iterator[_Place]:
    """Words with digits for letters, or with marks between or over their letters."""
    if _ODD.search(in_one(text).encode("latin-1", "replace").translate(_SHAPE)) is None:
        return
    repairs: dict[str, Repair | None] = {}
    for m in _ODD_RUN.finditer(text):
        run = m.group()
        if run[-1] in _OLD_HYPHENS:
            continue
        if run not in repairs:
            signs = _SIGNS.intersection(run)
            repair = misread.of_digits if signs.isdisjoint(misread.STRAY) else misread.of_marks
            repairs[run] = repair(run) if signs else None
        if found := repairs[run]:
            yield _Place(*m.span(), found)


def _noise(text: str) -> Iterator[_Place]:
    """Runs of single marks between words, of at least three kinds."""
    if len(_SYMBOLS & written(text)) < _MIN_NOISE:
        return
    for m in _NOISE.finditer(text):
        if len(set(m.group())) > _MIN_NOISE:
            yield _Place(*m.span(), Repair(None, True, "single marks stand where there were no words"))


def _characters(text: str) -> Iterator[Flag]:
    """Everything misread, where one place is certain or two differ."""
    places = [*_words(text), *_pairs(text), *_odd_runs(text), *_noise(text)]
    is_sure = any(place.repair.is_certain for place in places)
    if is_sure or len({text[start:end].lower() for start, end, _ in places}) >= _MIN_PLACES:
        for start, end, (expected, is_certain, because) in places:
            sure = _CERTAIN if is_certain else _LIKELY
            yield raised(text, "ocr.characters", start, end, because, probability=sure, expected=expected)


def _is_compound(left: str, right: str) -> bool:
    """True for two words that may have a hyphen of their own between them."""
    if is_word(left + right, _COMPOUND):
        return False
    least_left, least_right = (_COMPOUND, _COMPOUND) if is_word(left + right, _KNOWN) else (_LEFT, _RIGHT)
    return (left in _PREFIXES and is_word(right)) or (is_word(left, least_left) and is_word(right, least_right))


def _divided(text: str) -> Iterator[Flag]:
    """Words divided at the end of a line; compounds that broke at their own hyphen are whole."""
    if _LINE_END.search(text) is None and not any(sign in beyond_ascii(text) for sign in _OLD_HYPHENS):
        return
    places = []
    for m in _DIVIDED.finditer(text):
        left = _WORD_BEFORE.search(text[max(0, m.start() - _NEAR_CHARS) : m.start()])
        right = _WORD_BEHIND.match(text, m.end())
        if left and right and not _is_compound(left.group().lower(), right.group()):
            word = left.group() + right.group()
            places.append((m.start() - len(left.group()), right.end(), word, is_word(word.lower())))
    if len(places) >= _MIN_PLACES or any(is_known for *_, is_known in places):
        for start, end, word, is_known in places:
            sure = _CERTAIN if is_known else _LIKELY
            because = f"“{word}” is divided at the end of a line"
            yield raised(text, "ocr.hyphenation", start, end, because, probability=sure, expected=word if is_known else None)


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
    yield from _divided(text)
    yield from _furniture(text)
