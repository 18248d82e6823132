"""Strict and lax precision, recall and F1 of sentence links against gold beads, pooled over articles.

Method: the scorer published with Vecalign (Thompson & Koehn 2019). Strict: the very same bead. Lax: a predicted bead and some
gold bead share a sentence on both sides. Precision counts every predicted bead, nulls too: a null is right only where gold has
the same null. Recall counts the gold beads that are not nulls, against the predicted ones that are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

Links = Iterable[tuple[Sequence[int], Sequence[int]]]


def with_nulls(links: Links, n_source: int, n_target: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The links, and a null for each sentence that stands in none of them.

    >>> with_nulls([((0,), (0, 1))], 2, 2)
    [((0,), (0, 1)), ((1,), ())]
    """
    found = [(tuple(source), tuple(target)) for source, target in links]
    linked_source = {i for source, _ in found for i in source}
    linked_target = {j for _, target in found for j in target}
    nulls = [((i,), ()) for i in range(n_source) if i not in linked_source]
    return [*found, *nulls, *(((), (j,)) for j in range(n_target) if j not in linked_target)]


def _hits(beads: Links, others: Links) -> tuple[int, int, int]:
    """How many of the beads the others have strictly, how many laxly, and how many beads there are; each bead counts once."""
    counted = {(tuple(source), tuple(target)) for source, target in beads if source or target}
    known = {(tuple(source), tuple(target)) for source, target in others}
    met: dict[int, set[int]] = defaultdict(set)
    for source, target in known:
        for i in source:
            met[i].update(target)
    strict = counted & known
    lax = {bead for bead in counted if bead in known or any(met[i].intersection(bead[1]) for i in bead[0])}
    return len(strict), len(lax), len(counted)


def strict_lax(gold: Sequence[Links], predicted: Sequence[Links]) -> dict[str, float]:
    """The six figures by name, pooled over articles; predicted beads hold their nulls (``with_nulls``)."""
    precision, recall = [0, 0, 0], [0, 0, 0]
    for known, found in zip(gold, predicted, strict=True):
        ours, theirs = list(found), list(known)
        links = [[bead for bead in beads if bead[0] and bead[1]] for beads in (ours, theirs)]
        precision = [a + b for a, b in zip(precision, _hits(ours, theirs), strict=True)]
        recall = [a + b for a, b in zip(recall, _hits(links[1], links[0]), strict=True)]
    figures: dict[str, float] = {}
    for k, name in enumerate(("strict", "lax")):
        p, r = (counts[k] / counts[2] if counts[2] else 0.0 for counts in (precision, recall))
        figures |= {f"{name}_precision": p, f"{name}_recall": r, f"{name}_f1": 2 * p * r / (p + r) if p + r else 0.0}
    return figures
