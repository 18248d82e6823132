"""Words broken into pieces ("gov ernment", "t he", "in- formation", "w h i c h"), as text taken out of a PDF has them.

Pieces are told from words by how often they would meet by chance: on the Zipf scale the sum of their frequencies, less 9 for
each blank. Where the word they make is far more frequent than that, it was broken. A single place may be a slip and is enough
only where chance is out of the question; a text that is broken somewhere is then read closely, every two runs of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from math import inf
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import is_line, known, starts, tokens, unknown, watched, written
from detector.score.rules.vocabulary import frequent, is_word, zipfs
from detector.types import Flag, SegmentedDocument

_CERTAIN_EXCESS, _LIKELY_EXCESS, _LEAST_EXCESS, _HYPHEN_EXCESS = 6.0, 3.5, 4.5, 0.0
"""How much more frequent (log10) a word must be than its pieces side by side: for a place that is enough alone; with a piece that
is no word of prose; with two pieces that may be words, in a text broken elsewhere ("tax payers", "per cent" are below it); with a
hyphen before the blank."""
_UNKNOWN_ZIPF, _PER_WORD = 1.5, 9.0
"""The frequency that a form has which is not in the vocabulary, where frequent ones have 2.2 and more; log10 of all words."""
_PARTED_ZIPF = 2.7
"""How frequent a word must be whose beginnings and ends are looked for."""
_MIN_CERTAIN_LETTERS = 4
"""Of a word that a single place is enough for."""
_SHORT, _MIN_SHORT_ZIPF = 2, 6.0
"""Of words no longer than this, rarer ones are abbreviations."""
_PIECE_ZIPFS = {1: 7.0, 2: 5.6, 3: 3.8}
"""Forms so short and rarer than this are seldom words of a sentence, though the vocabulary has them ("th", "b", "ent")."""
_MAX_PIECES, _MAX_BEGUN = 4, 2
"""Of a word; and the letters of a piece with a capital before a word, as longer ones are names ("Jean ne")."""
_MIN_PLACES, _MIN_SINGLES = 2, 2
"""That differ, where no place is certain; the letters that stand alone in a text with spaced words, each counted once."""
_MARKS_BEFORE, _MARKS_BEHIND = "(“\"‘'", ",;:.!?)”\"’'"
_MARKS = _MARKS_BEFORE + _MARKS_BEHIND
_APART, _CLITICS = frozenset(("' ", "’ ")), frozenset("s t d m ll re ve".split())
"""Apostrophes set apart, and what they stand before as the end of another word ("it ’ s he")."""
_SUSPENDED = frozenset("and or to nor but versus through as".split())
"""What follows a hyphen that waits for the second half of another word ("two- and three-year")."""
_HYPHEN = re.compile(r"- (?=[a-z])(?<=[a-z]- )")
_BEFORE_HYPHEN = re.compile(r"(?<![\w’'/.@-])[A-Za-z]?[a-z]{1,18}$")
_BEHIND_HYPHEN = re.compile(r"[a-z]{2,20}(?![\w-])")
_SPACED = re.compile(r"(?<![^\s(“\"])[A-Za-z](?: [a-z]){2,200}(?![^\s,;:.!?)”\"])")
_MIN_MEAN_LETTERS, _MAX_LETTERS = 3, 20
"""Of the words that spaced letters make: the letters on average, the letters at most."""
_SPACED_ZIPFS = {1: 7.0, 2: 6.0, 3: 4.5, 4: 3.5, 5: 3.0}
"""How frequent short ones are, as most that are rarer are abbreviations."""
_CERTAIN, _LIKELY = 0.97, 0.9
"""The probabilities of the flags."""


class _Place(NamedTuple):
    start: int
    end: int
    expected: str
    excess: float

    @property
    def is_certain(self) -> bool:
        return self.excess >= _CERTAIN_EXCESS and len(self.expected) >= _MIN_CERTAIN_LETTERS


@watched
@cache
def _pieces() -> frozenset[str]:
    """Short forms of the vocabulary that are seldom words of a sentence."""
    return frozenset(form for form, zipf in zipfs().items() if zipf < _PIECE_ZIPFS.get(len(form), 0.0))


def _excess(pieces: Iterable[str], joined: str) -> float:
    """By how much the word is more frequent than its pieces are side by side, in log10."""
    zipf_of, by_chance = zipfs().get, _PER_WORD
    for piece in pieces:
        by_chance += zipf_of(piece, _UNKNOWN_ZIPF) - _PER_WORD
    return zipfs()[joined] - by_chance


@cache
def _in_order() -> tuple[Sequence[str], Sequence[str]]:
    """The less rare words in the order of the alphabet, and all of them read backwards, in order too."""
    words = [word for word, _ in frequent(_PARTED_ZIPF)]
    return sorted(words), sorted(word[::-1] for word in words)


def _is_part(form: str) -> bool:
    """True for a beginning or an end of such a word."""
    forwards, backwards = _in_order()
    return _begins_one(form, forwards) or _begins_one(form[::-1], backwards)


def _begins_one(form: str, in_order: Sequence[str]) -> bool:
    """True where one of the words begins with the form: the first that does not come before it."""
    at = bisect_left(in_order, form)
    return at < len(in_order) and in_order[at].startswith(form)


def _made(runs: Sequence[str], *, is_hyphened: bool = False) -> tuple[str, float] | None:
    """The word that runs make, marks around it taken off, and its excess; None where they make none."""
    joined = "".join(runs).lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)
    lower = joined.lower()
    if not is_word(lower, _MIN_SHORT_ZIPF if len(lower) <= _SHORT else 0.0) or joined[1:] != lower[1:]:
        return None
    pieces = [runs[0].lstrip(_MARKS_BEFORE).lower(), *runs[1:-1], runs[-1].rstrip(_MARKS_BEHIND)]
    may_be_apart = not is_hyphened or is_word(pieces[0])
    is_name = joined != lower and len(pieces[0]) > _MAX_BEGUN and is_word(pieces[-1]) and may_be_apart
    if not all(pieces) or len(set(pieces)) == 1 or is_name or pieces[-1] in _CLITICS - {"s", "d"}:  # "ha ha", "don t" are whole
        return None
    return joined, _excess(pieces, lower)


def _is_other(text: str, first: int) -> bool:
    """True where a run ends another word ("it ’ s he"), or stands with the next in a row of three letters or more."""
    begins, runs = starts(text)[first], tokens(text)
    if runs[first] in _CLITICS and text[max(0, begins - 2) : begins] in _APART:
        return True
    row = [len(run) == 1 for run in runs[max(0, first - 1) : first + 3]]
    return len(runs[first]) == len(runs[first + 1]) == 1 and sum(row) > _SHORT


def _found(text: str, firsts: Iterable[int], n_pieces: int, least: float) -> Iterator[_Place]:
    """Places where so many runs with a blank between, the first at one of the indices given, make a word by the least excess."""
    runs = tokens(text)
    for first in firsts:
        parts = runs[first : first + n_pieces]
        made = _made(parts) if len(parts) == n_pieces else None
        if made and made[1] >= least:
            begins = starts(text)[first]
            if text.startswith(" ".join(parts), begins) and not _is_other(text, first):
                begins += len(parts[0]) - len(parts[0].lstrip(_MARKS_BEFORE))
                yield _Place(begins, begins + len(made[0]) + n_pieces - 1, *made)


def _joined(text: str, pieces: Set[str], is_broken: bool) -> Iterator[_Place]:
    """Runs with one blank between that make a word: with a piece, and, in a text that is broken somewhere, any two.

    Where there are more than two, the first is longer than a letter: letters in a row are left to ``_spaced``.
    """
    runs = tokens(text)
    marked = {run for run in written(text) if run.strip(_MARKS) in pieces} if pieces else set()
    at = [i for i, run in enumerate(runs) if run in marked] if marked else []
    near = {first for i in at for first in (i - 1, i) if first >= 0}
    found = list(_found(text, near, 2, _LIKELY_EXCESS))
    longer = [first for first in near if len(runs[first]) > 1]
    for n_pieces in range(3, _MAX_PIECES + 1):
        found += _found(text, longer, n_pieces, _CERTAIN_EXCESS)
    yield from found
    if found or is_broken:
        yield from _found(text, (first for first in range(len(runs)) if first not in near), 2, _LEAST_EXCESS)


def _hyphened(text: str) -> Iterator[_Place]:
    """Words with a hyphen and a blank where a line once ended."""
    for m in _HYPHEN.finditer(text):
        left, right = _BEFORE_HYPHEN.search(text[max(0, m.start() - 20) : m.start()]), _BEHIND_HYPHEN.match(text, m.end())
        made = _made((left.group(), right.group()), is_hyphened=True) if left and right else None
        if left and right and made and made[1] >= (_LIKELY_EXCESS if right.group() in _SUSPENDED else _HYPHEN_EXCESS):
            yield _Place(m.start() - len(left.group()), right.end(), *made)


@cache
def _spaceable() -> Mapping[str, float]:
    """Words that spaced letters may make, each with what it costs: the rarer, the more."""
    enough = (item for item in zipfs().items() if item[1] >= _SPACED_ZIPFS.get(len(item[0]), 0.0))
    return {word: _PER_WORD - zipf for word, zipf in enough}


def _parted(letters: str) -> list[str]:
    """The words that the letters most likely are when written together; none where they make no words."""
    costs = _spaceable()
    best = [(0.0, 0)]  # up to each letter: the cost, and where the last word begins
    for end in range(1, len(letters) + 1):
        lowest = inf, 0
        for at in range(max(0, end - _MAX_LETTERS), end):
            if (before := best[at][0]) < inf and (cost := costs.get(letters[at:end])):
                lowest = min(lowest, (before + cost, at))
        best.append(lowest)
    parted: list[str] = []
    end = len(letters) if best[-1][0] < inf else 0
    while end:
        parted.insert(0, letters[best[end][1] : end])
        end = best[end][1]
    return parted


def _spaced(text: str) -> Iterator[_Place]:
    """Words whose letters stand apart."""
    for m in _SPACED.finditer(text):
        letters = m.group().replace(" ", "")
        if is_line(text, *m.span()):  # a heading
            continue
        parted = _parted(letters.lower())
        if parted and len(letters) >= _MIN_MEAN_LETTERS * len(parted):
            excess = sum(_excess(word, word) for word in parted)
            yield _Place(*m.span(), letters[0] + " ".join(parted)[1:], excess)


def _apart(places: Iterable[_Place]) -> Iterator[_Place]:
    """The places in the order of the text, of those that overlap the one with the greater excess."""
    last: _Place | None = None
    for place in sorted(places):
        if last and place.start < last.end:
            last = max(last, place, key=lambda p: p.excess)
            continue
        if last:
            yield last
        last = place
    if last:
        yield last


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of words in pieces; expected is the word."""
    text = segmented.document.text
    short = _pieces() & known(text)
    pieces = {form for form in unknown(text) if _is_part(form)} | short
    found = list(_hyphened(text)) if "- " in text else []
    if sum(len(piece) == 1 for piece in short) >= _MIN_SINGLES:
        found += _spaced(text)
    if pieces or found:
        found += _joined(text, pieces, bool(found))
    places = list(_apart(found))
    if len({text[p.start : p.end] for p in places}) < _MIN_PLACES and not any(place.is_certain for place in places):
        return
    for place in places:
        because = f"“{place.expected}” is written in pieces"
        sure = _CERTAIN if place.is_certain else _LIKELY
        yield raised(text, "split.word", place.start, place.end, because, probability=sure, expected=place.expected)
