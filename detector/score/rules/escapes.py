r"""Characters that were written out for a machine and never read back: ``&amp;``, ``&#8217;``, ``\u2019``, ``\"``, ``%20``.

What one of them stands for is certain where it is whole; of one that lost a part (``&nbsp``, ``#39;``, ``u2019``) it is
only probable. ``markup`` decides which of them are meant to be read as they stand.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from typing import NamedTuple
from urllib.parse import unquote


class Escape(NamedTuple):
    """Half-open offsets, and the character it stands for; None where that is not certain."""

    start: int
    end: int
    means: str | None


_LATER = (
    "apos AMP LT GT QUOT NewLine Tab excl num dollar percnt lpar rpar ast plus comma period sol colon semi equals quest commat "
    "lsqb rsqb lbrack rbrack lowbar lcub rcub lbrace rbrace vert verbar bsol hyphen dash check star phone"
)
NAMES = frozenset(name2codepoint) | frozenset(_LATER.split())
"""The entities of HTML 4, and those of HTML 5 that converters write for punctuation. No other name is read as one."""

_ENTITY = re.compile(
    r"&(?:(?:amp|#38|#x26);){0,8}"  # escaped twice or more often
    r"(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,11})|#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6}));"
)
_CUT_ENTITY = re.compile(
    r"&(?:(?:nbsp|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip|#0?3[49]|#160|#82[0-3]\d)(?![\w;=])"
    r"| (?:nbsp|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip|lt|gt|#\d{2,4});)"
)
"""Without its semicolon, or with a blank inside."""
_BARE_ENTITY = re.compile(
    r"(?<![&;#])(?<!& )(?:(?:nbsp|[lr][sd]quo|[mn]dash|hellip);|(?<!\w)(?:amp|quot);(?=\w)|#(?:0?39|160|82[0-3]\d);(?=[A-Za-z]))"
)
"""Without its ampersand."""
_BARE_SIGNS = ("nbsp", "quo;", "dash;", "hellip;", "quot;", "amp;", "39;", "160;", "#82")
_OPEN_BEFORE, _CLOSED_AFTER = re.compile(r"&#?\w{0,31}$"), re.compile(r"\w{0,31};")
_NOT_PLAIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff9-\uffff]")

_BACKSLASH = re.compile(
    r"(?P<unicode>(?:\\u[0-9a-fA-F]{4}){1,4})"
    r"|(?P<bytes>(?:\\x[0-9a-fA-F]{2}){1,8})"
    r"|(?P<breaks>(?<=[.!?,;:\"”’)\s])(?:\\[nrt]){1,8}|(?:\\[nrt]){1,8}(?![a-z\\]))"
    r"|(?P<apostrophe>(?<=[^\W\d_])\\['’](?=(?:s|t|re|ve|ll|d|m)\b))"
    r"|(?P<quote>(?<!\w)\\[\"'](?=[\w“‘.…$£€(])|(?<=[\w.,!?…)%])\\[\"'](?!\w))"
    r"|(?P<slash>(?<=[\w:/])\\/(?=[\w\\]))"
)
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|\\\\[A-Za-z]|\.(?:exe|txt|dll|bat|ini|docx?|xlsx?|pdf)\b")
_LOST_BACKSLASH = re.compile(r"(?<=[A-Za-z])u(?:201[3489cdCD]|2026)(?=[a-z\s.,])|(?<![\w\\])u(?:201[89cdCD])(?=[A-Za-z])")
_PERCENT_U = re.compile(r"%u[0-9a-fA-F]{4}")
_PERCENT = re.compile(
    r"%(?<=[A-Za-z,.’')]%)(?:20|2[1279CcFf]|3[AaBbFf]|[Ee]2%80%[89A-Fa-f][0-9A-Fa-f]|[Cc]3%[89ABab][0-9A-Fa-f])(?=[A-Za-z%\d])"
)
_ADDRESS = re.compile(r"[/@?=#\\]|\w:\w|www\.|\.[A-Za-z]{2,4}\b")
_WORD_CHARS = 60


def _around(text: str, start: int, end: int, n_chars: int) -> tuple[int, int]:
    """The run without a blank around the offsets, at most ``n_chars`` further on each side."""
    low, high = max(0, start - n_chars), min(len(text), end + n_chars)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def _plain(means: str) -> str | None:
    """The characters, where a text can hold them: none that was lost, no control character, no half of a pair."""
    return None if not means or _NOT_PLAIN.search(means) else means


def _is_inside_another(text: str, start: int, end: int) -> bool:
    """True where the entity stands inside what would be one if it were read."""
    return bool(_OPEN_BEFORE.search(text, max(0, start - 33), start) and _CLOSED_AFTER.match(text, end))


def entities(text: str) -> Iterator[Escape]:
    """Every entity of HTML, then what is left of those that lost a character."""
    if "&" in text:
        for m in _ENTITY.finditer(text):
            if m["name"] is None or m["name"] in NAMES:
                means = m.group()
                while (read := unescape(means)) != means:
                    means = read
                certain = not _is_inside_another(text, *m.span())
                yield Escape(*m.span(), _plain(means) if certain else None)
    if "&" in text:
        yield from (Escape(*m.span(), None) for m in _CUT_ENTITY.finditer(text))
    if ";" in text and any(sign in text for sign in _BARE_SIGNS):
        yield from (Escape(*m.span(), None) for m in _BARE_ENTITY.finditer(text))


def escapes(text: str) -> Iterator[Escape]:
    """Every escape of a program, of JSON or of an address that stands in prose; those in paths and addresses are not."""
    if "\\" in text:
        yield from _backslashes(text)
    if "%" in text:
        yield from (Escape(*m.span(), _plain(chr(int(m.group()[2:], 16)))) for m in _PERCENT_U.finditer(text))
        yield from _percents(text)
    if "u20" in text:
        yield from (Escape(*m.span(), chr(int(m.group()[1:], 16))) for m in _LOST_BACKSLASH.finditer(text))


def _backslashes(text: str) -> Iterator[Escape]:
    slashes: Escape | None = None
    for m in _BACKSLASH.finditer(text):
        means: str | None = None
        match m.lastgroup:
            case "unicode":
                codes = m.group().split("\\u")[1:]
                means = b"".join(int(code, 16).to_bytes(2, "big") for code in codes).decode("utf-16-be", "replace")
            case "bytes":
                means = bytes.fromhex(m.group().replace("\\x", "")).decode("utf-8", "replace")
            case "apostrophe" | "quote":
                means = m.group()[1]
            case "breaks":
                if _PATH.search(text, *_around(text, *m.span(), _WORD_CHARS)):
                    continue
            case _:  # the slashes of one address are one escape
                if slashes and m.start() - slashes.end <= _WORD_CHARS and not re.search(r"\s", text[slashes.end : m.start()]):
                    slashes = Escape(slashes.start, m.end(), None)
                    continue
                if slashes:
                    yield slashes
                slashes = Escape(*m.span(), None)
                continue
        yield Escape(*m.span(), _plain(means) if means else None)
    if slashes:
        yield slashes


def _percents(text: str) -> Iterator[Escape]:
    done = 0
    for m in _PERCENT.finditer(text):
        if m.start() < done:
            continue
        start, done = _around(text, *m.span(), _WORD_CHARS)
        if not _ADDRESS.search(text, start, done):
            yield Escape(start, done, _plain(unquote(text[start:done], errors="replace")))
