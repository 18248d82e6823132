"""The evidence on each member of a group: one function a kind, each a sentence and a log2 Bayes factor.

Bits are for "this one is the original" against "it is a copy". Where a number is not computed from probabilities, the
comment beside it says what share of originals and of copies it supposes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2

from detector.types import Document, Evidence, Verdict

_MAX_BITS = 10.0
_WHOLE_BITS = 2.0  # an original is whole where copies were altered in nearly all cases, a copy in about a quarter
_COMPLETE_BITS = 1.0  # originals hold everything in about .9 of groups, copies in .45
_LACKING_BITS = 12.0  # for a text without a quarter of what the others hold: 3 bits
_MAX_LACKING_BITS = 4.0
_EXTRA_BITS = 1.0  # sites wrap originals too, but copies inherit little of that: half as many originals as copies
_DAMAGE_BITS = {"boilerplate": 0.8, "doubled": 0.6, "mojibake": 1.0, "truncated": 2.0}  # scrapers do this to originals too
_DATE_BITS = 1.5  # dates of copies are the scraper's as often as the article's
_NEARLY_ALL = 0.05


@dataclass(frozen=True, slots=True)
class Member:
    """What the ranking needs to know of one document of the group."""

    document: Document
    verdict: Verdict
    lacking: float
    """The largest share of a counterpart's own text that this one is without (site boilerplate left out); 0 to 1."""
    n_altered_elsewhere: int
    """Words or phrases flagged as altered in other members where this one has the expected wording."""
    extra: float = 0.0
    """The share of its text that no other member has; 0 in groups of two."""


def evidence_on(member: Member, group: Sequence[Member], prior_genuine: float) -> Iterator[Evidence]:
    """What speaks for and against one member, in a fixed order."""
    id_, verdict = member.document.id, member.verdict
    bits = max(-_MAX_BITS, log2(max(verdict.p_genuine, 2**-20) / prior_genuine))
    said = {
        "genuine": "the wording reads as written by a person",
        "spun": "the wording is that of a spun copy",
        "back_translated": "the wording is that of a translation back",
        "unknown": "the wording could not be judged for certain",
    }[verdict.wording]
    yield Evidence(id_, "rank.wording", verdict.p_genuine, bits, f"{said} (genuine: {_shown(verdict.p_genuine)})")
    if member.n_altered_elsewhere and verdict.p_genuine >= 0.5:
        n = member.n_altered_elsewhere
        yield Evidence(id_, "rank.whole", float(n), _WHOLE_BITS, f"whole in {n} place{'s' * (n > 1)} where others were altered")
    if member.lacking > _NEARLY_ALL:
        because = f"lacks {member.lacking:.0%} of what another copy holds"
        yield Evidence(id_, "rank.complete", member.lacking, -min(_MAX_LACKING_BITS, _LACKING_BITS * member.lacking), because)
    elif any(other.lacking > _NEARLY_ALL for other in group):
        yield Evidence(id_, "rank.complete", 0.0, _COMPLETE_BITS, "holds everything that the others hold")
    if member.extra > _NEARLY_ALL and any(other.extra <= _NEARLY_ALL for other in group):
        because = f"{member.extra:.0%} of it stands in no other copy, as what a site adds"
        yield Evidence(id_, "rank.extra", member.extra, -_EXTRA_BITS, because)
    for kind in verdict.corruptions:
        if kind in _DAMAGE_BITS:
            yield Evidence(id_, "rank.damage", kind, -_DAMAGE_BITS[kind], f"bears marks of copying: {kind}")
    dates = {other.document.id: _date(other.document) for other in group}
    known = sorted(date for date in dates.values() if date is not None)
    own = dates[id_]
    if own is not None and len(known) > 1 and known[0] != known[-1]:
        first = own == known[0]
        because = f"says it was published {'first' if first else 'later'}, on {member.document.published}"
        yield Evidence(id_, "rank.date", member.document.published or "", _DATE_BITS if first else -_DATE_BITS, because)


def _shown(p: float) -> str:
    return "<0.01" if p < 0.005 else ">0.99" if p > 0.995 else f"{p:.2f}"


def _date(document: Document) -> datetime | None:
    """When it says it was published, in UTC, which a time without a zone is taken to be in; None where it cannot be told."""
    try:
        found = datetime.fromisoformat(document.published or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):  # a zone may push the first and the last day off the calendar
        return None
