"""Further evidence on request: what a language model of the user's own says of a text, and of its suspect words.

It is shown, not counted: no model but those that ship was calibrated.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from detector.lm import HubModel, open_model
from detector.score.spun import SpunReading
from detector.text import words

_SUSPECT = 0.3
_MOST = 64
"""Words of a text that a model is asked about: each costs a masked model several passes."""


@cache
def opened(folder: str) -> HubModel:
    """The model of a local folder, once a process.

    Raises:
        ModelError: The folder holds no model that can be read without fetching or running anything.
    """
    return open_model(Path(folder))


def with_model(reading: SpunReading, model: HubModel) -> SpunReading:
    """The reading with what a model says of the text, and of the words that look altered."""
    bits = model.word_bits(reading.text, [(word.start, word.end) for word in words(reading.text)])
    suspects = np.flatnonzero(reading.altered >= _SUSPECT)
    suspects = suspects[np.argsort(-reading.altered[suspects], kind="stable")][:_MOST]
    swaps = {
        word: (int(reading.starts[word]), int(reading.ends[word]), expected)
        for word in sorted(suspects.tolist())
        if (expected := reading.expected(word)) is not None
    }
    gains = model.gains(reading.text, list(swaps.values())).tolist() if swaps else []
    said = {word: gain for word, gain in zip(swaps, gains, strict=True) if np.isfinite(gain)}
    mean = float(np.nanmean(bits)) if np.isfinite(bits).any() else 0.0
    return replace(reading, lm_name=model.name, lm_bits=mean, lm_gains=said)
