"""The round trip as evidence, when it was asked for: how much of a text it changes, and which of two texts it changes less.

What a machine translated is changed less than what a person wrote, and spun words come back as the usual ones. Three normal
distributions of one deviation give the bits (linear discriminant analysis, Fisher 1936); ``models/round_trip`` says what they were
fitted on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import log
from typing import Any

from detector.assets import asset
from detector.lm import RoundTrip, read_round_trip
from detector.score.combine import Findings
from detector.types import Evidence, SegmentedDocument

_CHANGE, _LESS = "roundtrip.change", "roundtrip.less"
_FULL_WORDS = 120
"""Words of the passages that were fitted on: of fewer, the change is less certain, and tells less."""
_MOST_BITS = 3.0


def with_round_trip(findings: Findings, segmented: SegmentedDocument) -> Findings:
    """The findings with what a round trip changes; as they were for a text that is not English, or has no sentence to send.

    Raises:
        ConfigError: The engine is not installed.
    """
    if findings.language != "en":
        return findings
    found = read_round_trip([segmented.text_of(sentence.index) for sentence in segmented.sentences])
    if not found:
        return findings
    spun, back = bits_of(found)
    of_whom = "a spinner's words" if spun > max(back, 0) else "a translation" if back > 0 else "what a person wrote"
    because = (
        f"a round trip through Portuguese breaks {found.change:.0%} of its pairs of neighbouring words, as of {of_whom} "
        f"({found.n_sentences} of {found.n_of} sentences were sent)"
    )
    told = Evidence(findings.document, _CHANGE, round(found.change, 4), -max(spun, back), because)
    return replace(
        findings,
        spun_bits=findings.spun_bits + spun,
        back_translated_bits=findings.back_translated_bits + back,
        evidence=(*findings.evidence, told),
    )


def bits_of(trip: RoundTrip) -> tuple[float, float]:
    """The log2 likelihood ratios of spun and of back-translated against genuine that a change gives."""
    weights = load_weights()
    genuine, *others = weights["change"]
    certain = min(1.0, trip.n_words / _FULL_WORDS) / log(2)
    spun, back = (
        certain * (mean - genuine) / weights["deviation"] ** 2 * (trip.change - (mean + genuine) / 2) for mean in others
    )
    return max(-_MOST_BITS, min(_MOST_BITS, spun)), max(-_MOST_BITS, min(_MOST_BITS, back))


@cache
def load_weights() -> Mapping[str, Any]:
    """What ships with the package, its digest checked, once a process.

    ``change``: the mean changes of genuine, spun and machine-translated passages; ``deviation``: that of each; ``slip``: the
    bits of a slip for a translation.
    """
    weights: Mapping[str, Any] = json.loads(asset("round_trip", "weights.json").read_text(encoding="utf-8"))["weights"]
    return weights


def beside(own: Findings, others: Iterable[Findings]) -> tuple[Evidence, ...]:
    """What the changes of a text and its counterparts say of each other: one that a trip changes less was translated before.

    Returns:
        One piece of evidence for each counterpart where both were sent, its value the counterpart's change less the text's own.
    """
    change = _change(own)
    found = []
    for other in others:
        theirs = _change(other)
        if change is None or theirs is None:
            continue
        less = "less" if change < theirs else "more" if change > theirs else "as much"
        meant = {"less": ", as a translation does", "more": ", as a spun text or the source of a translation does"}.get(less, "")
        of = "of it" if less == "as much" else f"of it than of {other.document}"
        because = f"a round trip changes {less} {of}: {change:.0%} of its pairs of words, against {theirs:.0%}{meant}"
        found.append(Evidence(own.document, _LESS, round(theirs - change, 4), 0.0, because))
    return tuple(found)


def _change(findings: Findings) -> float | None:
    values = [evidence.value for evidence in findings.evidence if evidence.code == _CHANGE]
    return float(values[0]) if values else None
