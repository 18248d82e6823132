"""Slips of a human hand: cases as data, the neighbours of a form against the definition, and what they do to a verdict."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.config import DetectorConfig, ScoreConfig
from detector.lm import load_substitutions
from detector.pipeline import score
from detector.score.round_trip import load_weights
from detector.score.slips import _one_slip_away, slips

SLIPS = (
    "becuase", "freinds", "thier", "freind", "recieved", "definately", "acheive", "goverment", "enviroment", "seperate", "happend",
    "takeing", "librarys", "beleive", "oppinion", "defferent", "teenajers", "alot", "didnt", "youre",
)  # fmt: skip
"""Misspelt as hurried writers do; one letter off, two swapped, or two slips in a long word."""
WORDS = (
    "carmakers", "resurfaced", "backbenches", "gridlocked", "unfussy", "sympathised", "colour", "neighbourhood", "ferryman",
    "quayside", "rewilding", "co-operate", "o'clock", "Thier", "NATO", "pre-war", "wifi", "haha", "sprint", "kayaked",
)  # fmt: skip
"""Rare, compound, British, hyphenated, a name, a sound."""
CONFUSED = (
    "could of been", "better then the", "their are no", "there own boat", "your welcome here", "far to much", "they was late",
)  # fmt: skip
LEGAL = (
    "could of course", "more then, less now", "of their own", "there owned", "your are", "not to be", "it was", "they have been",
    "back to much of the same",
)  # fmt: skip
FORMS = st.text("abc", min_size=1, max_size=5)


def _found(text: str) -> list[str]:
    return list(slips(text, load_substitutions()))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found(slip: str) -> None:
    """Inside a sentence and at its end, once however often it stands there."""
    assert _found(f"She said {slip} the boat left, {slip} the storm came. Nobody waited {slip}.") == [slip]


@pytest.mark.parametrize("word", WORDS)
def test_a_rare_word_is_none(word: str) -> None:
    """What endings, beginnings or two words explain, and what is no plain word."""
    assert _found(f"She said {word} the boat left when the storm came.") == []


@pytest.mark.parametrize("phrase", CONFUSED)
def test_a_confused_word_is_found(phrase: str) -> None:
    """As its two words, whatever their case."""
    assert _found(f"Now {phrase} and so on.") == [" ".join(phrase.split()[:2])]
    assert _found(f"Now {phrase.capitalize()} and so on.") == [" ".join(phrase.split()[:2])]


@pytest.mark.parametrize("phrase", LEGAL)
def test_a_word_in_its_place_is_none(phrase: str) -> None:
    """The same words where English has them."""
    assert _found(f"Now {phrase} and so on.") == []


def _is_one_slip(a: str, b: str) -> bool:
    """By the definition: one letter more, less, other, or two swapped."""
    if abs(len(a) - len(b)) == 1:
        short, long = sorted((a, b), key=len)
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    if len(a) != len(b):
        return False
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = [a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)]
    return len(differ) <= 1 or b in swapped


@given(FORMS, FORMS)
def test_neighbours_are_what_the_definition_says(a: str, b: str) -> None:
    """No form is missed and none is too far; a form may be its own neighbour."""
    assert (b in _one_slip_away(a)) == _is_one_slip(a, b)


def test_damage_is_no_slip() -> None:
    """Where words are glued or misread no hand is seen, whatever is misspelt beside them."""
    slipped = "The boat left the harbour becuase of the storm, and nobody on the quay had seen it go. " * 4
    damaged = slipped + "Nobody saidthat thecouncil would pay for the h0spital."
    config = DetectorConfig(score=ScoreConfig(depth="fast"))
    found = [{evidence.code for evidence in score(text, config=config).evidence} for text in (slipped, damaged)]

    assert ["lone.slips" in codes for codes in found] == [True, False]


@pytest.mark.parametrize("n", [1, 3, 9])
def test_slips_speak_against_a_translation(n: int) -> None:
    """Each counts the fitted bits against a translation, more than four no more; a text without any has no such evidence."""
    config = DetectorConfig(score=ScoreConfig(depth="fast"))
    plain = "The boat left the harbour before the storm, and nobody on the quay had seen it go. " * 4
    slipped = plain + " ".join(SLIPS[:n]) + "."
    verdict = score(slipped, config=config)
    (told,) = [evidence for evidence in verdict.evidence if evidence.code == "lone.slips"]

    assert told.bits == pytest.approx(-load_weights()["slip"] * min(n, 4))
    assert told.bits > 0
    assert log2(verdict.p_back_translated / verdict.p_genuine) == pytest.approx(log2(0.1 / 0.8) - told.bits, abs=1e-6)
    assert "lone.slips" not in {evidence.code for evidence in score(plain, config=config).evidence}
