"""What the alignments of a group say of each member's place: what it lacks, and where it is whole."""

from collections.abc import Callable, Mapping, Sequence, Set

from detector.rank.evidence import Member
from detector.types import Alignment, Document, Sentence, Verdict

Pairs = Mapping[tuple[int, int], Alignment]
Held = Mapping[tuple[int, int], Set[int]]
OwnSentences = Callable[[Alignment, int], tuple[Sentence, ...]]
"""Of an alignment read from document ``i``: the sentences that ``i`` has alone, what belongs to its site left out."""


def gather(  # noqa: PLR0917 - what the stages before have found
    group: Sequence[int],
    documents: Sequence[Document],
    verdicts: Sequence[Verdict],
    pairs: Pairs,
    held: Held,
    own: OwnSentences,
) -> list[Member]:
    """The members of a group, with what the ranking must know of each.

    Args:
        group: Places of the group's documents.
        documents: All documents.
        verdicts: Their verdicts beside each other.
        pairs: Alignments by the places (i, j) of their documents, i < j.
        held: For (i, j), the sentences of ``i`` that a third document has too; without an entry where there is no third.
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
            confirmed = held.get((other, i))
            if confirmed is None:  # of two texts, only what is gone from the midst of the other is surely of the article
                linked_at = [s for bead in alignment.links for s in bead.source]
                confirmed = frozenset(range(min(linked_at, default=0), max(linked_at, default=0)))
            missing = sum(len(s.span) for s in own(alignment, other) if s.index in confirmed)
            lacking = max(lacking, missing / max(len(documents[other].text), 1))
            linked = [alignment.spans(bead)[0] for bead in alignment.links]
            altered = [f.span for f in verdicts[other].flags if f.kind in {"spun", "back_translated"}]
            n_whole += sum(any(span.overlaps(flag) for span in linked) for flag in altered)
        members.append(Member(documents[i], verdicts[i], min(1.0, lacking), n_whole, _extra(i, group, documents, views, own)))
    return members


def _extra(
    i: int, group: Sequence[int], documents: Sequence[Document], views: Mapping[tuple[int, int], Alignment], own: OwnSentences
) -> float:
    """The share of a text that no other of the group has; 0 in groups of two, where it is what the other lacks."""
    others = [j for j in group if j != i]
    if len(others) < 2:
        return 0.0
    alone = [{s.index: len(s.span) for s in own(views[i, j], i)} for j in others]
    everywhere = set(alone[0]).intersection(*alone[1:])
    return sum(alone[0][index] for index in everywhere) / max(len(documents[i].text), 1)
