"""The registry of the codes of rules and evidence: what each says and how often it errs.

``false_alarm_rate`` is the share of genuine documents (1,470 of them) on which a rule that reads one text alone fires;
``benchmarks/quality/rules.py`` measures it and fails where this table says less. It is None for codes that compare texts.
"""

from dataclasses import dataclass
from math import ceil, log2
from typing import Literal

from detector.types import Severity

Sign = Literal["spun", "back_translated", "corruption", "ranking"]
"""What a code speaks for: a wording, a corruption, or the place of a document in a ranking."""

N_GENUINE = 1470
"""Genuine documents that the rules were measured on (news of 2004-05 and 2016-17)."""


@dataclass(frozen=True, slots=True)
class Code:
    """One rule or kind of evidence."""

    code: str
    says: str
    sign: Sign
    kind: str
    """The kind its flags bear: "spun", "back_translated" or the name of a corruption."""
    severity: Severity
    false_alarm_rate: float | None
    bits: float = 0.0
    """For a rule: log2 likelihood ratio of its wording against genuine, the first time it fires in a text."""


def _rate(alarms: int) -> float:
    """Firings on the genuine documents as a share, one added so that none seen is not none possible; rounded up."""
    return ceil(1e4 * (alarms + 1) / (N_GENUINE + 2)) / 1e4


def _bits(shown_by: float, alarms: int) -> float:
    """The log2 likelihood ratio of a rule that a share ``shown_by`` of the altered texts shows: add-one on both counts."""
    return round(log2((shown_by * N_GENUINE + 1) / (alarms + 1)), 1)


def _spun(code: str, says: str, *, shown_by: float, alarms: int = 0) -> Code:
    return Code(code, says, "spun", "spun", "critical", _rate(alarms), _bits(shown_by, alarms))


def _translated(code: str, says: str, severity: Severity, *, shown_by: float, alarms: int = 0) -> Code:
    return Code(code, says, "back_translated", "back_translated", severity, _rate(alarms), _bits(shown_by, alarms))


def _corrupted(code: str, says: str, severity: Severity, *, alarms: int) -> Code:
    return Code(code, says, "corruption", code.partition(".")[0], severity, _rate(alarms))


def _registry(*codes: Code) -> dict[str, Code]:
    return {code.code: code for code in codes}


# ``shown_by`` is an estimate, not a measurement: the share of texts of that wording (through that pivot, by that family of
# spinners) in which the rule finds something. ``alarms`` are documents counted by benchmarks/quality/rules.py.
CODES = _registry(
    # What one text alone says of its wording.
    _translated("residue.spanish", "an abbreviation or mark of Spanish was left untranslated", "critical", shown_by=0.10),
    _translated("residue.portuguese", "an abbreviation of Portuguese was left untranslated", "critical", shown_by=0.05),
    _translated("residue.french", "an abbreviation or name of French was left untranslated", "critical", shown_by=0.05),
    _spun("slot.braces", "a word stands in the braces of a spinner's slot", shown_by=0.20),
    _spun("slot.alternatives", "alternatives of a spinner's syntax were left unresolved", shown_by=0.05),
    _spun("slot.placeholder", "a placeholder of a spinner's template was left unfilled", shown_by=0.05),
    _translated("cut.lower-case", "a full stop cuts a phrase whose next word is in lower case", "major", shown_by=0.03),
    _translated("cut.article", "a full stop stands after a word that needs another to follow", "major", shown_by=0.03),
    _translated("cut.fragment", "a sentence without a verb goes on with the phrase before it", "major", shown_by=0.03),
    _translated("quote.spaced-close", "a blank stands before a closing quotation mark", "minor", shown_by=0.025, alarms=3),
    # What one text alone says of damage that is no wording.
    _corrupted("boilerplate.line", "a line of the site, not of the article", "minor", alarms=100),
    _corrupted("doubled.headline", "the headline stands there twice", "minor", alarms=5),
    _corrupted("doubled.paragraph", "a paragraph stands there twice", "major", alarms=5),
    _corrupted("mojibake", "characters were decoded as another encoding, or lost", "major", alarms=1),
    _corrupted("truncated.ellipsis", "the text breaks off with an ellipsis or a link to the rest", "major", alarms=3),
    _corrupted("truncated.mid-sentence", "the text breaks off inside a sentence", "critical", alarms=7),
)
