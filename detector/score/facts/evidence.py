"""Changed facts as evidence: what a text tells otherwise than its counterparts, whichever of them is right.

A flag says which side was altered; where both look genuine, or both do not, nothing says so, and the change is no less harmful.
So it is told of both sides, with no bits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from detector.codes import CODES
from detector.score.facts.compare import changed_facts
from detector.types import Alignment, Evidence

_SHOWN = 3
"""Facts that a reason quotes; the value counts all."""


def facts_beside(document: str, counterparts: Iterable[tuple[Alignment, int, str]]) -> Iterator[Evidence]:
    """What one text tells otherwise than its counterparts, one piece of evidence for each kind of fact.

    Args:
        document: The id of the text.
        counterparts: Each alignment with a counterpart, which side of it the text is (0 source, 1 target), the counterpart's id.
    """
    told: dict[str, list[str]] = defaultdict(list)
    for alignment, side, other in counterparts:
        for fact in changed_facts(alignment):
            ours, theirs = (fact.source_says, fact.target_says) if side == 0 else (fact.target_says, fact.source_says)
            told[fact.code].append(f"{_quoted(ours)} where {other} has {_quoted(theirs)}")
    for code in sorted(told):
        shown, more = told[code][:_SHOWN], len(told[code]) - _SHOWN
        because = f"{CODES[code].says}: {'; '.join(shown)}" + (f"; and {more} more" if more > 0 else "")
        yield Evidence(document, code, float(len(told[code])), 0.0, because)


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”" if words.strip() else "nothing"
