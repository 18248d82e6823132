"""One word of a pivot language for two of English."""

import csv

import pytest

from detector import compare
from detector.lm import load_substitutions
from detector.score.pivot_senses import _FILE, _LANGUAGES, pivot_sense
from detector.score.rules.vocabulary import is_word


@pytest.mark.parametrize(
    ("ours", "theirs", "word"),
    [
        ("equipment", "team", "equipo"),
        ("equipment", "teams", "equipo"),
        ("the applications", "stricter enforcement", "aplicación"),
        ("displaced", "shifted", "desplazar"),
        ("edition", "outlet", "издание"),
        ("gymnasium", "school", "Gymnasium"),
        ("team", "equipment", None),
        ("equipment", "equipment", None),
        ("equipment for teams", "teams", None),
        ("equipment", "tools", None),
        ("", "team", None),
        ("equipment", "", None),
    ],
)
def test_known_answers(ours: str, theirs: str, word: str | None) -> None:
    """Inflected or not; in one direction only; not of a word that both sides have."""
    found = pivot_sense(ours.split(), theirs.split())

    assert (found.word if found else None) == word


@pytest.mark.parametrize(("theirs", "is_exact"), [("team", True), ("groups", False), ("groups team", True)])
def test_a_spun_counterpart_may_have_another_word_for_it(theirs: str, is_exact: bool) -> None:
    """Beside "groups", which a spinner may have put for "team", the sense is found too, but the word itself goes first."""
    found = pivot_sense(["equipment"], theirs.split())

    assert found is not None
    assert (found.word, found.is_exact) == ("equipo", is_exact)


def test_the_reason_says_it_in_words() -> None:
    """The language, its word, and both senses."""
    found = pivot_sense(["equipment"], ["team"])

    assert found is not None
    assert found.says == "Spanish “equipo” means “equipment” and “team”"


def test_every_row_can_be_met() -> None:
    """Dictionary forms or forms that are known, another word on each side, a language that has a name, no row twice."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    told = [(row["copy"], meant, row["language"], row["word"]) for row in rows for meant in row["english"].split(",")]

    assert len(told) == len(set(told))
    assert {language for _, _, language, _ in told} <= set(_LANGUAGES)
    assert all(written != meant for written, meant, _, _ in told)
    assert not [word for pair in told for word in pair[:2] if not is_word(word)]


def test_no_row_is_a_pair_of_synonyms() -> None:
    """What a thesaurus has as well says nothing of a translator: house and home."""
    table = load_substitutions()
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    assert not [
        (row["copy"], meant) for row in rows for meant in row["english"].split(",") if meant in table.near(row["copy"], "synonym")
    ]


def test_beside_its_source_the_word_is_flagged_with_the_reason() -> None:
    """A translation that has a pivot's sense shows it, and what stood there."""
    source = (
        "The mayor said on Tuesday that the rescue teams would shift their resources to the northern quarter. "
        "Officials of the harbor did not say when enforcement of the new rules begins. "
        "The council withheld the funds in March, and a spokeswoman said she couldn't explain why."
    )
    copy = (
        "The mayor said on Tuesday that the rescue equipment would displace its resources to the northern quarter. "
        "Officials of the EE. UU. harbor did not say when the application of the new norms begins. "
        "The council retained the funds in March, and a spokesman said that he could not explain why."
    )
    flags = compare([source, copy]).verdicts[1].flags
    told = {flag.span.of(copy): flag for flag in flags if any(code == "swap.sense" for code, _ in flag.reasons)}

    assert any("equipment" in words for words in told)
    assert all(flag.kind == "back_translated" and flag.severity in {"major", "critical"} for flag in told.values())
