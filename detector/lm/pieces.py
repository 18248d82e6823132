"""Pieces: the subword units that the piece model reads, each with its place in the text.

A text is cut into units (a run of letters, a run of figures, a mark, each with the blank before it), and SentencePiece cuts each
unit into pieces (byte-pair encoding, Sennrich, Haddow & Birch 2016), so that no piece reaches over two words. Curly quotes are
read as straight ones, every blank as a space, every figure as 0; a character outside the vocabulary becomes its bytes, so that
nothing is unknown. The pieces joined give the text back, with those characters exchanged: ``models/piece_lm``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset

_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_UNIT = re.compile(rf"\s?(?:(?<![^\W_])(?:[^\W\d_]\.){{2,}}|{_LETTERS}|\d+|[^\w\s]|_)|\s|.", re.DOTALL)
_ONE_WAY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"}) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_KEPT = 1 << 16
"""Units whose pieces are remembered; beyond that they are forgotten together and learned anew."""
_LONGEST = 200
"""Characters of one unit that are cut together: what is longer is no word."""
BEGIN = 1
"""The piece before the first of a text."""
END = 2
"""The piece that ends a text in other tools; none of ours ends with it."""


class PieceText(NamedTuple):
    """The pieces of a text, shapes ``(n_pieces,)``, and its units, shapes ``(n_units,)``; offsets are half-open."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    """Of all the bytes of a character but the first, the start is the end: they are of no length."""
    units: NDArray[np.int64]
    """Their numbers, by which ``Pieces.written_units`` has them."""
    unit_ends: NDArray[np.int64]
    """Each begins where the one before it ends."""
    unit_pieces: NDArray[np.int64]
    """The place of the first piece of each unit, and behind them the number of pieces. Shape ``(n_units + 1,)``."""

    def places(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The half-open runs of pieces that hold the characters between offsets of the text. Shapes ``(n,)``, twice."""
        first, end = np.searchsorted(self.ends, starts, side="right"), np.searchsorted(self.starts, ends, side="left")
        return first, np.maximum(end, np.searchsorted(self.ends, ends, side="right"))  # with all bytes of the last character


def units(text: str) -> list[str]:
    """The units of a text; joined they are the text.

    >>> units("The U.S. paid $1,200 — “wouldn’t” he?")
    ['The', ' U.S.', ' paid', ' $', '1', ',', '200', ' —', ' “', 'wouldn’t', '”', ' he', '?']
    """
    return _UNIT.findall(text)


def as_read(unit: str) -> str:
    """A unit as the piece model reads it, character for character; empty where it is a blank alone.

    >>> as_read("It’s"), as_read(" 1984"), as_read(" ")
    ("It's", ' 0000', '')
    """
    if unit.isspace():
        return ""
    read = unit.translate(_ONE_WAY)
    if read[0].isspace():
        read = " " + read[1:]
    return "".join("0" if c.isdigit() else c for c in read) if any(c.isdigit() for c in read) else read


class Pieces:
    """The piece model: text to pieces and their offsets. What units it has cut, it remembers."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - sentencepiece has no types
        self._model = model
        self.n_pieces = int(model.get_piece_size())
        self._forget()

    def _forget(self) -> None:
        self._number: dict[str, int] = {}
        self.written_units: list[str] = []
        """The units that are remembered, by their numbers; another list where they were forgotten."""
        self._first = np.zeros(1 << 10, dtype=np.int64)  # where the pieces of each unit begin among all that are remembered
        self._ids = np.zeros(1 << 11, dtype=np.int64)
        self._ends = np.zeros(1 << 11, dtype=np.int64)

    def _learn(self, unit: str) -> int:
        """Cut a unit and remember its pieces; its number."""
        number = len(self._number)
        ids: list[int] = []
        ends: list[int] = []
        for at in range(0, len(unit), _LONGEST):
            read = as_read(unit[at : at + _LONGEST])
            found = self._model.encode(read) if read else []
            ids += found
            ends += [at + end for end in self._joined(read, found)]
        first = int(self._first[number])
        end = first + len(ids)
        if number + 2 > len(self._first):
            self._first = np.resize(self._first, 2 * len(self._first))
        while end > len(self._ids):
            self._ids, self._ends = np.resize(self._ids, 2 * len(self._ids)), np.resize(self._ends, 2 * len(self._ends))
        self._ids[first:end], self._ends[first:end], self._first[number + 1] = ids, ends, end
        self._number[unit] = number
        self.written_units.append(unit)
        return number

    def _joined(self, read: str, ids: Sequence[int]) -> Iterator[int]:
        """Where in a unit each of its pieces ends; all bytes of a character end where it does."""
        at = n_bytes = 0
        for piece in ids:
            if self._model.is_byte(piece):
                if not n_bytes:
                    n_bytes = len(read[at].encode())
                    at += 1
                n_bytes -= 1
            else:
                at += len(self._model.id_to_piece(piece))
            yield at

    def _numbers(self, found: Sequence[str]) -> NDArray[np.int64]:
        if len(self._number) > _KEPT:
            self._forget()
        known = self._number.get
        numbers = [known(unit, -1) for unit in found]
        if -1 in numbers:
            numbers = [self._learn(unit) if known(unit) is None else self._number[unit] for unit in found]
        return np.array(numbers, dtype=np.int64)

    def encode(self, text: str) -> PieceText:
        """The pieces of a text with their offsets; a blank belongs to the piece after it."""
        found = units(text)
        numbers = self._numbers(found)
        first = self._first[numbers]
        n_of = self._first[numbers + 1] - first
        length = np.fromiter(map(len, found), np.int64, len(found))
        of_text = np.cumsum(n_of) - n_of  # the place of each unit's first piece in the text
        places = np.arange(int(n_of.sum())) + np.repeat(first - of_text, n_of)
        begins = np.cumsum(length) - length
        ends = self._ends[places] + np.repeat(begins, n_of)
        starts = np.concatenate((begins[:1], ends))[: len(ends)]
        opening = n_of > 0
        starts[of_text[opening]] = begins[opening]
        return PieceText(self._ids[places], starts, ends, numbers, begins + length, np.append(of_text, len(places)))

    def whole(self) -> dict[str, int]:
        """The pieces of the vocabulary by what they stand for, blanks as spaces."""
        written = "\n".join(self._model.id_to_piece(list(range(self.n_pieces)))).replace("\u2581", " ")
        return {piece: i for i, piece in enumerate(written.split("\n"))}


def read_pieces(path: Path) -> Pieces:
    """The piece model of a file."""
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - 30 ms that depth "rules" need not pay

    return Pieces(SentencePieceProcessor(model_file=str(path)))


@cache
def load_pieces() -> Pieces:
    """The piece model that ships with the package, its digest checked, once a process."""
    return read_pieces(asset("piece_lm", "pieces.model"))
