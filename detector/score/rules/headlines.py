"""What stands there twice: a headline that the page repeats, a paragraph that was pasted or scraped again."""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import raised
from detector.types import Flag, SegmentedDocument

_LINE = re.compile(r"[^\n\r]+")
_WORD = re.compile(r"\S+")
_SITE = re.compile(r"\s[|–—-]\s[^|–—\n-]{2,40}$")
_HEAD_LINES = 5
"""The headline's second copy stands among the first lines; further down it is a refrain or a link."""
_MIN_HEADLINE_WORDS, _MAX_HEADLINE_CHARS = 3, 300
_MIN_PARAGRAPH_WORDS = 12
"""Shorter lines repeat honestly: labels, refrains, credits."""
_CERTAIN = 0.97


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()


def _headline(text: str, lines: list[tuple[int, int]]) -> Iterator[Flag]:
    code = "doubled.headline"
    first_start, first_end = lines[0]
    first = text[first_start:first_end]
    if len(first) > _MAX_HEADLINE_CHARS or len(first.split()) < _MIN_HEADLINE_WORDS:
        return
    forms = {_plain(first), _plain(_SITE.sub("", first))}
    for start, end in lines[1:_HEAD_LINES]:
        found = text[start:end]
        if len(found) <= _MAX_HEADLINE_CHARS and forms & {_plain(found), _plain(_SITE.sub("", found))}:
            because = "the same words are the first line of the text"
            yield raised(text, code, start, end, because, probability=_CERTAIN)
            return
    words = list(_WORD.finditer(first))
    half = len(words) // 2
    forms_twice = [word.group() for word in words]
    if half >= _MIN_HEADLINE_WORDS and forms_twice[:half] == forms_twice[half:]:
        start = first_start + words[half].start()
        yield raised(text, code, start, first_end, "the line says the same words twice", probability=_CERTAIN)


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> Iterator[Flag]:
    seen: set[str] = set()
    for start, end in lines:
        found = text[start:end]
        if found in seen:
            because = "the same paragraph stands further up"
            yield raised(text, "doubled.paragraph", start, end, because, probability=_CERTAIN)
        elif found.count(" ") >= _MIN_PARAGRAPH_WORDS - 1:
            seen.add(found)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the second copy of a headline or paragraph: its first eight words."""
    text = segmented.document.text
    lines: list[tuple[int, int]] = []
    for m in _LINE.finditer(text):
        stripped = m.group().strip()
        if stripped:
            start = m.start() + m.group().find(stripped[0])
            lines.append((start, start + len(stripped)))
    if not lines:
        return
    headline = list(_headline(text, lines))
    yield from headline
    yield from (flag for flag in _paragraphs(text, lines) if all(flag.span != other.span for other in headline))
