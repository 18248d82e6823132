"""The registry: its figures hold on the genuine documents, and each rule's evidence is bounded."""

from pathlib import Path

import pytest

from benchmarks.quality import rules
from detector.codes import CODES
from detector.score.rules.flagging import posterior

PROJECT = Path(__file__).parents[2]
GENUINE = PROJECT.parent / "shared" / "eval" / "genuine"
RULES = [code for code, entry in CODES.items() if entry.false_alarm_rate is not None]
WORDINGS = [code for code in RULES if CODES[code].kind in ("spun", "back_translated")]


def test_each_entry_stands_under_its_own_code() -> None:
    """The key of an entry is its code, and what it says is one line without a full stop."""
    for code, entry in CODES.items():
        assert code == entry.code
        assert "\n" not in entry.says
        assert not entry.says.endswith(".")


@pytest.mark.parametrize("code", WORDINGS)
def test_a_rule_of_wording_rarely_fires_on_genuine_text(code: str) -> None:
    """The registry promises at most 3 genuine documents in 1,000, and more than none."""
    rate = CODES[code].false_alarm_rate

    assert rate is not None
    assert 0.0 < rate <= 0.003


@pytest.mark.parametrize("code", WORDINGS)
def test_a_rule_of_wording_carries_bounded_evidence(code: str) -> None:
    """A wording's rule speaks for it, by at most nine bits: no single mark settles a text."""
    assert 0.0 < CODES[code].bits <= 9.0
    assert 0.5 <= posterior(code) < 1.0


@pytest.mark.parametrize("code", [code for code in RULES if code not in WORDINGS])
def test_corruption_says_nothing_of_wording(code: str) -> None:
    """Damage carries no bits: genuine articles are damaged too."""
    assert CODES[code].bits == 0.0
    assert CODES[code].sign == "corruption"


@pytest.mark.skipif(not GENUINE.is_dir(), reason="the development sets do not lie beside the project")
def test_the_registry_does_not_understate_false_alarms() -> None:
    """On the genuine documents no rule fires on a larger share than the registry says."""
    documents = rules.genuine()

    assert rules.understated(rules.fired_on(documents), len(documents)) == []
