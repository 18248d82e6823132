"""Was a text spun, and which of its words: a small model over the signs of its content words, and one over the text.

A word's signs give the probability that it was put there, were the text spun (one hidden layer); what the words of a text say
together gives the log2 likelihood ratio of spun against genuine (logistic regression). Both were fitted on simulated copies of
genuine English: ``models/spun``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset
from detector.lm import GainReader, Tags, load_gain_reader, load_substitutions
from detector.score.broken_names import BrokenName, broken_names
from detector.score.signs import Floats, Ints, signs
from detector.text import quotations
from detector.types import Span

_LOG2_E = 1.4427
_LEAST, _MOST = 1e-4, 1 - 1e-4
_SUSPECT = 0.7
"""Capitalised words that look altered with less than this probability are not asked whether they break a name: nearly all."""
_BROKEN = np.float32(0.95)
_TOP = (0.02, 0.05, 0.1, 0.2)
N_TEXT_FEATURES = 5 + len(_TOP)


@dataclass(frozen=True, slots=True)
class SpunWeights:
    """Shapes: ``hidden (n_signs, n_hidden)``, ``text_weights (n_text,)``; the rest accordingly."""

    word_mean: Floats
    word_scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    text_mean: Floats
    text_scale: Floats
    text_weights: Floats
    text_bias: Floats

    def altered(self, rows: Floats) -> Floats:
        """The probability of each word to have been altered, were its text spun. Shape ``(n_words,)``.

        Args:
            rows: The signs of one text's words: those of several texts together would differ in their last digits.
        """
        scaled = (rows - self.word_mean) * self.word_scale
        inner = np.maximum(scaled @ self.hidden + self.hidden_bias, 0)
        found: Floats = 1 / (1 + np.exp(-(inner @ self.out + self.out_bias)))
        return found

    def bits(self, altered: Floats, forms: Ints) -> float:
        """log2 of how much likelier a text's words are were it spun than were it genuine; 0 for a text without any.

        Args:
            altered: The probability of each word. Shape ``(n_words,)``.
            forms: A number for each different form of the text. Shape ``(n_words,)``.
        """
        if not len(altered):
            return 0.0
        scaled = (text_features(altered, forms) - self.text_mean) * self.text_scale
        return float((scaled * self.text_weights).sum() + self.text_bias[0]) * _LOG2_E


def text_features(altered: Floats, forms: Ints) -> Floats:
    """What the probabilities of a text's words say of the text. Shape ``(n_text,)``.

    Each form counts once, with the mean over its places: what stands a dozen times in a text is still one word.
    """
    order = np.argsort(forms, kind="stable")
    first = np.flatnonzero(np.diff(forms[order], prepend=forms[order[0]] - 1))
    mean = np.add.reduceat(altered[order].astype(np.float64), first) / np.diff(first, append=len(forms))
    p = np.clip(np.sort(mean), _LEAST, _MOST)
    n = len(p)
    sums = np.cumsum(p[::-1])
    counts = [max(1, int(share * n)) for share in _TOP]
    above = n - np.searchsorted(p, (0.5, 0.8), side="right")
    odds = np.log(p / (1 - p)).sum() / n
    return np.array([sums[-1] / n, *(sums[k - 1] / k for k in counts), *(above / n), odds, log(n)], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class SpunReading:
    """What a text's content words say of its having been spun. Shapes ``(n_words,)``."""

    text: str
    bits: float
    """log2 likelihood ratio of spun against genuine."""
    starts: Ints
    """Ascending; a phrase may reach over words that stand for themselves as well."""
    ends: Ints
    forms: Ints
    """The first place of each word's form in the text."""
    altered: Floats
    """Probability of each word to have been altered, were the text spun."""
    meant: Ints
    """What each would then have stood for, as ``Gains`` numbers originals; -1 where nothing is known."""
    saved: Floats
    """The bits that this would save in the word's place."""
    is_capital: NDArray[np.bool_]
    back_bits: float = 0.0
    """log2 likelihood ratio of back-translated against genuine; 0 where the tagger was not asked."""
    tags: Tags | None = None
    """What the tagger says of each word; None where it was not asked."""
    broken: Mapping[int, BrokenName] = field(default_factory=dict)
    """The words that break a name."""
    lm_name: str = ""
    """A further language model that was asked, and what it said; empty where none was."""
    lm_bits: float = 0.0
    """Mean bits of a word, by that model."""
    lm_gains: Mapping[int, float] = field(default_factory=dict)
    """Bits that what a word would have stood for saves in its place, by that model; of the most suspect words only."""

    def expected(self, word: int) -> str | None:
        """What a word would have stood for, inflected like it and in its case; None where nothing is known."""
        if word in self.broken:
            return self.broken[word].expected
        meant = int(self.meant[word])
        if meant == -1:
            return None
        wording = load_substitutions().written(meant)
        return wording[:1].upper() + wording[1:] if self.is_capital[word] else wording

    def with_broken_names(self) -> "SpunReading":
        """The reading with the words that break a name as good as surely altered, were the text spun."""
        suspects = self.starts[self.is_capital & (self.altered >= _SUSPECT)].tolist()
        found = {
            place: name
            for name in (broken_names(self.text, suspects) if suspects else ())
            for place in np.flatnonzero((self.starts == name.start) & (self.ends == name.end)).tolist()
        }
        if not found:
            return self
        altered = self.altered.copy()
        altered[list(found)] = np.maximum(altered[list(found)], _BROKEN)
        return replace(self, altered=altered, broken=found)

    def vouched(self, spans: Sequence[Span]) -> "SpunReading":
        """The reading with the words inside spans, which are in order and disjoint, taken as unaltered."""
        ends = np.array([0, *(span.end for span in spans)], dtype=np.int64)
        inside = self.ends <= ends[np.searchsorted([span.start for span in spans], self.starts, side="right")]
        return replace(self, altered=np.where(inside, np.float32(0), self.altered))


def read_spun(texts: Sequence[str], reader: GainReader | None = None, weights: SpunWeights | None = None) -> list[SpunReading]:
    """The readings of texts, each as if it were read alone.

    Args:
        texts: English texts.
        reader: What knows English; what ships with the package where None.
        weights: The same.
    """
    if not texts:
        return []
    weights = weights or load_spun_weights()
    gains = (reader or load_gain_reader()).read(texts)
    found = signs(gains, [quotations(text) for text in texts], load_substitutions())
    bounds = np.searchsorted(gains.text, np.arange(len(texts) + 1)).tolist()
    readings = []
    for text, bound in zip(texts, pairwise(bounds), strict=True):
        part = slice(*bound)
        altered = weights.altered(found.rows[part])
        _, first, form = np.unique(gains.form[part], return_index=True, return_inverse=True)
        where = gains.start[part], gains.end[part], first[form]
        which = found.meant[part], found.saved[part], gains.is_capital[part]
        readings.append(SpunReading(text, weights.bits(altered, where[2]), *where, altered, *which).with_broken_names())
    return readings


@cache
def load_spun_weights() -> SpunWeights:
    """The weights that ship with the package, their digest checked, once a process."""
    table = json.loads(asset("spun", "weights.json").read_text(encoding="utf-8"))
    return SpunWeights(**{name: np.array(values, dtype=np.float32) for name, values in table["weights"].items()})
