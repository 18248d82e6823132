"""Pieces of any text lie where they are said to lie, and give the text back."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.assets import asset
from detector.lm import pieces as room
from detector.lm.pieces import Pieces, PieceText, load_pieces, read_pieces, units
from detector.text import words
from tests.strategies import prose, wild

_HARD = (
    *("9p.m.", "4U.S.", "5", " ", "\n", "e\u0301", "Caf\u00e9", "\u6f22\u5b57", "\U0001f469\u200d\U0001f469\u200d\U0001f467"),
    *("\u00bd", "\u00b2", "\u0663", "\u2581", "_", "<s>", "<0x41>", "\x00", "\x1c", "don\u00adt", "x" * 450, "12" * 150, "’", "A."),
    *("\ud800", "b\udfff", "\udc00\ud800"),
)
"""Where units, words and pieces may part: figures before letters, bytes, blanks of all kinds, what the piece model itself writes,
halves of characters."""
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")


def texts() -> st.SearchStrategy[str]:
    """Prose, any string at all, and what is hard to cut."""
    return prose() | wild() | st.lists(st.sampled_from(_HARD), max_size=8).map("".join)


@pytest.fixture(scope="module")
def written() -> dict[int, bytes]:
    """What each piece of the shipped model stands for, as bytes."""
    names = {piece: name for name, piece in load_pieces().whole().items()}
    found = {piece: _BYTE.fullmatch(name) for piece, name in names.items()}
    return {piece: bytes([int(byte[1], 16)]) if (byte := found[piece]) else name.encode() for piece, name in names.items()}


def _character(c: str) -> str:
    """A character that is no blank, as the piece model reads it."""
    if "\ud800" <= c <= "\udfff":
        return "\ufffd"
    return "0" if c.isdigit() else {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u2581": " "}.get(c, c)


def _spans(found: PieceText) -> list[tuple[int, int]]:
    """The characters that each piece is of, all bytes of a character alike."""
    spans: list[tuple[int, int]] = []
    for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
        spans.append((start, end) if start < end else spans[-1])
    return spans


@given(text=texts())
def test_units_joined_are_the_text(text: str) -> None:
    """The units of a text, one after the other, are the text."""
    assert text == "".join(units(text))


@given(text=texts())
def test_pieces_joined_are_the_text_as_read(written: dict[int, bytes], text: str) -> None:
    """The pieces, one after the other, are the text with quotes straight, figures 0, and one space for the blank before a unit."""
    plain = re.sub(r"\s(?=\s|$(?!\n))", "", text)  # a blank is read with what follows it: one with nothing to follow is not read
    expected = "".join(" " if c.isspace() else _character(c) for c in plain)
    found = b"".join(written[piece] for piece in load_pieces().encode(text).ids.tolist())

    assert expected == found.decode()


@given(text=texts())
def test_offsets_ascend(text: str) -> None:
    """There is an id, a start and an end for each piece; none starts before the one before it ends, and all lie in the text."""
    found = load_pieces().encode(text)
    borders = np.stack([found.starts, found.ends], axis=1).ravel()

    assert len(found.ids) == len(found.starts) == len(found.ends)
    assert (np.diff(borders) >= 0).all()
    assert [b for b in borders if not 0 <= b <= len(text)] == []


@given(text=texts())
def test_every_character_that_is_no_blank_is_in_one_piece(text: str) -> None:
    """Each character lies in one piece that has a length, but for blanks that nothing follows."""
    found = load_pieces().encode(text)
    times = [0] * len(text)
    for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
        for i in range(start, end):
            times[i] += 1

    assert [c for c, n in zip(text, times, strict=True) if n != 1 and not c.isspace()] == []
    assert max(times, default=0) <= 1


@given(text=texts())
def test_a_blank_begins_a_piece(text: str) -> None:
    """Within a piece there is no blank but its first character."""
    found = load_pieces().encode(text)
    written_there = [text[a:b] for a, b in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]

    assert [part for part in written_there if any(c.isspace() for c in part[1:])] == []


@given(text=texts())
def test_no_piece_reaches_over_two_words(text: str) -> None:
    """Two words never have a character each in one piece."""
    found = load_pieces().encode(text)
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    pairs = pairwise(words(text))

    assert [(a, b) for a, b in pairs for start, end in spans if start < a.end and b.start < end] == []


@given(text=texts())
def test_words_have_all_their_pieces(text: str) -> None:
    """The place of a word is the run of the pieces that hold one of its characters, all bytes of a character with it."""
    found, spans = load_pieces().encode(text), []
    listed = words(text)
    for word in listed:
        held = [i for i, (start, end) in enumerate(_spans(found)) if start < word.end and word.start < end]
        spans.append((held[0], held[-1] + 1))
        assert held == list(range(*spans[-1]))
    starts, ends = (np.array([word[k] for word in listed], dtype=np.int64) for k in (0, 1))

    assert spans == list(zip(*(side.tolist() for side in found.places(starts, ends)), strict=True))


@given(text=texts())
def test_units_are_told_with_their_pieces(text: str) -> None:
    """Each unit is found by its number, ends where it ends, and has the pieces that lie in it."""
    pieces = load_pieces()
    found = pieces.encode(text)
    expected = units(text)
    ends = np.cumsum([len(unit) for unit in expected], dtype=np.int64)
    n_before = [int((found.ends <= end).sum()) for end in ends]

    assert expected == [pieces.written_units[number] for number in found.units.tolist()]
    np.testing.assert_array_equal(ends, found.unit_ends)
    assert [0, *n_before] == found.unit_pieces.tolist()


@given(first=texts(), second=texts())
def test_texts_can_be_read_joined(first: str, second: str) -> None:
    """Two texts that both begin a line have the pieces joined that they have alone, the second's further on."""
    pieces = load_pieces()
    a, b, joined = (pieces.encode(text) for text in (f"\n{first}", f"\n{second}", f"\n{first}\n{second}"))
    shift = len(first) + 1

    np.testing.assert_array_equal(joined.ids, np.concatenate((a.ids, b.ids)))
    np.testing.assert_array_equal(joined.starts, np.concatenate((a.starts, b.starts + shift)))
    np.testing.assert_array_equal(joined.ends, np.concatenate((a.ends, b.ends + shift)))


@pytest.mark.parametrize(
    ("text", "n_pieces", "spans"),
    [
        ("", 0, []),
        (" \n\t", 0, []),
        ("a  b", 2, [(0, 1), (2, 4)]),
        ("The U.S.", 2, [(0, 3), (3, 8)]),
        ("\U0001f600!", 5, [(0, 1)] * 4 + [(1, 2)]),
        ("\u6f22\u5b57", 6, [(0, 1)] * 3 + [(1, 2)] * 3),
        ("\u0301", 2, [(0, 1)] * 2),
    ],
    ids=ascii,
)
def test_characters_without_a_piece_are_bytes(text: str, n_pieces: int, spans: list[tuple[int, int]]) -> None:
    """A character that is not in the vocabulary has as many pieces as bytes, all in its place; nothing has none."""
    found = load_pieces().encode(text)

    assert n_pieces == len(found.ids)
    assert spans == _spans(found)


@pytest.mark.parametrize("letter", ["a", "é", "\u6f22", "7"], ids=ascii)
def test_a_unit_without_end_is_cut(letter: str) -> None:
    """A hundred thousand letters without a blank have pieces like any word, up to the last letter."""
    n_letters = 100_000
    found = load_pieces().encode(letter * n_letters)

    assert n_letters == int((found.ends - found.starts).sum()) == int(found.ends[-1])
    assert 1 < len(set(np.diff(found.starts).tolist())) + 1 < n_letters


@pytest.fixture
def path() -> Path:
    """The shipped piece model."""
    return asset("piece_lm", "pieces.model")


def test_what_is_forgotten_is_cut_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for three units, texts read one after the other have the pieces that they have with room for all."""
    listed = ["The ferry left at noon.", "The U.S. paid $1,200.", "The ferry left.", "漢字 漢字", "", "The ferry left at noon."]
    roomy: Pieces = read_pieces(path)
    expected = [roomy.encode(text) for text in listed]
    monkeypatch.setattr(room, "_KEPT", 3)
    narrow = read_pieces(path)
    for text, before in zip(listed, expected, strict=True):
        found = narrow.encode(text)
        for name in ("ids", "starts", "ends"):
            np.testing.assert_array_equal(getattr(before, name), getattr(found, name))

    assert len(narrow.written_units) < len(roomy.written_units)
