"""Passages that do not belong, and sentences that are not whole: what the cases of the rules do not show one by one."""

import json
from pathlib import Path
from random import Random

import pytest

from detector.codes import CODES
from detector.score.rules import cut, foreign, salad
from detector.text import segment
from detector.types import Document, Flag, SegmentedDocument

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
SOUND = sorted(path for name in ("original", "edited", "same_event") for path in ARTICLES.glob(f"*/{name}.txt"))
LANGUAGES = json.loads((Path(__file__).parents[1] / "cases" / "languages.json").read_text(encoding="utf-8"))
ENGLISH = "The bridge was closed at noon, and the buses went by way of the mill. Nobody knew when it would be open again."


def _segmented(text: str) -> SegmentedDocument:
    return segment(Document("0", text))


def _foreign(text: str) -> list[Flag]:
    return list(foreign.find(_segmented(text)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(case["language"], case["text"]) for case in LANGUAGES],
)
def test_the_reason_names_the_language(language: str, sentence: str) -> None:
    """A sentence of each of the ten languages is found inside English, by its name."""
    (flag,) = _foreign(f"{ENGLISH}\n\n{sentence}\n\n{ENGLISH}")

    assert f"the words are {language}," in flag.reasons[0][1]


def test_a_text_of_another_language_is_not_damaged() -> None:
    """The same sentence is a passage in an English text, and no damage where the text goes on as it began."""
    sentence = next(case["text"] for case in LANGUAGES if case["language"] == "French")

    assert _foreign(f"{ENGLISH} {sentence}")
    assert not _foreign(f"{sentence} {sentence} {sentence}")


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sound_articles_have_no_such_passage(path: Path) -> None:
    """No rule of passages fires on an article that a person wrote."""
    segmented = _segmented(path.read_text(encoding="utf-8"))

    assert [flag for rule in (foreign, salad, cut) for flag in rule.find(segmented)] == []


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*/original.txt")), ids=lambda path: path.parent.name)
def test_shuffled_words_are_salad(path: Path) -> None:
    """The words of an article in any order but its own are salad: damage, and spun as well."""
    words = path.read_text(encoding="utf-8").split()
    Random(1).shuffle(words)
    flags = list(salad.find(_segmented(" ".join(words))))

    assert {flag.kind for flag in flags} == {"salad", "spun"}
    assert {CODES[flag.reasons[0][0]].sign for flag in flags} == {"corruption", "spun"}


def test_one_gap_may_be_a_slip() -> None:
    """A gap is damage where there is another in the text."""
    gap = "He walked to the. Then he sat down."

    assert list(cut.find(_segmented(gap))) == []
    assert len(list(cut.find(_segmented(f"{gap} {gap}")))) == 2
