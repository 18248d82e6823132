"""The round trip as evidence, when it was asked for: how much of a text it changes, and which of two texts it changes less.

It is shown, not counted: its figures were measured (``benchmarks/quality/round_trip.py``), but nothing was fitted to them.
"""

from collections.abc import Iterable
from dataclasses import replace

from detector.lm import read_round_trip
from detector.score.combine import Findings
from detector.types import Evidence, SegmentedDocument

_CHANGE, _LESS = "roundtrip.change", "roundtrip.less"


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
    because = (
        f"a round trip through Portuguese changes {found.change:.0%} of its words and {found.content_change:.0%} of its content "
        f"words ({found.n_sentences} of {found.n_of} sentences were sent)"
    )
    told = Evidence(findings.document, _CHANGE, round(found.change, 4), 0.0, because)
    return replace(findings, evidence=(*findings.evidence, told))


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
        because = f"a round trip changes {less} {of}: {change:.0%} of its words, against {theirs:.0%}{meant}"
        found.append(Evidence(own.document, _LESS, round(theirs - change, 4), 0.0, because))
    return tuple(found)


def _change(findings: Findings) -> float | None:
    values = [evidence.value for evidence in findings.evidence if evidence.code == _CHANGE]
    return float(values[0]) if values else None
