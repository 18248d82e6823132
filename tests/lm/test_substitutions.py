"""Which words stand for which: known pairs of WordNet 3.0, look-ups against loops, and what the table may cost."""

from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.assets import asset
from detector.lm import Relation, Substitutions, load_substitutions

_MAX_BYTES = 8_000_000
_MAX_LOAD_SECONDS = 1.0
"""Five times what is promised of a quiet machine; benchmarks/speed/score.py measures it."""


@pytest.fixture(scope="module")
def table() -> Substitutions:
    """The table that ships with the package."""
    return load_substitutions()


def _tiny(**columns: Any) -> Substitutions:  # noqa: ANN401 - arrays of any type
    """A table of two forms, three lemmas, four relations, no choices, two vectors and one phrase rule; columns may be exchanged."""
    table: dict[str, Any] = {
        "forms": np.frombuffer(b"barks\nrind", dtype=np.uint8),
        "zipf20": np.array([80, 60], dtype=np.uint8),
        "lemmas": np.frombuffer(b"bark\nbarks\nrind", dtype=np.uint8),
        "form_ptr": np.array([0, 2, 3], dtype=np.uint32),
        "form_lemmas": np.array([0, 1, 2], dtype=np.uint16),
        "near_ptr": np.array([0, 1, 2, 4], dtype=np.uint32),
        "near": np.array([2, 2, 0, 1], dtype=np.uint16),
        "relation": np.array([1, 1, 1, 1], dtype=np.uint8),
        "choice_ptr": np.array([0, 0, 0], dtype=np.uint32),
        "originals": np.array([], dtype=np.uint32),
        "choice": np.array([], dtype=np.uint16),
        "choice_bits8": np.array([], dtype=np.uint8),
        "vector_row": np.array([0, 1], dtype=np.uint16),
        "vectors": np.array([[0x1F, 0x80], [0x88, 0x88]], dtype=np.uint8),
        "phrases": np.frombuffer(b"on a sudden\tsuddenly\t-1.5", dtype=np.uint8),
    }
    return Substitutions(table | columns)


# WordNet 3.0: car and automobile share the noun synset 02958343, doctor and physician 10020890, buy and purchase the
# verb synset 02207206, big and large the adjective synset 01382086; dog (02084071) has the hypernym canine (02083346); mice,
# children and ran are in its lists of exceptions.
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("ferry", "ferry", "same"),
        ("mice", "mouse", "inflected"),
        ("children", "child", "inflected"),
        ("ran", "running", "inflected"),
        ("car", "automobile", "synonym"),
        ("doctors", "physician", "synonym"),
        ("bought", "purchased", "synonym"),
        ("big", "large", "synonym"),
        ("dog", "canine", "neighbour"),
        ("city", "banana", "none"),
        ("the", "of", "none"),
        ("zzgrxx", "city", "none"),
        ("zzgrxx", "zzgrxx", "same"),
    ],
)
def test_known_relations(table: Substitutions, a: str, b: str, expected: Relation) -> None:
    """Inflection, a common synset, one link and nothing are told apart, whichever word is asked first."""
    assert expected == table.relation(a, b) == table.relation(b, a)


# The same source: better and went are exceptions; the lemmas of "left" are those of the verb leave and of left itself.
@pytest.mark.parametrize(
    ("form", "lemma"),
    [("mice", "mouse"), ("went", "go"), ("better", "good"), ("left", "leave"), ("cities", "city"), ("bus", "bus")],
)
def test_known_lemmas(table: Substitutions, form: str, lemma: str) -> None:
    """The dictionary form is among the lemmas of a form."""
    assert lemma in table.lemmas_of(form)


@given(data=st.data())
def test_lemmas_near_each_other_are_so_both_ways(table: Substitutions, data: st.DataObject) -> None:
    """If one lemma is a synonym or a neighbour of another, so is the other of it; lists are in order of spelling."""
    form = data.draw(st.sampled_from(table.forms))
    relation: Relation = data.draw(st.sampled_from(["synonym", "neighbour"]))
    for lemma in table.lemmas_of(form):
        near = table.near(lemma, relation)

        assert list(near) == sorted(set(near))
        assert all(lemma in table.near(other, relation) for other in near[:3])


@given(data=st.data())
def test_relations_agree_with_the_lists_of_lemmas(table: Substitutions, data: st.DataObject) -> None:
    """Two forms are inflected where they share a lemma, else related as a lemma of one lists a lemma of the other."""
    a = data.draw(st.sampled_from(table.forms))
    related = [b for lemma in table.lemmas_of(a) for b in (*table.near(lemma, "neighbour"), *table.near(lemma, "synonym"))]
    b = data.draw(st.sampled_from([b for b in related if b != a and table.is_known(b)] or ["zeppelin"]))
    lemmas = set(table.lemmas_of(a)), set(table.lemmas_of(b))
    near = {r: any(lemmas[1] & set(table.near(lemma, r)) for lemma in lemmas[0]) for r in ("synonym", "neighbour")}
    expected = "inflected" if lemmas[0] & lemmas[1] else next((r for r, found in near.items() if found), "none")

    assert expected == table.relation(a, b)


@pytest.mark.parametrize("relations", [(1, 2), (2, 1)])
def test_the_closest_relation_of_any_two_lemmas_counts(relations: tuple[int, int]) -> None:
    """Where one lemma of a form is a synonym of a lemma of another and one a neighbour, the forms are synonyms."""
    tiny = _tiny(relation=np.array([*relations, *relations], dtype=np.uint8))

    assert tiny.relation("barks", "rind") == tiny.relation("rind", "barks") == "synonym"


def test_a_lemma_outside_the_table_is_near_nothing(table: Substitutions) -> None:
    """Unknown lemmas have no neighbours, unknown forms no lemmas and the frequency of the rarest."""
    assert table.near("zzgrxx", "synonym") == table.lemmas_of("zzgrxx") == ()
    assert not table.is_known("zzgrxx")
    assert table.zipf("zzgrxx") == pytest.approx(1.0)


def test_frequent_words_have_the_higher_zipf(table: Substitutions) -> None:
    """The is more frequent than city, city than automobile, automobile than a word outside the table."""
    frequencies = [table.zipf(form) for form in ("the", "city", "automobile", "zzgrxx")]

    assert frequencies == sorted(frequencies, reverse=True)


@given(data=st.data())
def test_choices_are_those_of_each_form_in_turn(data: st.DataObject) -> None:
    """The choices of many forms are the rows of each, one after the other, and of a form outside the table none."""
    rows = data.draw(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 255)), max_size=3), min_size=2, max_size=2))
    flat = [choice for row in rows for choice in row]
    tiny = _tiny(
        choice_ptr=np.cumsum([0, *map(len, rows)], dtype=np.uint32),
        originals=np.arange(5, dtype=np.uint32),
        choice=np.array([original for original, _ in flat], dtype=np.uint16),
        choice_bits8=np.array([bits for _, bits in flat], dtype=np.uint8),
    )
    numbers = data.draw(st.lists(st.integers(-1, 1), max_size=6))
    expected = [(i, *choice) for i, number in enumerate(numbers) if number >= 0 for choice in rows[number]]
    found = tiny.choices(np.array(numbers, dtype=np.int64))

    assert expected == list(
        zip(found.owner.tolist(), found.original.tolist(), (-8 * found.log2_q).astype(int).tolist(), strict=True)
    )


@given(numbers=st.lists(st.integers(-1, 77_000), max_size=20))
def test_choices_are_bounded_and_the_likeliest_first(table: Substitutions, numbers: list[int]) -> None:
    """A form has at most twelve choices, none of them itself, each once; by the probability of original and swap they descend."""
    found = table.choices(np.array(numbers, dtype=np.int64))
    originals = table.originals[found.original]
    for i, number in enumerate(numbers):
        own = originals[found.owner == i]
        worth = found.log2_q[found.owner == i] + np.log2(10) * table.zipfs[own]

        assert len(set(own.tolist())) == len(own) <= 12
        assert number not in own.tolist()
        assert (np.diff(worth) <= 0.3).all()  # bits are kept in eighths, frequencies in twentieths
    assert (found.log2_q <= 0).all()


# What spinners were seen to write, by WordNet's senses or by nearness of meaning, and not by a phrase rule.
@pytest.mark.parametrize(
    ("written", "original"),
    [("instructed", "told"), ("metropolis", "city"), ("occasions", "times"), ("mentioned", "said"), ("physicians", "doctors")],
)
def test_a_choice_is_inflected_like_the_word(table: Substitutions, written: str, original: str) -> None:
    """What a word may stand for has its number or tense."""
    found = table.choices(np.array([table.number(written)]))

    assert original in {table.written(i) for i in table.originals[found.original].tolist()}


@given(st.lists(st.integers(-1, 70_000), max_size=20))
def test_directions_are_the_levels_scaled(numbers: list[int]) -> None:
    """Directions are of length one and point where the whole numbers do, which lie in -7 to 7; or both are zero."""
    table = load_substitutions()
    asked = np.array(numbers, dtype=np.int64)
    levels, directions = table.levels(asked).astype(np.float64), table.directions(asked)
    lengths = np.sqrt((levels**2).sum(axis=1))

    assert directions * lengths[:, None] == pytest.approx(levels, abs=1e-4)
    assert np.sqrt((directions.astype(np.float64) ** 2).sum(axis=1)) == pytest.approx((lengths > 0).astype(float), abs=1e-5)
    assert np.abs(levels).max(initial=0) <= 7


def test_packed_levels_are_unpacked_in_order() -> None:
    """The first of two levels is in the upper half of its byte, 8 standing for 0; a form outside the table has the last row."""
    tiny = _tiny()

    assert [[-7, 7, 0, -8], [0, 0, 0, 0], [0, 0, 0, 0]] == tiny.levels(np.array([0, 1, -1])).tolist()


def test_likeness_of_meaning_is_likeness_of_direction(table: Substitutions) -> None:
    """Doctor points rather where physician points than where banana does; a word without a vector points nowhere."""
    doctor, physician, banana, nothing = table.directions(
        np.array([table.number(form) for form in ("doctor", "physician", "banana", "zzgrxx")])
    )

    assert doctor @ physician > doctor @ banana + 0.2
    assert not nothing.any()


def test_a_phrase_rule_has_a_number_of_its_own(table: Substitutions) -> None:
    """Originals from -2 down are what the phrase rules stood for, others forms; no phrase stands for itself."""
    assert all(table.written(-2 - i) == original for i, (_, original, _) in enumerate(table.phrases))
    assert all(table.written(i) == table.forms[i] for i in (0, 1000))
    assert all(copy != original and log2_q < 0 for copy, original, log2_q in table.phrases)
    assert _tiny().written(-2) == "suddenly"


def test_the_table_is_small() -> None:
    """At most 8 MB on disk, the names beside it included."""
    assert sum(asset("substitutions", name).stat().st_size for name in ("substitutions.npz", "names.txt")) <= _MAX_BYTES


def test_the_table_loads_quickly() -> None:
    """Loading it anew takes a fraction of a CPU-second."""
    path = asset("substitutions", "substitutions.npz")
    start = process_time()
    with np.load(path, allow_pickle=False) as columns:
        Substitutions(dict(columns))

    assert process_time() - start <= _MAX_LOAD_SECONDS
