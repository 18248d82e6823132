"""How a rule makes a flag: at most eight words, kind and severity from the registry, probability from the bits."""

from functools import cache

from detector.codes import CODES
from detector.config import Prior
from detector.text import words
from detector.types import MAX_FLAG_WORDS, Flag, Span

_MAX_SPAN_CHARS = 240
"""Eight words are shorter than this in any prose; a hostile run of letters is cut here."""


def clipped(text: str, start: int, end: int) -> Span:
    """The span, ended after its eighth word where it has more."""
    if end - start <= MAX_FLAG_WORDS:  # each word has a character
        return Span(start, end)
    end = min(end, start + _MAX_SPAN_CHARS)
    inside = words(text, start, end)
    return Span(start, inside[MAX_FLAG_WORDS - 1].end if len(inside) > MAX_FLAG_WORDS else end)


@cache
def posterior(code: str) -> float:
    """The probability of a rule's wording after its first firing: the default prior shares, and the registry's bits."""
    prior, entry = Prior(), CODES[code]
    share = prior.spun if entry.sign == "spun" else prior.back_translated
    odds = share / prior.genuine * 2.0**entry.bits
    return float(round(odds / (1.0 + odds), 3))


def raised(
    text: str, code: str, start: int, end: int, because: str, *, probability: float, expected: str | None = None
) -> Flag:
    """A flag of ``code`` on the characters from ``start`` to ``end`` of ``text``, with the reason in a plain sentence.

    What is expected is left out where the span had to be clipped: it would stand for more than the span covers.
    """
    entry = CODES[code]
    span = clipped(text, start, end)
    meant = expected if span.end == end else None
    return Flag(span, entry.kind, probability, entry.severity, meant, ((code, because),))
