"""Slots and spintax left unresolved: ``{dollars}``, ``{big|large}``, ``%%title%%``, ``[[topic]]``, ``{{person_2}}``.

The same marks are honest in code, JSON, wiki text, usage lines and mail templates: a line with signs of those is left
alone, and so are the words that writers of templates and transcripts use.
"""

import re
from collections.abc import Iterator

from detector.codes import CODES
from detector.score.rules.flagging import posterior, raised
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_SLOT = re.compile(
    r"(?<![^\s(“\"'‘-])\{(?P<braces>[A-Za-z][a-z’'-]{1,24}(?: [a-z’'-]{1,24})?)\}(?![\w{}()=/])"
    r"|(?P<alternatives>\{(?:[^{}|\n]|\{[^{}\n]{1,200}\}){0,60}\|(?:[^{}\n]|\{[^{}\n]{1,200}\}){0,600}\})"  # slots inside it too
    r"|(?P<field>\{\{ ?[A-Za-z][a-zA-Z]{0,30}[._0-9][\w.]{0,40} ?\}\})"
    r"|(?P<percent>%%[A-Za-z][\w -]{1,30}%%)"
    r"|(?P<brackets>\[\[[a-z][\w ’'-]{1,40}\]\])"
    r"|(?P<shortcode>\[/?(?:spintax|spinner|spin|main ?keyword|sub ?keyword)\])"
)
_BRACKETS = ("[[", "[/", "[s", "[m")
"""What the brackets of a slot begin with."""
_CODE_LINE = re.compile(r"\(\)|=>|</|/>|\{\s*$|^\s*[}\]]|;\s*$|[=!]=|[\"']\s*:|\\[a-zA-Z{]|\$\{|\{\{|\}\}|::|\s--\w|<\w|\w\([\"']")
_USAGE = re.compile(r"\b(?:usage|syntax|regex|options?)\b|^\s*[$#>/]", re.IGNORECASE)
_TEMPLATING = re.compile(r"\b(?:templates?|templating|jinja|mustache|handlebars|variables?|syntax|render|wiki)\b", re.IGNORECASE)
_WIKI = re.compile(r"'''|\{\{|\[\[[^\]\n|]{1,80}\||\[\[[A-Z]|^==", re.MULTILINE)
_FIELDS = (
    "address applause audio city code company crosstalk date email emphasis field file first firstname graphic id "
    "image inaudible item key label lastname laughter link message music name number page pause path phone photo "
    "query recipient sic state string text time title unclear url user username value video"
)
_TEMPLATE_WORDS = frozenset(_FIELDS.split())
"""First words of fields of mail merges and of remarks in transcripts: braces around these are nobody's spinning."""
_FIELD_PROSE = 4
"""Words of the line about a field in doubled braces: fewer are a template itself."""
_NEAR_CHARS = 60
"""How far signs of code are looked for on each side, inside the line."""


_TEMPLATE = 0.97  # a placeholder in capitals or doubled braces stands in no prose; but it may be a site's, not a spinner's


def _line_around(text: str, start: int, end: int) -> str:
    """The line of the match, at most ``_NEAR_CHARS`` to either side."""
    low, high = max(0, start - _NEAR_CHARS), end + _NEAR_CHARS
    left, right = text.rfind("\n", low, start) + 1, text.find("\n", end, high)
    return text[max(left, low) : right if right >= 0 else high]


def _is_slot(m: re.Match[str], text: str, is_wiki: bool) -> bool:
    line = _line_around(text, *m.span())
    match m.lastgroup:
        case "braces":
            first = m["braces"].split()[0].lower()
            return not (first in _TEMPLATE_WORDS or first in FUNCTION_WORDS or _CODE_LINE.search(line))
        case "alternatives":
            prose = len(line.replace(m.group(), " ").split())
            worded = any(c.isalpha() for c in m.group())
            return worded and prose >= 4 and not (_CODE_LINE.search(line) or _USAGE.search(line))
        case "field":
            rest = line.replace(m.group(), " ")
            return len(rest.split()) >= _FIELD_PROSE and not (_CODE_LINE.search(rest) or _TEMPLATING.search(rest))
        case "brackets":
            return not (is_wiki or _CODE_LINE.search(line))
        case _:
            return not _CODE_LINE.search(line)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of slots left in the text; what the slot holds is expected where it holds one wording."""
    text = segmented.document.text
    if "{" not in text and "%%" not in text and not ("[" in text and any(sign in text for sign in _BRACKETS)):
        return
    is_wiki = "[[" in text and _WIKI.search(text) is not None
    for m in _SLOT.finditer(text):
        if not _is_slot(m, text, is_wiki):
            continue
        if m["braces"]:
            code, because, expected = "slot.braces", f"“{m.group()}” is a word in a spinner's slot", m["braces"]
        elif m["alternatives"]:
            code, because, expected = "slot.alternatives", "the braces hold alternatives meant for a spinner", None
        else:
            code, because, expected = "slot.placeholder", f"“{m.group()}” is a placeholder that was never filled", None
        sure = posterior(code) if CODES[code].sign == "spun" else _TEMPLATE
        yield raised(text, code, *m.span(), because, probability=sure, expected=expected)
