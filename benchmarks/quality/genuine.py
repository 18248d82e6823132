"""Genuine articles, each scored alone: what share is called anything but genuine.

Run as ``python -m benchmarks.quality.genuine``.
"""

from collections import Counter

from benchmarks.quality.measures import rows
from detector import score_many


def measure() -> dict[str, float]:
    """The figures by name."""
    texts = [row["text"] for name in ("genuine/bbc_a", "genuine/modern_2016_17_a") for row in rows(name)]
    called = Counter(verdict.wording for verdict in score_many(texts))
    n = len(texts)
    return {
        "genuine.documents": float(n),
        "genuine.called_altered": (called["spun"] + called["back_translated"]) / n,
        "genuine.unknown": called["unknown"] / n,
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:40} {value:.4f}")
