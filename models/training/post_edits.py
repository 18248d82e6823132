"""Machine translations and what human editors made of them: MLQE-PE (Fomicheva et al. 2022), CC0, into English.

A JSON Lines file, gzipped, with ``id`` ("et-en.train.0"), ``mt``, ``pe`` and ``hter`` (share of words edited) a line.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_TOKENISED = re.compile(r" (n't|'s|'re|'ve|'ll|'m|'d|[.,;:?!%)\]])(?=\s|$)|([(\[$£€]) ")


class PostEdit(NamedTuple):
    """A sentence as a machine translated it, and as a human left it."""

    id: str
    machine: str
    human: str


def read_post_edits(path: Path, least_edited: float = 0.0) -> Iterator[PostEdit]:
    """The sentences of which at least a share of the words was edited; marks joined to their words on both sides."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["hter"] >= least_edited:
                yield PostEdit(row["id"], *(_TOKENISED.sub(r"\1\2", row[side]) for side in ("mt", "pe")))
