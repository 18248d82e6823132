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
    _translated("residue.german", "German was left untranslated", "critical", shown_by=0.05),
    _translated("residue.italian", "Italian was left untranslated", "critical", shown_by=0.05),
    _translated("residue.dutch", "Dutch was left untranslated", "critical", shown_by=0.05),
    _translated("residue.polish", "Polish was left untranslated", "critical", shown_by=0.05),
    _translated("residue.russian", "Russian was left untranslated", "critical", shown_by=0.05),
    _translated("residue.turkish", "Turkish was left untranslated", "critical", shown_by=0.05),
    _translated("residue.romanian", "Romanian was left untranslated", "critical", shown_by=0.05),
    _translated("residue.shared", "letters or a name were left in a language that several share", "critical", shown_by=0.03),
    _translated("habit.decimal", "figures have a decimal comma, or dots between thousands", "major", shown_by=0.03),
    _translated("habit.date", "a date is put as other languages put it", "major", shown_by=0.03),
    _translated("habit.time", "a clock time is put as other languages put it", "major", shown_by=0.02),
    _translated("habit.capitals", "days, months or peoples are in lower case, time and again", "minor", shown_by=0.02),
    _translated("habit.article", "an article stands where English has none", "major", shown_by=0.02),
    _translated("habit.marks", "words are quoted between the marks of another language", "minor", shown_by=0.02),
    _translated("office.translated", "an office or institution has a name put together word for word", "major", shown_by=0.05),
    _translated("sense.pivot", "a phrase is put together as another language has it", "major", shown_by=0.03),
    _translated("gender.flipped", "a person's gender changes within the sentence", "major", shown_by=0.03),
    _spun("slot.braces", "a word stands in the braces of a spinner's slot", shown_by=0.20),
    _spun("slot.alternatives", "alternatives of a spinner's syntax were left unresolved", shown_by=0.05),
    _translated("cut.lower-case", "a full stop before a word in lower case", "major", shown_by=0.03, alarms=1),
    _translated("cut.fragment", "a full stop cuts a phrase off from its infinitive", "major", shown_by=0.03),
    _translated("quote.spaced-close", "a blank before a closing quotation mark", "minor", shown_by=0.025, alarms=3),
    # What one text alone says of damage that is no wording.
    _corrupted("slot.placeholder", "a placeholder of a template was left unfilled", "major", alarms=0),
    _corrupted("boilerplate.line", "a line of the site, not of the article", "minor", alarms=86),
    _corrupted("doubled.headline", "the headline stands there twice", "minor", alarms=0),
    _corrupted("doubled.paragraph", "a paragraph stands there twice", "major", alarms=4),
    _corrupted("mojibake", "characters were decoded as another encoding, or lost", "major", alarms=1),
    _corrupted("truncated.ellipsis", "the text ends in an ellipsis or a link to the rest", "major", alarms=1),
    _corrupted("truncated.mid-sentence", "the text ends inside a sentence", "critical", alarms=2),
    # Passages that do not belong, and sentences that are not whole.
    _corrupted("foreign.passage", "a passage is in another language", "major", alarms=0),
    _corrupted("salad.passage", "the words of a passage are shuffled", "critical", alarms=0),
    _spun("salad.order", "words stand in an order that English does not have", shown_by=0.02),
    _corrupted("cut.stripped", "words are missing where links were stripped", "major", alarms=0),
    # What is left of the page's own code, and what cannot be seen.
    _corrupted("markup.entity", "a character is written as an entity of HTML", "minor", alarms=8),
    _corrupted("markup.tag", "a tag of the page was left in the text", "major", alarms=0),
    _corrupted("markup.escape", "a character is written as a program escapes it", "major", alarms=0),
    _corrupted("markup.script", "part of a script or a style sheet was left in the text", "major", alarms=0),
    _corrupted("hidden.zero-width", "characters of no width stand in or beside a word", "minor", alarms=1),
    _corrupted("hidden.control", "control characters, or ones without a meaning of their own", "major", alarms=0),
    _corrupted("hidden.homoglyph", "letters of another alphabet stand for Latin ones", "major", alarms=0),
    # Damage to words, and what is said again and again.
    _corrupted("glued.words", "two words are written as one", "minor", alarms=2),
    _corrupted("glued.stop", "a sentence follows a full stop without a blank", "minor", alarms=2),
    _corrupted("split.word", "a word is broken into pieces", "minor", alarms=0),
    _corrupted("ocr.characters", "letters of a word were misread, lost or overlaid with marks", "minor", alarms=0),
    _corrupted("ocr.hyphenation", "a word is divided at the end of a line", "minor", alarms=0),
    _corrupted("ocr.furniture", "a page number stands among the lines of the text", "minor", alarms=0),
    _corrupted("repeated.words", "the same words follow each other again and again", "major", alarms=0),
    _corrupted("repeated.sentences", "the same sentences follow each other again and again", "major", alarms=1),
    _corrupted("repeated.characters", "one character runs on", "minor", alarms=0),
    _corrupted("doubled.article", "the whole article stands there twice", "major", alarms=1),
    # What the words of one text say of one another: probabilities of a fitted model (models/spun), not of this table.
    Code("lone.spun", "its words together, as spun", "spun", "spun", "minor", None),
    Code("lone.back_translated", "its passages together, as back-translated", "back_translated", "back_translated", "minor", None),
    Code("lone.slips", "misspelt and confused words", "back_translated", "back_translated", "minor", None),
    Code("roundtrip.change", "what a round trip changes of it", "back_translated", "back_translated", "minor", None),
    _spun("name.broken", "a name has one word replaced", shown_by=0.20, alarms=3),
    _told("lm.surprisal", "the mean surprisal of its words, by the language model that was asked"),
    _told("lm.gain", "what the language model that was asked would save with the wording expected"),
    _told("roundtrip.less", "a round trip changes less, or more, of it than of its counterpart"),
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
    _told("swap.sense", "another sense of the word that a pivot language has for both", "major"),
    _told("swap.counterpart", "the counterpart has another wording", "minor"),
    _told("fact.number", "another number than in the counterpart", "critical"),
    _told("fact.unit", "another unit or scale than in the counterpart", "critical"),
    _told("fact.name", "another name or office than in the counterpart", "critical"),
    _told("fact.date", "another date or time than in the counterpart", "critical"),
    _told("fact.negation", "denied here or there, and not in the counterpart", "critical"),
    _told("fact.gender", "another gender than in the counterpart", "critical"),
    _told("fact.attribution", "said by another than in the counterpart", "critical"),
    _told("fact.quotation", "quoted in other words than in the counterpart", "major"),
    # Who was first.
    _told("rank.wording", "the wording is, or is not, that of an original"),
    _told("rank.whole", "its words are whole where a copy's were altered"),
    _told("rank.complete", "it holds, or lacks, what the others share"),
    _told("rank.extra", "it holds what no other copy has"),
    _told("rank.damage", "it bears marks of scraping or damage"),
    _told("rank.date", "it says that it was published first"),
)
