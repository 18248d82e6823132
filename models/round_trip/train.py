"""Fits what a round trip tells: of how much it changes, and of the slips it mends (``detector.score.{round_trip,slips}``).

Change: the means of three kinds of passages and one deviation for all. Genuine passages, and what their slips become, are those
of ``models/training/round_trips.py``, of which the trip is known; the machine's passages are the translations of MLQE-PE from five
languages, by engines unlike the one that is asked; the spun ones are the genuine passages by the wide spinner. The last two are
sent here, which takes most of the time. Slips: how many of those of texts as learners write them are left after one trip.
Seeded; nothing of a development set is used.
"""

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from math import log2
from pathlib import Path
from statistics import fmean, pvariance

from detector.lm import load_substitutions, read_round_trip
from detector.lm.round_trip import change_of, is_sent
from detector.score.slips import slips
from detector.text import forms, segment
from detector.types import Document
from models.training.post_edits import read_post_edits
from models.training.round_trips import RoundTrip, read_round_trips
from models.training.spinner import Spinner, wide_manner
from models.training.tables import write_digest

_HERE = Path(__file__).parent
_SEED = 20161122
_N_WORDS = 120
_N_SPUN = 250
_LEARNER = "learner:"


def passages(sentences: Iterable[str]) -> list[list[str]]:
    """Sentences by so many that each list has ``_N_WORDS`` words; what is left at the end is left out."""
    found: list[list[str]] = [[]]
    n_words = 0
    for sentence in sentences:
        found[-1].append(sentence)
        n_words += len(forms(sentence))
        if n_words >= _N_WORDS:
            found.append([])
            n_words = 0
    return found[:-1]


def genuine_changes(trips: Sequence[RoundTrip]) -> list[float]:
    """What the trip changed of the first passage of each text."""
    found = []
    for trip in trips:
        back = dict(zip(trip.sentences, trip.round_trip, strict=True))
        for passage in passages(sentence for sentence in trip.sentences if is_sent(sentence))[:1]:
            found.append(change_of([(forms(sentence), forms(back[sentence])) for sentence in passage]))
    return found


def sent_changes(texts: Iterable[Sequence[str]]) -> list[float]:
    """What a trip changes of passages, which are sent now."""
    return [trip.change for trip in map(read_round_trip, texts) if trip]


def spun(trips: Sequence[RoundTrip], rng: random.Random) -> list[list[str]]:
    """The first passages of some of the texts, spun lightly or heavily."""
    spinner, found = Spinner(load_substitutions()), []
    for trip in rng.sample(trips, min(_N_SPUN, len(trips))):
        text, altered = spinner.spin(" ".join(trip.sentences), wide_manner(rng), rng)
        segmented = segment(Document(trip.id, text))
        if altered:
            found += passages(segmented.text_of(sentence.index) for sentence in segmented.sentences)[:1]
    return found


def slip_bits(trips: Sequence[RoundTrip]) -> tuple[float, int, int]:
    """The log2 likelihood ratio of a slip, and the slips before and after the trip."""
    table = load_substitutions()
    before, after = (
        sum(sum(1 for _ in slips(" ".join(side), table)) for side in sides)
        for sides in ([trip.sentences for trip in trips], [trip.round_trip for trip in trips])
    )
    return log2((after + 1) / (before + 1)), before, after


def main() -> None:
    """Read, send, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--round-trips", type=Path, required=True)
    parser.add_argument("--post-edits", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_HERE)
    given = parser.parse_args()
    if missing := [str(path) for path in (given.round_trips, given.post_edits) if not path.exists()]:
        parser.error(f"not found: {', '.join(missing)}; models/round_trip/card.md says where each comes from")
    began, rng = time.process_time(), random.Random(_SEED)
    trips = list(read_round_trips(given.round_trips))
    learners = [trip for trip in trips if trip.id.startswith(_LEARNER)]
    plain = [trip for trip in trips if not trip.id.startswith(_LEARNER)]
    machine = passages(edit.machine for edit in read_post_edits(given.post_edits))
    changes = [genuine_changes(plain), sent_changes(spun(plain, rng)), sent_changes(machine)]
    means = [fmean(of_kind) for of_kind in changes]
    deviation = fmean(map(pvariance, changes)) ** 0.5
    for kind, of_kind, mean in zip(("genuine", "spun", "machine"), changes, means, strict=True):
        print(f"{kind}: {len(of_kind)} passages, change {mean:.4f}, deviation {pvariance(of_kind) ** 0.5:.4f}")
    bits, before, after = slip_bits(learners)
    print(f"slips of {len(learners)} texts: {before} before the trip, {after} after it, {bits:.3f} bits each")
    weights = {"change": [round(mean, 4) for mean in means], "deviation": round(deviation, 4), "slip": round(bits, 3)}
    given.out.mkdir(parents=True, exist_ok=True)
    out = given.out / "weights.json"
    out.write_text(json.dumps({"seed": _SEED, "weights": weights}) + "\n", encoding="utf-8")
    write_digest(out)
    print(f"{weights}; {time.process_time() - began:.0f} CPU-seconds")


if __name__ == "__main__":
    main()
