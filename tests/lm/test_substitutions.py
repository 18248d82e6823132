"""Which words stand for which: known pairs of WordNet 3.0."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import Relation, Substitutions, load_substitutions


@pytest.fixture(scope="module")
def table() -> Substitutions:
    """The table that ships with the package."""
    return load_substitutions()


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
    related = [
        b for lemma in table.lemmas_of(a) for b in (*table.near(lemma, "neighbour"), *table.near(lemma, "synonym"))
    ]
    b = data.draw(st.sampled_from([b for b in related if b != a and table.is_known(b)] or ["zeppelin"]))
    lemmas = set(table.lemmas_of(a)), set(table.lemmas_of(b))
    near = {r: any(lemmas[1] & set(table.near(lemma, r)) for lemma in lemmas[0]) for r in ("synonym", "neighbour")}
    expected = "inflected" if lemmas[0] & lemmas[1] else next((r for r, found in near.items() if found), "none")

    assert expected == table.relation(a, b)


@pytest.mark.parametrize("relations", [(1, 2), (2, 1)])
def test_the_closest_relation_of_any_two_lemmas_counts(relations: tuple[int, int]) -> None:
    """Where one lemma of a form is a synonym of a lemma of another and one a neighbour, the forms are synonyms."""
    tiny = Substitutions(
        {
            "forms": np.frombuffer(b"barks\nrind", dtype=np.uint8),
            "zipf20": np.array([80, 60], dtype=np.uint8),
            "lemmas": np.frombuffer(b"bark\nbarks\nrind", dtype=np.uint8),
            "form_ptr": np.array([0, 2, 3], dtype=np.uint32),
            "form_lemmas": np.array([0, 1, 2], dtype=np.uint16),
            "near_ptr": np.array([0, 1, 2, 4], dtype=np.uint32),
            "near": np.array([2, 2, 0, 1], dtype=np.uint16),
            "relation": np.array([*relations, *relations], dtype=np.uint8),
        }
    )

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
