"""Verified pairs become groups, and groups say which sentences belong to their article.

Groups are the connected components of the graph of pairs (union-find, Tarjan 1975).
"""

from collections.abc import Iterable, Mapping, Sequence

from detector.types import Alignment

_CONFIRMING_SIMILARITY = 0.3
"""A link below it may be owed to order alone, or join the furniture of two sites; set after reading errors on the samples."""


def cluster(n_documents: int, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """The groups of documents that pairs join, the largest first; a document in no pair is a group of its own.

    The order of the pairs does not matter.

    >>> cluster(4, [(2, 0)])
    [(0, 2), (1,), (3,)]
    """
    root = list(range(n_documents))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        low, high = sorted((find(i), find(j)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for i in range(n_documents):
        groups.setdefault(find(i), []).append(i)
    return sorted((tuple(group) for group in groups.values()), key=lambda group: (-len(group), group))


def shared_sentences(
    groups: Iterable[Sequence[int]], pairs: Mapping[tuple[int, int], Alignment]
) -> dict[tuple[int, int], frozenset[int]]:
    """For each (i, j) of a group of three or more: the sentences of ``i`` that a third document of the group has too.

    They belong to the article; what one text has alone may be the furniture of its site. Of two texts nothing can be said.
    """
    held: dict[tuple[int, int], frozenset[int]] = {}
    for group in groups:
        linked = {(i, j): _linked(i, j, pairs) for i in group for j in group if i != j}
        for i in group:
            for j in group:
                if i != j and len(group) > 2:
                    held[i, j] = frozenset().union(*(linked[i, third] for third in group if third not in {i, j}))
    return held


def _linked(i: int, j: int, pairs: Mapping[tuple[int, int], Alignment]) -> frozenset[int]:
    """The sentences of ``i`` that ``j`` has too; a link that order alone made says nothing of what belongs to the article."""
    low, high = min(i, j), max(i, j)
    links = (bead for bead in pairs[low, high].links if bead.similarity >= _CONFIRMING_SIMILARITY)
    return frozenset(s for bead in links for s in (bead.source if i == low else bead.target))
