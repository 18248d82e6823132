"""Sentences, by nupunkt (an unsupervised Punkt after Kiss & Strunk 2006), inside the lines of a text.

A line break ends a sentence (headline, caption, list) unless the text is hard-wrapped: then only a blank line does.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from detector.types import Document, SegmentedDocument, Sentence, Span

_WRAPPED_SHARE = 0.6
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_PARAGRAPH = re.compile(r"[^\n\r]+(?:(?:\r\n|\n|\r)[^\S\n\r]*[^\s][^\n\r]*)*")
_STOP, _MORE = re.compile("[.?!…]"), re.compile(r"\W\w|\s\S")
_MAX_PIECE = 20_000
"""Longer lines are cut at a blank before nupunkt sees them, so that one hostile line costs no more than its length."""


@cache
def _nupunkt() -> Any:  # noqa: ANN401 - the module; imported on first use, so that the room stays light
    import nupunkt  # noqa: PLC0415

    return nupunkt


def _is_hard_wrapped(text: str) -> bool:
    """True where most lines break mid-sentence at about one width, as e-mail and old archives do."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 4:
        return False
    broken = sum(40 <= len(line) <= 100 and line[-1].isalnum() for line in lines)
    return broken >= _WRAPPED_SHARE * len(lines)


def _pieces(start: int, end: int, text: str) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _MAX_PIECE:
        cut = text.rfind(" ", start + 1, start + _MAX_PIECE)
        cut = cut if cut > start else start + _MAX_PIECE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _may_end_within(piece: str) -> bool:
    """True where words follow a stop; nupunkt need not be asked of a headline, nor of one plain sentence."""
    stop = _STOP.search(piece)
    return stop is not None and _MORE.search(piece, stop.end()) is not None


def segment(document: Document) -> SegmentedDocument:
    r"""The sentences of a document; every character that is not blank is in one.

    >>> text = "A headline\nMr. Smith left the U.S. on Monday. He was 40."
    >>> segmented = segment(Document("0", text))
    >>> [segmented.text_of(s.index) for s in segmented.sentences]
    ['A headline', 'Mr. Smith left the U.S. on Monday.', 'He was 40.']
    """
    text = document.text
    blocks = _PARAGRAPH if _is_hard_wrapped(text) else _LINE
    spans: list[Span] = []
    for block in blocks.finditer(text):
        for start, end in _pieces(block.start(), block.end(), text):
            piece = text[start:end]
            for s, e in _nupunkt().sent_spans(piece) if _may_end_within(piece) else [(0, len(piece))]:
                sentence = piece[s:e]
                left, right = s + len(sentence) - len(sentence.lstrip()), s + len(sentence.rstrip())
                if left < right:
                    spans.append(Span(start + left, start + right))
    return SegmentedDocument(document, tuple(Sentence(i, span) for i, span in enumerate(spans)))


def from_sentences(sentences: Sequence[str], id: str) -> SegmentedDocument:
    """A document whose sentences the caller has already split: the strings, joined by line breaks, one sentence each."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    document = Document(id, "\n".join(sentences))
    return SegmentedDocument(document, tuple(Sentence(i, span) for i, span in enumerate(spans)))
