"""Lines that do not belong: those of the site, and the second copy of a headline, a paragraph or an article.

A flag covers eight words at most, so the line it begins is read again, whole. A line goes with its line break, and with the
blank lines after it where blank lines stand before it too: what is left is spaced as it was.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator

from detector.types import Flag, Repair, SegmentedDocument, Span

_SITE, _HEADLINE, _PARAGRAPH, _ARTICLE = "boilerplate.line", "doubled.headline", "doubled.paragraph", "doubled.article"
_MIN_WORDS = 3
"""Shorter lines may stand twice in a doubled article for another reason."""
_LINE = re.compile(r"[^\n\r]+")
_BREAK = re.compile(r"\r\n?|\n|\Z")
_BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))*+")
_BLANK_LINE_BEFORE = re.compile(r"(?:\A|[\n\r])[ \t]*(?:\r\n|\r|\n)\Z|\A\Z")
_BEFORE_CHARS = 16


def line_repairs(segmented: SegmentedDocument, flags: Iterable[Flag], is_site: Callable[[str], bool]) -> Iterator[Repair]:
    """A repair for each line that goes, and for each half of a line that says the other half again.

    Args:
        segmented: The text and its sentences.
        flags: What the rules found in it.
        is_site: Says of a sentence whether the whole of it belongs to the site.
    """
    text = segmented.document.text
    flags = [flag for flag in flags if flag.reasons[0][0] in {_SITE, _HEADLINE, _PARAGRAPH, _ARTICLE}]
    if not flags:
        return
    lines = [m.span() for m in _LINE.finditer(text) if not m.group().isspace()]
    starts = [start for start, _ in lines]
    sentence_starts = [sentence.span.start for sentence in segmented.sentences]
    gone: dict[int, str] = {}
    for flag in flags:
        code = flag.reasons[0][0]
        index = bisect_left(starts, flag.span.start + 1) - 1
        start, end = lines[index]
        if code == _ARTICLE:
            wanted = list(_said_before(text, lines, bisect_left(starts, flag.span.start)))
        elif code == _SITE:
            wanted = [index] if _belongs_to_site(segmented, sentence_starts, (start, end), is_site) else []
        elif flag.span.start > start and not text[start : flag.span.start].isspace():
            kept = start + len(text[start : flag.span.start].rstrip())
            yield Repair(Span(kept, end), text[kept:end], "", code)
            continue
        else:
            wanted = [index, *_again(text, lines, index)] if code == _HEADLINE else [index]
        for i in wanted:
            gone.setdefault(i, code)
    for i, span in _taken_out(text, lines, gone):
        yield Repair(span, span.of(text), "", gone[i])


def _belongs_to_site(
    segmented: SegmentedDocument, sentence_starts: list[int], line: tuple[int, int], is_site: Callable[[str], bool]
) -> bool:
    """True where the sentences that begin in a line fill it, and each belongs to the site."""
    start, end = line
    first, last = bisect_left(sentence_starts, start), bisect_left(sentence_starts, end)
    sentences = segmented.sentences[first:last]
    text = segmented.document.text
    if not sentences or text[start : sentences[0].span.start].strip() or sentences[-1].span.end > end:
        return False
    return all(is_site(sentence.span.of(text)) for sentence in sentences)


def _again(text: str, lines: list[tuple[int, int]], index: int) -> Iterator[int]:
    """The lines right after one that repeat it letter by letter: a headline may stand there three times."""
    said = text[slice(*lines[index])].strip()
    for i in range(index + 1, len(lines)):
        if text[slice(*lines[i])].strip() != said:
            return
        yield i


def _said_before(text: str, lines: list[tuple[int, int]], index: int) -> Iterator[int]:
    """The lines from one on that stand letter by letter among those before it: all that is certain of a second copy."""
    before = {text[start:end].strip() for start, end in lines[:index]}
    for i in range(index, len(lines)):
        said = text[slice(*lines[i])].strip()
        if said in before and len(said.split()) >= _MIN_WORDS:
            yield i


def _taken_out(text: str, lines: list[tuple[int, int]], gone: Collection[int]) -> Iterator[tuple[int, Span]]:
    """What goes with each line that goes."""
    first_of_end = len(lines)
    while first_of_end - 1 in gone:
        first_of_end -= 1
    for i in sorted(gone):
        start, end = lines[i]
        if i >= first_of_end:  # the break before the first of these goes, the one that ends the text stays
            while i == first_of_end and start > 0 and text[start - 1].isspace():
                start -= 1
            end = lines[i + 1][0] if i + 1 < len(lines) else end
        else:
            end = _end(_BREAK, text, end)
            if _BLANK_LINE_BEFORE.search(text[max(0, start - _BEFORE_CHARS) : start]):
                end = _end(_BLANK_LINES, text, end)
        yield i, Span(start, end)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    m = pattern.match(text, at)
    return m.end() if m else at
