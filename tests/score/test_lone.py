"""One text alone."""

from itertools import pairwise

import pytest
from hypothesis import given

from detector import DetectorConfig, score
from detector.codes import CODES
from detector.config import ScoreConfig
from detector.score import score_alone, score_each
from detector.text import segment
from detector.types import Depth, Document, Wording
from tests.strategies import prose

_NEWS = (
    "The harbour board closed the eastern landing on Tuesday after inspectors found rust in eleven of its forty piles. "
    "Repairs will take until October, and farmers who ship their milk at dawn will have to drive to the town instead."
)
_GERMAN = (
    "Die Hafenbehörde schloss am Dienstag den östlichen Anleger, nachdem Prüfer an elf von vierzig Pfählen Rost "
    "gefunden hatten. Die Arbeiten dauern bis Oktober, und die Bauern müssen ihre Milch mit dem Lastwagen in die Stadt bringen."
)
_FAST, _RULES = (DetectorConfig(score=ScoreConfig(depth=depth)) for depth in ("fast", "rules"))


@pytest.mark.parametrize(
    ("text", "wording", "language"),
    [
        (_NEWS, "genuine", "en"),
        (_GERMAN, "unknown", None),
        ("The board met.", "unknown", "en"),
        ("", "unknown", None),
        ("12 345 — 67", "unknown", None),
        (_NEWS.replace("piles", "{piles}").replace("landing", "{landing}"), "spun", "en"),
        (_NEWS.replace("the town", "the town of the EE. UU."), "back_translated", "en"),
    ],
)
def test_known_texts(text: str, wording: Wording, language: str | None) -> None:
    """Plain news is genuine, another language and too few words are unknown, a trace left behind tells the wording."""
    verdict = score(text)

    assert (wording, language) == (verdict.wording, verdict.language)


def test_text_without_findings_has_the_prior() -> None:
    """At depth ``rules``, where no rule fires, the probabilities are the prior's."""
    verdict = score(_NEWS, config=_RULES)

    assert (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated) == pytest.approx((0.8, 0.1, 0.1))


def test_words_speak_at_depth_fast() -> None:
    """The words of plain news speak against its having been spun, by the bits that the evidence tells."""
    verdict = score(_NEWS, config=_FAST)
    (lone,) = [evidence for evidence in verdict.evidence if evidence.code == "lone.spun"]

    assert lone.bits > 0
    assert verdict.p_spun / verdict.p_genuine == pytest.approx(0.1 / 0.8 * 2**-lone.bits)
    assert verdict.p_back_translated / verdict.p_genuine == pytest.approx(0.1 / 0.8)


@pytest.mark.parametrize("text", [_GERMAN, "", "12 345 — 67"])
def test_words_that_are_not_english_are_not_read(text: str) -> None:
    """A text that is not English has no reading, and no evidence of its words."""
    lone = score_alone(segment(Document("0", text)), ScoreConfig())

    assert lone.findings.reading is None
    assert not [evidence for evidence in lone.verdict.evidence if evidence.code == "lone.spun"]


def test_each_of_several_is_judged_as_alone() -> None:
    """Read together, English or not, short or long, documents have exactly the verdicts that each has alone, in their order."""
    texts = (_NEWS, _GERMAN, "", "The board met.", _NEWS.replace("piles", "{piles}"))
    documents = [segment(Document(str(i), text)) for i, text in enumerate(texts)]
    for config in (ScoreConfig(), ScoreConfig(depth="rules")):
        assert [score_alone(d, config).verdict for d in documents] == [lone.verdict for lone in score_each(documents, config)]


@given(prose())
def test_evidence_adds_up_to_the_findings(text: str) -> None:
    """The bits for each wording are the sum of the evidence of its codes, each speaking against the original."""
    findings = score_alone(segment(Document("news", text)), ScoreConfig()).findings
    for kind, bits in (("spun", findings.spun_bits), ("back_translated", findings.back_translated_bits)):
        assert bits == pytest.approx(sum(-e.bits for e in findings.evidence if CODES[e.code].kind == kind))
    assert {evidence.document for evidence in findings.evidence} <= {"news"}


def test_a_second_firing_adds_less_than_the_first() -> None:
    """What one cause may break often counts less each time, and never nothing."""
    bits = [
        score_alone(segment(Document("0", f"{'Paid {dollars} here. ' * n}")), ScoreConfig()).findings.spun_bits for n in range(4)
    ]
    steps = [after - before for before, after in pairwise(bits)]

    assert steps[0] > steps[1] > steps[2] > 0


@pytest.mark.parametrize("depth", ["rules", "fast", "full"])
def test_the_verdict_says_its_depth(depth: Depth) -> None:
    """The depth of a verdict is the one asked for."""
    assert score(_NEWS, config=DetectorConfig(score=ScoreConfig(depth=depth))).depth == depth
