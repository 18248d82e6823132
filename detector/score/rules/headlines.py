"""What stands there twice: a headline that the page repeats, a paragraph that was pasted or scraped again, a whole article.

An article is there twice where nearly all that precedes the second coming of one of its first sentences follows it again,
whatever its lines and blanks; its paragraphs are then not flagged one by one.
"""

import re
from collections.abc import Iterator
from itertools import islice

from detector.score.rules.flagging import raised
from detector.types import Flag, SegmentedDocument

_WORD = re.compile(r"\S+")
_SITE = re.compile(r"\s[|–—-]\s[^|–—\n-]{2,40}$")
_HEAD_LINES = 5
"""The headline's second copy stands among the first lines; further down it is a refrain or a link."""
_MIN_HEADLINE_WORDS, _MAX_HEADLINE_CHARS = 3, 300
_MIN_PARAGRAPH_WORDS = 12
"""Shorter lines repeat honestly: labels, refrains, credits."""
_HEAD_SENTENCES = 5
"""The second copy of an article may lack, or have otherwise, what stands before these."""
_MIN_WORDS, _MIN_ARTICLE_SENTENCES, _MIN_ARTICLE_WORDS = 5, 3, 40
"""Of a sentence that is compared, and of what is an article and not a paragraph."""
_MIN_SHARE = 0.8
"""The share of the words of the first copy that the second has too."""
_PROBE_CHARS, _SKIP_SENTENCES = 24, 3
"""What is looked for again before anything is compared; sentences of the second copy that the first lacks, in a row."""
_SENTENCE_ENDS = '.!?"”’)'
_CERTAIN = 0.97


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that is not blank begins and ends, without the blanks around it."""
    at = 0
    for line in text.replace("\r", "\n").split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.find(stripped[0])
            yield start, start + len(stripped)
        at += len(line) + 1


def _headline(text: str, lines: list[tuple[int, int]]) -> Iterator[Flag]:
    code = "doubled.headline"
    first_start, first_end = lines[0]
    first = text[first_start:first_end]
    if len(first) > _MAX_HEADLINE_CHARS or len(first.split()) < _MIN_HEADLINE_WORDS:
        return
    forms = {_plain(first), _plain(_SITE.sub("", first))}
    first_word = first.split(None, 1)[0].casefold()
    for start, end in lines[1:_HEAD_LINES]:
        found = text[start:end]
        if len(found) > _MAX_HEADLINE_CHARS or found.split(None, 1)[0].casefold() != first_word:
            continue
        if forms & {_plain(found), _plain(_SITE.sub("", found))}:
            because = "the same words are the first line of the text"
            yield raised(text, code, start, end, because, probability=_CERTAIN)
            return
    words = first.split()
    half = len(words) // 2
    if half >= _MIN_HEADLINE_WORDS and words[:half] == words[half:]:
        start = first_start + next(islice(_WORD.finditer(first), half, None)).start()
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


def _followed(first: list[str], second: list[str]) -> list[int]:
    """Which sentences of the first list stand in the second in the same order, few others between."""
    followed, at = [], 0
    for index, form in enumerate(first):
        ahead = second[at : at + _SKIP_SENTENCES + 1]
        if form in ahead:
            followed.append(index)
            at += ahead.index(form) + 1
    return followed


def _second_copy(segmented: SegmentedDocument) -> int | None:
    """Where the second copy of the whole article begins; None where the article stands there once."""
    text, sentences = segmented.document.text, segmented.sentences
    heads = islice((s.span for s in sentences if text.count(" ", s.span.start, s.span.end) >= _MIN_WORDS - 1), _HEAD_SENTENCES)
    if all(text.find(text[span.start : span.start + _PROBE_CHARS], span.end) < 0 for span in heads):
        return None
    long = [s.span for s in sentences if len(s.span.of(text).split()) >= _MIN_WORDS]
    forms = [_plain(span.of(text)) for span in long]
    for anchor in range(min(_HEAD_SENTENCES, len(forms))):
        if forms[anchor] not in forms[anchor + 1 :]:
            continue
        again = forms.index(forms[anchor], anchor + 1)
        first, second = forms[anchor:again], forms[again:]
        n_words = [form.count(" ") + 1 for form in first]
        followed = _followed(first, second)
        whole = sum(n_words[index] for index in followed) >= _MIN_SHARE * sum(n_words)
        n_rest = sum(form.count(" ") + 1 for form in second) - sum(n_words)
        if whole and len(followed) >= _MIN_ARTICLE_SENTENCES and _MIN_ARTICLE_WORDS <= sum(n_words) >= n_rest:
            return _begin_of_copy(segmented, long[anchor + followed[-1]].end, long[again].start)
    return None


def _begin_of_copy(segmented: SegmentedDocument, first_end: int, anchor: int) -> int:
    """Where a copy begins whose first known sentence is at ``anchor``: its headline may stand before."""
    between = [s.span for s in segmented.sentences if first_end <= s.span.start < anchor]
    for span in reversed(between[-_SKIP_SENTENCES:]):
        if segmented.document.text[span.end - 1] in _SENTENCE_ENDS:
            break
        anchor = span.start
    return anchor


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the second copy of a headline, a paragraph or the article: its first eight words."""
    text = segmented.document.text
    lines = list(_lines(text))
    if not lines:
        return
    flags = list(_headline(text, lines))
    headlines = {flag.span for flag in flags}
    flags += (flag for flag in _paragraphs(text, lines) if flag.span not in headlines)
    copied = _second_copy(segmented)
    if copied is not None:
        end = next(sentence.span.end for sentence in segmented.sentences if sentence.span.start == copied)
        because = "from here on the whole article stands there again"
        yield raised(text, "doubled.article", copied, end, because, probability=_CERTAIN)
    yield from (flag for flag in flags if copied is None or flag.span.end <= copied)
