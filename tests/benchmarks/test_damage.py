"""Damage done on purpose: it is where it says it is, the same for the same seed, and of every kind there is a rule for."""

from pathlib import Path
from random import Random

import pytest

from benchmarks.quality import corruption
from benchmarks.quality.damage import INJECTORS, damage
from detector.codes import CODES

ARTICLES = sorted((Path(__file__).parents[2] / "data" / "articles").glob("*/original.txt"))
TEXT = ARTICLES[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", INJECTORS)
@pytest.mark.parametrize("seed", range(5))
def test_all_damage_is_at_its_places(kind: str, seed: int) -> None:
    """Outside the places the damaged text is the sound text; there is at least one place, and each lies in the text."""
    damaged = damage(kind, TEXT, Random(seed))
    outside, done = [], 0
    for place in damaged.places:
        outside.append(damaged.text[done : place.start])
        done = place.end
    outside.append(damaged.text[done:])
    at = 0
    for piece in outside:
        at = TEXT.find(piece, at)
        assert at >= 0
        at += len(piece)

    assert damaged.places
    assert damaged.text != TEXT
    assert all(0 <= place.start < place.end <= len(damaged.text) for place in damaged.places)


@pytest.mark.parametrize("kind", INJECTORS)
def test_the_same_seed_does_the_same_damage(kind: str) -> None:
    """Damage depends on the text and the seed alone."""
    assert damage(kind, TEXT, Random(3)) == damage(kind, TEXT, Random(3))


def test_every_kind_of_damage_can_be_injected() -> None:
    """Each kind of corruption in the registry has an injector, and no injector is for a kind that no rule looks for."""
    kinds = {corruption.kind_of(code) for code, entry in CODES.items() if entry.false_alarm_rate is not None}
    corruptions = {corruption.kind_of(code) for code, entry in CODES.items() if entry.sign == "corruption"}

    assert corruptions <= INJECTORS.keys() <= kinds


def test_cut_words_leave_a_gap() -> None:
    """What is cut out is gone: the damaged text is the shorter by each gap, and its words stood in the sound one."""
    damaged = damage("cut", TEXT, Random(1))

    assert len(damaged.text) < len(TEXT)
    assert set(damaged.text.split()) <= {piece for word in TEXT.split() for piece in (word, word[-1])}


@pytest.mark.parametrize("rule", corruption.rules(), ids=lambda rule: rule.name)
def test_the_page_counts_the_cases_of_each_rule(rule: corruption.Rule) -> None:
    """No more cases are right than there are, of either sort."""
    right, positives, held, negatives = corruption.cases_right(rule)

    assert 0 <= right <= positives
    assert 0 <= held <= negatives
