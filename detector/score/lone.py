"""One text alone: what the rules find, its language, how much of it there is, and what its words say of one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detector.codes import CODES
from detector.config import ScoreConfig
from detector.lm import load_gain_reader, load_tagger, round_trip_engine
from detector.score.altered import evidence_of
from detector.score.combine import Findings, verdict_of
from detector.score.flags import distinct
from detector.score.further import opened, with_model
from detector.score.language import OPENING, language_of
from detector.score.round_trip import with_round_trip
from detector.score.rules import find_all, pivot_of
from detector.score.slips import with_slips
from detector.score.spun import SpunReading, read_spun
from detector.score.tagged import with_tags
from detector.text import forms
from detector.types import Evidence, Flag, SegmentedDocument, Verdict

_SAID_AGAIN = 0.3
"""Share of a rule's bits that its second firing adds; the third a third of that again, as one cause may break a text often."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A segmented document, what was found in it, and the verdict on it alone."""

    segmented: SegmentedDocument
    findings: Findings
    verdict: Verdict


def score_alone(segmented: SegmentedDocument, config: ScoreConfig) -> Lone:
    """What one text says of itself."""
    return score_each([segmented], config)[0]


def score_each(segmented: Sequence[SegmentedDocument], config: ScoreConfig) -> list[Lone]:
    """What each of several texts says of itself, in their order; read together, which is quicker, each as if alone."""
    if config.roundtrip:
        round_trip_engine()
    found = [_by_rules(document, by_pieces=config.depth != "rules") for document in segmented]
    if config.depth != "rules":
        english = [i for i, findings in enumerate(found) if findings.language == "en"]
        readings = read_spun([segmented[i].document.text for i in english])
        if config.depth == "full":
            readings = [_tagged(reading) for reading in readings]
        if config.lm:
            readings = [with_model(reading, opened(config.lm)) for reading in readings]
        for i, reading in zip(english, readings, strict=True):
            found[i] = with_slips(_with_words(found[i], reading), reading.text)
    if config.roundtrip:
        found = [with_round_trip(findings, document) for findings, document in zip(found, segmented, strict=True)]
    return [Lone(document, findings, verdict_of(findings, config)) for document, findings in zip(segmented, found, strict=True)]


def _by_rules(segmented: SegmentedDocument, *, by_pieces: bool) -> Findings:
    """What the rules find, and the language."""
    document = segmented.document
    opening = document.text[:OPENING]
    found_forms = forms(opening)
    language = language_of(opening, found_forms, by_pieces=by_pieces)
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
        evidence.append(Evidence(document.id, "lone.nothing", 0.0, 0.0, "no rule found a sign of alteration"))
    return Findings(
        document.id, bits["spun"], bits["back_translated"], flags, tuple(evidence), language, len(found_forms), pivot_of(flags)
    )


def _tagged(reading: SpunReading) -> SpunReading:
    """The reading with what the tagger says of the text."""
    tags = load_tagger().read(reading.text)
    return with_tags(reading, tags, load_gain_reader().word_bits(reading.text, tags.starts, tags.ends))


def _with_words(findings: Findings, reading: SpunReading) -> Findings:
    """What the rules found with what the words of the text say."""
    found = tuple(evidence_of(findings.document, reading))
    back = findings.back_translated_bits + reading.back_bits
    spun = findings.spun_bits - sum(evidence.bits for evidence in found if evidence.code != "lone.back_translated")
    return replace(findings, spun_bits=spun, back_translated_bits=back, evidence=(*findings.evidence, *found), reading=reading)


def _because(says: str, found: list[Flag]) -> str:
    return says if len(found) == 1 else f"{says} ({len(found)} times)"
