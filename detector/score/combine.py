"""From findings to a verdict: prior odds and log2 likelihood ratios give the posterior; the posterior gives the word.

The likelihood ratios of rules come from ``codes``, those of pairs from the fitted contrast at an even prior, so that both
multiply the prior that the configuration states.
"""

from dataclasses import dataclass

from detector.codes import CODES
from detector.config import ScoreConfig
from detector.score.altered import altered_words
from detector.score.flags import distinct
from detector.score.spun import SpunReading
from detector.types import Evidence, Flag, Verdict, Wording

_MAX_BITS = 20.0
"""No evidence makes a probability of 1: a millionth stays open."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a text before its verdict."""

    document: str
    spun_bits: float
    """log2 likelihood ratio of spun against genuine."""
    back_translated_bits: float
    """log2 likelihood ratio of back-translated against genuine."""
    flags: tuple[Flag, ...]
    evidence: tuple[Evidence, ...]
    language: str | None
    n_words: int
    """Words in the opening of the text, by which its language is told: all of them where there are few."""
    pivot: str | None
    reading: SpunReading | None = None
    """What the words of the text say of its having been spun; None at depth ``rules``, and for a text that is not English."""


def posterior(spun_bits: float, back_translated_bits: float, config: ScoreConfig) -> tuple[float, float, float]:
    """Probabilities of genuine, spun, back-translated under the prior of the configuration; they sum to 1."""
    prior = config.prior
    odds = (
        prior.genuine,
        prior.spun * 2 ** max(-_MAX_BITS, min(_MAX_BITS, spun_bits)),
        prior.back_translated * 2 ** max(-_MAX_BITS, min(_MAX_BITS, back_translated_bits)),
    )
    total = sum(odds)
    return odds[0] / total, odds[1] / total, odds[2] / total


def verdict_of(findings: Findings, config: ScoreConfig) -> Verdict:
    """The verdict that the findings give; ``unknown`` changes only the word."""
    p_genuine, p_spun, p_back_translated = posterior(findings.spun_bits, findings.back_translated_bits, config)
    evidence, document = list(findings.evidence), findings.document
    wording: Wording = "unknown"
    if findings.n_words < config.min_words:
        n = findings.n_words
        because = f"{n} word{'s' * (n != 1)}; {config.min_words} or more are needed to judge by"
        evidence.append(Evidence(document, "unknown.short", float(findings.n_words), 0.0, because))
    elif findings.language is None:
        because = "its function words are not those of English, the one language that is judged"
        evidence.append(Evidence(document, "unknown.language", "", 0.0, because))
    else:
        named: list[tuple[float, Wording]] = [(p_genuine, "genuine"), (p_spun, "spun"), (p_back_translated, "back_translated")]
        best, word = max(named)
        if best >= config.decide_at:
            wording = word
        else:
            because = f"the likeliest wording has {best:.2f}, less than {config.decide_at:g}"
            evidence.append(Evidence(document, "unknown.undecided", best, 0.0, because))
    certain = [flag for flag in findings.flags if flag.probability >= config.flag_threshold]
    altered = altered_words(findings.reading, p_spun, config.flag_threshold) if findings.reading else ()
    shown = distinct(certain, ((flag, 1.0) for flag in altered))
    corruptions = tuple(sorted({flag.kind for flag in shown if CODES[flag.reasons[0][0]].sign == "corruption"}))
    return Verdict(
        p_genuine,
        p_spun,
        p_back_translated,
        wording,
        config.depth,
        findings.language,
        findings.pivot,
        corruptions,
        shown,
        tuple(evidence),
    )
