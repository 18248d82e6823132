"""What is a word: the vocabulary of the rules.

A damaged word is found where it is none and its repair is one, the more frequent the surer. The words and their frequencies on the
Zipf scale (log10 of occurrences in 10^9 words) are those of ``models/words``.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile

from detector.assets import asset


@cache
def zipfs() -> Mapping[str, float]:
    """The words in lower case, each with its frequency, the most frequent first."""
    found: dict[str, float] = {}
    for line in asset("words", "words.txt").read_text(encoding="utf-8").splitlines():
        band, *words = line.split()
        found |= dict.fromkeys(words, int(band) / 10)
    return found


def frequent(least: float) -> Iterator[tuple[str, float]]:
    """The words that are at least so frequent, each with its frequency, the most frequent first."""
    return takewhile(lambda item: item[1] >= least, zipfs().items())


def is_word(form: str, least: float = 0.0) -> bool:
    """True for a form in lower case that is a word at least so frequent."""
    return zipfs().get(form, -1.0) >= least


@cache
def words() -> frozenset[str]:
    """The same words as a set, which is quicker to compare with another."""
    return frozenset(zipfs())
