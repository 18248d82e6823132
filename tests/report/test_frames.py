"""Laws of the frames."""

from dataclasses import replace

from detector.report.frames import flags_frame, pairs_frame, verdicts_frame
from detector.types import Comparison


def test_verdicts_have_a_row_a_document(comparison: Comparison) -> None:
    """One row a document, in the order compared, with the place in the ranking."""
    frame = verdicts_frame(comparison)

    assert list(frame["id"]) == [d.id for d in comparison.documents]
    assert list(frame["group"]) == [0, 0, 0, 1]
    assert list(frame["p_original"]) == [0.9507, 0.0037, 0.0138, 0.0]
    assert list(frame["n_flags"]) == [0, 9, 1, 0]


def test_flags_have_a_row_a_flag(comparison: Comparison) -> None:
    """One row a flag, with the words as read and what they probably said before."""
    frame = flags_frame(comparison)
    brokers = frame[frame["expected"] == "special agents"].iloc[0]

    assert len(frame) == sum(len(v.flags) for v in comparison.verdicts)
    assert brokers["text"] == "particular brokers"
    assert comparison.documents[1].text[brokers["start"] : brokers["end"]] == "particular brokers"


def test_pairs_have_a_row_an_alignment(comparison: Comparison) -> None:
    """One row a pair, in the order of the alignments; links and nulls add up to all beads."""
    frame = pairs_frame(comparison)
    n_beads = frame[["n_verbatim", "n_edited", "n_spun", "n_back_translated", "n_null"]].sum(axis=1)

    assert list(frame["relation"]) == [a.relation for a in comparison.alignments]
    assert list(n_beads) == [len(a.beads) for a in comparison.alignments]


def test_no_rows_keep_the_columns(comparison: Comparison) -> None:
    """A comparison without flags gives an empty frame with the same columns."""
    plain = tuple(replace(v, flags=()) for v in comparison.verdicts)

    assert list(flags_frame(replace(comparison, verdicts=plain)).columns) == list(flags_frame(comparison).columns)
