"""The n-gram table against a slow reading of the same numbers."""

from itertools import product
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import NGrams, load_ngrams
from tests.oracles import probability

_VOCABULARY = ("<unknown>", "</s>", "<number>", "<s>", "ferry", "left", "the")
_UNIGRAM = dict(zip(_VOCABULARY, (0.05, 0.15, 0.1, 0.1, 0.2, 0.15, 0.25), strict=True))
_SEEN: dict[tuple[str, ...], float] = {
    ("<s>", "the"): 0.5, ("the", "ferry"): 0.6, ("the", "<number>"): 0.1, ("ferry", "left"): 0.7, ("left", "</s>"): 0.4,
    ("<s>", "the", "ferry"): 0.8, ("the", "ferry", "left"): 0.55, ("the", "ferry", "</s>"): 0.2,
}  # fmt: skip
"""Discounted probabilities of the last word after those before it; what is not listed is backed off to."""
_TABLE: dict[tuple[str, ...], float] = {(word,): p for word, p in _UNIGRAM.items()} | _SEEN


def _rests() -> dict[tuple[str, ...], float]:
    """What is left over for words not seen after a context, so that each context's probabilities sum to 1."""
    rests: dict[tuple[str, ...], float] = {}
    for context in sorted({words[:-1] for words in _SEEN}, key=len):
        listed = [words for words in _SEEN if words[:-1] == context]
        lower = sum(probability(_TABLE, rests, words[1:]) for words in listed)
        rests[context] = (1 - sum(_SEEN[words] for words in listed)) / (1 - lower)
    return rests


_RESTS = _rests()


@pytest.fixture(scope="module")
def ngrams() -> NGrams:
    """The tiny table, packed as the shipped one is."""
    place = {form: i for i, form in enumerate(_VOCABULARY)}

    def key(words: tuple[str, ...]) -> int:
        return sum(place[word] << 16 * i for i, word in enumerate(reversed(words)))

    listed = {n: sorted((words for words in _SEEN if len(words) == n), key=key) for n in (2, 3)}
    return NGrams(
        {
            "vocabulary": np.frombuffer("\n".join(_VOCABULARY).encode(), dtype=np.uint8),
            "log_p": np.array([log2(_UNIGRAM[word]) for word in _VOCABULARY]),
            "log_rest": np.array([log2(_RESTS.get((word,), 1.0)) for word in _VOCABULARY]),
            "bigrams": np.diff(np.array([key(w) for w in listed[2]], dtype=np.uint64), prepend=np.uint64(0)),
            "log_p_bigram": np.array([log2(_SEEN[w]) for w in listed[2]]),
            "log_rest_bigram": np.array([log2(_RESTS.get(w, 1.0)) for w in listed[2]]),
            "trigrams": np.diff(np.array([key(w) for w in listed[3]], dtype=np.uint64), prepend=np.uint64(0)),
            "log_p_trigram": np.array([log2(_SEEN[w]) for w in listed[3]]),
        }
    )


@pytest.mark.parametrize("words", [("<s>", "the"), ("<s>", "left"), ("ferry", "left", "the")], ids=" ".join)
def test_surprisal_is_a_negative_log2_probability(ngrams: NGrams, words: tuple[str, ...]) -> None:
    """A word that is seen, unseen or of an unseen context has the bits of its backed-off probability."""
    ids = np.array([_VOCABULARY.index(word) for word in words], dtype=np.uint64)

    assert -log2(probability(_TABLE, _RESTS, words)) == pytest.approx(float(ngrams.surprisal(ids)[-1]), abs=1e-5)


@given(forms=st.lists(st.sampled_from(["the", "ferry", "left", "400", "zeppelin"]), max_size=6))
def test_surprisal_equals_the_slow_reading(ngrams: NGrams, forms: list[str]) -> None:
    """Each word of a sentence, its end too, has the surprisal that the listed numbers give by hand."""
    known = [form if form in _VOCABULARY else "<number>" if form.isdigit() else "<unknown>" for form in forms]
    row = ["<s>", *known, "</s>"]
    expected = [-log2(probability(_TABLE, _RESTS, tuple(row[max(0, i - 2) : i + 1]))) for i in range(1, len(row))]

    np.testing.assert_allclose(ngrams.surprisal(ngrams.ids(forms)), expected, atol=1e-5)


@given(rows=st.lists(st.lists(st.integers(0, len(_VOCABULARY) - 1), min_size=4, max_size=4), min_size=1, max_size=5))
def test_rows_are_read_by_themselves(ngrams: NGrams, rows: list[list[int]]) -> None:
    """Rows read together have the surprisal that each has alone."""
    stacked = np.array(rows, dtype=np.uint64)

    np.testing.assert_array_equal(ngrams.surprisal(stacked), np.stack([ngrams.surprisal(row) for row in stacked]))


@pytest.mark.parametrize("context", list(product(["<s>", "the", "ferry", "<unknown>"], repeat=2)), ids=" ".join)
def test_probabilities_of_the_next_word_sum_to_one(ngrams: NGrams, context: tuple[str, str]) -> None:
    """After any two words, the probabilities of all words of a table with normalised rests sum to 1."""
    first, second = map(_VOCABULARY.index, context)
    rows = np.array([[first, second, word] for word in range(len(_VOCABULARY))], dtype=np.uint64)

    assert float((2.0 ** -ngrams.surprisal(rows)[:, 1]).sum()) == pytest.approx(1.0, abs=1e-4)


def test_the_shipped_table_gives_no_context_more_than_everything() -> None:
    """After common words the shipped probabilities of all words sum to no more than 1, rounding aside."""
    ngrams = load_ngrams()
    for context in (["of", "the"], ["he", "said"], ["in", "a"], ["zeppelin", "moored"]):
        rows = np.empty((ngrams.n_forms, 3), dtype=np.uint64)
        rows[:, :2] = ngrams.ids(context)[1:3]
        rows[:, 2] = np.arange(ngrams.n_forms)

        assert float((2.0 ** -ngrams.surprisal(rows)[:, 1].astype(np.float64)).sum()) <= 1.005


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("he was in the city", "he was in a cities"),
        ("at least two people", "at smallest two folks"),
        ("last year", "final year"),
    ],
)
def test_english_is_less_surprising_than_what_a_spinner_writes(better: str, worse: str) -> None:
    """Idiom has fewer bits than the same words swapped for near ones."""
    ngrams = load_ngrams()
    bits = [float(ngrams.surprisal(ngrams.ids(text.split())).sum()) for text in (better, worse)]

    assert bits[0] < bits[1]


def test_words_seen_side_by_side_are_known_in_their_order() -> None:
    """A frequent pair is known, its reverse and a pair with an unknown word are not."""
    ngrams = load_ngrams()

    assert [ngrams.knows(*pair.split()) for pair in ("of the", "the of", "the zzgrxx")] == [True, False, False]
