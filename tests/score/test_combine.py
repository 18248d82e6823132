"""From bits to probabilities to a word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.config import Prior, ScoreConfig
from detector.score.combine import Findings, posterior, verdict_of
from detector.types import Flag, Span, Wording

_BITS = st.floats(-1e4, 1e4)
_PLAIN = Findings("news", 0.0, 0.0, (), (), "en", 100, None)


@st.composite
def configs(draw: st.DrawFn) -> ScoreConfig:
    """Configurations of every prior that is allowed."""
    shares = [draw(st.floats(1e-12, 1.0)) for _ in range(3)]
    return ScoreConfig(prior=Prior(*(share / sum(shares) for share in shares)))


@given(_BITS, _BITS, configs())
def test_the_posterior_is_a_distribution(spun_bits: float, back_bits: float, config: ScoreConfig) -> None:
    """Three probabilities, none below 0, that sum to 1, whatever the bits and the prior."""
    p = posterior(spun_bits, back_bits, config)

    assert min(p) >= 0
    assert sum(p) == pytest.approx(1.0, abs=1e-9)


@given(_BITS, st.floats(0, 100), _BITS)
def test_the_posterior_grows_with_the_bits(bits: float, more: float, other: float) -> None:
    """More bits for one wording never lower its probability, nor raise that of another."""
    config = ScoreConfig()
    before, after = posterior(bits, other, config), posterior(bits + more, other, config)

    assert after[1] >= before[1]
    assert after[0] <= before[0] + 1e-12
    assert after[2] <= before[2] + 1e-12
    assert posterior(other, bits, config)[2] == pytest.approx(before[1])


def test_no_bits_leave_the_prior() -> None:
    """Without evidence the probabilities are the prior's."""
    assert posterior(0.0, 0.0, ScoreConfig()) == pytest.approx((0.8, 0.1, 0.1))


def test_nothing_becomes_certain() -> None:
    """However many the bits, something is left for the others."""
    assert 0 < posterior(1e6, 0.0, ScoreConfig())[0] < 1e-4


@pytest.mark.parametrize(
    ("findings", "wording", "code"),
    [
        (_PLAIN, "genuine", None),
        (replace(_PLAIN, spun_bits=12.0), "spun", None),
        (replace(_PLAIN, back_translated_bits=12.0), "back_translated", None),
        (replace(_PLAIN, spun_bits=3.0), "unknown", "unknown.undecided"),
        (replace(_PLAIN, spun_bits=12.0, n_words=24), "unknown", "unknown.short"),
        (replace(_PLAIN, spun_bits=12.0, language=None), "unknown", "unknown.language"),
        (replace(_PLAIN, n_words=0, language=None), "unknown", "unknown.short"),
    ],
)
def test_the_word_follows_the_numbers(findings: Findings, wording: Wording, code: str | None) -> None:
    """A wording is named where it is probable enough, the text long enough and English; else the reason is given."""
    verdict = verdict_of(findings, ScoreConfig())

    assert wording == verdict.wording
    assert ([code] if code else []) == [evidence.code for evidence in verdict.evidence]
    assert {evidence.document for evidence in verdict.evidence} <= {"news"}


@given(_BITS, _BITS)
def test_unknown_changes_only_the_word(spun_bits: float, back_bits: float) -> None:
    """A text too short to judge keeps the numbers that a longer one with the same findings has."""
    findings = replace(_PLAIN, spun_bits=spun_bits, back_translated_bits=back_bits)
    known, unknown = (verdict_of(f, ScoreConfig()) for f in (findings, replace(findings, n_words=3)))

    assert unknown.wording == "unknown"
    assert (known.p_genuine, known.p_spun, known.p_back_translated) == (
        unknown.p_genuine,
        unknown.p_spun,
        unknown.p_back_translated,
    )


@given(st.lists(st.floats(0, 1), max_size=6), st.floats(0, 1))
def test_flags_below_the_threshold_are_left_out(probabilities: list[float], threshold: float) -> None:
    """A verdict bears the flags at or above the configured probability, in their order."""
    flags = tuple(
        Flag(Span(i, i + 1), "spun", p, "minor", None, (("swap.gain", "it fits worse"),))
        for i, p in enumerate(probabilities)
    )
    verdict = verdict_of(replace(_PLAIN, flags=flags), ScoreConfig(flag_threshold=threshold))

    assert tuple(flag for flag in flags if flag.probability >= threshold) == verdict.flags


def test_corruptions_are_the_kinds_of_the_damage_shown() -> None:
    """Each kind of damage is told once; an altered wording is no damage."""
    codes = ["boilerplate.line", "mojibake", "boilerplate.line", "swap.gain"]
    kinds = ["boilerplate", "mojibake", "boilerplate", "spun"]
    flags = tuple(
        Flag(Span(i, i + 1), kind, 0.9, "minor", None, ((code, "seen"),))
        for i, (code, kind) in enumerate(zip(codes, kinds, strict=True))
    )

    assert verdict_of(replace(_PLAIN, flags=flags), ScoreConfig()).corruptions == ("boilerplate", "mojibake")
