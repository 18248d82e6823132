"""Copy or sibling, and the wording of beads."""

from dataclasses import replace

import pytest

from detector import align
from detector.config import ScoreConfig
from detector.score import Lone, own_sentences, score_alone, settle
from detector.text import segment
from detector.types import Document, Flag, Relation, Span, Verdict
from tests.articles import GROUPS, compared, documents, gold

_SENTENCES = (
    "The harbour board closed the eastern ferry landing late on Tuesday evening.",
    "Inspectors had found deep rust in eleven of the forty steel piles there.",
    "Repairs will take until October and cost about 2.4 million crowns in all.",
    "Island farmers who ship their milk at dawn must now drive to town instead.",
)
_WHOLE = " ".join(_SENTENCES)
_WITHOUT_FIRST, _WITHOUT_LAST = " ".join(_SENTENCES[1:]), " ".join(_SENTENCES[:-1])


def _lone(text: str) -> Lone:
    return score_alone(segment(Document("0", text)), ScoreConfig())


def _believed(lone: Lone, p_genuine: float, *flags: Flag) -> Verdict:
    return replace(lone.verdict, p_genuine=p_genuine, p_spun=1 - p_genuine, p_back_translated=0.0, flags=flags)


@pytest.mark.parametrize(
    ("source", "target", "p_genuine", "expected"),
    [
        (_WHOLE, _WITHOUT_LAST, (0.9, 0.9), "copy"),
        (_WHOLE, _WITHOUT_LAST, (0.9, 0.1), "copy"),
        (_WHOLE, _WITHOUT_LAST, (0.1, 0.9), "sibling"),
        (_WITHOUT_FIRST, _WITHOUT_LAST, (0.9, 0.9), "sibling"),
        (_WHOLE, _WHOLE.replace("deep", "thick"), (0.9, 0.1), "copy"),
        (_WHOLE, _WHOLE.replace("deep", "thick"), (0.1, 0.1), "sibling"),
        (_WHOLE, _WHOLE, (0.1, 0.1), "identical"),
    ],
)
def test_siblings_are_texts_neither_of_which_can_be_the_source(
    source: str, target: str, p_genuine: tuple[float, float], expected: Relation
) -> None:
    """A text that was altered, or lacks what the other has, cannot be its source; two such texts are siblings."""
    lones = _lone(source), _lone(target)
    verdicts = _believed(lones[0], p_genuine[0]), _believed(lones[1], p_genuine[1])
    settled = settle(align(source, target), lones, verdicts)
    back = settle(align(target, source), lones[::-1], verdicts[::-1])

    assert expected == settled.relation == back.relation


@pytest.mark.parametrize("group", GROUPS)
def test_relations_of_the_articles_are_settled(group: str) -> None:
    """What was made from the original is its copy; two that were each altered are siblings. The gate has all pairs."""
    places = {name: i for i, name in enumerate(documents(group))}
    expected = {
        **{("original", name): "copy" for name in ("verbatim", "spun", "spun_other", "round_trip", "translated")},
        ("spun", "spun_other"): "sibling",
        ("spun", "translated"): "sibling",
    }
    known = {(r["source"], r["target"]): r["relation"] for r in gold(group)["relations"]}
    for (source, target), relation in expected.items():
        assert known[source, target] == relation
        assert compared(group).alignment(places[source], places[target]).relation == relation, (source, target)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], "edited"),
        (["spun"], "spun"),
        (["back_translated"], "back_translated"),
        (["spun", "back_translated"], "spun"),
        (["mojibake"], "edited"),
    ],
)
def test_the_flags_under_a_bead_give_its_wording(kinds: list[str], expected: str) -> None:
    """A changed bead has the wording of most of its flags, else it was edited; a kept one is verbatim."""
    target = _WHOLE.replace("deep", "thick") + " Nobody on the island had been told of the closure beforehand."
    lones = _lone(_WHOLE), _lone(target)
    at = target.index("thick")
    flags = [Flag(Span(at, at + 5), kind, 0.9, "minor") for kind in kinds]
    settled = settle(align(_WHOLE, target), lones, (lones[0].verdict, _believed(lones[1], 0.5, *flags)))

    assert [bead.wording for bead in settled.beads] == ["verbatim", expected, "verbatim", "verbatim", None]


def test_own_sentences_are_what_the_other_lacks() -> None:
    """A sentence with no counterpart counts, a fragment and a line of the site do not."""
    source = f"{_WHOLE}\nShort line\nAdvertisement"
    found = own_sentences(align(source, _WITHOUT_FIRST), 0, _lone(source))

    assert [sentence.span.of(source) for sentence in found] == [_SENTENCES[0]]
