"""What goes on a round trip, and how the files of it are read."""

import gzip
import json
import random
from pathlib import Path

import pytest

from detector.lm import load_piece_lm, load_pieces, load_substitutions
from models.training.fluent import spin_fluently
from models.training.post_edits import PostEdit, read_post_edits
from models.training.round_trips import RoundTrip, _as_learners_write, read_round_trips
from models.training.spinner import Spinner
from tests.articles import documents

_SENTENCES = ("The council has agreed to the plan for the old bridge.", "They are going to the town by the river.") * 4


def test_a_folder_of_round_trips_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    rows = [{"id": str(k), "trips": 1, "sentences": ["A."], "round_trip": ["B."]} for k in range(3)]
    (tmp_path / "b.jsonl").write_text(json.dumps(rows[2]) + "\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:2]), encoding="utf-8")

    assert list(read_round_trips(tmp_path)) == [RoundTrip(str(k), ("A.",), ("B.",)) for k in range(3)]
    assert list(read_round_trips(tmp_path / "b.jsonl")) == [RoundTrip("2", ("A.",), ("B.",))]


def test_a_learner_makes_errors_and_always_the_same() -> None:
    found = [_as_learners_write(str(k), _SENTENCES) for k in range(6)]

    assert found == [_as_learners_write(str(k), _SENTENCES) for k in range(6)]
    assert all(len(sentences) == len(_SENTENCES) for sentences in found)
    assert any(sentences != _SENTENCES for sentences in found)


@pytest.mark.parametrize(("least", "expected"), [(0.0, ["1", "2"]), (0.2, ["2"])])
def test_post_edits_are_read_with_marks_joined(tmp_path: Path, least: float, expected: list[str]) -> None:
    rows = [
        {"id": "1", "mt": "He does n't go .", "pe": "He does n't go .", "hter": 0.0},
        {"id": "2", "mt": "The ( old ) town , was", "pe": "It was $ 5 %", "hter": 0.4},
    ]
    path = tmp_path / "edits.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    found = list(read_post_edits(path, least))

    assert [edit.id for edit in found] == expected
    assert found[-1] == PostEdit("2", "The (old) town, was", "It was $5%")


def test_the_fluent_spinner_says_what_it_replaced() -> None:
    """Each altered run stands where it says, put back it gives the text, and no name or quotation is touched."""
    text = documents("ferry_inquiry")["original"].text[:1500]
    spun, altered = spin_fluently(text, 0.3, Spinner(load_substitutions()), load_pieces(), load_piece_lm(), random.Random(5))
    back, at = [], 0
    for start, end, original in altered:
        back += [spun[at:start], original]
        at = end
        assert original.islower()
        assert spun[start:end] != original

    assert "".join([*back, spun[at:]]) == text
    assert len(altered) > 10
