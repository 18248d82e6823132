"""Of each word of a text, how probably it was put there, and whether it reads as genuine, spun or back-translated.

A small transformer encoder (``encoder.py``) reads word pieces (``word_pieces.py``) in windows that overlap; two linear heads read
its states. In an overlap the weight goes linearly from one window to the next, so that nothing jumps where one ends. A window is
read alone and as long as it is: nothing is padded, no text's answer depends on another's, and of a long text one window is held
at once. torch is imported when a tagger is opened.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset
from detector.errors import ModelError
from detector.lm.word_pieces import Ids, WordPieces, WordPieceText
from detector.text import words

if TYPE_CHECKING:
    from torch import Tensor

    from detector.lm.encoder import Encoder, Shape

Floats = NDArray[np.float32]
Precision = Literal["float32", "int8"]
Sizes = tuple[int, ...]

_WINDOW = 256
"""Places of a window, the two that lead and end it with them: what the encoder was trained on."""
_OVERLAP = 32
"""Pieces that two windows share, at least."""
_HEAD_WIDTH = 32
"""What an attention head reads of a state; the tensors do not tell. As MiniLM has it."""
_HEADS: Mapping[str, int] = {"word": 1, "style": 3}


class Tags(NamedTuple):
    """What the tagger says of a text. Of a word, the means over its pieces."""

    starts: Ids
    """Where the words of ``detector.text.words`` start. Shape ``(n_words,)``."""
    ends: Ids
    altered: Floats
    """Log-odds (nats) that the word was put there. Shape ``(n_words,)``."""
    style: Floats
    """Logits of genuine, spun and back-translated. Shape ``(n_words, 3)``."""


class Tagger:
    """An encoder with two heads, read from files.

    Args:
        weights: The tensors, as safetensors: those of ``Encoder`` behind "encoder.", weight and bias of ``word`` and of ``style``.
        pieces: The vocabulary, one piece a line.
        precision: What linear maps are computed in; None: what is fastest on this processor.

    Raises:
        ModelError: A file cannot be read, or a tensor is missing, of another shape than the others ask for, or not expected.
    """

    def __init__(self, weights: Path, pieces: Path, precision: Precision | None = None) -> None:
        from detector.lm.int8 import quantise  # noqa: PLC0415 - imports torch

        found = _read(weights)
        shape = _shape(weights, found)
        self._encoder = _encoder(weights, found, shape)
        self._pieces = WordPieces(pieces)
        if len(self._pieces) != shape.n_pieces:
            msg = f"{pieces}: found {len(self._pieces)} pieces, expected {shape.n_pieces}, as {weights} has; train both together"
            raise ModelError(msg)
        self.precision: Precision = precision or precision_of_this_processor()
        if self.precision == "int8":
            quantise(self._encoder)
        self.shape = shape
        self._room = min(_WINDOW, shape.n_positions) - 2
        self._heads = np.concatenate([found[f"{name}.weight"].numpy() for name in _HEADS])
        self._bias = np.concatenate([found[f"{name}.bias"].numpy() for name in _HEADS])

    def read(self, text: str) -> Tags:
        """The tags of each word of a text.

        A word of no piece (the tokenizer leaves out all that it is made of) has those of the piece after it, or if there is none
        of the last before it; in a text of no pieces at all it has zeros.
        """
        spans = [word[:2] for word in words(text)]
        starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        pieces = self._pieces.encode(text)
        runs = [states @ self._heads.T + self._bias for states in self._runs(pieces.ids)]
        logits = np.concatenate([np.zeros((0, len(self._bias)), np.float32), *runs])
        found = _means(logits, *_places(pieces, starts, ends))
        return Tags(starts, ends, found[:, 0], found[:, 1:])

    def states(self, text: str) -> tuple[WordPieceText, Floats]:
        """The pieces of a text and the encoder's state of each, which the heads read. Shape of the states ``(n_pieces, width)``."""
        pieces = self._pieces.encode(text)
        return pieces, np.concatenate([np.zeros((0, self.shape.width), np.float32), *self._runs(pieces.ids)])

    def _runs(self, ids: Ids) -> Iterator[Floats]:
        """The states of one run of pieces after the other, blended where windows overlap. Shapes ``(n, width)``."""
        found = windows(len(ids), self._room, min(_OVERLAP, self._room // 4))
        held = np.zeros((0, self.shape.width), dtype=np.float32)
        for (start, end), (until, _) in zip(found, [*found[1:], (len(ids), len(ids))], strict=False):  # of no pieces there is none
            states = self._window(ids[start:end])
            n = len(held)
            share = (np.arange(1, n + 1, dtype=np.float32) / np.float32(n + 1))[:, None]
            states[:n] = (1 - share) * held + share * states[:n]
            yield states[: until - start]
            held = states[until - start :]

    def _window(self, ids: Ids) -> Floats:
        """The state of each piece of one window. Shape ``(n, width)``."""
        import torch  # noqa: PLC0415 - loaded when the tagger was opened

        row = np.concatenate(([self._pieces.before], ids, [self._pieces.after]))
        with torch.inference_mode():
            states: Floats = self._encoder(torch.from_numpy(row)[None])[0, 1:-1].numpy()
        return states


def windows(n_pieces: int, room: int, overlap: int) -> list[tuple[int, int]]:
    """The fewest windows over so many pieces that hold ``room`` at most and share ``overlap`` or more with the next, of one length.

    No piece is in more than two where ``room`` is at least four times ``overlap``.

    >>> windows(10, 12, 2), windows(20, 12, 2), windows(0, 12, 2)
    ([(0, 10)], [(0, 11), (9, 20)], [])
    """
    if n_pieces <= room:
        return [(0, n_pieces)] if n_pieces else []
    n = -(-(n_pieces - overlap) // (room - overlap))
    length = -(-(n_pieces + overlap * (n - 1)) // n)
    starts = [i * (n_pieces - length) // (n - 1) for i in range(n)]
    return [(start, start + length) for start in starts]


def precision_of_this_processor() -> Precision:
    """What the linear maps are fastest in: eight bits on x86 with AVX2 or more, else float32."""
    from detector.lm.int8 import int8_is_faster  # noqa: PLC0415 - imports torch

    return "int8" if int8_is_faster() else "float32"


def _read(path: Path) -> "dict[str, Tensor]":
    """The tensors of a file, in float32."""
    from safetensors import SafetensorError  # noqa: PLC0415 - only models need it
    from safetensors.torch import load_file  # noqa: PLC0415 - imports torch

    try:
        found = load_file(path)
    except (OSError, SafetensorError) as error:
        msg = f"{path}: cannot be read ({error}); expected the tagger's weights as safetensors. Reinstall, or train it again"
        raise ModelError(msg) from error
    return {name: tensor.float() for name, tensor in found.items()}


def _shape(path: Path, found: "Mapping[str, Tensor]") -> "Shape":
    """The sizes of the encoder whose tensors these are."""
    from detector.lm.encoder import Shape  # noqa: PLC0415 - imports torch

    n_pieces, width = _two(path, found, "encoder.pieces.weight")
    inner, _ = _two(path, found, "encoder.layers.0.inner.weight")
    n_positions, _ = _two(path, found, "encoder.positions.weight")
    n_layers = len({name.split(".")[2] for name in found if name.startswith("encoder.layers.")})
    if width % _HEAD_WIDTH:
        msg = f"{path}: encoder.pieces.weight is {width} wide; expected a multiple of {_HEAD_WIDTH}, the width of an attention head"
        raise ModelError(msg)
    return Shape(n_pieces, n_positions, width, inner, width // _HEAD_WIDTH, n_layers)


def _two(path: Path, found: "Mapping[str, Tensor]", name: str) -> tuple[int, int]:
    """The sizes of a matrix."""
    sizes = tuple(found[name].shape) if name in found else ()
    if len(sizes) != 2:
        msg = f"{path}: {name}: found {sizes or 'nothing'}, expected a matrix; train the tagger again, or reinstall"
        raise ModelError(msg)
    return sizes[0], sizes[1]


def _encoder(path: Path, found: "Mapping[str, Tensor]", shape: "Shape") -> "Encoder":
    """An encoder with these weights, every tensor of it and of the heads there, each as large as the others ask for."""
    import torch  # noqa: PLC0415 - loaded with the weights

    from detector.lm.encoder import Encoder  # noqa: PLC0415 - imports torch

    with torch.random.fork_rng(devices=[]):  # what it is made with is drawn at random: the caller's numbers are not used up
        encoder = Encoder(shape)
    expected: dict[str, Sizes] = {f"encoder.{name}": tuple(tensor.shape) for name, tensor in encoder.state_dict().items()}
    for name, n in _HEADS.items():
        expected |= {f"{name}.weight": (n, shape.width), f"{name}.bias": (n,)}
    sizes: dict[str, Sizes] = {name: tuple(tensor.shape) for name, tensor in found.items()}
    for name in sorted(expected.keys() | sizes.keys()):
        if expected.get(name) != sizes.get(name):
            had, asked = sizes.get(name, "nothing"), expected.get(name, "nothing")
            msg = f"{path}: {name}: found {had}, expected {asked}; train the tagger again, or reinstall"
            raise ModelError(msg)
    own = {name.removeprefix("encoder."): tensor for name, tensor in found.items() if name.startswith("encoder.")}
    encoder.load_state_dict(own, assign=True)
    encoder.requires_grad_(requires_grad=False).eval()
    return encoder


def _places(pieces: WordPieceText, starts: Ids, ends: Ids) -> tuple[Ids, Ids]:
    """The pieces that reach into each word: first and end; of a word of none, the piece after it or the last there is."""
    first = np.searchsorted(pieces.ends, starts, side="right")
    end = np.searchsorted(pieces.starts, ends, side="left")
    n = len(pieces.ids)
    first = np.where(first < end, first, np.clip(first, 0, max(n - 1, 0)))
    return first, np.minimum(np.maximum(end, first + 1), n)


def _means(values: Floats, first: Ids, end: Ids) -> Floats:
    """The mean of each run of rows, zeros for a run of none. Shape ``(n_runs, n_columns)``."""
    total = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)))
    n_of = np.maximum(end - first, 1)[:, None]
    means: Floats = ((total[end] - total[np.minimum(first, end)]) / n_of).astype(np.float32)
    return means


@cache
def load_tagger() -> Tagger:
    """The tagger that ships with the package, its digests checked, once a process."""
    return Tagger(asset("tagger", "weights.safetensors"), asset("tagger", "pieces.txt"))
