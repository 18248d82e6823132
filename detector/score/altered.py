"""Words that a text alone shows to have been altered, as flags with the expected wording."""

from collections.abc import Iterator

import numpy as np

from detector.codes import CODES
from detector.score.broken_names import BrokenName
from detector.score.spun import SpunReading
from detector.types import MAX_FLAG_WORDS, Evidence, Flag, Severity, Span

_TELLING_BITS = 0.5
"""A choice that saves less is shown for its other signs: what the passage is about, or what stands elsewhere in the text."""
_MISLEADING_BITS = 8.0
"""A word that its choice outdoes by this much is major: the sentence no longer says what it said."""


def altered_words(reading: SpunReading, p_spun: float, threshold: float) -> Iterator[Flag]:
    """A flag for each word or phrase whose probability to have been altered reaches a threshold.

    Args:
        reading: What the words of the text say.
        p_spun: The probability that the text was spun: an unaltered text has no altered words.
        threshold: Flags below it are left out.
    """
    probability = reading.altered * p_spun
    for word in np.flatnonzero(probability >= threshold).tolist():
        span = Span(int(reading.starts[word]), int(reading.ends[word]))
        expected, saved = reading.expected(word), float(reading.saved[word])
        if len(span.of(reading.text).split()) > MAX_FLAG_WORDS or (expected or "").lower() == span.of(reading.text).lower():
            continue
        reasons = []
        if word in reading.broken:
            reasons.append(("name.broken", _says(reading.broken[word])))
        elif expected and saved >= _TELLING_BITS:
            reasons.append(("word.gain", f"“{expected}” would fit here better by {saved:.0f} bit{'s' * (round(saved) != 1)}"))
        else:
            reasons.append(("word.signs", CODES["word.signs"].says))
        severity: Severity = "critical" if word in reading.broken else "major" if saved >= _MISLEADING_BITS else "minor"
        if word in reading.lm_gains:
            reasons.append(("lm.gain", f"by {reading.lm_name} it would save {reading.lm_gains[word]:.0f} bits here"))
        yield Flag(span, "spun", float(probability[word]), severity, expected, tuple(reasons))


def _says(name: BrokenName) -> str:
    return f"the text itself has “{name.name}”" if name.is_own else f"one word of “{name.name}” was replaced"


def evidence_of(document: str, reading: SpunReading) -> Iterator[Evidence]:
    """What the words of a text say together, for and against its being the original."""
    n = int((reading.altered >= 0.5).sum())
    counted = f"{n} of its {len(reading.altered)} content words and phrases look replaced"
    because = counted if reading.bits > 0 else f"its words fit their places as in genuine text ({counted}, which is few)"
    yield Evidence(document, "lone.spun", round(reading.bits, 4), -reading.bits, because)
    if reading.tags is not None:
        bits = reading.back_bits
        because = f"its passages read as {'translated back' if bits > 0 else 'written, not translated back'}"
        yield Evidence(document, "lone.back_translated", round(bits, 4), -bits, because)
    if reading.broken:
        names = sorted({name.name for name in reading.broken.values()})
        bits = CODES["name.broken"].bits
        yield Evidence(document, "name.broken", float(len(reading.broken)), -bits, f"broken names: {', '.join(names)}")
    if reading.lm_name:
        because = f"{reading.lm_name} reads its words at {reading.lm_bits:.2f} bits each (shown, not counted)"
        yield Evidence(document, "lm.surprisal", round(reading.lm_bits, 4), 0.0, because)
