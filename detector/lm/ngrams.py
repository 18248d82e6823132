"""Surprisal of words in genuine news, from a table of word n-grams (n <= 3).

Absolute discounting with back-off to the shorter context (Ney, Essen & Kneser 1994). The table and how it was made:
``models/ngrams``.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset

_BEGIN, _END = "<s>", "</s>"


class NGrams:
    """Discounted log2 probabilities of words after the one or two words before them."""

    def __init__(self, table: dict[str, NDArray[Any]]) -> None:
        vocabulary = table["vocabulary"].tobytes().decode().split("\n")
        self._index = {form: i for i, form in enumerate(vocabulary)}
        self._log_p = table["log_p"].astype(np.float32)
        self._log_rest = table["log_rest"].astype(np.float32)
        self._bigrams = np.cumsum(table["bigrams"], dtype=np.uint64)
        self._log_p_bigram = table["log_p_bigram"].astype(np.float32)
        self._log_rest_bigram = table["log_rest_bigram"].astype(np.float32)
        self._trigrams = np.cumsum(table["trigrams"], dtype=np.uint64)
        self._log_p_trigram = table["log_p_trigram"].astype(np.float32)
        self.n_forms = len(vocabulary)

    def ids(self, forms: Sequence[str]) -> NDArray[np.uint64]:
        """The numbers of the forms of one sentence, its begin and end added; 0 is unknown. Shape ``(n_words + 2,)``."""
        index = self._index
        inner = [index.get("<number>" if form[:1].isdigit() else form, 0) for form in forms]
        return np.array([index[_BEGIN], *inner, index[_END]], dtype=np.uint64)

    def surprisal(self, ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        """``-log2 p(w_t | w_t-2 w_t-1)`` of each word but the first of a row.

        Args:
            ids: Word numbers, as ``ids`` gives them. Shape ``(..., n)``, n >= 2; each row is read by itself.

        Returns:
            Bits, shape ``(..., n - 1)``; the first of a row has one word of context, the others two.
        """
        word, before = ids[..., 1:], ids[..., :-1]
        pairs = before << np.uint64(16) | word
        place, known = _find(self._bigrams, pairs)
        log_p = np.where(known, self._log_p_bigram[place], self._log_rest[before] + self._log_p[word])
        if ids.shape[-1] > 2:
            context, context_known = place[..., :-1], known[..., :-1]
            triples = ids[..., :-2] << np.uint64(32) | pairs[..., 1:]
            place3, known3 = _find(self._trigrams, triples)
            backed = np.where(context_known, self._log_rest_bigram[context], np.float32(0)) + log_p[..., 1:]
            log_p = np.concatenate([log_p[..., :1], np.where(known3, self._log_p_trigram[place3], backed)], axis=-1)
        return -log_p

    def knows(self, first: str, second: str) -> bool:
        """True where the two words were seen side by side, in this order, at least twice."""
        pair = np.array([self._index.get(first, 0) << 16 | self._index.get(second, 0)], dtype=np.uint64)
        return bool(_find(self._bigrams, pair)[1][0])


def _find(keys: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted


@cache
def load_ngrams() -> NGrams:
    """The table that ships with the package, its digest checked, once a process."""
    with np.load(asset("ngrams", "ngrams.npz"), allow_pickle=False) as table:
        return NGrams(dict(table))
