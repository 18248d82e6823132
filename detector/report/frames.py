"""A comparison as pandas frames, one row a document, a flag or a pair: what a notebook filters, joins and plots."""

from collections import Counter
from typing import TYPE_CHECKING

from detector.types import Comparison

if TYPE_CHECKING:
    import pandas as pd

_VERDICT = ("wording", "p_genuine", "p_spun", "p_back_translated", "pivot", "language", "depth")
_FLAG = ("start", "end", "text", "expected", "kind", "probability", "severity", "codes")
_PAIR = ("source", "target", "relation", "n_verbatim", "n_edited", "n_spun", "n_back_translated", "n_null")


def verdicts_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row a document, as compared: its verdict, its group (0 is the largest) and its place in the ranking.

    ``p_original`` is missing for a document that was not ranked.
    """
    import pandas as pd  # noqa: PLC0415

    p_original = {ranked.id: ranked.p_original for ranked in comparison.ranking.ranked}
    group = {member: i for i, members in enumerate(comparison.groups) for member in members}
    rows = [
        (
            document.id,
            group[document.id],
            p_original.get(document.id),
            *(getattr(verdict, name) for name in _VERDICT),
            list(verdict.corruptions),
            len(verdict.flags),
        )
        for document, verdict in zip(comparison.documents, comparison.verdicts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["id", "group", "p_original", *_VERDICT, "corruptions", "n_flags"])


def flags_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row a flag, by document and place: ``text`` is the run as read, ``codes`` are the codes of its reasons."""
    import pandas as pd  # noqa: PLC0415

    rows = [
        (
            document.id,
            flag.span.start,
            flag.span.end,
            flag.span.of(document.text),
            flag.expected,
            flag.kind,
            flag.probability,
            flag.severity,
            [code for code, _ in flag.reasons],
        )
        for document, verdict in zip(comparison.documents, comparison.verdicts, strict=True)
        for flag in verdict.flags
    ]
    return pd.DataFrame(rows, columns=["id", *_FLAG])


def pairs_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row a pair of documents: its relation, and its beads counted by wording (``n_null``: no counterpart)."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for alignment in comparison.alignments:
        counts = Counter(bead.wording for bead in alignment.links)
        rows.append(
            (
                alignment.source.document.id,
                alignment.target.document.id,
                alignment.relation,
                counts["verbatim"],
                counts["edited"],
                counts["spun"],
                counts["back_translated"],
                len(alignment.beads) - len(alignment.links),
            )
        )
    return pd.DataFrame(rows, columns=list(_PAIR))
