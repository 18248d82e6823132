"""Word pieces: against transformers' own tokenizer for BERT, and their offsets against the text as read."""

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import transformers
from hypothesis import example, given
from hypothesis import strategies as st

from detector.errors import ModelError
from detector.lm.word_pieces import WordPieces
from tests.strategies import prose, wild

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_PLAIN = "abcdefghijklmnopqrstuvwxyz0.,;:!?'\"-()"
_MORE = ("the", "ferry", "##ry", "fer", "##ing", "said", "coun", "##cil", "naive", "##00", "paid")
_VOCABULARY = (*_SPECIAL, *_PLAIN, *(f"##{c}" for c in _PLAIN), *_MORE)


def _written(folder: Path, pieces: tuple[str, ...] = _VOCABULARY) -> Path:
    path = folder / "pieces.txt"
    path.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of letters, marks and some words."""
    return _written(tmp_path_factory.mktemp("pieces"))


@pytest.fixture(scope="module")
def pieces(vocabulary: Path) -> WordPieces:
    """Letters, marks and some words."""
    return WordPieces(vocabulary)


@pytest.fixture(scope="module")
def theirs(vocabulary: Path) -> Any:  # noqa: ANN401 - transformers' types are stricter than it is
    """The same vocabulary in transformers' tokenizer for BERT."""
    tokenizer: Any = transformers.BertTokenizer
    return tokenizer(vocab={piece: number for number, piece in enumerate(_VOCABULARY)}, do_lower_case=True)


@given(st.text(st.sampled_from(_PLAIN.replace("-", "") + _PLAIN.upper() + " \n"), max_size=80) | prose().filter(str.isascii))
def test_plain_text_has_the_pieces_that_bert_reads(pieces: WordPieces, theirs: Any, text: str) -> None:  # noqa: ANN401
    """Of ASCII text, its digits written as 0, the pieces are those of ``BertTokenizer``."""
    plain = "".join("0" if c.isdigit() else c for c in text)

    assert theirs.encode(plain, add_special_tokens=False) == pieces.encode(text).ids.tolist()


@given(prose() | wild() | st.text(max_size=60))
@example("A\udfff said \ud800")
def test_offsets_point_into_the_text_as_read(pieces: WordPieces, text: str) -> None:
    """Of any string, each piece covers a run of characters inside it that is not empty, and runs never go back."""
    found = pieces.encode(text)

    assert len(found.ids) == len(found.starts) == len(found.ends)
    assert (found.starts >= 0).all()
    assert (found.starts < found.ends).all()
    assert (found.ends <= len(text)).all()
    assert (np.diff(found.starts) >= 0).all()
    assert (np.diff(found.ends) >= 0).all()


@given(prose() | st.text(max_size=60))
def test_a_piece_is_what_stands_at_its_offsets(pieces: WordPieces, text: str) -> None:
    """A known piece of letters is, but for case and accents, the characters that it covers."""
    found = pieces.encode(text)
    for number, start, end in zip(*(column.tolist() for column in found), strict=True):
        piece = _VOCABULARY[number].removeprefix("##")
        covered = text[start:end]
        if piece.isalpha() and covered.isascii():
            assert piece == covered.lower()
        elif piece.isalpha() and number not in {0, 1, 2, 3, 4}:
            plain = "".join(c for c in unicodedata.normalize("NFD", covered.lower()) if not unicodedata.combining(c))
            assert piece in plain or not plain.isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“the” «said»", '"the" "said"'),
        ("it’s ‘so’ `a´", "it's 'so' 'a'"),
        ("a—b – c ‑ d − e", "a-b - c - d - e"),
        ("the\u00a0ferry\u2009said\tso", "the ferry said so"),
        ("paid 1,975.28 in 2016", "paid 0,000.00 in 0000"),
        ("The FERRY naïve", "the ferry naive"),
    ],
)
def test_what_tells_sites_apart_is_read_alike(pieces: WordPieces, one: str, other: str) -> None:
    """Quotes, apostrophes, dashes, blanks, digits, case and accents change neither pieces nor offsets."""
    ours, plain = pieces.encode(one), pieces.encode(other)

    assert [column.tolist() for column in plain] == [column.tolist() for column in ours]


def test_the_pieces_of_a_row_are_known_by_their_numbers(pieces: WordPieces) -> None:
    """What leads, ends and fills a row has its number in the vocabulary, and the vocabulary its length."""
    assert (2, 3, 0, len(_VOCABULARY)) == (pieces.before, pieces.after, pieces.pad, len(pieces))


@given(st.text(st.sampled_from("[]CLSEPADUNKM #"), max_size=30) | st.sampled_from(_SPECIAL))
def test_text_cannot_write_the_pieces_of_a_row(pieces: WordPieces, text: str) -> None:
    """A text that spells what leads, ends or fills a row does not have it among its pieces."""
    assert not {0, 2, 3, 4} & set(pieces.encode(text).ids.tolist())


@pytest.mark.parametrize(
    "wrong",
    [(*_VOCABULARY, "ferry"), ("[PAD]", "[UNK]", "[CLS]", "the"), ()],
    ids=["one twice", "none that ends a row", "none"],
)
def test_a_wrong_vocabulary_is_refused(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    """A piece that stands there twice, or a special one that does not, is named with the file."""
    path = _written(tmp_path, wrong)
    with pytest.raises(ModelError, match=r"pieces\.txt: \d+ pieces, \d+ different; expected no piece twice"):
        WordPieces(path)
