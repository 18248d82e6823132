"""Names with one word replaced, inside invented reports; and names that only look so."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import score
from detector.score.broken_names import broken_names
from detector.text import words
from tests.strategies import prose, wild

_REST = (
    " The mayor walked to the harbour without a word. Two of his drivers waited there for an hour, and a clerk brought him the"
    " papers that the council had asked for."
)


def texts() -> st.SearchStrategy[str]:
    """Runs of words of which some are those of names; and any string at all."""
    tokens = ["White", " Home", " of", " the", " Denver", " Submit", "’s", ". ", "\n", "\u00a0Times"]
    return st.lists(st.sampled_from(tokens), max_size=12).map("".join) | prose() | wild()


def _capitals(text: str) -> list[int]:
    """Where the capitalised words begin."""
    return [word.start for word in words(text) if text[word.start].isupper()]


def _found(text: str, suspects: list[int] | None = None) -> list[tuple[str, str, str, bool]]:
    """What breaks a name, all capitalised words suspect or some: the word, what is expected, the name, whose it is."""
    found = broken_names(text, _capitals(text) if suspects is None else suspects)
    return [(text[name.start : name.end], name.expected, name.name, name.is_own) for name in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aides at the White Home would not talk.", ("Home", "House", "White House", False)),
        ("He showed it to the New York Occasions in May.", ("Occasions", "Times", "New York Times", False)),
        ("A reporter of the Denver Submit rang twice.", ("Submit", "Post", "Denver Post", False)),
        ("The White Home’s gardeners were asked.", ("Home’s", "House's", "White House's", False)),
    ],
)
def test_known_names_are_mended(text: str, expected: tuple[str, str, str, bool]) -> None:
    """A name that any newsreader knows, with one word replaced by one that may stand for it, is found with that word."""
    assert [expected] == _found(text + _REST)


@pytest.mark.parametrize(
    ("word", "expected"), [("White Home", "House"), ("New York Occasions", "Times"), ("Denver Submit", "Post")]
)
def test_a_broken_name_is_evidence_in_a_report(word: str, expected: str) -> None:
    """Scored, a report with a broken name has evidence of it that says the name."""
    text = f"Aides at the {word} mentioned it, and on Friday the {word} mentioned it again.{_REST}"
    (names,) = [e for e in score(text).evidence if e.code == "name.broken"]

    assert isinstance(names.value, float)
    assert names.value >= 1
    assert f"{word.rpartition(' ')[0]} {expected}" in names.because


def test_a_name_that_the_text_spells_otherwise_is_mended() -> None:
    """A name that stands whole elsewhere in the text, on no list, is what a broken one should be."""
    text = "They asked the Varnholt Harbour Inquiry to wait, and later the Varnholt Harbour Probe asked them."

    assert [("Probe", "Inquiry", "Varnholt Harbour Inquiry", True)] == _found(text + _REST, [text.index("Probe")])


@pytest.mark.parametrize(
    "text",
    [
        "They came from a white home on the hill.",
        "The White House stood by it.",
        "The New York Giants won at home.",
        "The White Paper was read twice.",
        "He wrote for the Denver Gazette and the Boston Globe.",
        "The White Stripes sang, and White Rabbit was the last song.",
        "The Supreme Court met. The High Court met.",
        "Prime Minister Anna Holt met Foreign Minister Jon Berg.",
        "The First National Bank closed, and the Second National Bank too.",
        "He went White. Home was far.",
    ],
)
def test_other_names_are_left_alone(text: str) -> None:
    """Lower-case words, whole names, other teams, papers, courts and offices break no name, though each word looks altered."""
    assert _found(text + _REST) == []


def test_only_suspects_are_wrong() -> None:
    """A word that is not asked about breaks no name."""
    text = f"Aides at the White Home would not talk.{_REST}"

    assert _found(text, [text.index("Home")])
    assert not _found(text, [text.index("White"), 0])


@given(texts())
def test_what_is_found_stands_in_the_text(text: str) -> None:
    """In any text, each word found is one that was asked about, capitalised, and not what is expected there."""
    starts = _capitals(text)
    found = list(broken_names(text, starts))

    assert all(name.start in starts and text[name.start].isupper() for name in found)
    assert all(text[name.start : name.end].lower() != name.expected.lower() for name in found)
    assert all(name.expected.split("'")[0] in name.name for name in found)


@pytest.mark.parametrize("unit", ["A", "White Home said. ", "White Home ", "A of of of ", "é"])
def test_the_time_is_linear(unit: str) -> None:
    """Four times the text takes at most twelve times as long, also where the text is one word or one name."""
    costs = []
    for n_chars in (5_000, 20_000):
        text = "The White Home said. " + unit * (n_chars // len(unit))
        suspects = _capitals(text)
        begun = process_time()
        list(broken_names(text, suspects))
        costs.append(process_time() - begun)

    assert costs[1] <= 12 * max(costs[0], 0.01)
