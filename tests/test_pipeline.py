"""The corridor: the public functions on any text."""

import random
import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import DetectorConfig, InputError, align, compare, score, score_many
from detector.config import ScoreConfig
from detector.types import Comparison, Document, Verdict
from tests.articles import FEW, GROUPS, compared, documents
from tests.strategies import prose, retellings, wild

_OTHER = (
    "Astronomers photographed a comet above the southern desert on the night of the new moon. Its tail stretched across"
    " nine degrees of sky, and schoolchildren queued until morning at the only telescope of the town."
)
_FAST, _RULES = (DetectorConfig(score=ScoreConfig(depth=depth)) for depth in ("fast", "rules"))


def _numbers(verdict: Verdict) -> tuple[float, float, float]:
    return verdict.p_genuine, verdict.p_spun, verdict.p_back_translated


@given(wild() | prose())
def test_score_never_raises_on_a_text(text: str) -> None:
    """Any string has a verdict: control characters and lone surrogates too."""
    assert sum(_numbers(score(text))) == pytest.approx(1.0)


@given(st.lists(wild() | prose(), min_size=2, max_size=4))
@settings(max_examples=40)
def test_compare_never_raises_on_texts(texts: list[str]) -> None:
    """Any two or more strings can be compared, and each is accounted for."""
    comparison = compare(texts)

    assert sorted(i for group in comparison.groups for i in group) == [str(i) for i in range(len(texts))]
    assert len(comparison.ranking.ranked) == len(texts)


@given(st.lists(prose() | wild() | st.sampled_from([documents(FEW[0])[name].text for name in ("original", "spun")]), max_size=20))
@settings(max_examples=40)
def test_many_scores_are_the_single_ones(texts: list[str]) -> None:
    """As many verdicts as texts, in their order, each to the last digit what the text has alone."""
    assert [score(text, config=_FAST) for text in texts] == list(score_many(texts, config=_FAST))


def test_many_scores_of_long_texts_are_the_single_ones() -> None:
    """The same of texts that are too long to be read sixteen at a time, and of more than sixteen."""
    article = documents(FEW[0])["spun"].text
    texts = [article * 40, "The ferry left.", article * 12, "", *[f"{article} The ferry number {i} left." for i in range(18)]]

    assert [score(text, config=_FAST) for text in texts] == list(score_many(texts, config=_FAST))


def _counted(read: list[int], n_texts: int, words: str = "left") -> Iterator[str]:
    for i in range(n_texts):
        read.append(i)
        yield f"The ferry number {i} {words}."


def test_many_scores_are_lazy() -> None:
    """No text is read before a verdict is asked for, and sixteen at most before theirs are."""
    read: list[int] = []
    verdicts = score_many(_counted(read, 40))
    assert read == []

    for n_asked in range(1, 41):
        next(verdicts)
        assert n_asked <= len(read) < n_asked + 16


def test_few_long_texts_are_read_ahead() -> None:
    """Of texts of 70,000 characters no more than two are read together."""
    read: list[int] = []
    next(score_many(_counted(read, 5, "left " * 14_000), config=_FAST))

    assert read == [0, 1]


def test_what_fails_to_be_read_fails_in_its_turn() -> None:
    """The verdicts of the texts before it come first, then the reader's own error, then nothing."""

    def texts() -> Iterator[str]:
        yield from ("A ferry left.", "A boat came.")
        msg = "the disk is gone"
        raise OSError(msg)

    verdicts = score_many(texts())

    assert [score("A ferry left."), score("A boat came.")] == [next(verdicts), next(verdicts)]
    with pytest.raises(OSError, match="the disk is gone"):
        next(verdicts)
    assert list(verdicts) == []


def test_what_is_no_text_is_refused_in_its_turn() -> None:
    """A missing value among texts is refused after the verdicts before it; one text alone is refused at once."""
    verdicts = score_many(["A ferry left.", None])  # type: ignore[list-item]

    assert next(verdicts) == score("A ferry left.")
    with pytest.raises(InputError, match="NoneType"):
        next(verdicts)
    with pytest.raises(InputError, match="one text of 13 characters"):
        score_many("A ferry left.")


def test_ids_of_a_sequence_are_its_places() -> None:
    """Texts are named "0", "1", ...; texts by id, and documents, keep their ids."""
    for texts, ids in (
        (["A ferry.", "A boat."], ["0", "1"]),
        ({"left": "A ferry.", "right": "A boat."}, ["left", "right"]),
        ([Document("x", "A ferry."), "A boat."], ["x", "1"]),
    ):
        assert ids == [document.id for document in compare(texts).documents]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([], "found 0 text"),
        (["alone"], "found 1 text"),
        ({"only": "alone"}, "found 1 text"),
        ([Document("x", "a"), Document("x", "b"), Document("y", "c")], "the ids x stand"),
        ([Document("1", "a"), "b"], "the ids 1 stand"),
    ],
)
def test_what_cannot_be_compared_is_refused(texts: list[str | Document], message: str) -> None:
    """Fewer than two texts and an id used twice are refused, with what was found."""
    with pytest.raises(InputError, match=message):
        compare(texts)


@pytest.mark.parametrize("group", FEW)
def test_depth_rules_needs_no_counterpart(group: str) -> None:
    """At depth ``rules`` each verdict is the lone one, and the signature names no model but the words."""
    comparison = compare(list(documents(group).values()), config=_RULES)

    assert comparison.verdicts == comparison.lone
    assert re.search(r"models words:[0-9a-f]{8}$", comparison.signature)
    assert "depth rules" in comparison.signature


@pytest.mark.parametrize("group", FEW)
def test_without_a_counterpart_the_verdict_is_the_lone_one(group: str) -> None:
    """Beside unrelated texts only, a text has exactly the verdict that it has alone."""
    for document in documents(group).values():
        comparison = compare([document, Document("other", _OTHER)])

        assert comparison.verdicts == comparison.lone == (score(document), score(Document("other", _OTHER)))


@given(retellings())
@settings(max_examples=30)
def test_lone_verdicts_are_those_of_score(texts: tuple[list[str], list[str]]) -> None:
    """``compare`` starts from what ``score`` says of each text."""
    pair = [Document(name, ". ".join(text)) for name, text in zip("ab", texts, strict=True)]

    assert compare(pair).lone == tuple(score(document) for document in pair)


@pytest.mark.parametrize("group", FEW)
def test_the_same_input_gives_the_same_bytes(group: str) -> None:
    """Compared twice, the same documents have the same verdicts, alignments and ranking to the last digit."""
    pair = [documents(group)[name] for name in ("original", "round_trip")]

    assert repr(compare(pair)) == repr(compare(pair))


@pytest.mark.parametrize("group", FEW)
@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_documents_does_not_matter(group: str, seed: int) -> None:
    """Shuffled, the documents have the same probabilities within 1e-6, the same flags, relations and rank."""
    straight = compared(group)
    names = list(documents(group))
    random.Random(seed).shuffle(names)
    shuffled = compare([documents(group)[name] for name in names])
    for name in names:
        before, after = _verdict(straight, name), _verdict(shuffled, name)

        assert _numbers(before) == pytest.approx(_numbers(after), abs=1e-6)
        assert [(f.span, f.kind) for f in before.flags] == [(f.span, f.kind) for f in after.flags]
    assert [r.id for r in straight.ranking.ranked] == [r.id for r in shuffled.ranking.ranked]
    assert set(map(frozenset, straight.groups)) == set(map(frozenset, shuffled.groups))


def _verdict(comparison: Comparison, name: str) -> Verdict:
    return next(v for d, v in zip(comparison.documents, comparison.verdicts, strict=True) if d.id == name)


def test_alignments_stand_in_the_order_of_pairs() -> None:
    """There is one alignment for each i < j, read from i to j, the one that ``align`` gives but for what was scored."""
    comparison = compared(FEW[0])
    for (i, j), found in zip(combinations(range(len(comparison.documents)), 2), comparison.alignments, strict=True):
        expected = align(comparison.documents[i].text, comparison.documents[j].text)

        assert found.source.document == comparison.documents[i]
        assert [(b.source, b.target, b.edits) for b in expected.beads] == [(b.source, b.target, b.edits) for b in found.beads]


@pytest.mark.parametrize("group", GROUPS)
def test_wordings_of_the_articles(group: str) -> None:
    """Both spun copies and the translation are named; the original and its verbatim copy are not called altered."""
    genuine = {"genuine", "unknown"}
    expected = {
        "original": genuine,
        "verbatim": genuine,
        "spun": {"spun"},
        "spun_other": {"spun"},
        "translated": {"back_translated"},
    }
    for name, wordings in expected.items():
        assert _verdict(compared(group), name).wording in wordings, name
