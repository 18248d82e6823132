"""How two texts relate, from what their links cover.

``copy``: most of one text is in linked sentences and a good part of the other. ``partial``: some of it is, or a passage was
reused. ``same_event``: next to nothing is, but both hold the same names and figures. What the wording says of who copied whom
(``sibling``) comes later, when it has been scored.
"""

import re
from collections.abc import Sequence

import numpy as np

from detector.align.bitext import Bitext, Side
from detector.text import FUNCTION_WORDS, MONTHS_AND_DAYS, normalise
from detector.types import Bead, Relation

_COPY_COVER = 0.5
_COPY_COVER_OTHER = 0.2
_PARTIAL_COVER = 0.15
_EVENT_NAMES = 4
_EVENT_SHARE = 0.3
_QUOTED_SIMILARITY = 0.3
"""A link from here on stands for a sentence or quotation that both reports took over: it counts as two shared names."""

_CAPITAL = r"(?<![\w’'-])[A-Z][\w’'-]++"
_NAME = re.compile(rf"{_CAPITAL}(?: (?:of )?{_CAPITAL})* ({_CAPITAL})|(?<=[^\W_] )({_CAPITAL})|(?<![\w.,])(\d[\d.,]*\d)")


def relate(bitext: Bitext, beads: Sequence[Bead], *, has_passage: bool) -> Relation:
    """The relation of two texts; never ``sibling``, which takes a judgement of wording."""
    if _is_identical(bitext):
        return "identical"
    links = [bead for bead in beads if not bead.is_null]
    less, more = sorted(
        [
            _cover([i for bead in links for i in bead.source], bitext.source),
            _cover([j for bead in links for j in bead.target], bitext.target),
        ]
    )
    if more >= _COPY_COVER and less >= _COPY_COVER_OTHER:
        return "copy"
    if more >= _PARTIAL_COVER or has_passage:
        return "partial"
    n_quoted = sum(bead.similarity >= _QUOTED_SIMILARITY for bead in links)
    return "same_event" if _is_same_event(bitext, n_quoted) else "unrelated"


def _is_identical(bitext: Bitext) -> bool:
    """True where the texts are one but for quotes, dashes, blanks and case; the words are compared first, as that is quick."""
    if not np.array_equal(bitext.source.word, bitext.target.word):
        return False
    return normalise(bitext.source.segmented.document.text) == normalise(bitext.target.segmented.document.text)


def _cover(linked: Sequence[int], side: Side) -> float:
    """The share of a side's words that stand in linked sentences."""
    return float(side.n_words()[list(linked)].sum() / max(len(side.word), 1))


def _is_same_event(bitext: Bitext, n_quoted: int) -> bool:
    ours, theirs = (_names_and_figures(side.segmented.document.text) for side in bitext.sides)
    shared = len(ours & theirs) + 2 * n_quoted
    return shared >= _EVENT_NAMES and shared >= _EVENT_SHARE * min(len(ours), len(theirs))


def _names_and_figures(text: str) -> set[str]:
    """The last word of each run of capitalised words (a person's surname, an office's kind), and figures of two digits and more.

    A single word is a name inside a sentence only; months and weekdays are none. By one pattern: the text room's names take
    longer than all the rest of an alignment.
    """
    found = {word.lower().removesuffix("'s").removesuffix("’s") for pair in _NAME.findall(text) for word in pair if word}
    return {word for word in found if word not in MONTHS_AND_DAYS and word not in FUNCTION_WORDS}
