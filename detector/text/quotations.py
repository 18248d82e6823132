"""Quotations: straight, curly, nested and unbalanced, each as one span with its marks.

A quotation is an island to align on and to trust: spinners usually leave it alone. Only the outermost is reported. A
quotation that is never closed runs to the end of its paragraph, as in speech that goes on over several paragraphs; an odd
straight mark that opens nothing is left out.
"""

import re
from collections import Counter

from detector.types import Span

_PARAGRAPH = re.compile(r"[^\n\r]+")
_MARK = re.compile("[“”\"„«»‘’']")
_CLOSER = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'"}
_BEFORE_CLOSE = ".,!?…"
_MIN_SINGLE_WORDS = 2


def _is_word(text: str, at: int, start: int, end: int) -> bool:
    """True for a letter, a figure or an underscore inside the bounds."""
    return start <= at < end and (text[at].isalnum() or text[at] == "_")


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: list[tuple[int, str]] = []  # where each quotation still open began, and the mark that will close it
    awaited = Counter[str]()
    for mark in _MARK.finditer(text, start, end):
        sign, at = mark.group(), mark.start()
        opens = False
        if sign in "‘’'":
            before, after = _is_word(text, at - 1, start, end), _is_word(text, at + 1, start, end)
            opens = sign != "’" and after and not before
            if not opens and (after or sign == "‘" or not (before or (at > start and text[at - 1] in _BEFORE_CLOSE))):
                continue  # an apostrophe, or a mark by itself
        if sign in "’'" and not opens:  # as likely an apostrophe: it closes only what was opened last
            if opened and opened[-1][1] == sign:
                _add(found, _closed(opened, awaited, sign), at + 1, text)
        elif awaited[sign] and not opens:
            _add(found, _closed(opened, awaited, sign), at + 1, text)
        elif sign in _CLOSER:
            opened.append((at, _CLOSER[sign]))
            awaited[_CLOSER[sign]] += 1
    first = next((began for began, _ in opened if text[began] in "“„«"), None)
    if first is not None:
        _add(found, first, end, text)
    return found


def _closed(opened: list[tuple[int, str]], awaited: Counter[str], sign: str) -> int:
    """Where the quotation began that ``sign`` closes; what was opened inside it and never closed is no quotation."""
    while True:
        began, closer = opened.pop()
        awaited[closer] -= 1
        if closer == sign:
            return began


def _add(found: list[Span], began: int, end: int, text: str) -> None:
    """Add a quotation in the place of those inside it; a word in single marks is none."""
    if text[began] in "‘'" and len(text[began:end].split()) < _MIN_SINGLE_WORDS:
        return
    while found and found[-1].start > began:
        found.pop()
    found.append(Span(began, end))


def quotations(text: str) -> tuple[Span, ...]:
    """The outermost quotations of a text, in order, marks included.

    >>> text = '“He said ‘no’,” she said. "Yes."'
    >>> [quotation.of(text) for quotation in quotations(text)]
    ['“He said ‘no’,”', '"Yes."']
    """
    return tuple(span for p in _PARAGRAPH.finditer(text) for span in _in_paragraph(text, p.start(), p.end()))
