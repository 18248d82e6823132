"""Characters that the eye does not see or takes for others: zero width, controls, private use, letters that look Latin.

Much of it is honest elsewhere: joiners in Persian and Indic words and in emoji, marks of direction beside Arabic and
Hebrew, Greek letters in science, names in Cyrillic. Which letters look alike is a fact of Unicode Technical Standard 39;
the few that people mix with Latin are listed here.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import beyond_ascii, in_one
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\U000e0001-\U000e007f\U000e0100-\U000e01ef"
)
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufff9-\ufffc\ufffe\uffff\U000f0000-\U0010ffff"
_FOREIGN = "\u0391-\u03c9\u0405-\u0458\u04ae-\u04bb\u04cf\u0501-\u051d\u0570-\u0585\uff21-\uff5a\U0001d400-\U0001d6a3"
_ANY = re.compile(f"[{_UNSEEN}{_CONTROLS}{_FOREIGN}]")
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BLANK_CONTROLS = "\x1c\x1d\x1e\x1f"
"""Those that Python takes for blanks."""

_HIDDEN = re.compile(f"[{_UNSEEN}]")
_TOKEN = re.compile(rf"(?:[{_UNSEEN}]{{1,40}}[^\W_]{{0,40}}){{1,7}}")
_CONTROL = re.compile(f"[{_CONTROLS}]{{1,8}}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINING = re.compile("[\u0590-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1bff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Scripts whose letters take other shapes beside a joiner, or whose words a blank of no width parts: Arabic to Khmer."""
_EMOJI = re.compile("[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200b\u200c\u200d")
_LINE_CHARS = 80

_PAIRS = {
    "АВЕКМНОРСТХІЈЅҮԌԚԜаеорсухіјѕһԁԛԝӏ": "ABEKMHOPCTXIJSYGQWaeopcyxijshdqwl",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο": "ABEZHIKMNOPTYXo",
    "օսոհց": "ounhg",
}
"""Cyrillic, Greek and Armenian letters that look like a Latin one; the Greek of formulas (α, κ, μ, ν, ρ, Δ) left out."""
_LOOKS_LIKE = {ord(a): b for ours, latin in _PAIRS.items() for a, b in zip(ours, latin, strict=True)}
_LIKE = re.compile(f"[{''.join(map(chr, _LOOKS_LIKE))}\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3]")
_OTHER_SCRIPT = re.compile(f"(?![{''.join(map(chr, _LOOKS_LIKE))}])[\u0370-\u052f\u0531-\u058f]")
"""Letters of those alphabets that look like no Latin one: where they are near, the language is theirs."""
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]")
_WORD_CHARS = 60
_MIN_MIXED, _MIN_STYLED = 3, 4
"""Letters of a word: shorter ones are formulas and units ("kΩ", "𝑛th")."""
_CERTAIN, _LIKELY = 0.97, 0.9


def _is_honest(text: str, at: int) -> bool:
    """True where an unseen character does what it is for: joins emoji or letters of other scripts, turns the direction."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _DIRECTIONS:
        return _RIGHT_TO_LEFT.search(text, max(0, at - _LINE_CHARS), at + _LINE_CHARS) is not None
    if mark in _JOINERS and (_JOINING.match(before) or _JOINING.match(after)):
        return True
    if mark == "\u200d":
        return bool(_EMOJI.match(before) and _EMOJI.match(after))
    if mark >= "\U000e0001":  # the flags of England, Scotland and Wales are spelled with tags; ideographs have variants
        return bool((_EMOJI if mark < "\U000e0100" else _EAST_ASIAN).match(before))
    return (mark == "\u180e" and bool(_JOINING.match(before))) or (mark == "\ufeff" and at == 0)


def _zero_width(text: str) -> Iterator[Flag]:
    done = 0
    for m in _HIDDEN.finditer(text):
        if m.start() < done:
            continue
        start = m.start()
        while start > max(done, m.start() - 40) and text[start - 1].isalnum():
            start -= 1
        token = _TOKEN.match(text, m.start())
        done = token.end() if token else m.end()
        kept = "".join(c for i, c in enumerate(text[start:done], start) if not (_HIDDEN.match(c) and not _is_honest(text, i)))
        if kept != text[start:done]:
            n_hidden = done - start - len(kept)
            because = f"{n_hidden} character{'s' * (n_hidden > 1)} here cannot be seen"
            yield raised(text, "hidden.zero-width", start, done, because, probability=_CERTAIN, expected=kept)


def _word_around(text: str, at: int, low: int) -> tuple[int, int]:
    """The run of letters around a place, not further left than ``low``."""
    start, end = at, at + 1
    low, high = max(low, at - _WORD_CHARS), min(len(text), at + _WORD_CHARS)
    while start > low and text[start - 1].isalpha():
        start -= 1
    while end < high and text[end].isalpha():
        end += 1
    return start, end


def _latin(text: str, start: int, end: int) -> str | None:
    """The word in Latin letters, where some of its letters only look Latin and all others are; None elsewhere."""
    word = text[start:end]
    low, high = max(0, start - _WORD_CHARS), end + _WORD_CHARS
    if word.translate(_LOOKS_LIKE) == word:  # fullwidth or mathematical
        plain = normalize("NFKC", word)
        odd = not plain.isascii() or len(word) < _MIN_STYLED or _EAST_ASIAN.search(text, low, high)
        return None if odd else plain
    plain = word.translate(_LOOKS_LIKE)
    if not plain.isascii() or _OTHER_SCRIPT.search(text, low, high):
        return None
    if any(c.isascii() for c in word):
        return plain if len(word) >= _MIN_MIXED else None
    # Wholly of another alphabet: a name or an abbreviation, but for the little words of an English sentence.
    between = text[start - 2 : start], text[end : end + 2]
    stands = between[0][1:] == " " == between[1][:1] and between[0].isascii() and between[1][1:].isascii()
    return plain if stands and plain in FUNCTION_WORDS - {"i"} else None


def _homoglyphs(text: str) -> Iterator[Flag]:
    done = 0
    for m in _LIKE.finditer(text):
        if m.start() < done:
            continue
        start, done = _word_around(text, m.start(), done)
        plain = _latin(text, start, done)
        if plain:
            because = f"“{plain}” is written here with letters that only look like these"
            yield raised(text, "hidden.homoglyph", start, done, because, probability=_LIKELY, expected=plain)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of what is hidden, each code in the order of the text; expected is the word that one sees."""
    text = segmented.document.text
    if in_one(text).isprintable() and not _ANY.search(beyond_ascii(text)) and not any(c in text for c in _BLANK_CONTROLS):
        return
    if (_ASCII_CONTROL if text.isascii() else _ANY).search(text) is None:
        return
    yield from _zero_width(text)
    for m in _CONTROL.finditer(text):
        because = "control characters, or characters that mean nothing outside their font"
        yield raised(text, "hidden.control", *m.span(), because, probability=_CERTAIN)
    yield from _homoglyphs(text)
