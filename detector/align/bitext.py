"""Two documents as numbers: the words of both as one vocabulary, in flat arrays, with the sentences' bounds.

All that follows (cells, links, passages) reads these arrays; offsets into the texts are asked for at the ends of what was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detector.text import Word, forms, quotations, words
from detector.types import SegmentedDocument, Span

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_STEM = 5
"""A word also counts by its first letters, so that an inflected or re-cut word is not lost."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document: its words as numbers, and where each sentence's words begin."""

    segmented: SegmentedDocument
    word: Ints
    """Numbers of the words, in order. Shape ``(n_words,)``."""
    first: Ints
    """Place of each sentence's first word, and at the end ``n_words``. Shape ``(n_sentences + 1,)``."""
    left_out: tuple[Span, ...] = ()
    """Spans whose words do not count."""

    def words_of(self, sentence: int) -> list[Word]:
        """The words of one sentence that count, with their offsets."""
        span = self.segmented.sentences[sentence].span
        return _outside(words(self.segmented.document.text, span.start, span.end), self.left_out)

    def sentence_of(self, place: int) -> int:
        """The sentence that holds the word at a place."""
        return int(np.searchsorted(self.first, place, side="right")) - 1

    def n_words(self) -> Ints:
        """Words of each sentence. Shape ``(n_sentences,)``."""
        return np.diff(self.first)


@dataclass(frozen=True, slots=True)
class Bitext:
    """Both sides of a pair over one vocabulary."""

    source: Side
    target: Side
    n_vocabulary: int
    stem: Ints
    """Number of each word's stem, from ``n_vocabulary`` on; -1 for a short word. Shape ``(n_vocabulary,)``."""
    n_features: int
    """Words and stems together."""

    @property
    def sides(self) -> tuple[Side, Side]:
        """Source and target."""
        return self.source, self.target

    def inverse(self) -> "Bitext":
        """The same with source and target exchanged."""
        return replace(self, source=self.target, target=self.source)

    @classmethod
    def of(cls, source: SegmentedDocument, target: SegmentedDocument, *, with_quotations: bool = True) -> "Bitext":
        """Number the words of both documents.

        Args:
            source: One document.
            target: The other.
            with_quotations: Whether words inside quotations count.
        """
        number: dict[str, int] = {}
        sides = []
        for segmented in (source, target):
            left_out = () if with_quotations else quotations(segmented.document.text)
            sentences = [_forms(segmented.document.text, s.span, left_out) for s in segmented.sentences]
            first = np.zeros(len(sentences) + 1, dtype=np.int64)
            np.cumsum([len(sentence) for sentence in sentences], out=first[1:])
            flat = [number.setdefault(form, len(number)) for sentence in sentences for form in sentence]
            sides.append(Side(segmented, np.array(flat, dtype=np.int64), first, left_out))
        stems: dict[str, int] = {}
        stem = [
            len(number) + stems.setdefault(form[:_STEM], len(stems)) if len(form) > _STEM and form[0].isalpha() else -1
            for form in number
        ]
        return cls(sides[0], sides[1], len(number), np.array(stem, dtype=np.int64), len(number) + len(stems))


def _forms(text: str, span: Span, left_out: Sequence[Span]) -> list[str]:
    if left_out:
        return [word.form for word in _outside(words(text, span.start, span.end), left_out)]
    return forms(text, span.start, span.end)


def _outside(found: list[Word], spans: Sequence[Span]) -> list[Word]:
    """The words that begin in none of the spans, which are in order and disjoint."""
    if not spans or not found:
        return found
    starts, ends = np.array([s.start for s in spans]), np.array([s.end for s in spans])
    at = np.array([word.start for word in found])
    place = np.searchsorted(starts, at, side="right") - 1
    inside = (place >= 0) & (at < ends[np.maximum(place, 0)])
    return [word for word, is_inside in zip(found, inside.tolist(), strict=True) if not is_inside]
