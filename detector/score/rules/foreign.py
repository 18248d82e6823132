"""Passages of another language inside an English text: lines of a page in two languages, comments, a translator's leavings.

Languages in Latin letters are told by their function words, the others by their script. Where English quotes a phrase, names a
newspaper or sings a line, nothing is wrong: what stands in quotation marks or brackets is let be, and so are titles, short runs
inside an English sentence, and what the text itself calls Spanish or German just before. A text mostly in another language is
not damaged at all; what its language is, another room says.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import beyond_ascii, written
from detector.text import FUNCTION_WORDS, forms, quotations, words
from detector.text.words import Word
from detector.types import Flag, SegmentedDocument, Span

_LISTS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
_WORDS: dict[str, str] = _LISTS["words"]
_BITS = {language: 1 << i for i, language in enumerate(_WORDS)}
_LANGUAGES_OF: dict[str, int] = {}
for _language, _listed in _WORDS.items():
    for _word in _listed.split():
        _LANGUAGES_OF[_word] = _LANGUAGES_OF.get(_word, 0) | _BITS[_language]
_ENGLISH = FUNCTION_WORDS - _LANGUAGES_OF.keys()
"""Words after which no other language goes on."""
_EITHER = frozenset(_LANGUAGES_OF.keys() & (FUNCTION_WORDS | {"come", "den", "die", "door", "had", "men", "plus", "son", "war"}))
"""Words of English as well: they break no run, and count only beside words that English has not."""

_MARKERS = frozenset(_LISTS["markers"].split())
"""One of these stands in nearly every sentence of its language and hardly ever in English; only then are words counted."""

_SCRIPTS = {
    "Greek": "\u0386-\u03ce\u1f00-\u1fff",
    "Russian": "\u0400-\u045f\u0490-\u0491",
    "Hebrew": "\u05d0-\u05ea",
    "Arabic": "\u0620-\u06d3",
    "Hindi": "\u0900-\u097f",
    "Thai": "\u0e01-\u0e4e",
    "Korean": "\uac00-\ud7a3",
    "Japanese": "\u3041-\u30fe",
    "Chinese": "\u3400-\u9fff",
}
_LETTERS = "".join(_SCRIPTS.values())
_RUN = re.compile(rf"[{_LETTERS}][^A-Za-z\u00c0-\u024f\n\r]*")
_LETTER = re.compile(f"[{_LETTERS}]")
_LONG_WORD = re.compile(rf"[{_LETTERS}]{{2,}}")
_COUNTED = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_UNSPACED = frozenset({"Japanese", "Chinese", "Thai"})
_CHARS_A_WORD = 3
"""Letters of a script without blanks that are taken for a word; names of ministries have up to five of these words."""
_STOPS = "。，、！？"

_NAMED = re.compile(
    r"\b(?:spanish|castilian|portuguese|french|german|italian|dutch|flemish|polish|greek|russian|ukrainian|hebrew|arabic"
    r"|farsi|persian|hindi|thai|korean|japanese|chinese|mandarin|cantonese|translat\w+)\b",
    re.IGNORECASE,
)
_NAMED_CHARS = 120
_MIN_WORDS, _MIN_WORDS_OPEN = 6, 10
"""In a sentence of its own; in a line without a stop, or inside an English sentence, where titles and dishes are named."""
_MIN_FUNCTION, _MIN_DISTINCT, _MIN_SHARE = 3, 2, 0.25
_MIN_LOWER = 2
"""Words in lower case that are no function words: names and titles have fewer."""
_MAX_GAP, _MAX_ENDS = 5, 4
"""Words between two function words of a passage, and before the first or after the last: more are another's."""
_QUOTED_WORDS = 30
"""A longer passage is none that an article quotes, whatever marks or announces it."""
_MIN_ENGLISH = 0.2
"""Of the words outside the passages the share that must be English function words."""
_CERTAIN = 0.95


class _Passage(NamedTuple):
    start: int
    end: int
    language: str
    n_words: int


def _runs(found: list[Word]) -> Iterator[list[Word]]:
    """Stretches without an English function word, in which no two foreign ones are far apart; ends without one are trimmed."""
    first, last, recent, begun = (
        -1,
        -1,
        -1,
        0,
    )  # places of the first and last foreign word, of a word that may be, and the beginning
    for place, word in enumerate(found):
        is_over = last >= 0 and place - recent > _MAX_GAP
        if word.form in _ENGLISH or is_over:
            if last >= 0:
                yield found[max(begun, first - _MAX_ENDS) : min(place, last + 1 + _MAX_ENDS)]
            first, last, begun = -1, -1, place if is_over else place + 1
        if word.form in _LANGUAGES_OF:
            recent = place
            if word.form not in _EITHER:
                first, last = place if first < 0 else first, place
    if last >= 0:
        yield found[max(begun, first - _MAX_ENDS) : last + 1 + _MAX_ENDS]


def _passage(text: str, run: list[Word], sentence: list[Word], *, is_stopped: bool) -> _Passage | None:
    """What the run is, where it is long enough and has enough words of one language."""
    masks = [0 if word.form in _EITHER else _LANGUAGES_OF.get(word.form, 0) for word in run]
    counts = {language: sum(mask & bit > 0 for mask in masks) for language, bit in _BITS.items()}
    language = max(counts, key=lambda name: counts[name])
    is_whole = len(run) >= len(sentence) / 2 and all(word.form not in _ENGLISH for word in sentence)
    if not is_whole:
        first = next(place for place, mask in enumerate(masks) if mask)
        if any(text[word.start].isupper() for word in run[max(0, first - 1) : first + 1]):
            return None  # a title or a motto
        run, masks = run[first:], masks[first:]
    n_words, n_function = len(run), counts[language]
    n_either = sum(_LANGUAGES_OF[word.form] & _BITS[language] > 0 for word in run if word.form in _EITHER)
    n_distinct = len({word.form for word, mask in zip(run, masks, strict=True) if mask & _BITS[language]})
    n_lower = sum(text[word.start].islower() for word in run if word.form not in _LANGUAGES_OF)
    if n_words < (_MIN_WORDS if is_whole and is_stopped else _MIN_WORDS_OPEN):
        return None
    if n_function < _MIN_FUNCTION or n_function + n_either < _MIN_SHARE * n_words:
        return None
    if n_distinct < _MIN_DISTINCT or n_lower < _MIN_LOWER:
        return None
    return _Passage(run[0].start, run[-1].end, language, n_words)


def _by_words(segmented: SegmentedDocument) -> Iterator[_Passage]:
    """Passages in Latin letters, in sentences where a marker stands."""
    text = segmented.document.text
    for sentence in segmented.sentences:
        start, end = sentence.span.start, sentence.span.end
        if _MARKERS.isdisjoint(text[start:end].split()):
            continue
        found = words(text, start, end)
        is_stopped = any(mark in ".!?…" for mark in text[max(start, end - 2) : end])
        for run in _runs(found):
            if len(run) >= _MIN_WORDS and (passage := _passage(text, run, found, is_stopped=is_stopped)):
                yield passage


def _by_script(text: str) -> Iterator[_Passage]:
    """Passages in another script: six words, or what is as long where words are not parted."""
    for m in _RUN.finditer(text):
        run = m.group().rstrip()
        if len(run) < 2 * _MIN_WORDS:
            continue
        counts = {language: len(pattern.findall(run)) for language, pattern in _COUNTED.items()}
        language = max(counts, key=lambda name: counts[name])
        if language == "Chinese" and counts["Japanese"]:
            language = "Japanese"
        if language in _UNSPACED:
            n_words = sum(counts.values()) // _CHARS_A_WORD
            is_long = n_words >= _MIN_WORDS or (n_words >= _MIN_WORDS - 2 and any(stop in run for stop in _STOPS))
        else:
            n_words = len(_LONG_WORD.findall(run))
            is_long = n_words >= _MIN_WORDS
        if is_long:
            yield _Passage(m.start(), m.start() + len(run), language, n_words)


def _is_quoted(text: str, passage: _Passage, quoted: tuple[Span, ...]) -> bool:
    """True for a phrase that the article shows: in quotation marks or brackets, or under the name of a language."""
    if passage.n_words > _QUOTED_WORDS:
        return False
    start, end = passage.start, passage.end
    if text[max(0, start - 2) : start].rstrip()[-1:] in ("(", "["):
        return True
    place = bisect_left(quoted, start, key=lambda quotation: quotation.start)
    if place and end < quoted[place - 1].end:
        return True
    return _NAMED.search(text, max(0, start - _NAMED_CHARS), start) is not None


def _is_within_english(text: str, passages: list[_Passage]) -> bool:
    """True where most words stand outside the passages, and these are English."""
    ends = [0, *(passage.end for passage in passages)]
    starts = [*(passage.start for passage in passages), len(text)]
    outside = [form for end, start in zip(ends, starts, strict=True) for form in forms(text, end, start)]
    n_english = sum(form in _ENGLISH for form in outside)
    return sum(passage.n_words for passage in passages) <= len(outside) and n_english >= _MIN_ENGLISH * len(outside)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of foreign passages, one for each sentence that has or is one; the reason names the language."""
    code, text = "foreign.passage", segmented.document.text
    by_script = list(_by_script(text)) if _LETTER.search(beyond_ascii(text)) else []
    may_hold = not (_MARKERS.isdisjoint(written(text)) or _MARKERS.isdisjoint(text.split(" ")))
    by_words = list(_by_words(segmented)) if may_hold else []
    passages = sorted(by_words + by_script)
    if not passages or not _is_within_english(text, passages):
        return
    quoted = quotations(text)
    for passage in passages:
        if not _is_quoted(text, passage, quoted):
            because = f"the words are {passage.language}, or of a language written like it"
            yield raised(text, code, passage.start, passage.end, because, probability=_CERTAIN)
