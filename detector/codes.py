"""The registry of the codes of rules and evidence: what each says and how often it errs.

``false_alarm_rate`` is the share of genuine documents (1,470 of them) on which a rule that reads one text alone fires,
one firing added, rounded up; ``benchmarks/quality/rules.py`` measures it and fails where this table says less. It is
None for codes that compare texts. Of a corruption every firing counts, though a genuine article may well be damaged.
"""

from dataclasses import dataclass
from math import ceil, floor, log2
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
    """The log2 likelihood ratio of a rule that a share ``shown_by`` of altered texts shows, add-one on both counts."""
    return floor(10 * log2((shown_by * N_GENUINE + 1) / (alarms + 1))) / 10


def _spun(code: str, says: str, *, shown_by: float, alarms: int = 0) -> Code:
    return Code(code, says, "spun", "spun", "critical", _rate(alarms), _bits(shown_by, alarms))


def _translated(code: str, says: str, severity: Severity, *, shown_by: float, alarms: int = 0) -> Code:
    return Code(code, says, "back_translated", "back_translated", severity, _rate(alarms), _bits(shown_by, alarms))


def _corrupted(code: str, says: str, severity: Severity, *, alarms: int) -> Code:
    return Code(code, says, "corruption", code.partition(".")[0], severity, _rate(alarms))


def _told(code: str, says: str, severity: Severity = "minor") -> Code:
    return Code(code, says, "ranking", code.partition(".")[0], severity, None)


def _registry(*codes: Code) -> dict[str, Code]:
    return {code.code: code for code in codes}


# ``shown_by`` is an estimate, not a measurement: the share of texts of that wording (through that pivot, by that family
# of spinners) in which the rule finds something. ``alarms`` are documents, counted by benchmarks/quality/rules.py.
# Every firing on corruption was read: all are real but one of truncated.mid-sentence, where a full stop was forgotten.
CODES = _registry(
    # What one text alone says of its wording.
    _translated("residue.spanish", "Spanish was left untranslated", "critical", shown_by=0.10),
    _translated("residue.portuguese", "Portuguese was left untranslated", "critical", shown_by=0.05),
    _translated("residue.french", "French was left untranslated", "critical", shown_by=0.05),
    _spun("slot.braces", "a word stands in the braces of a spinner's slot", shown_by=0.20),
    _spun("slot.alternatives", "alternatives of a spinner's syntax were left unresolved", shown_by=0.05),
    _translated("cut.lower-case", "a full stop before a word in lower case", "major", shown_by=0.03, alarms=1),
    _translated("cut.fragment", "a full stop cuts a phrase off from its infinitive", "major", shown_by=0.03),
    _translated("quote.spaced-close", "a blank before a closing quotation mark", "minor", shown_by=0.025, alarms=3),
    # What one text alone says of damage that is no wording.
    _corrupted("slot.placeholder", "a placeholder of a template was left unfilled", "major", alarms=0),
    _corrupted("boilerplate.line", "a line of the site, not of the article", "minor", alarms=76),
    _corrupted("doubled.headline", "the headline stands there twice", "minor", alarms=0),
    _corrupted("doubled.paragraph", "a paragraph stands there twice", "major", alarms=5),
    _corrupted("mojibake", "characters were decoded as another encoding, or lost", "major", alarms=1),
    _corrupted("truncated.ellipsis", "the text ends in an ellipsis or a link to the rest", "major", alarms=1),
    _corrupted("truncated.mid-sentence", "the text ends inside a sentence", "critical", alarms=2),
    # What the words of one text say of one another: probabilities of a fitted model (models/spun), not of this table.
    Code("lone.spun", "its words together, as spun", "spun", "spun", "minor", None),
    Code("lone.back_translated", "its passages together, as back-translated", "back_translated", "back_translated", "minor", None),
    _spun("name.broken", "a name has one word replaced", shown_by=0.20, alarms=3),
    _told("lm.surprisal", "the mean surprisal of its words, by the language model that was asked"),
    _told("lm.gain", "what the language model that was asked would save with the wording expected"),
    _told("word.gain", "another word would fit here better"),
    _told("word.signs", "the signs of a replaced word"),
    # Why a verdict is what it was before anything was read, or "unknown".
    _told("lone.nothing", "no rule found a sign of alteration"),
    _told("unknown.short", "too few words to judge by"),
    _told("unknown.language", "not English"),
    _told("unknown.undecided", "no wording is probable enough"),
    # What two texts say of each other.
    _told("contrast.spun", "its words beside a counterpart's, as spun"),
    _told("contrast.back_translated", "its words beside a counterpart's, as back-translated"),
    _told("swap.gain", "the counterpart's wording fits better", "minor"),
    _told("swap.name", "a name that the counterpart writes otherwise", "critical"),
    _told("swap.counterpart", "the counterpart has another wording", "minor"),
    _told("fact.gender", "another gender than in the counterpart", "critical"),
    _told("fact.number", "another number than in the counterpart", "critical"),
    # Who was first.
    _told("rank.wording", "the wording is, or is not, that of an original"),
    _told("rank.whole", "its words are whole where a copy's were altered"),
    _told("rank.complete", "it holds, or lacks, what the others share"),
    _told("rank.extra", "it holds what no other copy has"),
    _told("rank.damage", "it bears marks of scraping or damage"),
    _told("rank.date", "it says that it was published first"),
)
