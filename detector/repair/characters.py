"""Characters that were written, decoded or disguised as others: each stands for one wording, which its flag says."""

from collections.abc import Iterable, Iterator

from detector.types import Flag, Repair

CODES = frozenset({"mojibake", "markup.entity", "hidden.zero-width", "hidden.homoglyph"})
"""What these expect is read off the characters themselves: no other wording is possible."""
_LOST = "\ufffd"


def character_repairs(text: str, flags: Iterable[Flag]) -> Iterator[Repair]:
    """A repair for each flag whose wording is certain and whole; flags may overlap, and so may the repairs."""
    for flag in flags:
        code, expected = flag.reasons[0][0], flag.expected
        if code not in CODES or expected is None or _LOST in expected:
            continue
        before = flag.span.of(text)
        if before != expected:
            yield Repair(flag.span, before, expected, code)
