"""Depth ``full``: what the tagger says of a text joined with what its words say (``spun``), by a small calibrated combiner.

A content word has two opinions, the n-grams' and the tagger's: logistic regression joins them. A text has what these words say
together and what the tagger says of its passages: multinomial logistic regression at an even prior gives the log2 likelihood
ratios of spun and of back-translated against genuine. Both were fitted on texts that neither tagger nor n-grams had seen:
``models/combiner``.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from math import log
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset
from detector.lm import Tags
from detector.score.signs import Floats, Ints
from detector.score.spun import N_TEXT_FEATURES, SpunReading, text_features
from detector.score.swaps import Swaps

_LOG2_E = 1.4427
_LEAST, _MOST = 1e-4, 1 - 1e-4
_USUAL_WORDS = 200
_DULL_BITS = 12.0
"""Surprisal is also counted up to here only: beyond stand names and what no n-gram has seen."""
_MOST_BITS = 20.0
_MOST_LEAD = 6.0
_FEW = 3.0
"""So many swaps of no lead are added: few prove little."""


@dataclass(frozen=True, slots=True)
class CombinerWeights:
    """What was fitted. The two of the last dimension are spun and back-translated.

    Shapes: ``word_weights (n_word,)``; ``text_mean``, ``text_scale (n_text,)``, ``text_weights (n_text, 2)``, ``text_bias (2,)``;
    ``pair_weights (n_pair, 2)``.
    """

    word_weights: Floats
    word_bias: Floats
    text_mean: Floats
    text_scale: Floats
    text_weights: Floats
    text_bias: Floats
    pair_weights: Floats

    def altered(self, rows: Floats) -> Floats:
        """The probability of each word to have been altered, were its text spun. Shape ``(n_words,)``."""
        found: Floats = 1 / (1 + np.exp(-(rows * self.word_weights).sum(axis=1) - self.word_bias[0]))
        return found

    def bits(self, features: Floats) -> tuple[float, float]:
        """The log2 likelihood ratios of spun and of back-translated against genuine."""
        scaled = np.clip((features - self.text_mean) * self.text_scale, -MAX_DEVIATION, MAX_DEVIATION)
        spun, back = ((scaled[:, None] * self.text_weights).sum(axis=0) + self.text_bias).tolist()
        return spun * _LOG2_E, back * _LOG2_E

    def pair_log_odds(self, leads: Floats) -> NDArray[np.float64]:
        """What the tagger adds to the log-likelihoods (nats) of the kinds of source and target. Shape ``(3, 3)``.

        Two of one kind gain nothing; the answer for (target, source) is the transpose.
        """
        lead = np.array([0.0, *(leads[:, None] * self.pair_weights).sum(axis=0).tolist()])
        return np.asarray(lead[:, None] - lead[None, :])


MAX_DEVIATION = 4.0
"""Standard deviations at which a feature of a text is cut off: beyond what was fitted on, more is no more telling."""


def word_rows(reading: SpunReading, tags: Tags) -> Floats:
    """What is known of each content word or phrase. Shape ``(n_words, 4)``.

    The n-grams' log-odds, the tagger's highest log-odds among the words of the phrase, the least of the two, and how much more
    spun than genuine the tagger finds the place.
    """
    p = np.clip(reading.altered, _LEAST, _MOST)
    odds = np.log(p / (1 - p))
    tagged = _highest(tags.altered, tags, reading.starts, reading.ends)
    place = _highest(tags.style[:, 1] - tags.style[:, 0], tags, reading.starts, reading.ends)
    return np.stack([odds, tagged, np.minimum(odds, tagged), place], axis=1).astype(np.float32)


def reading_features(reading: SpunReading, altered: Floats, tags: Tags, bits: Floats) -> Floats:
    """What is known of a text. Shape ``(n_text,)``.

    Translating back makes a text more fluent and spinning less, so its surprisal counts.

    Args:
        reading: What its words say by the n-grams.
        altered: The probability of each of these words by both. Shape ``(n_content_words,)``.
        tags: What the tagger says.
        bits: The surprisal of each word that has a tag. Shape ``(n_words,)``.
    """
    style = tags.style[:, 1:] - tags.style[:, :1]
    mean = style.mean(axis=0)
    length = log(len(style) / _USUAL_WORDS)
    fluency = bits.mean(), np.minimum(bits, _DULL_BITS).mean()
    odds = tags.altered
    words = text_features(altered, reading.forms) if len(altered) else np.zeros(N_TEXT_FEATURES)
    said = max(-_MOST_BITS, min(_MOST_BITS, reading.bits))
    of_words = [*words, said, said * length, odds.mean(), (odds > 0).mean()]
    return np.array([*of_words, *mean, *(mean * length), *fluency, length], dtype=np.float32)


def with_tags(reading: SpunReading, tags: Tags, bits: Floats, weights: CombinerWeights | None = None) -> SpunReading:
    """The reading with the tagger's opinion counted in; as it was where the tagger found no word.

    Args:
        reading: What the words of a text say by the n-grams.
        tags: What the tagger says of the same text.
        bits: The surprisal of each word that has a tag. Shape ``(n_words,)``.
        weights: What ships with the package where None.
    """
    if not len(tags.starts):
        return reading
    weights = weights or load_combiner()
    altered = weights.altered(word_rows(reading, tags)) if len(reading.starts) else reading.altered
    spun, back = weights.bits(reading_features(reading, altered, tags, bits))
    return replace(reading, altered=altered, bits=spun, back_bits=back, tags=tags).with_broken_names()


def pair_leads(swaps: Swaps, tags: tuple[Tags, Tags]) -> Floats:
    """By how much the source looks more altered than the target. Shape ``(3,)``; of target and source, the negative.

    The mean lead of the words swapped, as words put there; and the leads of the texts as spun and as back-translated.
    """
    paired = [swap for swap in swaps.swaps if swap.source_forms and swap.target_forms and not swap.is_function]
    runs = [[(span.start, span.end) for span in map(attrgetter(side), paired)] for side in ("source", "target")]
    bounds = [np.array(of_side, dtype=np.int64).reshape(-1, 2).T for of_side in runs]
    words = [_highest(of_side.altered, of_side, *own) for of_side, own in zip(tags, bounds, strict=True)]
    lead = np.clip(words[0] - words[1], -_MOST_LEAD, _MOST_LEAD).sum() / (len(paired) + _FEW)
    styles = [(of_side.style[:, 1:] - of_side.style[:, :1]).mean(axis=0) for of_side in tags]
    return np.array([lead, *np.clip(styles[0] - styles[1], -_MOST_LEAD, _MOST_LEAD)], dtype=np.float32)


def _highest(values: Floats, tags: Tags, starts: Ints, ends: Ints) -> Floats:
    """The highest value of the words of each run of characters; of a run without words, that of the word after it, or 0.

    Shape ``(n_runs,)``.
    """
    if not len(starts):
        return np.zeros(0, dtype=np.float32)
    first = np.searchsorted(tags.ends, starts, side="right")
    end = np.maximum(np.searchsorted(tags.starts, ends), first + 1)
    bounds = np.stack([first, end], axis=1).ravel()
    return np.asarray(np.maximum.reduceat(np.append(values, np.float32(0)), np.minimum(bounds, len(values)))[::2])


@cache
def load_combiner() -> CombinerWeights:
    """The weights that ship with the package, their digest checked, once a process."""
    table = json.loads(asset("combiner", "weights.json").read_text(encoding="utf-8"))
    return CombinerWeights(**{name: np.array(values, dtype=np.float32) for name, values in table["weights"].items()})
