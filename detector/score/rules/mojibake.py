"""Characters decoded as another encoding ("â€™" for "’") or lost (U+FFFD); ftfy says what stood there.

ftfy is slow beside the text it reads, so it sees only the words in which a cheap pattern finds a suspicious pair.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import beyond_ascii
from detector.types import Flag, SegmentedDocument

_CONTINUED = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030\u2039\u203a\u20ac\u2122"
)
"""What the second byte of a UTF-8 character looks like when read as Latin-1 or Windows-1252."""
_SUSPICIOUS = re.compile(
    r"[\x80-\x9f\u00c2-\u00f4\u201a\u0393\ufffd]"  # one set first, so that the search skips what cannot begin a pair
    r"(?:(?<=[\x80-\x9f\ufffd])"  # control characters that were Windows-1252; characters lost
    rf"|(?<=[\u00c2-\u00f4])[{_CONTINUED}]"
    r"|(?<=\u201a)\u00c4|(?<=\u0393)\u00c7)"  # half of a quotation mark, read as Mac Roman or as code page 437
)
_FIRST = re.compile("[\x80-\x9f\u00c2-\u00f4\u201a\u0393\ufffd]")
"""What every pair begins with."""
_WORD_CHARS = 40
"""How far the word around a suspicious pair is looked for on each side."""
_CERTAIN, _LIKELY = 0.98, 0.8


@cache
def _ftfy() -> tuple[Any, Any]:
    """ftfy, and its settings for repairing an encoding and nothing else."""
    import ftfy  # noqa: PLC0415

    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
        uncurl_quotes=False, fix_line_breaks=False, remove_control_chars=False, normalization=None, explain=False,
    )  # fmt: skip
    return ftfy, config


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of characters without a blank around the pair; its own characters belong to it whatever they are."""
    low, high = max(0, start - _WORD_CHARS), min(len(text), end + _WORD_CHARS)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of broken words, with the word that ftfy restores; none is expected where characters were lost."""
    text = segmented.document.text
    if not _FIRST.search(beyond_ascii(text)) and "\x85" not in text:  # Python takes it for a blank
        return
    done = 0
    for m in _SUSPICIOUS.finditer(text):
        if m.start() < done:
            continue
        start, end = _word_around(text, *m.span())
        start, done = max(start, done), end
        found = text[start:end]
        if "\ufffd" in found:
            because = "U+FFFD stands where a character was lost in decoding"
            yield raised(text, "mojibake", start, end, because, probability=_CERTAIN)
            continue
        ftfy, config = _ftfy()
        restored = ftfy.fix_text(found, config)
        if restored != found:
            because = f"these characters are “{restored}” read in the wrong encoding"
            yield raised(text, "mojibake", start, end, because, probability=_LIKELY, expected=restored)
