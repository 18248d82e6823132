"""A spinner that reads: of what its table holds for a word it takes what the n-grams find most at home in the place.

It is unlike the spinners that the tagger was taught by (``spinner.py``), none of which looks at the words around: a family kept
from it, on which ``models/combiner`` sees how it does.
"""

import random
from collections.abc import Sequence

import numpy as np

from detector.lm import PieceLM, Pieces
from detector.text import FUNCTION_WORDS, quotations, words
from models.training.spinner import Manner, Spinner, cased

_MOST = 12
"""Choices that are tried in a place."""
_AROUND = 40
"""Characters on either side that a choice is read with."""
_BEST = 3
"""One of so many that fit best is taken: a spinner wants its copies to differ."""
_MANNER = Manner(
    share=0.0,
    sources=("synonym", "neighbour", "vector"),
    table_share=0.7,
    table_seed=41,
    hits_names=False,
    hits_quotations=False,
    keeps_choice=False,
    phrase_share=0.0,
    min_zipf=3.0,
    frequency_power=0.0,
    scrambles=0.0,
)


def spin_fluently(  # noqa: PLR0917 - the text, how much of it, and what to do it with
    text: str, share: float, spinner: Spinner, pieces: Pieces, lm: PieceLM, rng: random.Random
) -> tuple[str, list[tuple[int, int, str]]]:
    """The spun text, and for each altered word its offsets in the spun text with the word it replaced.

    Args:
        text: What to spin; words inside quotations and in capitals are left alone.
        share: Share of its content words that are replaced, where the table holds anything for them.
        spinner: Whose table is used.
        pieces: What the n-grams read.
        lm: The n-grams.
        rng: Says which words are replaced, and by which of the best.
    """
    spared = quotations(text)
    parts: list[str] = []
    altered: list[tuple[int, int, str]] = []
    at = length = 0
    for word in words(text):
        written = text[word.start : word.end]
        if word.form in FUNCTION_WORDS or not written.islower() or any(q.start <= word.start < q.end for q in spared):
            continue
        if rng.random() >= share:
            continue
        choices = spinner.choices(word.form, _MANNER)
        if not choices:
            continue
        tried = rng.sample(choices, min(_MOST, len(choices)))
        before, after = text[max(0, word.start - _AROUND) : word.start], text[word.end : word.end + _AROUND]
        new = cased(tried[rng.choice(_best([before + choice + after for choice in tried], pieces, lm))], written)
        parts += [text[at : word.start], new]
        length += word.start - at
        altered.append((length, length + len(new), written))
        length += len(new)
        at = word.end
    return "".join([*parts, text[at:]]), altered


def _best(texts: Sequence[str], pieces: Pieces, lm: PieceLM) -> list[int]:
    """The places of the texts that cost the fewest bits."""
    bits = [float(lm.surprisal(pieces.encode(text).ids).sum()) for text in texts]
    found: list[int] = np.argsort(bits, kind="stable")[:_BEST].tolist()
    return found
