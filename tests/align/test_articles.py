"""The sample articles: links and relations as their gold has them."""

from statistics import mean
from typing import Any

import pytest

from benchmarks.quality.measures import Rectangle, link_f1, rectangles
from detector import align
from tests.articles import GROUPS, documents, gold

_LEAST_F1 = 0.95


def _gold_links(document: dict[str, Any], original: dict[str, Any], certainty: str) -> list[Rectangle]:
    ours, theirs = document["sentences"], original["sentences"]
    return [
        (ours[i]["start"], ours[i]["end"], theirs[j]["start"], theirs[j]["end"])
        for link in document["links"]
        if link["certainty"] == certainty
        for i in link["source"]
        for j in link["target"]
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_links_with_the_original_are_found(group: str) -> None:
    """The tellings are linked with the original as their gold says, with a mean link F1 of .95 or more; the gate has more."""
    found_f1 = []
    known, texts = gold(group), documents(group)
    original = known["documents"][known["original"]]
    for name, document in known["documents"].items():
        if document["links"] and name != known["original"]:
            found = rectangles(align(texts[name].text, texts[known["original"]].text))
            sure, possible = (_gold_links(document, original, certainty) for certainty in ("sure", "possible"))

            found_f1.append(link_f1(found, sure, possible)[2])

    assert mean(found_f1) >= _LEAST_F1


@pytest.mark.parametrize("group", GROUPS)
def test_relations_are_found(group: str) -> None:
    """Each pair has the relation of its gold; siblings are copies until their wording is judged."""
    texts = documents(group)
    for known in gold(group)["relations"]:
        expected = "copy" if known["relation"] == "sibling" else known["relation"]

        assert expected == align(texts[known["source"]].text, texts[known["target"]].text).relation, known


@pytest.mark.parametrize("group", GROUPS)
def test_the_direction_of_reading_does_not_matter(group: str) -> None:
    """Read the other way, each telling and the original have the inverse alignment, to the last digit of its similarities."""
    texts = {name: document.text for name, document in documents(group).items()}
    original = texts.pop(gold(group)["original"])
    for text in texts.values():
        there, back = align(text, original), align(original, text).inverse()

        assert back.beads == there.beads
        assert back.passages() == there.passages()


def test_groups_are_unrelated_to_each_other() -> None:
    """Articles on different stories are unrelated, whatever was done to them."""
    first, second = (documents(group) for group in GROUPS[:2])

    assert {align(a.text, b.text).relation for a in first.values() for b in second.values()} == {"unrelated"}
