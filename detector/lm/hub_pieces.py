"""The pieces of a language model of a local folder, each with its place in the text.

A tokenizer is read by transformers from ``tokenizer.json``, ``vocab.txt``, or ``vocab.json`` with ``merges.txt``. A folder that has
only a SentencePiece model is read by sentencepiece itself: transformers would need protobuf for it, which it does not install.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelError

_VOCABULARIES = ("tokenizer.json", "vocab.txt", "vocab.json")

Kind = Literal["causal", "masked"]
Ids = NDArray[np.int64]


class HubText(NamedTuple):
    """The pieces of a text and where they start and end, in ascending order. Shapes ``(n_pieces,)``."""

    ids: Ids
    starts: Ids
    ends: Ids

    def places(self, starts: Ids, ends: Ids) -> tuple[Ids, Ids]:
        """The half-open runs of pieces that hold what is between offsets; empty for no characters. Shapes ``(n,)``, twice."""
        first = np.searchsorted(self.ends, starts, side="right")
        end = np.searchsorted(self.starts, ends, side="left")
        return first, np.where(starts < ends, np.maximum(first, end), first)


@dataclass(frozen=True, slots=True)
class HubTokenizer:
    """How a language model reads a text.

    Attributes:
        encode: The pieces of a text with their offsets. A piece of a lone blank, or of no character, reaches over the piece after
            it: it is the beginning of that word.
        before: The pieces that the model expects before a text: what begins one, or none.
        after: Those that it expects behind one.
        mask: The piece that masks others, if there is one.
        n_pieces: One more than the highest number of a piece.
    """

    encode: Callable[[str], HubText]
    before: tuple[int, ...]
    after: tuple[int, ...]
    mask: int | None
    n_pieces: int


def read_tokenizer(folder: Path, kind: Kind, config: Any) -> HubTokenizer:  # noqa: ANN401 - a transformers config
    """The tokenizer of a folder.

    Raises:
        ModelError: There is none, or one whose pieces have no offsets, or a SentencePiece model that the language model does not
            use as it is.
    """
    if any((folder / name).is_file() for name in _VOCABULARIES):
        return _fast(folder, kind)
    models = sorted(folder.glob("*.model"))
    if len(models) == 1:
        return _sentencepiece(models[0], kind, config)
    found = ", ".join(path.name for path in models) or "none of them"
    msg = f"{folder}: expected a tokenizer: {', '.join(_VOCABULARIES)}, or one SentencePiece model (*.model); found {found}"
    raise ModelError(msg)


def _tokenizer(
    encode: Callable[[str], HubText], before: Sequence[int], after: Sequence[int], mask: int | None, n: int
) -> HubTokenizer:
    """The tokenizer of a vocabulary of ``n`` pieces, some of the special ones perhaps added to it."""
    special = (*before, *after) if mask is None else (*before, *after, mask)
    return HubTokenizer(encode, tuple(before), tuple(after), mask, max(n, *(number + 1 for number in special), 0))


def _fast(folder: Path, kind: Kind) -> HubTokenizer:
    """A tokenizer of transformers; words of a text that look like its special pieces are read as words."""
    import transformers  # noqa: PLC0415 - seconds that other depths need not pay

    auto: Any = transformers.AutoTokenizer
    tokenizer = auto.from_pretrained(folder, local_files_only=True, trust_remote_code=False, use_fast=True)
    if not tokenizer.is_fast:
        msg = f"{folder}: {type(tokenizer).__name__} does not say where its pieces stand; expected a tokenizer.json"
        raise ModelError(msg)

    def encode(text: str) -> HubText:
        found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, split_special_tokens=True, verbose=False)
        return _placed(text, found["input_ids"], found["offset_mapping"])

    if kind == "causal":
        begin = tokenizer.bos_token_id
        return _tokenizer(encode, () if begin is None else (begin,), (), None, tokenizer.vocab_size)
    around = tokenizer("a", return_special_tokens_mask=True)
    place = around["special_tokens_mask"].index(0)
    before, after = around["input_ids"][:place], around["input_ids"][place + 1 :]
    return _tokenizer(encode, before, after, tokenizer.mask_token_id, tokenizer.vocab_size)


def _sentencepiece(path: Path, kind: Kind, config: Any) -> HubTokenizer:  # noqa: ANN401 - a transformers config
    """A SentencePiece model whose pieces the language model knows by the numbers that they have there."""
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - 30 ms that other depths need not pay

    model = SentencePieceProcessor(model_file=str(path))
    settings = _settings(path.parent)
    for name, number in (("bos", model.bos_id()), ("eos", model.eos_id())):
        expected = getattr(config, f"{name}_token_id", None)
        if number >= 0 and expected is not None and number != expected:  # XLM-RoBERTa and others move all numbers
            msg = f"{path}: piece {name} is number {number}, in config.json {expected}; expected a tokenizer.json instead"
            raise ModelError(msg)
    if settings.get("do_lower_case", config.model_type == "albert"):
        msg = f"{path}: it is given lower-cased text by code of its own; expected a tokenizer.json, which holds that step too"
        raise ModelError(msg)

    def encode(text: str) -> HubText:
        ids = model.encode(text)
        return _placed(text, ids, list(_joined(model, text, ids)))

    if kind == "causal":
        return _tokenizer(encode, (model.bos_id(),) if model.bos_id() >= 0 else (), (), None, model.get_piece_size())
    begin, end, mask = (_number(model, settings, role) for role in ("cls", "sep", "mask"))
    before, after = () if begin is None else (begin,), () if end is None else (end,)
    return _tokenizer(encode, before, after, mask, model.get_piece_size())


def _settings(folder: Path) -> dict[str, Any]:
    """What the small files beside a SentencePiece model say; ``added`` are the numbers of the pieces added to it."""
    found: dict[str, Any] = {}
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        if (folder / name).is_file():
            found |= json.loads((folder / name).read_bytes())
    found["added"] = {piece["content"]: int(number) for number, piece in found.get("added_tokens_decoder", {}).items()}
    if (folder / "added_tokens.json").is_file():
        found["added"] |= json.loads((folder / "added_tokens.json").read_bytes())
    return found


def _number(model: Any, settings: dict[str, Any], role: str) -> int | None:  # noqa: ANN401 - sentencepiece has no types
    """The number of a special piece, if there is one: ``cls``, ``sep``, ``mask``."""
    name = settings.get(f"{role}_token", f"[{role.upper()}]")
    name = name["content"] if isinstance(name, dict) else name
    number = int(settings["added"].get(name, model.piece_to_id(name)))
    return None if number == model.unk_id() else number


def _joined(model: Any, text: str, ids: Sequence[int]) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - sentencepiece has no types
    """Where each piece stands: the pieces joined are the text as the model reads it, of which it says what stood where."""
    read, offsets = model.normalize(text, with_offsets=True)
    at = n_bytes = 0
    for number, piece in zip(ids, model.encode(text, out_type=str), strict=True):
        if model.is_byte(number):  # all bytes of a character stand where it does
            start = at - 1 if n_bytes else at
            n_bytes = n_bytes - 1 if n_bytes else len(read[at].encode()) - 1
            at = start + 1
            yield offsets[start], offsets[at]
        else:
            yield offsets[at], offsets[at + len(piece)]
            at += len(piece)


def _placed(text: str, ids: Sequence[int], spans: Sequence[tuple[int, int]]) -> HubText:
    """Pieces and their offsets; one of a lone blank or of no character reaches to the end of the piece after it."""
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T.copy()
    for i in range(len(ids) - 2, -1, -1):
        if text[starts[i] : ends[i]] in {"", " "}:
            ends[i] = ends[i + 1]
    return HubText(np.array(ids, dtype=np.int64), starts, ends)
