"""Words missing where links were stripped: ``He visited the. Then``, ``as reported by . The firm``, ``the  of the``.

A page whose linked words were thrown away keeps what stood around them: articles and prepositions before a stop, or before a
second blank. People write such a place by a slip, or to good purpose ("the one I was thinking of ."), so a text must have two.
A blank before a stop tells nothing where the text sets most of its blanks there for other reasons.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import written
from detector.types import Flag, SegmentedDocument

_ARTICLES = "the an their our your its every".split()
"""What no sentence ends with; but "a" is a letter, and "my." is an exclamation."""
_ENDED = frozenset(article + mark for article in _ARTICLES for mark in ".?")
_STOP = re.compile(rf"[.?](?:{'|'.join(f'(?<=[a-z,] {article}[.?])' for article in _ARTICLES)})(?=\s+[\"“‘]?[A-Z]|\s*[\n\r]|\s*$)")
_LONE = frozenset(".,;")
_SPACED_STOP = re.compile(r" [.,;](?=\s|$)")
_BEFORE_BLANK = re.compile(
    r"(?<=[a-z,;] )(?:the|an|their|our|your|its|every|my|(?:in|of|is|was|by|with|as|for|to|at|on|from|and) a|of|by|from|with|in|on"
    r"|at|to|for|into|about|via|per|during|under|against|than|and|or|see|called|named)$"
)
"""Alone, "a" before a blank and a stop may be a letter: vitamin a, plan a."""
_GAP = re.compile(
    r"(?:\b(?:the|an?)(?:  |\u00a0 | \u00a0)(?:of|and|in|on|at|by|to|for|from|with|was|is|has|who|which)"
    r"|\b(?:of|by|from|with|in|at|into)(?:  |\u00a0 | \u00a0)(?:of|is|was|are|were|has|had)"
    r"|\b(?:of|from|with|at)(?:  |\u00a0 | \u00a0)(?:and|in|by))(?=\s)"
)
_MIN_SHARE = 0.5
"""Of the stops with a blank before them, the share that must follow an article or a preposition for these to count."""
_MIN_PLACES = 2
_MAX_WORD = 12
_LIKELY = 0.9


def _by_stops(text: str) -> Iterator[tuple[int, int]]:
    for m in () if _ENDED.isdisjoint(written(text)) else _STOP.finditer(text):
        yield text.rindex(" ", 0, m.start()) + 1, m.end()


def _by_blanks(text: str) -> Iterator[tuple[int, int]]:
    """Words before a blank and a stop; none where other stops are written so as well."""
    if _LONE.isdisjoint(written(text)):
        return
    places, n_spaced = [], 0
    for m in _SPACED_STOP.finditer(text):
        n_spaced += 1
        if word := _BEFORE_BLANK.search(text, max(0, m.start() - _MAX_WORD), m.start()):
            places.append((word.start(), m.end()))
    if len(places) >= _MIN_SHARE * n_spaced:
        yield from places


def _by_gaps(text: str) -> Iterator[tuple[int, int]]:
    if "  " in text or "\u00a0" in text:
        yield from (m.span() for m in _GAP.finditer(text))


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the word before each gap, with the mark or word after it; what was lost is not known."""
    code, text = "cut.stripped", segmented.document.text
    places = sorted([*_by_stops(text), *_by_blanks(text), *_by_gaps(text)])
    if len(places) < _MIN_PLACES:
        return
    for start, end in places:
        because = f"“{text[start:end]}” has a gap, as a link that was stripped leaves"
        yield raised(text, code, start, end, because, probability=_LIKELY)
