"""What the alignments of a group say of each member's place: what it lacks, and where it is whole."""

from collections.abc import Callable, Mapping, Sequence

from detector.rank.evidence import Member
from detector.types import Alignment, Document, Sentence, Verdict

Pairs = Mapping[tuple[int, int], Alignment]
OwnSentences = Callable[[Alignment, int], tuple[Sentence, ...]]
"""Of an alignment read from document ``i``: the sentences that ``i`` has alone, what belongs to its site left out."""


def gather(
    group: Sequence[int], documents: Sequence[Document], verdicts: Sequence[Verdict], pairs: Pairs, own: OwnSentences
) -> list[Member]:
    """The members of a group, with what the ranking must know of each.

    Args:
        group: Places of the group's documents.
        documents: All documents.
        verdicts: Their verdicts beside each other.
        pairs: Alignments by the places (i, j) of their documents, i < j.
        own: Finds the sentences that a document has alone.
    """

    def read(i: int, j: int) -> Alignment:
        return pairs[i, j] if i < j else pairs[j, i].inverse()

    views = {(i, j): read(i, j) for i in group for j in group if i != j}
    members = []
    for i in group:
        lacking, n_whole = 0.0, 0
        for other in (j for j in group if j != i):
            alignment = views[other, i]
            # A third document confirms that what this one lacks belongs to the article; of two, neither can.
            confirmed = {s for third in group if third not in {i, other} for b in views[other, third].links for s in b.source}
            alone = own(alignment, other)
            missing = sum(len(s.span) for s in alone if s.index in confirmed or len(group) == 2)
            lacking = max(lacking, missing / max(len(documents[other].text), 1))
            linked = [alignment.spans(bead)[0] for bead in alignment.links]
            altered = [f.span for f in verdicts[other].flags if f.kind in {"spun", "back_translated"}]
            n_whole += sum(any(span.overlaps(flag) for span in linked) for flag in altered)
        members.append(Member(documents[i], verdicts[i], min(1.0, lacking), n_whole))
    return members
