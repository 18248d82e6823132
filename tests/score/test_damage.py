"""The rules on damaged and repeated words: laws beside the cases of test_rules."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.score.rules import glued, headlines, ocr, repetition, split
from detector.score.rules.tokens import pairs_with
from detector.score.rules.vocabulary import zipfs
from detector.text import segment
from detector.types import Document, Flag

LONG = sorted(word for word, zipf in zipfs().items() if 8 <= len(word) <= 12 and zipf >= 4.5)
RUNS = st.lists(st.sampled_from(["t", "he", "ab", "", "\n", "so."]), min_size=1, max_size=30)
ARTICLE = (
    "The council sold the old mill on the river to a baker from the next town on Monday.",
    "He means to grind flour there again, which nobody has done since the war ended.",
    "The neighbours fear the noise of the wheel at night, and have asked for a wall.",
    "A second meeting, in the school, will hear what they have to say.",
)


def _found(rule: object, text: str) -> Iterator[Flag]:
    assert callable(rule)
    yield from rule(segment(Document("0", text)))


@given(st.lists(st.sampled_from(LONG), min_size=2, max_size=2, unique=True))
def test_two_words_glued_to_an_article_are_found_and_put_apart(words: list[str]) -> None:
    """What is expected is the text as it was before its blanks were lost."""
    text = f"so the{words[0]} and the{words[1]} so"

    assert [f"the {word}" for word in words] == [flag.expected for flag in _found(glued.find, text)]


@given(st.sampled_from(LONG), st.integers(1, 7))
def test_a_word_in_two_pieces_is_expected_whole(word: str, at: int) -> None:
    """Wherever a word is broken, only the word itself is expected."""
    assert {flag.expected for flag in _found(split.find, f"so {word[:at]} {word[at:]} so")} <= {word}


@given(st.sampled_from(LONG), st.integers(2, 6), st.sampled_from(["-\n", "-\r\n", "- \n  ", "¬\n"]))
def test_a_word_divided_at_a_line_end_is_expected_whole(word: str, at: int, mark: str) -> None:
    """A frequent word that a line end divides is found wherever it is divided, and expected whole."""
    assert [flag.expected for flag in _found(ocr.find, f"so {word[:at]}{mark}{word[at:]} so")] == [word]


@given(RUNS)
def test_pairs_are_given_once_with_their_place(runs: list[str]) -> None:
    """Each two neighbours that join, one of them looked for, stand at their offset, and no others are given."""
    text = " ".join(runs)
    found = list(pairs_with(text, frozenset({"t", "ab"}), lambda first, second: first != second))

    assert all(text.startswith(f"{first} {second}", start) for start, first, second in found)
    expected = [[m[1], m[2]] for m in re.finditer(r"(?<!\S)(\S+)(?= (\S+))", text) if {m[1], m[2]} & {"t", "ab"} and m[1] != m[2]]
    assert [pair for _, *pair in found] == expected


@given(st.lists(st.sampled_from(LONG), min_size=3, max_size=5, unique=True), st.integers(3, 9))
def test_a_round_of_words_is_found_however_often_it_comes(words: list[str], times: int) -> None:
    """Words that come round three times or more have one flag, which begins with the second round."""
    text = "so " + " ".join(words * times)
    (flag,) = _found(repetition.find, text)

    assert flag.span.start == len("so " + " ".join(words) + " ")


@pytest.mark.parametrize("joint", ["\n", "\n\n", "\r\n", " "])
def test_an_article_that_stands_twice_has_one_flag(joint: str) -> None:
    """Whatever parts its sentences, the second copy is flagged once, at its first sentence."""
    once = joint.join(ARTICLE)
    (flag,) = _found(headlines.find, once + joint + once)

    assert (flag.reasons[0][0], flag.span.start) == ("doubled.article", len(once + joint))
