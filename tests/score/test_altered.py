"""Flags of one text's altered words, and the evidence of all of them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import DetectorConfig, score
from detector.codes import CODES
from detector.config import ScoreConfig
from detector.score.altered import altered_words, evidence_of
from detector.score.broken_names import BrokenName
from detector.score.spun import SpunReading, read_spun
from detector.types import Flag
from tests.articles import GROUPS, documents
from tests.strategies import prose, wild

_EVERY = DetectorConfig(score=ScoreConfig(depth="fast", flag_threshold=0.0))
_TEXT = "The metropolis sleeps at the White Home, and no lorry wakes it."


def _reading(altered: float = 0.9, text: str = _TEXT) -> SpunReading:
    """The reading of a text whose words all look altered alike, and none of which breaks a name."""
    (reading,) = read_spun([text])
    return replace(reading, altered=np.full(len(reading.altered), altered, dtype=np.float32), broken={})


def _by_text(reading: SpunReading, p_spun: float = 1.0, threshold: float = 0.0) -> dict[str, Flag]:
    return {flag.span.of(reading.text): flag for flag in altered_words(reading, p_spun, threshold)}


@given(st.lists(st.sampled_from(sorted(documents(g)["spun"].text for g in GROUPS)), max_size=2).map("\n".join) | prose() | wild())
def test_flags_are_laid_out(text: str) -> None:
    """Even with every word flagged, flags hold at most eight words, stand in order, and of one kind do not overlap.

    A character that cannot be seen is flagged too, which is no word.
    """
    flags = score(text, config=_EVERY).flags

    assert all(len(flag.span) and len(flag.span.of(text).split()) <= 8 for flag in flags)
    assert [flag.span for flag in flags] == sorted(flag.span for flag in flags)
    for kind in {flag.kind for flag in flags}:
        assert all(a.span.end <= b.span.start for a, b in pairwise(flag for flag in flags if flag.kind == kind))


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_stands_for_itself(group: str) -> None:
    """What is expected is never what stands there, whatever its case, and every reason has a code of the registry."""
    for document in documents(group).values():
        flags = score(document.text, config=_EVERY).flags

        assert all(flag.expected is None or flag.expected.lower() != flag.span.of(document.text).lower() for flag in flags)
        assert all(code in CODES and says for flag in flags for code, says in flag.reasons)


@pytest.mark.parametrize(
    ("p_spun", "threshold", "expected"), [(1.0, 0.5, True), (0.5, 0.5, False), (0.5, 0.4, True), (0.0, 0.5, False)]
)
def test_flags_reach_the_threshold(p_spun: float, threshold: float, expected: bool) -> None:
    """A word's probability is its own times that of the text; below the threshold there is no flag."""
    flags = _by_text(_reading(), p_spun, threshold)

    assert bool(flags) is expected
    assert all(flag.probability == pytest.approx(0.9 * p_spun) for flag in flags.values())


def test_the_gain_is_the_reason_where_there_is_one() -> None:
    """A word that its choice outdoes says by how many bits; one without a choice shows only the signs of a replaced word."""
    reading = _reading()
    reading = replace(reading, saved=np.where(reading.meant == -1, reading.saved, np.float32(3)))
    flags = _by_text(reading)

    assert (flags["metropolis"].expected, flags["metropolis"].reasons) == (
        "city",
        (("word.gain", "“city” would fit here better by 3 bits"),),
    )
    assert (flags["White"].expected, flags["White"].reasons) == (None, (("word.signs", CODES["word.signs"].says),))


@pytest.mark.parametrize(
    ("saved", "severity", "code"), [(0.4, "minor", "word.signs"), (0.6, "minor", "word.gain"), (8.0, "major", "word.gain")]
)
def test_a_word_that_is_far_outdone_is_major(saved: float, severity: str, code: str) -> None:
    """Below half a bit the gain is not told; from eight bits on the word misleads."""
    reading = _reading()
    flag = _by_text(replace(reading, saved=np.full_like(reading.saved, saved)))["metropolis"]

    assert (severity, code) == (flag.severity, flag.reasons[0][0])


@pytest.mark.parametrize(
    ("is_own", "says"), [(False, "one word of “White House” was replaced"), (True, "the text itself has “White House”")]
)
def test_a_broken_name_is_critical(is_own: bool, says: str) -> None:
    """A word that breaks a name has the name's word as expected, and says whose name it is."""
    start = _TEXT.index("Home")
    reading = _reading()
    (place,) = np.flatnonzero(reading.starts == start).tolist()
    flag = _by_text(replace(reading, broken={place: BrokenName(start, start + 4, "House", "White House", is_own)}))["Home"]

    assert ("House", "critical", (("name.broken", says),)) == (flag.expected, flag.severity, flag.reasons)


def test_a_word_that_would_stand_for_itself_is_passed_over() -> None:
    """Where what is expected is what stands there, in whatever case, there is no flag."""
    start = _TEXT.index("Home")
    reading = _reading()
    (place,) = np.flatnonzero(reading.starts == start).tolist()
    broken = {place: BrokenName(start, start + 4, "HOME", "White Home", True)}

    assert "Home" in _by_text(reading)
    assert "Home" not in _by_text(replace(reading, broken=broken))


def test_no_flag_is_longer_than_eight_words() -> None:
    """A run that is longer than flags may be is passed over."""
    reading = replace(_reading(), starts=np.zeros(1, np.int64), ends=np.array([len(_TEXT)]), altered=np.ones(1, np.float32))

    assert not _by_text(reading)


def test_evidence_is_the_texts_bits_and_its_broken_names() -> None:
    """The words together speak against the original by their bits, a broken name by those of its code, once."""
    reading = replace(_reading(), bits=2.5)
    name = BrokenName(40, 44, "House", "White House", False)
    (lone,) = evidence_of("0", reading)
    both = list(evidence_of("0", replace(reading, broken={3: name, 5: name})))

    assert (lone.code, lone.value, lone.bits) == ("lone.spun", 2.5, -2.5)
    assert [(e.code, e.value, e.bits) for e in both] == [
        ("lone.spun", 2.5, -2.5),
        ("name.broken", 2.0, -CODES["name.broken"].bits),
    ]
    assert "White House" in both[1].because
