"""The table of phrase rules: well formed, in order, and telling where it says so."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from detector.text import forms
from tests.articles import GROUPS, documents

_TABLE = Path(__file__).parents[2] / "models" / "substitutions" / "phrases.tsv"
_ATTESTED = Path(__file__).parents[3] / "shared" / "eval" / "wording" / "attested_phrases.tsv"
_MOST_WORDS = 5


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def _padded(phrase: str) -> str:
    """The words of a phrase with a blank on each side, so that one run of words is looked up in another."""
    return f" {' '.join(forms(phrase))} "


def _n_found(phrases: set[str], text: str) -> int:
    tokens = forms(text)
    runs = Counter(" ".join(tokens[i : i + n]) for n in range(1, _MOST_WORDS + 1) for i in range(len(tokens) - n + 1))
    return sum(runs[phrase] for phrase in phrases)


def test_columns_are_as_named() -> None:
    """Copy, original, source, strength; nothing else, nothing empty."""
    assert all(list(row) == ["copy", "original", "source", "strength"] and all(row.values()) for row in _rows())


def test_phrases_are_words_as_the_program_reads_them() -> None:
    """Both sides are one to five lower-case words, as ``forms`` gives them."""
    for row in _rows():
        for phrase in (row["copy"], row["original"]):
            assert phrase == " ".join(forms(phrase))
            assert 1 <= len(phrase.split()) <= _MOST_WORDS


def test_each_pair_stands_once_in_order() -> None:
    """Sorted by copy and original, without repetition, and never a phrase for itself."""
    pairs = [(row["copy"], row["original"]) for row in _rows()]

    assert sorted(set(pairs)) == pairs
    assert all(copy != original for copy, original in pairs)


def test_sources_and_strengths_are_known() -> None:
    """A rule is the simulated spinner's, was seen on a live page, or was written for the project; it is telling or it is not."""
    assert {row["source"] for row in _rows()} == {"simulator", "page", "project"}
    assert {row["strength"] for row in _rows()} == {"high", "low"}


def test_a_phrase_is_as_telling_for_each_original() -> None:
    """The strength belongs to what was written, not to what it stood for."""
    strengths = {(row["copy"], row["strength"]) for row in _rows()}

    assert len(strengths) == len({row["copy"] for row in _rows()})


def test_no_rule_is_known_from_a_seed_alone() -> None:
    """No rule holds, or is held by, a phrase attested in a seed with both sides, unless one attested on a live page does so too."""
    if not _ATTESTED.exists():
        pytest.skip(f"{_ATTESTED} is not here: the attested phrases are no part of the project")
    with _ATTESTED.open(encoding="utf-8", newline="") as handle:
        attested = [
            (_padded(row["copy"]), _padded(row["original"]), row["seen_in"])
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    for row in _rows():
        rule = _padded(row["copy"]), _padded(row["original"])
        seen_in = {
            place
            for copy, original, place in attested
            if (rule[0] in copy and rule[1] in original) or (copy in rule[0] and original in rule[1])
        }

        assert not seen_in or "page" in seen_in, (row["copy"], row["original"])


def test_telling_phrases_stand_in_spun_articles_rather_than_in_genuine_ones() -> None:
    """In the ten sample stories the spun copies have more than ten times as many of them as the originals."""
    telling = {row["copy"] for row in _rows() if row["strength"] == "high"}
    found = Counter[str]()
    for group in GROUPS:
        for name, document in documents(group).items():
            found[name] += _n_found(telling, document.text)

    assert found["spun"] > 10 * found["original"]
