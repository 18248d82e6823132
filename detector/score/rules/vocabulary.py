"""What is a word: the vocabulary of the rules.

A damaged word is found where it is none and its repair is one, the more frequent the surer. The words and their frequencies on the
Zipf scale (log10 of occurrences in 10^9 words) are those of ``models/words``.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile

from detector.assets import asset

_STARTS = ("un", "re", "non", "over", "under", "out", "pre", "anti", "mid", "multi", "sub", "super", "inter", "co", "dis", "mis")
_ENDS = (
    "s", "es", "ed", "d", "ing", "er", "r", "ers", "rs", "ly", "ness", "less", "able", "ish", "like", "ism", "ist", "est", "st",
    "ies", "ied", "ier", "iest",
)  # fmt: skip
_AFTER_E, _AFTER_Y, _DOUBLING = ("d", "r", "rs", "st"), ("ies", "ied", "ier", "iest"), ("ed", "ing", "er", "ers", "est")
_CONSONANT_Y = re.compile("[^aeiou]y$")
_LEAST_STEM = 3
"""Letters of what an ending or a beginning is joined to."""


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


def is_made_of_a_word(form: str) -> bool:
    """True for a word with an ending, a beginning or both ("withstands", "demerger"), as English spells it: not for "takeing"."""
    bare = [form[len(start) :] for start in _STARTS if form.startswith(start) and len(form) - len(start) > _LEAST_STEM]
    return any(map(is_word, bare)) or any(map(is_inflected, (form, *bare)))


def is_inflected(stem: str) -> bool:
    """True for a word with an ending as English spells it: neither "takeing" nor "librarys"."""
    for end in _ENDS:
        cut = stem.removesuffix(end)
        if cut == stem or len(cut) < _LEAST_STEM:
            continue
        stems = [cut + "e", cut + "y"] if end in _AFTER_Y else [cut + "e"]
        if _is_joined_as_spelt(cut, end):
            stems.append(cut)
        if cut[-1] == cut[-2] and end in _DOUBLING:
            stems.append(cut[:-1])
        if any(is_word(whole) for whole in stems):
            return True
    return False


def _is_joined_as_spelt(stem: str, end: str) -> bool:
    """True where English joins an ending to a stem without a change."""
    if stem.endswith("e"):
        return end != "ing"
    return end not in _AFTER_E and not (end == "s" and _CONSONANT_Y.search(stem))
