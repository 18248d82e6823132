"""The sets that texts alone are judged on: whole, or every n-th row of each, and with what tells by accident normalised away."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from benchmarks.quality.measures import SHARED, rows

_CONTRACTED = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"}
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*")

RATES = (0.3, 0.1, 0.05)
"""Shares of words that the spinner of ``spun_news`` replaced."""

Row = TypeVar("Row")

Sample = Mapping[str, int]
"""Of a set named here every n-th row, from the first; of the others all."""
WHOLE: Sample = {}
FOR_GATE: Sample = {
    "spun_news": 3,
    "genuine": 12,
    "pan13_random": 16,
    "pan13_translation": 16,
    "asap_fr": 20,
    "wmt21_docs": 5,
}
"""What the gate reads at depth ``full``: some 700 documents of 500 words, so that it stays a matter of minutes."""


def sampled(found: Iterable[Row], name: str, sample: Sample) -> list[Row]:
    """Every n-th of the rows of a set, from the first."""
    return list(islice(found, 0, None, sample.get(name, 1)))


def genuine_texts(sample: Sample) -> list[str]:
    """The genuine articles, of 2004-05 and of 2016-17."""
    return sampled((row["text"] for name in ("bbc_a", "modern_2016_17_a") for row in rows(f"genuine/{name}")), "genuine", sample)


def spun_news(rate: float, sample: Sample) -> list[dict[str, Any]]:
    """The rows of ``spun_news`` of one rate."""
    return sampled((row for row in rows("wording/spun_news") if row["rate"] == rate), "spun_news", sample)


def copies_and_sources(name: str, sample: Sample) -> tuple[list[str], list[str]]:
    """The two sides of the pairs of a set of copies."""
    chosen = sampled(rows(f"wording/{name}"), name, sample)
    return [row["copy"] for row in chosen], [row["src"] for row in chosen]


def seeds() -> dict[str, tuple[str, str]]:
    """The name of the file, and the text, of each seed by its number."""
    return {path.name[:3]: (path.name, path.read_bytes().decode("utf-8")) for path in sorted((SHARED / "seeds").glob("0*.txt"))}


def normalised(text: str) -> str:
    """The text without what may tell a copy from its source by accident: quotes, case, blanks, contractions, figures, names."""
    text = re.sub(r"[“”\"„«»]", "", text.replace("’", "'").replace("‘", "'"))
    for short, full in _CONTRACTED.items():
        text = re.sub(rf"{short}\b", full, text)
    text = _NAME.sub("Smith", text)
    return " ".join(re.sub(r"\d", "0", text).lower().split())
