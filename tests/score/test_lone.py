"""One text alone."""

from itertools import pairwise

import pytest
from hypothesis import given

from detector import DetectorConfig, score
from detector.codes import CODES
from detector.config import ScoreConfig
from detector.errors import DepthError
from detector.score import score_alone
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
    """Where no rule fires, the probabilities are the prior's."""
    verdict = score(_NEWS)

    assert (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated) == pytest.approx((0.8, 0.1, 0.1))


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
        score_alone(segment(Document("0", f"{'Paid {dollars} here. ' * n}")), ScoreConfig()).findings.spun_bits
        for n in range(4)
    ]
    steps = [after - before for before, after in pairwise(bits)]

    assert steps[0] > steps[1] > steps[2] > 0


def test_the_depth_that_is_not_built_is_refused() -> None:
    """Asking for ``full`` raises an error that says what there is."""
    with pytest.raises(DepthError, match="'fast' or 'rules'"):
        score(_NEWS, config=DetectorConfig(score=ScoreConfig(depth="full")))


@pytest.mark.parametrize("depth", ["rules", "fast"])
def test_the_verdict_says_its_depth(depth: Depth) -> None:
    """The depth of a verdict is the one asked for."""
    assert score(_NEWS, config=DetectorConfig(score=ScoreConfig(depth=depth))).depth == depth
