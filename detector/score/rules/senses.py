"""Phrases that make sense in another language: "was found without life", "the past Monday", "realized a study", "by part of".

Each was written down because a pivot language says it so, word for word; a single word in a pivot's sense ("actual",
"assist") is not read, because English writers use it too. Several languages share most of them, so none tells the pivot.
"""

import re
from collections.abc import Iterator
from functools import cache

from detector.score.rules.flagging import posterior, raised
from detector.score.rules.tokens import around, known, watched
from detector.types import Flag, SegmentedDocument

_DAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DONE = r"(?:study|survey|visit|trip|tour|interview|operation|search|concert|raid|test|investigation|meeting|campaign)"
_HELD = r"(?:meeting|trial|hearing|referendum|press conference|session|summit|plenary|assembly|vote)"
_THINGS = r"(?:meeting|event|ceremony|match|game|funeral|summit|session|concert|hearing|conference|premiere|mass)"
_EDITION = r"(?:notes|writes|reports|adds|specifies|clarifies|emphasi[sz]es|stresses)"

_LIFE = re.compile(
    r"\b(?:found|rescued|recovered|located|left|appeared) (?P<p>with(?:out)? life)\b"
    r"(?! (?:in prison|in jail|on|insurance|sentence|jackets?|vests?|as)\b)"
    r"|\b(?P<q>lost the life)\b(?! of)"
)
_PAST = re.compile(
    rf"\b(?P<p>the past {_DAYS})\b(?! (?:night|s\b))|\b(?P<q>the (?:passed|last past) (?:{_DAYS}|week|month|year))\b"
)
_REALIZE = re.compile(rf"\b(?P<p>[Rr]eali[sz](?:e|ed|es|ing) (?:an?|several|various) (?:\w+ )?{_DONE})\b")
_CELEBRATE = re.compile(rf"\b(?P<p>[Cc]elebrat(?:e|ed|es|ing) (?:a|the|its|their) (?:\w+ )?{_HELD})\b(?! of)")
_ASSIST = re.compile(rf"\b(?P<p>[Aa]ssist(?:s|ed|ing)? to (?:a|the|this) (?:\w+ )?{_THINGS})\b")
_PART = re.compile(r"\b(?P<p>(?<!a )(?<!the )[Bb]y part of (?:the|his|their|its|some)) ")
_BASE = re.compile(r"\b(?P<p>[Ii]n (?:base|function) (?:to|of) the)\b|\b(?P<q>[Ii]n what (?:refers|regards|concerns) to)\b")
_AGE = re.compile(
    r"\b(?P<p>(?:[Hh]e|[Ss]he|who) (?:has|had) \d{1,3} years (?:old|of age))\b|\b(?P<q>aged of \d{1,3}(?: years)?)\b"
    r"|(?<!husband)(?<!wife)(?<!marriage)(?<!partner)(?<!spouse)(?<!friend)(?P<r>, of \d\d years(?: of age| old)?)(?=,)"
    r"|\b(?P<s>with \d\d years of age)\b"
)
_TELL = re.compile(
    r"\b(?P<p>(?:gave|gives|give|given) to (?:know|understand that))\b|\b(?P<q>(?:[Hh]e|[Ss]he|who|they) manifested that)\b"
)
_PRECISED = re.compile(r"\b(?P<p>(?:[Hh]e|[Ss]he|who|it|they|has|have|was) (?:precised|precisioned|ubicated))\b")
_EDITED = re.compile(
    rf"\b(?P<p>{_EDITION} the edition)\b|\b(?P<q>the edition {_EDITION})\b|\b(?P<r>[Aa]ccording to the edition)\b(?! of)"
)
_RECALL = re.compile(r"(?:^|(?<=[.!?] )|(?<=\n))(?P<p>Recall,|We (?:will )?remind(?: you)?,|As it became known,?) ")
_WORD = re.compile(
    r"\b(?P<p>(?:took|takes|take|taking|asked for|gave|ceded|yielded) the word)\b(?! (?:of|from|out|“|\"|‘|'|as|in|for|to))"
)
_DAY = re.compile(r"\b(?P<p>(?:[Tt]o|until|till|in) the day of today)\b|\b(?P<q>the day of (?:yesterday|tomorrow))\b")
_MARCH = re.compile(
    r"\b(?P<p>(?:put|puts|putting|set|sets) (?:in|into) march)\b|\b(?P<q>at (?:the |its |his |their )disposition of)\b"
)

_ASKED = {
    "life": _LIFE, "past": _PAST, "passed": _PAST,
    **dict.fromkeys("realize realized realizes realizing realise realised realises realising Realized".split(), _REALIZE),
    **dict.fromkeys("celebrate celebrated celebrates celebrating".split(), _CELEBRATE),
    **dict.fromkeys("assist assisted assists assisting".split(), _ASSIST),
    "part": _PART, "base": _BASE, "function": _BASE, "refers": _BASE, "regards": _BASE, "concerns": _BASE,
    "years": _AGE, "aged": _AGE, "know": _TELL, "understand": _TELL, "manifested": _TELL,
    **dict.fromkeys("precised precisioned ubicated".split(), _PRECISED),
    "edition": _EDITED, "Recall,": _RECALL, "remind": _RECALL, "remind,": _RECALL, "became": _RECALL,
    "word": _WORD, "today": _DAY, "yesterday": _DAY, "tomorrow": _DAY, "march": _MARCH, "disposition": _MARCH,
}  # fmt: skip
"""A word of each pattern; a stop or comma may stand behind it."""
_TOKENS = {word + mark: (word, pattern) for word, pattern in _ASKED.items() for mark in ("", ",", ".")}


@watched
@cache
def _known() -> frozenset[str]:
    return frozenset(_TOKENS)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the phrases; nothing is expected, as English says each in several ways."""
    text, code = segmented.document.text, "sense.pivot"
    held = _known() & known(text)
    for m in around(text, sorted({_TOKENS[token] for token in held}, key=lambda asked: asked[0])):
        found = m[m.lastgroup or 0].lstrip(", ")
        start = text.find(found, m.start())
        because = f"“{found}” says in English words what another language says"
        yield raised(text, code, start, start + len(found), because, probability=posterior(code))
