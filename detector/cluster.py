"""Verified pairs become groups: the connected components of the graph of pairs (union-find, Tarjan 1975)."""

from collections.abc import Iterable


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
