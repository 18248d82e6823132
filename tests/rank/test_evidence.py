"""What speaks for and against a member."""

import pytest

from detector.codes import CODES
from detector.rank.evidence import Member, evidence_on
from detector.types import Document, Evidence, Verdict

_GENUINE = 0.8


def _member(
    id_: str, published: str | None = None, p_genuine: float = 0.8, lacking: float = 0.0, n_whole: int = 0
) -> Member:
    verdict = Verdict(p_genuine, 1 - p_genuine, 0.0, "unknown", "fast")
    return Member(Document(id_, "", published=published), verdict, lacking, n_whole)


def _said(group: list[Member], code: str) -> dict[str, Evidence]:
    return {e.document: e for member in group for e in evidence_on(member, group, _GENUINE) if e.code == code}


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("2024-05-01", "2024-05-02"), "a"),
        (("2024-05-02", "2024-05-01"), "b"),
        (("2024-05-01T23:00:00-05:00", "2024-05-02T01:00:00+00:00"), "b"),  # four o'clock and one o'clock in UTC
        (("2024-05-01T12:00:00+02:00", "2024-05-01T11:00:00"), "a"),
        (("2024-05-01", "2024-05-01T00:00:00Z"), None),
        (("2024-05-01", None), None),
        (("2024-05-01", "yesterday"), None),
        (("", ""), None),
        (("0001-01-01T00:00:00+14:00", "2024-05-01"), None),
    ],
)
def test_the_first_date_speaks_for_its_document(dates: tuple[str | None, str | None], first: str | None) -> None:
    """Of two dates that can be read, the earlier speaks for its document, the later against; else none speaks."""
    said = _said([_member(id_, date) for id_, date in zip("ab", dates, strict=True)], "rank.date")

    assert {id_: id_ == first for id_ in "ab"} == {id_: e.bits > 0 for id_, e in said.items()} if first else not said


@pytest.mark.parametrize(("p_genuine", "sign"), [(0.99, 1), (0.8, 0), (0.5, -1), (0.0, -1)])
def test_wording_speaks_as_far_as_it_differs_from_the_prior(p_genuine: float, sign: int) -> None:
    """A wording likelier genuine than expected speaks for the document, an expected one not at all."""
    bits = _said([_member("a", p_genuine=p_genuine)], "rank.wording")["a"].bits

    assert sign == (bits > 1e-9) - (bits < -1e-9)
    assert abs(bits) <= 10


def test_what_a_member_lacks_speaks_against_it_and_for_the_others() -> None:
    """The more a member lacks the more it is doubted; one that lacks nothing gains where another does."""
    said = _said([_member("a"), _member("b", lacking=0.1), _member("c", lacking=0.3)], "rank.complete")

    assert said["a"].bits > 0 > said["b"].bits > said["c"].bits
    assert _said([_member("a"), _member("b", lacking=0.01)], "rank.complete") == {}


def test_words_whole_where_others_were_altered_speak_for_a_genuine_text() -> None:
    """A copy that is itself altered gains nothing by having other words whole."""
    said = _said([_member("a", n_whole=3), _member("b", n_whole=3, p_genuine=0.1)], "rank.whole")

    assert list(said) == ["a"]
    assert said["a"].bits > 0


def test_every_code_of_evidence_is_registered() -> None:
    """What is told of a member has a code of the registry, finite bits and a reason."""
    group = [_member("a", "2024-05-01", n_whole=2), _member("b", "2024-05-02", 0.1, 0.4)]
    found = [e for member in group for e in evidence_on(member, group, _GENUINE)]

    assert {e.code for e in found} == {"rank.wording", "rank.whole", "rank.complete", "rank.date"}
    assert all(e.code in CODES and e.because for e in found)
