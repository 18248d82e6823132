"""Altered words as flags, on the sample articles."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import align, compare
from detector.codes import CODES
from detector.config import DetectorConfig, ScoreConfig
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.flags import distinct, flags_of
from detector.score.swaps import find_swaps
from detector.text import words
from detector.types import MAX_FLAG_WORDS, Flag, Span, Verdict
from tests.articles import FEW, compared, documents
from tests.oracles import is_laid_out

_FLAGS = st.builds(
    lambda start, length, kind, p: Flag(Span(start, start + length), kind, p, "minor"),
    st.integers(0, 40),
    st.integers(1, 8),
    st.sampled_from(["spun", "back_translated", "mojibake"]),
    st.floats(0, 1),
)


def _verdicts() -> list[tuple[str, Verdict]]:
    return [(d.text, v) for group in FEW for d, v in zip(documents(group).values(), compared(group).verdicts, strict=True)]


def test_flags_are_short_and_inside_the_text() -> None:
    """A flag covers one to eight words of its text."""
    for text, verdict in _verdicts():
        for flag in verdict.flags:
            assert flag.span.end <= len(text)
            assert len(words(text, flag.span.start, flag.span.end)) <= MAX_FLAG_WORDS


def test_flags_are_in_the_order_of_the_text() -> None:
    """Flags follow each other by where they begin and end."""
    for _, verdict in _verdicts():
        for before, after in pairwise(verdict.flags):
            assert before.span <= after.span


def test_every_flag_says_why_by_a_registered_code() -> None:
    """Each flag has a reason, each reason a code of the registry; what a counterpart shows says what it has instead."""
    for _, verdict in _verdicts():
        for flag in verdict.flags:
            assert flag.reasons
            assert all(code in CODES for code, _ in flag.reasons)
            if flag.reasons[0][0].startswith(("swap.", "fact.")):
                assert flag.expected


def test_a_long_altered_run_is_more_than_one_flag() -> None:
    """Words altered one after the other make flags of at most eight words, that do not overlap."""
    frame = (
        "Officials in Oslo confirmed on Tuesday that {} off Lund harbour before the mayor of that island, Greta Dahl, could warn"
        " the crew of the eastern ferry"
    )
    source = frame.format("big old red boats sank near new stone piers")
    target = frame.format("large aged crimson ships drowned close fresh rock docks")
    alignment = align([source], [target])
    swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
    joint = np.zeros((3, 3))
    joint[1, 0] = 1.0  # the target was spun, the source is genuine
    flags = flags_of(alignment, swaps, 1, joint)

    assert flags
    assert max(len(words(target, flag.span.start, flag.span.end)) for flag in flags) <= MAX_FLAG_WORDS
    assert is_laid_out([flag.span for flag in flags], target)


@pytest.mark.parametrize("threshold", [0.2, 0.9])
def test_the_threshold_is_obeyed(threshold: float) -> None:
    """The flags are those at or above the threshold, and a higher one shows a part of what a lower one shows."""
    pair = [documents(FEW[0])[name] for name in ("original", "spun")]
    found = compare(pair, config=DetectorConfig(score=ScoreConfig(flag_threshold=threshold))).verdicts[1].flags
    default = compare(pair).verdicts[1].flags
    less, more = (found, default) if threshold > 0.5 else (default, found)

    assert all(flag.probability >= threshold for flag in found)
    assert 0 < len(less) <= len(more)
    assert set(less) <= set(more)


@pytest.mark.parametrize("group", FEW)
def test_an_original_beside_its_spun_copy_is_hardly_flagged(group: str) -> None:
    """The words that were spun are flagged in the copy, at ten times the number of the original's or more."""
    names = list(documents(group))
    flags = [len(compared(group).verdicts[names.index(name)].flags) for name in ("original", "spun")]

    assert flags[1] >= 10 * max(flags[0], 1)


@given(st.lists(_FLAGS, max_size=8), st.lists(st.tuples(_FLAGS, st.floats(0, 1)), max_size=8))
def test_distinct_flags_of_a_kind_do_not_overlap(rules: list[Flag], shown: list[tuple[Flag, float]]) -> None:
    """Of one kind no two flags share a character, and what was left out overlaps one of its kind that was kept."""
    kept = distinct(rules, shown)
    given_flags = [*rules, *(flag for flag, _ in shown)]

    assert list(kept) == sorted(kept, key=lambda f: (f.span, f.kind))
    assert not any(a.kind == b.kind and a.span.overlaps(b.span) for i, a in enumerate(kept) for b in kept[:i])
    for flag in given_flags:
        assert flag in kept or any(flag.kind == k.kind and flag.span.overlaps(k.span) for k in kept)


@given(_FLAGS, st.floats(0, 1))
def test_a_rule_is_believed_before_a_counterpart(flag: Flag, trust: float) -> None:
    """Where a rule and a counterpart flag the same words, the rule's flag is kept."""
    rule = replace(flag, probability=0.01)

    assert distinct([rule], [(flag, trust)]) == (rule,)
