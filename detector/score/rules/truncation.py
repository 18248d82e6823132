"""A text that breaks off: the scraper's limit, a paywall, or a page that was never loaded to the end.

Only the last sentence that is the article's own is read, and only where full sentences came before it: lists, bylines,
captions, tables of results and datelines end without a full stop too.
"""

import re
from collections.abc import Iterator

from detector.score.rules.boilerplate import is_boilerplate
from detector.score.rules.flagging import raised
from detector.types import Flag, SegmentedDocument, Sentence

_MIN_FULL_SENTENCES = 3
_MIN_WORDS_IN_PARAGRAPH, _MIN_WORDS_ALONE = 6, 25
"""A paragraph's unfinished last sentence may be short; a line of its own is a caption or an item unless it is long."""
_FULL = re.compile(r"[.!?][\"”’')\]]*$")
_ELLIPSIS = re.compile(
    r"(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\]|\(more\))[\s\])]{0,3}"
    r"(?:\[?(?:read (?:more|on|the rest)|continue(?: reading)?|more|view more)\b.{0,30})?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:\w|,) (?:\[?(?:read more|continue reading)\W{0,4})$", re.IGNORECASE)
_WORD_END = re.compile(r"([^\W\d_]{1,30})[,;–—-]?$")
_NO_PROSE = re.compile(
    r"^By [A-Z]|https?://|www\.|\w@\w|^[@#•*·\-–—|]|\bpic\.twitter|\w\.(?:com|org|net|co\.uk)\b|[|/•][^|/•]*[|/•]"
    r"|\(@\w|\d{4}$|:"
)
_GOVERNORS = (
    "a an the this these every and or but nor of to from with into for at by as than whose which while because "
    "although if when their its his my our your is was were are be been has have had will would could should may "
    "might must told"
)
_ENDLESS = frozenset(_GOVERNORS.split())
"""Words after which a sentence goes on."""
_TAIL_CHARS, _WORD_CHARS = 200, 33
_ELLIPSIS_SIGNS = ("...", "…", "(")
_CERTAIN, _ELLIPTIC, _COMMA, _OPEN = 0.95, 0.8, 0.8, 0.6
"""A last word that needs another; an ellipsis; a comma; merely no full stop, which is as often a slip."""


def _last_of_article(segmented: SegmentedDocument) -> Sentence | None:
    """The last sentence that is not the site's, where enough full sentences precede it."""
    text = segmented.document.text
    last = next((s for s in reversed(segmented.sentences) if not is_boilerplate(s.span.of(text))), None)
    if last is None:
        return None
    n_full = 0
    for sentence in segmented.sentences[: last.index]:
        n_full += _FULL.search(text, max(0, sentence.span.end - 6), sentence.span.end) is not None
        if n_full == _MIN_FULL_SENTENCES:
            return last
    return None


def _breaks_off(text: str, last: Sentence, tail: str) -> float:
    """The probability that a sentence without an end was cut; 0 where it has an end or need not have one."""
    word = _WORD_END.search(tail, max(0, len(tail) - _WORD_CHARS))
    if word is None or _NO_PROSE.search(tail):
        return 0.0
    n_words = len(tail.split())
    if tail[-1].isalpha() and word[1].lower() in _ENDLESS and n_words >= _MIN_WORDS_IN_PARAGRAPH:
        return _CERTAIN
    goes_on = last.span.start > 0 and text[last.span.start - 1] not in "\n\r"
    if tail[-1] == "," and n_words >= _MIN_WORDS_IN_PARAGRAPH:
        return _COMMA
    return _OPEN if n_words >= (_MIN_WORDS_IN_PARAGRAPH if goes_on else _MIN_WORDS_ALONE) else 0.0


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """At most one flag, on the last words of the text."""
    last = _last_of_article(segmented)
    if last is None:
        return
    text = segmented.document.text
    tail_start = max(last.span.start, last.span.end - _TAIL_CHARS)
    tail = text[tail_start : last.span.end]
    if (any(sign in tail for sign in _ELLIPSIS_SIGNS) and _ELLIPSIS.search(tail)) or ("ead" in tail.lower() and _LINK.search(tail)):
        code, probability = "truncated.ellipsis", _ELLIPTIC
        because = "the text ends in an ellipsis or a link to the rest"
    else:
        code, probability = "truncated.mid-sentence", _breaks_off(text, last, tail)
        because = "the last sentence has no end"
    if probability:
        start = [tail_start, *(tail_start + m.end() for m in re.finditer(r"\s+", tail))][-4:][0]
        yield raised(text, code, start, last.span.end, because, probability=probability)
