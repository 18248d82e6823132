"""Whether the probabilities of one text alone are what they say, on documents that nothing was fitted on.

Genuine: the articles of ``genuine/`` and the student essays of ``asap_fr``, some 1,500 of each; spun: ``spun_news`` at all its
rates alike; back-translated: the essays' round trips through French. Documents are weighed so that the wordings have the shares of
the prior, each document of a wording alike; so at the stated prior, and at equal thirds, with the probabilities asked under it.

Confidence error: the usual one for more than two classes (Guo et al. 2017), of the likeliest wording's probability against how
often it is the wording. By wording: of that wording's probability against how often it is the wording (Kull et al. 2019).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.quality.lone import STATED, Figures, Probabilities, Reader, at_prior
from benchmarks.quality.lone_sets import RATES, Sample, copies_and_sources, genuine_texts, spun_news
from benchmarks.quality.measures import calibration_error, reliability
from detector.config import Prior

KINDS = ("genuine", "spun", "back_translated")
PRIORS: Mapping[str, Prior] = {"": STATED, "_at_thirds": Prior(1 / 3, 1 / 3, 1 / 3)}
"""By what the names of figures end in."""


class Judged(NamedTuple):
    """What was said of a document with a probability, whether it was so, and how much the document counts."""

    probability: float
    is_so: bool
    weight: float


def documents(sample: Sample) -> dict[str, list[str]]:
    """The texts of each wording."""
    trips, essays = copies_and_sources("asap_fr", sample)
    spun = [row["text"] for rate in RATES for row in spun_news(rate, sample)]
    return {"genuine": genuine_texts(sample) + essays, "spun": spun, "back_translated": trips}


def weighed(found: Mapping[str, Sequence[Probabilities]], prior: Prior) -> dict[str, list[Judged]]:
    """What each document says of its likeliest wording ("confidence") and of each, under a prior, whose shares the wordings have.

    Args:
        found: The probabilities, asked under the stated prior, of the documents of each wording.
        prior: The shares, and the prior that the probabilities are put under.
    """
    shares = dict(zip(KINDS, (prior.genuine, prior.spun, prior.back_translated), strict=True))
    judged: dict[str, list[Judged]] = {name: [] for name in ("confidence", *KINDS)}
    for true, of_kind in found.items():
        weight = shares[true] / len(of_kind)
        for asked in of_kind:
            p = at_prior(asked, prior)
            best = int(np.argmax(p))
            judged["confidence"].append(Judged(p[best], KINDS[best] == true, weight))
            for kind, probability in zip(KINDS, p, strict=True):
                judged[kind].append(Judged(probability, kind == true, weight))
    return judged


def _columns(judged: Sequence[Judged]) -> tuple[list[float], list[bool], list[float]]:
    return [j.probability for j in judged], [j.is_so for j in judged], [j.weight for j in judged]


def _probabilities(reader: Reader, sample: Sample) -> dict[str, list[Probabilities]]:
    return {kind: [reading.p for reading in reader(texts)] for kind, texts in documents(sample).items()}


def measure(reader: Reader, sample: Sample) -> Figures:
    """The expected calibration errors of one depth by name."""
    found = _probabilities(reader, sample)
    return {
        f"calibration_{name}{ending}": calibration_error(*_columns(judged))
        for ending, prior in PRIORS.items()
        for name, judged in weighed(found, prior).items()
    }


def tables(reader: Reader, depth: str, sample: Sample) -> list[str]:
    """What was said beside what was so, by bin, as tables: one for each prior."""
    found = _probabilities(reader, sample)
    lines = []
    for prior in PRIORS.values():
        judged = weighed(found, prior)
        bins = {name: {b.low: b for b in reliability(*_columns(of_name))} for name, of_name in judged.items()}
        lines += ["", f"## Reliability at depth {depth}, prior {prior}", ""]
        lines += ["Mean probability → share it was so (share of all weight).", ""]
        lines += [f"| from | {' | '.join(bins)} |", "|---" * (len(bins) + 1) + "|"]
        for low in sorted({low for of_name in bins.values() for low in of_name}):
            held = (of_name.get(low) for of_name in bins.values())
            cells = (f"{b.probability:.3f} → {b.share:.3f} ({b.weight:.3f})" if b else "–" for b in held)
            lines.append(f"| {low:.1f} | {' | '.join(cells)} |")
    return lines
