"""One text alone: what the rules find, its language, and how much of it there is."""

from dataclasses import dataclass

from detector.codes import CODES
from detector.config import ScoreConfig
from detector.errors import DepthError
from detector.score.combine import Findings, verdict_of
from detector.score.flags import distinct
from detector.score.rules import find_all, pivot_of
from detector.text import FUNCTION_WORDS, words
from detector.types import Depth, Evidence, Flag, SegmentedDocument, Verdict

_ENGLISH_SHARE = 0.25
"""Nearly all English news has more of its words in the closed classes; ``genuine.unknown`` of the gate counts what has not."""
_SAID_AGAIN = 0.3
"""Share of a rule's bits that its second firing adds; the third a third of that again, as one cause may break a text often."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A segmented document, what was found in it, and the verdict on it alone."""

    segmented: SegmentedDocument
    findings: Findings
    verdict: Verdict


def score_alone(segmented: SegmentedDocument, config: ScoreConfig) -> Lone:
    """What one text says of itself.

    Raises:
        DepthError: The depth asked for is not built into this version.
    """
    check_depth(config.depth)
    document = segmented.document
    forms = [w.form for w in words(document.text)]
    n_function = sum(form in FUNCTION_WORDS for form in forms)
    language = "en" if forms and n_function >= _ENGLISH_SHARE * len(forms) else None
    flags = distinct(find_all(segmented), ())
    bits = {"spun": 0.0, "back_translated": 0.0}
    evidence = []
    for code in sorted({flag.reasons[0][0] for flag in flags}):
        found = [flag for flag in flags if flag.reasons[0][0] == code]
        entry = CODES[code]
        total = sum(entry.bits * _SAID_AGAIN**i for i in range(len(found)))
        if entry.kind in bits:
            bits[entry.kind] += total
        evidence.append(Evidence(document.id, code, float(len(found)), -total, _because(entry.says, found)))
    if not any(bits.values()) and language:
        because = "no rule found a sign of alteration; the probabilities are the prior's"
        evidence.append(Evidence(document.id, "lone.nothing", 0.0, 0.0, because))
    findings = Findings(
        document.id, bits["spun"], bits["back_translated"], flags, tuple(evidence), language, len(forms), pivot_of(flags)
    )
    return Lone(segmented, findings, verdict_of(findings, config))


def _because(says: str, found: list[Flag]) -> str:
    return says if len(found) == 1 else f"{says} ({len(found)} times)"


def check_depth(depth: Depth) -> None:
    """Refuse a depth that this version does not have."""
    if depth == "full":
        msg = "depth 'full' was asked for; it needs the tagger, which this version does not have yet: use 'fast' or 'rules'"
        raise DepthError(msg)
