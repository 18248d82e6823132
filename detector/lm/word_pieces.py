"""Text to the word pieces that the tagger reads (WordPiece: Wu et al. 2016), lower case, without accents.

What tells one site or one engine from another and not one wording from another is made alike first, character by character, so
that offsets stay: quotes and apostrophes, dashes, blanks, and every digit.
"""

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelError

Ids = NDArray[np.int64]

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_ALIKE = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " "),
    **dict.fromkeys("0123456789", "0"),
}
_TABLE = str.maketrans(_ALIKE) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class WordPieceText(NamedTuple):
    """The pieces of one text. Shapes ``(n_pieces,)``."""

    ids: Ids
    starts: Ids
    """Half-open offsets into the text as read; never descending: several pieces may share a character."""
    ends: Ids


class WordPieces:
    """A vocabulary, one piece a line, ``##`` before what continues a word."""

    def __init__(self, path: Path) -> None:
        import tokenizers  # noqa: PLC0415 - only the tagger needs it

        pieces = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        self._vocabulary = {piece: number for number, piece in enumerate(pieces)}
        if len(self._vocabulary) < len(pieces) or any(piece not in self._vocabulary for piece in _SPECIAL):
            found = f"{len(pieces)} pieces, {len(self._vocabulary)} different"
            msg = f"{path}: {found}; expected no piece twice, and {', '.join(_SPECIAL)}"
            raise ModelError(msg)
        model = tokenizers.models.WordPiece(vocab=self._vocabulary, unk_token="[UNK]")
        self._tokenizer = tokenizers.Tokenizer(model)
        self._tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()

    @cached_property
    def before(self) -> int:
        """The number of the piece that leads a row."""
        return self._vocabulary["[CLS]"]

    @cached_property
    def after(self) -> int:
        """The number of the piece that ends a row."""
        return self._vocabulary["[SEP]"]

    @cached_property
    def pad(self) -> int:
        """The number of the piece that fills a row."""
        return self._vocabulary["[PAD]"]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._vocabulary)

    def encode(self, text: str) -> WordPieceText:
        """The pieces of a text, without the two that lead and end a row."""
        found = self._tokenizer.encode(text.translate(_TABLE), add_special_tokens=False)
        spans = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
        return WordPieceText(np.array(found.ids, dtype=np.int64), spans[:, 0], spans[:, 1])
