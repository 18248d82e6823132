"""Who was first: Bayes' rule, replayed."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector import compare
from detector.config import RankConfig
from detector.rank import Member, rank
from detector.types import Document, Ranking, Verdict
from tests.articles import FEW, GROUPS, compared, documents
from tests.oracles import replayed

_GENUINE = 0.8
_DATES = st.none() | st.sampled_from(
    ["2024-05-01", "2024-05-02T06:00:00Z", "2024-05-02T07:30:00+02:00", "last week", "", "20240501"]
)


def _verdict(p_genuine: float, corruptions: tuple[str, ...] = ()) -> Verdict:
    return Verdict(p_genuine, 1 - p_genuine, 0.0, "unknown", "fast", corruptions=corruptions)


@st.composite
def groups(draw: st.DrawFn, min_size: int = 1) -> list[Member]:
    """Members of a group with any verdict, damage, date and completeness."""
    damage = st.lists(st.sampled_from(["boilerplate", "doubled", "mojibake", "truncated"]), unique=True).map(tuple)
    n_members = draw(st.integers(min_size, 5))
    return [
        Member(
            Document(str(i), "", published=draw(_DATES)),
            _verdict(draw(st.floats(0, 1)), draw(damage)),
            draw(st.floats(0, 1)),
            draw(st.integers(0, 30)),
        )
        for i in range(n_members)
    ]


def _rank(group: list[Member], config: RankConfig | None = None) -> Ranking:
    return rank(group, [], config or RankConfig(), _GENUINE)


def _p(ranking: Ranking, id_: str) -> float:
    return next(ranked.p_original for ranked in ranking.ranked if ranked.id == id_)


@given(groups(min_size=2), st.floats(0.01, 0.99))
def test_the_posterior_can_be_replayed(group: list[Member], prior_none: float) -> None:
    """Prior odds times two to the sum of the bits that the ranking tells give its probabilities."""
    ranking = _rank(group, RankConfig(prior_none=prior_none))
    expected = replayed(ranking, [member.document.id for member in group], prior_none)

    assert expected == pytest.approx({ranked.id: ranked.p_original for ranked in ranking.ranked})


@pytest.mark.parametrize("group", FEW)
def test_the_ranking_of_articles_can_be_replayed(group: str) -> None:
    """What ``compare`` says of who was first follows from the evidence it gives."""
    comparison = compared(group)
    ranking = comparison.ranking
    expected = replayed(ranking, comparison.groups[0], RankConfig().prior_none)

    assert expected == pytest.approx({r.id: r.p_original for r in ranking.ranked if r.id in comparison.groups[0]})


@given(groups(min_size=2))
def test_the_order_of_members_does_not_matter(group: list[Member]) -> None:
    """A group named in another order has the same probabilities."""
    there, back = _rank(group), _rank(group[::-1])

    assert {r.id: r.p_original for r in there.ranked} == pytest.approx({r.id: r.p_original for r in back.ranked})
    assert there.abstained == back.abstained


@given(groups(), st.lists(st.sampled_from("abcdef"), unique=True))
def test_documents_outside_the_group_stand_last_with_nothing(group: list[Member], others: list[str]) -> None:
    """Every document compared is ranked; those outside the group have 0."""
    ranking = rank(group, others, RankConfig(), _GENUINE)

    assert sorted([*others, *(member.document.id for member in group)]) == sorted(
        ranked.id for ranked in ranking.ranked
    )
    assert all(_p(ranking, id_) == 0 for id_ in others)
    assert all(a.p_original >= b.p_original for a, b in pairwise(ranking.ranked))


@given(groups(min_size=2), st.floats(0, 1))
def test_evidence_against_a_member_lowers_it(group: list[Member], share: float) -> None:
    """A less genuine wording, a larger loss or damage lowers a member's probability and raises that of none."""
    first = replace(group[0], verdict=_verdict(0.9), lacking=0.2)
    worse = [
        replace(first, verdict=_verdict(0.9 * share)),
        replace(first, lacking=0.2 + 0.8 * share),
        replace(first, verdict=_verdict(0.9, ("truncated",))),
    ]
    before = _rank([first, *group[1:]])
    for member in worse:
        after = _rank([member, *group[1:]])

        assert _p(after, "0") <= _p(before, "0") + 1e-12
        assert after.p_none >= before.p_none - 1e-12


def test_none_wins_where_all_were_altered() -> None:
    """Two copies that are both surely spun have their original elsewhere."""
    ranking = _rank([Member(Document(id_, ""), _verdict(0.001), 0.0, 0) for id_ in "ab"])

    assert ranking.p_none > 0.95
    assert not ranking.abstained


def test_identical_texts_cannot_be_ordered() -> None:
    """Two or three texts of one wording are equally likely, and the ranking abstains."""
    text = documents(FEW[0])["original"].text
    for n_texts in (2, 3):
        ranking = compare([text] * n_texts).ranking

        assert ranking.abstained
        assert len({ranked.p_original for ranked in ranking.ranked}) == 1


@pytest.mark.parametrize("group", GROUPS)
def test_the_original_comes_first(group: str) -> None:
    """Among its tellings the original is the likeliest; the report by another hand stands outside the group."""
    comparison = compared(group)

    assert comparison.ranking.ranked[0].id == "original"
    assert comparison.groups[1:] == ((("same_event",),) if "same_event" in documents(group) else ())


@given(groups(min_size=2), st.floats(0, 8))
def test_abstaining_is_a_matter_of_margin(group: list[Member], abstain_bits: float) -> None:
    """The ranking abstains where the best two, "none" among them, are closer than the configured bits, or none has half."""
    ranking = _rank(group, RankConfig(abstain_bits=abstain_bits))
    best, second = sorted([ranking.p_none, *(ranked.p_original for ranked in ranking.ranked)], reverse=True)[:2]

    borderline = best == pytest.approx(second * 2**abstain_bits) or best == pytest.approx(0.5)

    assert borderline or ranking.abstained == (best < second * 2**abstain_bits or best < 0.5)


def test_one_document_alone_is_not_ranked() -> None:
    """A text without a copy has nothing to be compared with: 0 for all, and the ranking abstains."""
    ranking = compare(["The ferry left the harbour at dawn.", "A choir sang in the old town hall on Sunday."]).ranking

    assert [ranked.p_original for ranked in ranking.ranked] == [0.0, 0.0]
    assert ranking.abstained
