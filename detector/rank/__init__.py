"""Who was first: prior, signed evidence in bits, posterior, for every document of a group and for none of them."""

from detector.rank.evidence import Member
from detector.rank.gather import gather
from detector.rank.rank import rank

__all__ = ["Member", "gather", "rank"]
