"""Phrases cut by a full stop that nobody wrote there, as translators leave them when they misjudge the end of a sentence.

Three forms are read, because genuine news almost never shows them: a stop before a content word in lower case ("foreign.
workers"), a stop after a word that cannot end a sentence ("the. ministry"), and a short run after a stop that has an
infinitive and no finite verb and takes up the phrase before it.
"""

import re
from collections.abc import Iterator

from detector.score.rules.flagging import posterior, raised
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_LOWER = re.compile(r"(?<![\w.@/’'-])([a-z]{4,20})\. ([a-z]{4,20})(?=[ ,;:.?!](?!\w))")
_ANY_LOWER_START = re.compile(r"[a-z]{2}[.!?] [a-z]")
_ANY_START = re.compile(r"[.!?][\"”’']? \S")
_LAZY_SHARE, _LAZY_COUNT = 0.1, 2
"""Where more stops than both are followed by lower case, the writer does without capitals and the rule is silent."""

_ABBREVIATIONS = frozenset(
    "approx apps appt asst assn assoc attn bldg blvd bros capt cert chap cont corp dept diag dist encl engr esp esq exec ext fict "
    "gent govt hist hosp illus incl inst intl lieut ltda maint mech mfrs misc mngr morn natl neth oper orig park pharm phot plur "
    "prac prelim pres prob proc prod prof prov publ recd resp retd sect secs seqq ser sess sing spec subj supp supt surg tech "
    "temp theol topog transl trig trop univ usu viz vols yrs".split()
)
_NAMES = frozenset("adidas asos bell danah deadmau lululemon thetrainline moneysupermarket".split())
"""Names that begin sentences in lower case; those with a capital inside (iPhone, eBay) are no word of the pattern."""
_GOES_ON = frozenset("said says adds added told asked writes wrote according including like".split())

_ARTICLE = re.compile(r"(?<=[\w,] )(an|the|and|their|its|our|your)\. (?P<next>[A-Za-z]\w{1,19})")

_FRAGMENT = re.compile(r"([A-Z][a-z]{2,19})(?: [a-z]{3,19})? to ([a-z]{3,20})\b[^.!?]{0,80}[.]")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must|said|says|\w+ed|"
    r"\w+n['’]t|went|came|made|took|got|gave|saw|knew|began|kept|left|led|held|met|ran|set|put|told|won|lost|brought|became|"
    r"it|they|he|she|we|i|you|who|which|that)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[A-Za-z]+")
_TAIL_CHARS, _TAIL_WORDS = 60, 3


def _writes_lower_case(text: str) -> bool:
    n_lower = sum(1 for _ in _ANY_LOWER_START.finditer(text))
    return n_lower > _LAZY_COUNT and n_lower > _LAZY_SHARE * sum(1 for _ in _ANY_START.finditer(text))


def _lower_case(text: str) -> Iterator[Flag]:
    code = "cut.lower-case"
    hits = [
        m
        for m in _LOWER.finditer(text)
        if m[1] not in _ABBREVIATIONS and m[2] not in FUNCTION_WORDS and m[2] not in _NAMES and m[2] not in _GOES_ON
    ]
    if not hits or _writes_lower_case(text):
        return
    for m in hits:
        because = f"a full stop parts “{m[1]}” from “{m[2]}”, which is written in lower case"
        yield raised(text, code, *m.span(), because, probability=posterior(code))


def _article(text: str) -> Iterator[Flag]:
    code = "cut.article"
    for m in _ARTICLE.finditer(text):
        because = f"a full stop stands after “{m[1]}”, which cannot end a sentence"
        yield raised(text, code, m.start(1), m.end("next"), because, probability=posterior(code))


def _fragments(segmented: SegmentedDocument) -> Iterator[Flag]:
    code, text = "cut.fragment", segmented.document.text
    for before, after in zip(segmented.sentences, segmented.sentences[1:], strict=False):
        start = after.span.start
        if text[start - 1] != " " or text[before.span.end - 1] != "." or after.span.end - start > 130:
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
    text = segmented.document.text
    yield from _lower_case(text)
    yield from _article(text)
    yield from _fragments(segmented)
