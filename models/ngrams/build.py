"""Counts the word n-grams of genuine news: ``python models/ngrams/build.py --news WHEEL --brown TGZ --held-out DIR``.

Writes ``ngrams.npz`` and ``digest.json`` beside itself. Runs of three words seen once are left out, so that no sentence can
be read back; see card.md.
"""

import argparse
import io
import re
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np

from detector.text import segment, words
from detector.types import Document
from models.training.news import articles
from models.training.tables import write_table

_HERE = Path(__file__).parent
_VOCABULARY = 60_000
_DISCOUNT = 0.75  # absolute discounting (Ney, Essen & Kneser 1994), their usual value for small counts
_MIN_COUNT = 2
_TAG = re.compile(r"(\S+)/[^/\s]+(?=\s|$)")


def _brown(path: Path) -> list[list[str]]:
    sentences = []
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if not re.fullmatch(r"package/c[a-r]\d\d", member.name):
                continue
            handle = archive.extractfile(member)
            if handle is None:
                continue
            for line in io.TextIOWrapper(handle, encoding="latin-1"):
                forms = [w.form for w in words(" ".join(_TAG.findall(line)))]
                if forms:
                    sentences.append(forms)
    return sentences


def _news(news: Path, held_out: Path) -> list[list[str]]:
    sentences = []
    for id_, text in articles(news, held_out):
        segmented = segment(Document(id_, text))
        for sentence in segmented.sentences:
            forms = [w.form for w in words(text, sentence.span.start, sentence.span.end)]
            if forms:
                sentences.append(forms)
    return sentences


def _figures(forms: list[str]) -> list[str]:
    return ["<s>", *("<number>" if form[0].isdigit() else form for form in forms), "</s>"]


def _left(context: np.ndarray, p: np.ndarray, p_shorter: np.ndarray, n_contexts: int) -> np.ndarray:
    """The back-off weight of each context: what its words leave, over what they leave in the shorter context."""
    left = 1.0 - np.bincount(context, weights=p, minlength=n_contexts)
    shorter = 1.0 - np.bincount(context, weights=p_shorter, minlength=n_contexts)
    return np.asarray(np.maximum(left, 1e-4) / np.maximum(shorter, 1e-3))


def main() -> None:
    """Count, discount, prune and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--brown", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    given = parser.parse_args()
    sentences = [_figures(forms) for forms in _news(given.news, given.held_out) + _brown(given.brown)]
    unigrams = Counter(form for forms in sentences for form in forms)
    vocabulary = ["<unknown>", *sorted(form for form, n in unigrams.most_common(_VOCABULARY) if n >= _MIN_COUNT)]
    index = {form: i for i, form in enumerate(vocabulary)}
    ids = [np.array([index.get(form, 0) for form in forms], dtype=np.uint64) for forms in sentences]
    counts = np.zeros(len(vocabulary), dtype=np.float64)
    for form, n in unigrams.items():
        counts[index.get(form, 0)] += n
    p_unigram = counts / counts.sum()
    p_unigram[0] /= len(unigrams) - len(vocabulary) + 1  # what lies outside the vocabulary, a share for each of its forms
    bigrams, n_bigrams = np.unique(np.concatenate([a[:-1] << 16 | a[1:] for a in ids]), return_counts=True)
    trigrams, n_trigrams = np.unique(
        np.concatenate([a[:-2] << 32 | a[1:-1] << 16 | a[2:] for a in ids if len(a) > 2]), return_counts=True
    )
    known = (bigrams >> 16 != 0) & (bigrams & 0xFFFF != 0)
    keep = known & (n_bigrams >= _MIN_COUNT)
    context = (bigrams[keep] >> 16).astype(np.int64)
    p_bigram = (n_bigrams[keep] - _DISCOUNT) / counts[context]
    rest = _left(context, p_bigram, p_unigram[(bigrams[keep] & 0xFFFF).astype(np.int64)], len(vocabulary))
    known = (trigrams >> 32 != 0) & (trigrams >> 16 & 0xFFFF != 0) & (trigrams & 0xFFFF != 0)
    keep3 = known & (n_trigrams >= _MIN_COUNT)
    place = np.searchsorted(bigrams, trigrams[keep3] >> 16)
    p_trigram = (n_trigrams[keep3] - _DISCOUNT) / n_bigrams[place]
    shorter = np.searchsorted(bigrams[keep], trigrams[keep3] & 0xFFFFFFFF)
    rest3 = _left(np.searchsorted(bigrams[keep], trigrams[keep3] >> 16), p_trigram, p_bigram[shorter], int(keep.sum()))
    half = np.float16
    table = {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8),
        "log_p": np.log2(p_unigram).astype(half),
        "log_rest": np.log2(rest).astype(half),
        "bigrams": np.diff(bigrams[keep], prepend=np.uint64(0)),
        "log_p_bigram": np.log2(p_bigram).astype(half),
        "log_rest_bigram": np.log2(rest3).astype(half),
        "trigrams": np.diff(trigrams[keep3], prepend=np.uint64(0)),
        "log_p_trigram": np.log2(p_trigram).astype(half),
    }
    out = _HERE / "ngrams.npz"
    write_table(out, table)
    size = f"{keep.sum()} bigrams, {keep3.sum()} trigrams, {out.stat().st_size / 1e6:.1f} MB"
    print(f"{sum(map(len, ids))} words, {len(vocabulary)} forms, {size}")


if __name__ == "__main__":
    main()
