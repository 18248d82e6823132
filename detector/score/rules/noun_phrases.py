"""Phrases cut by a full stop that nobody wrote: translators leave it where they misjudge the end of a sentence.

Two forms are read, because genuine news almost never shows them: a stop before a content word in lower case ("workers.
foreign"), and a short run after a stop that takes up a word of the phrase before it and has an infinitive but no finite
verb ("council members. Council to visit the site."). A stop after an article was tried and refused: pages whose links
were stripped show it more often ("take the. Then turn") than translations do.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import posterior, raised
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_STOP = re.compile(r"\. ([a-z]{4,20})(?=\s|[,;.?!](?!\w)|$)")
_WORD_BEFORE = re.compile(r"(?<![\w.@#/’'-])[a-z]{4,20}$")
_ANY_LOWER_START = re.compile(r"[a-z]{2}[.!?] [a-z]")
_ANY_START = re.compile(r"[.!?][\"”’']? \S")
_LAZY_SHARE, _LAZY_COUNT = 0.1, 2
"""Where more stops than both are followed by lower case, the writer does without capitals and the rule is silent."""

_SHORT = (
    "approx apps appt asst assn assoc attn bldg blvd bros capt cert chap cont corp dept diag dist encl engr exec "
    "govt hist hosp illus incl inst intl lieut ltda maint mech misc natl neth oper orig pharm phot plur prac prelim "
    "pres prob proc prod prof prov publ recd resp retd sect secs sess spec subj supp supt surg tech temp theol trig "
    "trop univ viz vols yrs"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_NAMES = frozenset({"adidas", "asos", "bell", "danah", "deadmau", "lululemon", "moneysupermarket", "thetrainline"})
"""Names that begin sentences in lower case; those with a capital inside (iPhone, eBay) are no word of the pattern."""
_GOES_ON = frozenset({"said", "says", "adds", "added", "told", "asked", "writes", "wrote", "according", "like"})
"""What follows a quotation or a list that ends in a stop."""

_FRAGMENT = re.compile(r"([A-Z][a-z]{2,19})(?: [a-z]{3,19})? to ([a-z]{3,20})\b[^.!?]{0,80}[.]")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must"
    r"|said|says|\w+ed|\w+n['’]t|went|came|made|took|got|gave|saw|knew|began|kept|left|led|held|met|ran|set|put|told|won"
    r"|lost|brought|became|it|they|he|she|we|i|you|who|which|that)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[A-Za-z]+")
_TAIL_CHARS, _TAIL_WORDS = 60, 3


def _writes_lower_case(text: str) -> bool:
    n_lower = sum(1 for _ in _ANY_LOWER_START.finditer(text))
    return n_lower > _LAZY_COUNT and n_lower > _LAZY_SHARE * sum(1 for _ in _ANY_START.finditer(text))


def _is_content(word: str) -> bool:
    return not (word in FUNCTION_WORDS or word in _NAMES or word in _GOES_ON)


def _lower_case(text: str) -> Iterator[Flag]:
    code = "cut.lower-case"
    pairs = []
    for m in _STOP.finditer(text):
        before = _WORD_BEFORE.search(text[max(0, m.start() - 22) : m.start()]) if _is_content(m[1]) else None
        if before and before.group() not in _ABBREVIATIONS:
            pairs.append((m.start() - len(before.group()), m.end(), before.group(), m[1]))
    if pairs and not _writes_lower_case(text):
        for start, end, before_stop, after_stop in pairs:
            because = f"a full stop parts “{before_stop}” from “{after_stop}”, which is written in lower case"
            yield raised(text, code, start, end, because, probability=posterior(code))


def _fragments(segmented: SegmentedDocument) -> Iterator[Flag]:
    code, text = "cut.fragment", segmented.document.text
    for before, after in zip(segmented.sentences, segmented.sentences[1:], strict=False):
        start = after.span.start
        if text.find(" to ", start, start + 45) < 0 or text[start - 1] != " " or text[before.span.end - 1] != ".":
            continue
        m = _FRAGMENT.fullmatch(text, start, after.span.end)
        if not m or m[2] in FUNCTION_WORDS or _FINITE.search(m.group()):
            continue
        tail_start = max(before.span.start, before.span.end - _TAIL_CHARS)
        tail = [w.group() for w in _TAIL.finditer(text, tail_start, before.span.end)][-_TAIL_WORDS:]
        if m[1].lower() in tail:
            because = f"“{m[1]} to {m[2]}” takes up “{' '.join(tail)}” after a full stop, and has no finite verb"
            yield raised(text, code, start, m.end(2), because, probability=posterior(code))


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of phrases cut by a full stop; nothing is expected, because what stood there is not certain."""
    yield from _lower_case(segmented.document.text)
    yield from _fragments(segmented)
