"""Groups are the connected components of the pairs."""

from hypothesis import given
from hypothesis import strategies as st

from detector.cluster import cluster

_PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] != p[1]), max_size=12)


def _reachable(start: int, pairs: list[tuple[int, int]]) -> set[int]:
    """By walking: slow and obvious."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for a, b in pairs:
            for there in ((b,) if a == here else (a,) if b == here else ()):
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return seen


@given(_PAIRS)
def test_a_group_is_all_that_can_be_reached(pairs: list[tuple[int, int]]) -> None:
    """Each document stands in one group, with exactly the documents that a walk along the pairs reaches."""
    groups = cluster(8, pairs)

    assert sorted(i for group in groups for i in group) == list(range(8))
    assert all(set(group) == _reachable(i, pairs) for group in groups for i in group)


@given(_PAIRS)
def test_the_order_of_pairs_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    """Shuffled and turned pairs give the same groups, in the same order."""
    turned = [(b, a) for a, b in reversed(pairs)]

    assert cluster(8, pairs) == cluster(8, turned)


@given(_PAIRS)
def test_the_largest_group_stands_first(pairs: list[tuple[int, int]]) -> None:
    """Sizes never grow along the list."""
    sizes = [len(group) for group in cluster(8, pairs)]

    assert sizes == sorted(sizes, reverse=True)
