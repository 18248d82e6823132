"""Awkward but human English: whole texts of every kind, made by chance alone, and slips that leave all else as it was."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.score.language import OPENING, language_of
from detector.text import FUNCTION_WORDS, words
from models.training.awkward import (
    KINDS,
    awkward,
    confused,
    headline,
    hesitant,
    misspelt,
    non_native,
    rules,
    without_apostrophes,
    write,
)
from tests.articles import FEW, documents
from tests.strategies import prose

_NAMES = ("Gannet Bay", "Ilse Tarrow", "the Quillon Trust", "NATO", "Æthelred")
_SENTENCES = tuple(
    line for group in FEW for line in documents(group)["original"].text.splitlines() if len(line.split()) > 4
)  # fmt: skip
_WORDS = 120
_SEEDS = st.integers(0, 2**32 - 1)
_PROSE = (
    "careless", "contracts", "dispatches", "examination", "interviews", "letters", "manuals", "misspelt", "non_native", "posts",
    "reports", "statutes", "terms", "obituaries", "recipes",
)  # fmt: skip
"""Kinds with enough words of prose; in the others names and numbers stand thick, or auxiliaries and articles are left out."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n_words", [1, 7, _WORDS, 600])
def test_a_text_is_as_long_as_asked(kind: str, n_words: int) -> None:
    """A text has the words asked for, and goes on for a turn of three sentences at most."""
    n_written = len(write(kind, random.Random(n_words), _NAMES, _SENTENCES, n_words).split())

    assert n_words <= n_written < n_words + 6 * max(len(sentence.split()) for sentence in _SENTENCES)


@pytest.mark.parametrize("kind", KINDS)
def test_no_slot_is_left_unfilled(kind: str) -> None:
    """Two hundred texts of a kind hold no brace, no mark of an article and no escaped line break."""
    for seed in range(200):
        assert not re.search(r"[{}\ue000\\]", write(kind, random.Random(seed), _NAMES, _SENTENCES, _WORDS))


def test_every_slot_has_choices() -> None:
    """What any rule asks for is a rule, one of the caller's names, or an article; every range goes upwards."""
    known = {*rules(), "name", "name_tag", "a"}
    for choices in rules().values():
        for slot in re.findall(r"\{([^}]*)\}", " ".join(choices)):
            if slot[0].isdigit():
                first, last = map(int, slot.split("-"))
                assert first < last
            else:
                assert slot.split("#")[0].lower() in known


def test_every_rule_is_reached() -> None:
    """No rule is written in vain: each is a kind, the head of one, or asked for by a rule that is reached."""
    reached = {*KINDS, "cards", "letters_in", "headline_lines", "label", "turn"}
    reached |= {f"{kind}_head" for kind in reached}
    waiting = sorted(reached & set(rules()))
    while waiting:
        asked = {slot.lower() for slot in re.findall(r"\{([A-Za-z_]+)", " ".join(rules()[waiting.pop()]))}
        waiting += sorted((asked - reached) & set(rules()))
        reached |= asked

    assert set(rules()) <= reached


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_makes_the_text(kind: str) -> None:
    """One seed gives one text; of thirty seeds no two give the same."""
    texts = [write(kind, random.Random(seed), _NAMES, _SENTENCES, _WORDS) for seed in range(30)]

    assert texts[3] == write(kind, random.Random(3), _NAMES, _SENTENCES, _WORDS)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_cannot_be_learnt_by_heart(kind: str) -> None:
    """Of the runs of six words in a text, few stand in another text of the kind made of other sentences."""
    half = len(_SENTENCES) // 2
    first, second = (
        [word.form for word in words(write(kind, random.Random(f"{kind}{i}"), _NAMES, part, 500))]
        for i, part in enumerate((_SENTENCES[:half], _SENTENCES[half:]))
    )
    runs, others = ({tuple(forms[i : i + 6]) for i in range(len(forms) - 5)} for forms in (first, second))

    assert len(runs & others) < 0.25 * len(runs)


@pytest.mark.parametrize("kind", _PROSE)
def test_prose_is_english(kind: str) -> None:
    """Of thirty texts of a kind of prose, at least twenty-eight are called English."""
    texts = [write(kind, random.Random(seed), _NAMES, _SENTENCES, _WORDS)[:OPENING] for seed in range(30)]

    assert sum(language_of(text, [word.form for word in words(text)], by_pieces=True) == "en" for text in texts) >= 28


def test_the_names_given_are_used() -> None:
    """Each of the caller's names appears in some text."""
    texts = "\n".join(awkward(random.Random(seed), _NAMES, _SENTENCES, _WORDS) for seed in range(120))

    assert [name for name in _NAMES if name not in texts] == []


def test_a_key_stays_through_a_text() -> None:
    """A contract has two parties, who are not the same, however long it is."""
    for seed in range(20):
        text = write("contracts", random.Random(seed), _NAMES, _SENTENCES, 900)
        roles = "Supplier|Buyer|Tenant|Landlord|Licensee|Contractor|Borrower|Company|Agent|Employee|Client|Lender"

        assert len(set(re.findall(f"[Tt]he ({roles})\\b", text))) == 2


@pytest.mark.parametrize(("names", "sentences"), [((), _SENTENCES), (_NAMES, ()), (_NAMES, (" ",))])
def test_nothing_to_write_with_is_refused(names: tuple[str, ...], sentences: tuple[str, ...]) -> None:
    """Without names, without sentences, or with a blank one, there is an error that says so."""
    with pytest.raises(ValueError, match="expected"):
        write("interviews", random.Random(0), names, sentences, _WORDS)


def test_league_tables_add_up() -> None:
    """In each row games are wins, draws and defeats, points three for a win and one for a draw; points go down the table."""
    rows = re.findall(
        r"^(\d+) .* (\d+) (\d+) (\d+) (\d+) \d+ \d+ (\d+)$", write("league", random.Random(5), _NAMES, _SENTENCES, 300), re.M
    )
    found = [tuple(map(int, row)) for row in rows]

    assert len(found) > 20
    assert all(played == won + drawn + lost and points == 3 * won + drawn for _, played, won, drawn, lost, points in found)
    assert all(upper[0] + 1 != lower[0] or upper[-1] >= lower[-1] for upper, lower in pairwise(found))


@given(text=prose() | st.text("abtlei '-"), seed=_SEEDS)
def test_every_long_word_can_be_misspelt(text: str, seed: int) -> None:
    """At share 1 each run of four letters and more is another, at share 0 none is, and what lies between is as it was."""
    altered = misspelt(text, random.Random(seed), 1.0)
    before, after = (re.split(r"\W+", t) for t in (text, altered))

    assert text == misspelt(text, random.Random(seed), 0.0)
    assert re.findall(r"\W+", text) == re.findall(r"\W+", altered)
    assert all((old != new) == bool(re.search("[A-Za-z]{4}", old)) for old, new in zip(before, after, strict=True))


@given(seed=_SEEDS)
def test_slips_are_slips(seed: int) -> None:
    """A misspelt word keeps its first letter, and is at most one letter longer or shorter."""
    new = misspelt("receive", random.Random(seed), 1.0)

    assert new[0] == "r"
    assert abs(len(new) - len("receive")) <= 1


@given(text=prose(), seed=_SEEDS)
def test_hesitation_only_adds(text: str, seed: int) -> None:
    """What was to be said is said, in its order: each word of the text is among what was spoken."""
    spoken = iter(hesitant(text, random.Random(seed), 0.6).split())

    assert all(word in spoken for word in text.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The mayor has announced a plan to close the library on Monday, a spokesman said.",
            "mayor announced plan to close library",
        ),
        ("Two men were arrested.", "2 men arrested"),
        ("The.", "The."),
        ("The council rejected the offer because it was late and it was low.", "council rejects offer"),
        ("Ferries in the harbour and trains were stopped by the storm of the", "Ferries in harbour & trains stopped by storm"),
    ],
)
def test_a_sentence_becomes_a_headline(sentence: str, expected: str) -> None:
    """Articles, auxiliaries and days go, verbs stand in the present, numbers in digits; no headline hangs on a function word."""
    assert expected == headline(sentence)


@pytest.mark.parametrize("group", FEW)
def test_learners_err_in_small_words(group: str) -> None:
    """Half the articles go at a quarter of errors, and most words stay as they were; without errors all do."""
    text = " ".join(documents(group)["original"].text.split())
    altered = non_native(text, random.Random(1))
    articles = [sum(word.lower() in ("a", "an", "the") for word in t.split()) for t in (text, altered)]
    content = [[w for w in t.split() if w.lower() not in FUNCTION_WORDS] for t in (text, altered)]

    assert text == non_native(text, random.Random(1), 0.0)
    assert articles[1] < 0.8 * articles[0]
    assert len(set(content[0]) & set(content[1])) > 0.8 * len(set(content[0]))


@pytest.mark.parametrize(
    ("text", "expected"), [("Its not your's, than", "It's not your's, then"), ("their They're", "there Their")]
)
def test_words_that_sound_alike_are_confused(text: str, expected: str) -> None:
    """At share 1 each word that has one is swapped for its like, capitals kept; other words stay."""
    assert expected == confused(text, random.Random(0), 1.0)


def test_apostrophes_are_left_out() -> None:
    """Those inside words go, straight or curly; quotation marks stay."""
    assert without_apostrophes("'Don't', he said, it’s Ann’s'") == "'Dont', he said, its Anns'"
