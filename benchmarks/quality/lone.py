"""What ways of judging one text alone say of texts: a depth, or anything simpler beside it; a text is read once at each depth.

Every word's probability is asked for (``flag_threshold`` 0); the flags of .5 or more are then those of the defaults. What a depth
says for a ranking are the log2 odds of a wording against genuine, summed from the evidence that its verdict states, so that texts
do not tie where a probability is near 1; the sum is held against the probabilities.
"""

import atexit
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from math import log2
from multiprocessing import get_context
from statistics import mean
from typing import NamedTuple

import numpy as np

from benchmarks.quality.lone_sets import normalised
from benchmarks.quality.measures import auc, share_above
from detector import DetectorConfig, score_many
from detector.codes import CODES
from detector.config import Prior, ScoreConfig
from detector.lm import load_piece_lm, load_pieces
from detector.text import words
from detector.types import Depth, Flag, Verdict, Wording

STATED = Prior()
"""The prior that verdicts are asked under: the default."""
_TELLING = 0.5
"""Flags of this probability or more are claims: the default threshold."""
_AGREE_BITS = 0.01
_SHARD = 64
"""Texts that a worker reads in one go; the shards, and so what is read together, are the same for any number of workers."""

Probabilities = tuple[float, float, float]
"""Of genuine, spun, back-translated."""
Figures = dict[str, float]


class Said(NamedTuple):
    """What one way says of a text, the more the rather altered, and of each of its words."""

    score: float
    of_words: Sequence[float]


Way = Callable[[Sequence[str]], list[Said]]


class Reading(NamedTuple):
    """What a verdict says of a text, without what makes it large."""

    p: Probabilities
    wording: Wording
    bits: tuple[float, float]
    """log2 likelihood ratio of spun, and of back-translated, against genuine; probabilities are held within bounds, these not."""
    spun_words: Sequence[float]
    """Of each word the highest probability of a flag on it that says spun."""
    flags: tuple[Flag, ...]
    """Those of .5 or more."""


def bits_of(verdict: Verdict, kind: str) -> float:
    """The log2 likelihood ratio of a wording against genuine, as the evidence of a verdict under the stated prior sums up.

    Raises:
        ValueError: The probabilities say otherwise, and not because they are held within bounds.
    """
    bits = -sum(evidence.bits for evidence in verdict.evidence if CODES[evidence.code].kind == kind)
    p, prior = (verdict.p_spun, STATED.spun) if kind == "spun" else (verdict.p_back_translated, STATED.back_translated)
    said = log2(p / verdict.p_genuine) - log2(prior / STATED.genuine)
    if abs(bits - said) > _AGREE_BITS and not (0 < said < bits or bits < said < 0):
        msg = f"evidence of {kind}: found {bits:.3f} bits where the probabilities say {said:.3f}; expected the same, or more"
        raise ValueError(msg)
    return bits


def reading_of(text: str, verdict: Verdict) -> Reading:
    """What a verdict that was asked for flags of any probability says of its text."""
    starts = [w.start for w in words(text)]
    found = [0.0] * len(starts)
    for flag in verdict.flags:
        if flag.kind == "spun":
            for i in range(bisect_left(starts, flag.span.start), bisect_left(starts, flag.span.end)):
                found[i] = max(found[i], flag.probability)
    return Reading(
        (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated),
        verdict.wording,
        (bits_of(verdict, "spun"), bits_of(verdict, "back_translated")),
        found,
        tuple(flag for flag in verdict.flags if flag.probability >= _TELLING),
    )


def read_at(depth: Depth, texts: Sequence[str]) -> list[Reading]:
    """What one depth says of texts."""
    every_word = DetectorConfig(score=ScoreConfig(depth=depth, flag_threshold=0.0))
    return [reading_of(text, verdict) for text, verdict in zip(texts, score_many(texts, config=every_word), strict=True)]


class Reader:
    """A way of reading texts that reads none twice."""

    def __init__(self, read: Callable[[Sequence[str]], list[Reading]], n_workers: int = 1) -> None:
        """Reads in this process, or in several others, each of one thread."""
        self._read = read
        self._known: dict[str, Reading] = {}
        self._pool: ProcessPoolExecutor | None = None
        if n_workers > 1:
            os.environ["OMP_NUM_THREADS"] = "1"  # for the workers, which start anew; here the libraries are loaded already
            self._pool = ProcessPoolExecutor(n_workers, mp_context=get_context("spawn"))
            atexit.register(self._pool.shutdown)

    def __call__(self, texts: Sequence[str]) -> list[Reading]:
        """A reading for each text, in their order."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        shards = [new[i : i + _SHARD] for i in range(0, len(new), _SHARD)]
        found = self._pool.map(self._read, shards) if self._pool else map(self._read, shards)
        for shard, readings in zip(shards, found, strict=True):
            self._known |= zip(shard, readings, strict=True)
        return [self._known[text] for text in texts]

    def way(self, kind: str) -> Way:
        """The ranking of texts by one wording, "spun" or "back_translated"; of words, only spinning is told."""
        at = ("spun", "back_translated").index(kind)
        return lambda texts: [Said(reading.bits[at], reading.spun_words) for reading in self(texts)]


@cache
def reader(depth: Depth, n_workers: int = 1) -> Reader:
    """The one reader of a depth in this process, so that programs run together read no text twice."""
    return Reader(partial(read_at, depth), n_workers)


def each(say: Callable[[str], Said]) -> Way:
    """The way that says of each text what a function says of one."""
    return lambda texts: [say(text) for text in texts]


def surprisal(text: str) -> Said:
    """Mean bits a word, and the bits of each word, by the language model of pieces."""
    found = words(text)
    starts, ends = (np.array([w[k] for w in found], dtype=np.int64) for k in (0, 1))
    bits = load_piece_lm().of_spans(load_pieces().encode(text), starts, ends).tolist()
    return Said(mean(bits) if bits else 0.0, bits)


def scores(way: Way, texts: Iterable[str]) -> list[float]:
    """What a way says of each text as a whole."""
    return [said.score for said in way(list(texts))]


def against_sources(name: str, way: Way, copies: Sequence[str], sources: Sequence[str]) -> Figures:
    """The area under the curve of copies against sources, the same normalised, and the share of pairs with the copy above."""
    of_copies, of_sources = scores(way, copies), scores(way, sources)
    bare = [scores(way, map(normalised, texts)) for texts in (copies, sources)]
    return {
        f"{name}_auc": auc(of_copies, of_sources),
        f"{name}_auc_normalised": auc(bare[0], bare[1]),
        f"{name}_pairs": share_above(of_copies, of_sources),
    }


def share_called(readings: Sequence[Reading], wording: Wording) -> float:
    """The share of texts called by a wording."""
    return mean(reading.wording == wording for reading in readings)


def at_prior(p: Probabilities, prior: Prior) -> Probabilities:
    """The probabilities under another prior than the one they were asked under."""
    asked = (STATED.genuine, STATED.spun, STATED.back_translated)
    odds = [x * new / old for x, new, old in zip(p, (prior.genuine, prior.spun, prior.back_translated), asked, strict=True)]
    total = sum(odds)
    return odds[0] / total, odds[1] / total, odds[2] / total
