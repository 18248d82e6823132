"""Broken names: found where one word is odd, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import load_substitutions
from detector.lm.known_names import KnownNames
from detector.text import FUNCTION_WORDS
from models.substitutions.names import known_names, names_of_list

_ODD = {
    ("home", "house"), ("metropolis", "city"), ("occasions", "times"), ("globe", "world"), ("lawyer", "attorney"),
    ("commerce", "trade"), ("platform", "tribune"), ("information", "news"), ("nation", "homeland"), ("basic", "general"),
    ("courtroom", "court"), ("safety", "security"),
}  # fmt: skip
_WORDS = st.sampled_from(
    "white home house city council metropolis of the homeland nation security new york times occasions".split()
)
_TOKENS = st.lists(_WORDS, max_size=14)
_NAMES = [
    ("white", "house"), ("city", "council"), ("new", "york"), ("new", "york", "times"), ("new", "house"),
    ("homeland", "security"), ("department", "of", "homeland", "security"), ("security", "council"),
    ("house", "of", "the", "nation"),
]  # fmt: skip


def _swapped(odd: str, expected: str) -> bool:
    return (odd, expected) in _ODD


def _is_common(word: str) -> bool:
    return word in {"new", "the", "of"}


_SMALL = KnownNames(_NAMES, _is_common)


@pytest.fixture(scope="module")
def known() -> KnownNames:
    names = [tuple(name.split()) for name in known_names(names_of_list())]
    return KnownNames(names, lambda word: load_substitutions().zipf(word) >= 5.6)


def _related(odd: str, expected: str) -> bool:
    return odd not in FUNCTION_WORDS and load_substitutions().relation(odd, expected) in {"synonym", "neighbour"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the white home declined", (1, 3, 2, "house")),
        ("a metropolis council member", (1, 3, 1, "city")),
        ("in the new york occasions", (2, 5, 4, "times")),
        ("the chicago platform wrote", (1, 3, 2, "tribune")),
        ("on fox information tonight", (1, 3, 2, "news")),
        ("the lawyer general of the state", (1, 3, 1, "attorney")),
        ("the attorney basic of the state", (1, 3, 2, "general")),
        ("the united states commerce representative", (1, 5, 3, "trade")),
        ("the department of nation security", (1, 5, 3, "homeland")),
        ("the supreme courtroom", (1, 3, 2, "court")),
    ],
)
def test_one_odd_word_in_a_listed_name_is_found(known: KnownNames, text: str, expected: tuple[int, int, int, str]) -> None:
    """The place of the name, the odd word in it, and the word that should stand there."""
    assert [expected] == known.broken(text.split(), _swapped)


@pytest.mark.parametrize(
    "text",
    [
        "white hart lane",  # codespell:ignore hart
        "new york giants", "labour party", "green party", "home office", "foreign office", "north carolina", "south carolina",
        "north dakota", "university of oxford", "university of cambridge", "west bank", "central bank", "east coast",
        "west coast", "upper house", "lower house", "home secretary", "foreign secretary", "solicitor general", "surgeon general",
        "vice chairman", "washington times", "washington post", "daily mail", "daily mirror", "first amendment",
        "fifth amendment", "manchester united", "manchester city", "world war one", "world war two", "high school",
        "middle school", "justice department",
    ],
)  # fmt: skip
def test_a_listed_name_is_not_another_one_broken(known: KnownNames, text: str) -> None:
    """Whatever may stand for what: a name on the list stays what it is."""
    assert [] == known.broken(["the", *text.split(), "said"], lambda odd, _: odd in text.split())


@pytest.mark.parametrize(
    "text",
    [
        "university of ambleside",
        "ambleside university",
        "lake windermere",
        "red lorry",
        "the ambleside post",
        "new kitchen",
        "white dress",
    ],
)
def test_names_on_no_list_are_left_alone(known: KnownNames, text: str) -> None:
    """A word that stands in no relation to a missing one is not odd."""
    assert [] == known.broken(text.split(), _related)


def test_a_kept_word_that_is_very_common_proves_nothing() -> None:
    """Of a name of two words, "new" alone is too little; "white" alone is enough."""
    assert ([], [(0, 2, 1, "house")]) == (_SMALL.broken(["new", "home"], _swapped), _SMALL.broken(["white", "home"], _swapped))


def test_the_longest_name_answers() -> None:
    """Both "homeland security" and the department fit; the department is named."""
    tokens = "the department of nation security".split()

    assert [(1, 5, 3, "homeland")] == _SMALL.broken(tokens, _swapped)


def test_an_odd_word_does_not_help_to_know_another_name() -> None:
    """What "metropolis" stands for is known from the longer name; that "big metropolis" is a name too says nothing then."""
    known = KnownNames([("city", "council", "chamber"), ("big", "metropolis")], _is_common)

    assert [(1, 4, 1, "city")] == known.broken(["large", "metropolis", "council", "chamber"], lambda *_: True)


def test_answers_come_in_the_order_of_the_text() -> None:
    """The longer name, though found first, stands second."""
    tokens = "white home and department of nation security".split()

    assert [(0, 2, 1, "house"), (3, 7, 5, "homeland")] == _SMALL.broken(tokens, _swapped)


def test_the_earlier_name_is_taken_where_two_fit() -> None:
    """The order of the list decides between fillings of one frame."""
    names = [("daily", "mirror"), ("daily", "mail")]
    found = [KnownNames(order, _is_common).broken(["daily", "post"], lambda *_: True) for order in (names, names[::-1])]

    assert [[(0, 2, 1, "mirror")], [(0, 2, 1, "mail")]] == found


def test_a_possessive_goes_with_the_word() -> None:
    """The home's becomes the house's."""
    assert [(1, 3, 2, "house's")] == _SMALL.broken(["the", "white", "home's", "lawn"], _swapped)


def test_a_frame_of_very_many_names_is_dropped() -> None:
    """Where any word may stand before "river", an unknown one is no sign."""
    many = KnownNames([(f"w{i}", "river") for i in range(200)], _is_common)

    assert [] == many.broken(["brook", "river"], lambda *_: True)


@given(_TOKENS)
def test_a_mended_name_is_known(tokens: list[str]) -> None:
    """Put the expected word in the place of the odd one, and a known name stands there."""
    for start, end, odd, expected in _SMALL.broken(tokens, lambda *_: True):
        assert (*tokens[start:odd], expected, *tokens[odd + 1 : end]) in _SMALL


@given(_TOKENS)
def test_words_of_intact_names_are_never_odd(tokens: list[str]) -> None:
    """No odd word stands in a run that is itself a known name."""
    inside = {i for start, end in _SMALL.intact(tokens) for i in range(start, end)}

    assert inside.isdisjoint(odd for _, _, odd, _ in _SMALL.broken(tokens, lambda *_: True))


@given(_TOKENS)
def test_intact_names_are_all_that_stand_there(tokens: list[str]) -> None:
    """As many as trying each stretch of the run finds."""
    n = len(tokens)
    stretches = [(start, end) for start in range(n) for end in range(start + 2, n + 1)]

    assert [s for s in stretches if tuple(tokens[s[0] : s[1]]) in _NAMES] == sorted(_SMALL.intact(tokens))


@given(_TOKENS)
def test_each_odd_word_has_one_answer_in_order(tokens: list[str]) -> None:
    """The odd words ascend, and each lies inside its name."""
    found = _SMALL.broken(tokens, lambda *_: True)

    assert all(a[2] < b[2] for a, b in pairwise(found))
    assert all(start <= odd < end for start, end, odd, _ in found)


@given(_TOKENS)
def test_something_is_found_wherever_a_frame_stands(tokens: list[str]) -> None:
    """A run is free of broken names only if no stretch of it, its odd word in no intact name, is a known name but for that word."""
    inside = {i for start, end in _SMALL.intact(tokens) for i in range(start, end)}
    frames = [
        odd
        for name in _NAMES
        for start in range(len(tokens) - len(name) + 1)
        for odd in range(start, start + len(name))
        if odd not in inside
        and all(tokens[start + i] == word for i, word in enumerate(name) if start + i != odd)
        and (len(name) > 2 or not _is_common(name[1 - (odd - start)]))
    ]

    assert bool(frames) == bool(_SMALL.broken(tokens, lambda *_: True))


@given(st.sampled_from(names_of_list()), st.data())
def test_any_listed_name_of_three_words_is_found_broken(known: KnownNames, name: str, data: st.DataObject) -> None:
    """One word replaced by a word of no name is found, unless the words left are too common or are a name themselves."""
    words = known_names([name])[0].split()
    odd = data.draw(st.integers(0, len(words) - 1))
    frame = [*words[:odd], "zzz", *words[odd + 1 :]]
    if len(words) > 2:
        found = known.broken(frame, lambda *_: True)

        assert [odd] == [place for _, _, place, _ in found]


def test_the_list_holds_each_name_once() -> None:
    """No name is listed twice, whatever its capitals, and each has at least two words."""
    names = [name.lower() for name in names_of_list()]

    assert len(names) == len(set(names)) == len(known_names(names_of_list()))


def test_known_names_keep_the_order_of_the_sources() -> None:
    """The first source comes first; a name of a later source is not repeated."""
    assert ["white house", "city hall", "red sea"] == known_names(["White House", "City Hall"], ["White house", "Red Sea", "Mars"])
