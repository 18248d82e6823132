"""The simulated spinner: what it altered can be undone."""

import random
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import load_substitutions
from detector.text import quotations, words
from models.training.spinner import Manner, Source, Spinner, random_manner, wide_manner
from tests.articles import FEW, documents
from tests.strategies import prose

_Listed = Literal["synonym", "neighbour", "vector"]
_TEXTS = st.sampled_from([documents(group)["original"].text for group in FEW]) | prose()
_HEAVY = Manner(
    share=0.6,
    sources=("synonym",),
    table_share=1.0,
    table_seed=0,
    hits_names=True,
    hits_quotations=True,
    keeps_choice=True,
    phrase_share=0.5,
    min_zipf=2.5,
    frequency_power=0.5,
    scrambles=0.0,
)


@pytest.fixture(scope="module")
def spinner() -> Spinner:
    """A spinner with the table that ships with the package."""
    return Spinner(load_substitutions())


def _undone(text: str, altered: list[tuple[int, int, str]]) -> str:
    for start, end, before in reversed(altered):
        text = text[:start] + before + text[end:]
    return text


@given(text=_TEXTS, seed=st.integers(0, 2**32 - 1))
def test_alterations_can_be_undone(spinner: Spinner, text: str, seed: int) -> None:
    """With each altered run put back to what it replaced, the spun text is the original, in any manner."""
    rng = random.Random(seed)
    spun, altered = spinner.spin(text, random_manner(rng), rng)

    assert text == _undone(spun, altered)


@given(text=_TEXTS, seed=st.integers(0, 2**32 - 1))
def test_with_words_left_out_the_rest_can_be_undone(spinner: Spinner, text: str, seed: int) -> None:
    """In a wide manner too, but for the words that went missing, which stand in the original in their order."""
    rng = random.Random(seed)
    spun, altered = spinner.spin(text, wide_manner(rng), rng)
    rest = iter(text)

    assert all(character in rest for character in _undone(spun, altered))


@pytest.mark.parametrize(("source", "own"), [("distant", False), ("own", True)])
def test_words_come_from_afar_or_from_the_text_itself(spinner: Spinner, source: Source, own: bool) -> None:
    """The text's own words all stand in it; those from afar mostly do not."""
    text = documents(FEW[0])["original"].text
    manner = replace(_HEAVY, sources=(source,), phrase_share=0.0)
    spun, altered = spinner.spin(text, manner, random.Random(3))
    before = {word.form for word in words(text)}

    assert len(altered) > 10
    assert (sum(spun[start:end].lower() in before for start, end, _ in altered) > 0.9 * len(altered)) == own


def test_slots_are_left_open(spinner: Spinner) -> None:
    """A spinner that leaves every swap as a slot writes braces only."""
    text = documents(FEW[0])["original"].text
    spun, altered = spinner.spin(text, replace(_HEAVY, slots=1.0, phrase_share=0.0), random.Random(3))

    assert altered
    assert all(spun[start] == "{" and spun[end - 1] == "}" for start, end, _ in altered)


@given(text=_TEXTS, seed=st.integers(0, 2**32 - 1))
def test_alterations_are_laid_out_and_real(spinner: Spinner, text: str, seed: int) -> None:
    """Altered runs are in order, do not overlap, lie in the spun text, and say something else than before."""
    rng = random.Random(seed)
    spun, altered = spinner.spin(text, random_manner(rng), rng)
    at = 0
    for start, end, before in altered:
        assert at <= start < end <= len(spun)
        assert spun[start:end] != before
        at = end


@pytest.mark.parametrize("group", FEW)
def test_a_seed_makes_the_copy(spinner: Spinner, group: str) -> None:
    """One seed gives one copy, another seed another."""
    text = documents(group)["original"].text
    copies = [spinner.spin(text, _HEAVY, random.Random(seed)) for seed in (1, 1, 2)]

    assert copies[0] == copies[1] != copies[2]


@pytest.mark.parametrize("group", FEW)
@pytest.mark.parametrize("scrambles", [0.0, 0.7])
def test_quotations_are_spared_where_the_manner_says_so(spinner: Spinner, group: str, scrambles: float) -> None:
    """A manner that spares quotations leaves each as it was, though it shuffles the words around them."""
    text = documents(group)["original"].text
    manner = replace(_HEAVY, hits_quotations=False, scrambles=scrambles)
    for seed in range(5):
        spun, altered = spinner.spin(text, manner, random.Random(seed))

        assert altered
        assert [q.of(text) for q in quotations(text) if q.of(text) not in spun] == []


@pytest.mark.parametrize("group", FEW)
def test_a_larger_share_alters_more(spinner: Spinner, group: str) -> None:
    """The number of altered runs grows with the share asked for."""
    text = documents(group)["original"].text
    manners = [replace(_HEAVY, share=share, phrase_share=0.0) for share in (0.0, 0.12, 0.6)]
    counts = [len(spinner.spin(text, manner, random.Random(0))[1]) for manner in manners]

    assert counts[0] == 0
    assert counts[0] < counts[1] < counts[2]


@pytest.mark.parametrize("group", FEW)
def test_a_larger_table_alters_more(spinner: Spinner, group: str) -> None:
    """A table that holds nothing alters nothing, and the more it holds of what is near, the more words are altered."""
    text = documents(group)["original"].text
    manners = [replace(_HEAVY, table_share=share, phrase_share=0.0) for share in (0.0, 0.1, 1.0)]
    counts = [len(spinner.spin(text, manner, random.Random(0))[1]) for manner in manners]

    assert counts[0] == 0
    assert counts[0] < counts[1] < counts[2]


def _is_held(source: _Listed, before: str, after: str) -> bool:
    """True where a source holds the pair of forms: WordNet by one of their lemmas, vectors for words that share no lemma."""
    table = load_substitutions()
    lemmas = set(table.lemmas_of(after))
    if source == "vector":
        return lemmas.isdisjoint(table.lemmas_of(before))
    return any(near in lemmas for lemma in table.lemmas_of(before) for near in table.near(lemma, source))


@pytest.mark.parametrize("group", FEW)
@pytest.mark.parametrize("source", ["synonym", "neighbour", "vector"])
def test_words_are_swapped_for_what_the_source_holds(spinner: Spinner, group: str, source: _Listed) -> None:
    """A manner with one source swaps words for what that holds, whatever the others hold."""
    text = documents(group)["original"].text
    spun, altered = spinner.spin(text, replace(_HEAVY, sources=(source,), phrase_share=0.0), random.Random(0))

    assert altered
    assert all(_is_held(source, before.lower(), spun[start:end].lower()) for start, end, before in altered)
