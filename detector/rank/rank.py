"""The ranking of a group: Bayes' rule over "this one is the original" for each member, and "none of these".

Prior odds times two to the sum of bits, after Fellegi & Sunter's match weights as splink shows them. Evidence is relative to
"none of these", which has its prior and no evidence of its own: where every member speaks against itself, it wins.
"""

from collections.abc import Sequence

from detector.config import RankConfig
from detector.rank.evidence import Member, evidence_on
from detector.types import RankedDocument, Ranking


def rank(group: Sequence[Member], others: Sequence[str], config: RankConfig, prior_genuine: float) -> Ranking:
    """Rank a group of copies; ids outside it stand last, with 0.

    A group of one has nothing to be compared with: every document has 0, and the ranking abstains. It abstains too where no
    hypothesis has more than half, or where the best two are too close.

    Args:
        group: The members.
        others: Ids of the documents compared that are not of the group.
        config: The prior of "none of these", and the margin below which the ranking abstains.
        prior_genuine: The share of genuine texts that the verdicts' probabilities suppose.
    """
    if len(group) < 2:
        alone = sorted([*(member.document.id for member in group), *others])
        return Ranking(tuple(RankedDocument(id_, 0.0) for id_ in alone), 1.0, abstained=True)
    evidence = tuple(e for member in group for e in evidence_on(member, group, prior_genuine))
    share = (1 - config.prior_none) / len(group)
    bits = {member.document.id: sum(e.bits for e in evidence if e.document == member.document.id) for member in group}
    odds = {id_: share * 2**total for id_, total in bits.items()}
    total = config.prior_none + sum(odds.values())
    p = {id_: value / total for id_, value in odds.items()}
    order = sorted(p, key=lambda id_: (-p[id_], id_))
    ranked = tuple(RankedDocument(id_, p[id_]) for id_ in order) + tuple(RankedDocument(id_, 0.0) for id_ in sorted(others))
    best = sorted([config.prior_none, *odds.values()], reverse=True)
    abstained = best[0] <= total / 2 or best[0] < best[1] * 2**config.abstain_bits
    return Ranking(ranked, 1.0 - sum(p.values()), abstained, evidence)
