"""The tagger, with tiny seeded weights: against one pass over each window, blended by hand."""

import io
import json
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor

from detector import assets
from detector.errors import AssetError, ModelError
from detector.lm import tagger as room
from detector.lm.encoder import Encoder, Shape
from detector.lm.int8 import Int8Linear, int8_is_faster
from detector.lm.tagger import Tagger, load_tagger, precision_of_this_processor, windows
from detector.lm.word_pieces import WordPieces
from detector.text import words
from tests.strategies import prose, wild

_LETTERS = "abcdefghijklmnopqrstuvwxyz0.,;:!?'\"-()"
_WORDS = ("the", "ferry", "said", "it", "##ing", "was")
_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *_LETTERS, *(f"##{c}" for c in _LETTERS), *_WORDS)
_SHAPE = Shape(n_pieces=len(_PIECES), n_positions=24, width=64, inner=48, n_heads=2, n_layers=2)
_ROOM, _OVERLAP = 22, 5
_REPORT = "The ferry said it was rowing, “late” (at 9): naïve O’Brien paid 1,200.50 in the U.S. 漢字 long-term. "


def _tensors(shape: Shape = _SHAPE) -> dict[str, Tensor]:
    """Weights drawn wide, as the files have them: in sixteen bits."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(6)
        found = {f"encoder.{name}": 0.2 * torch.randn_like(tensor) for name, tensor in Encoder(shape).state_dict().items()}
        found |= {"word.weight": torch.randn(1, shape.width), "word.bias": torch.randn(1)}
        found |= {"style.weight": torch.randn(3, shape.width), "style.bias": torch.randn(3)}
    found = {name: 1 + tensor if name.endswith("norm.weight") else tensor for name, tensor in found.items()}
    return {name: tensor.half() for name, tensor in found.items()}


def _write(folder: Path, tensors: dict[str, Tensor] | None = None, pieces: tuple[str, ...] = _PIECES) -> tuple[Path, Path]:
    weights, vocabulary = folder / "weights.safetensors", folder / "pieces.txt"
    save_file(_tensors() if tensors is None else tensors, weights)
    vocabulary.write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return weights, vocabulary


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Weights and vocabulary."""
    return _write(tmp_path_factory.mktemp("tagger"))


@pytest.fixture(scope="module")
def tagger(files: tuple[Path, Path]) -> Tagger:
    """In float32, whatever the processor has."""
    return Tagger(*files, precision="float32")


@pytest.fixture(
    scope="module", params=["float32", pytest.param("int8", marks=pytest.mark.skipif(not int8_is_faster(), reason="no int8"))]
)
def either(request: pytest.FixtureRequest, files: tuple[Path, Path]) -> Tagger:
    """In each precision that this processor has."""
    return Tagger(*files, precision=request.param)


class Oracle:
    """The same weights read piece by piece: every window that holds it, weighed by how far it is from the window's end."""

    def __init__(self, files: tuple[Path, Path]) -> None:
        tensors = _tensors()
        self.encoder = Encoder(_SHAPE)
        self.encoder.load_state_dict(
            {n.removeprefix("encoder."): t.float() for n, t in tensors.items() if n.startswith("encoder.")}
        )
        self.heads = {name: (tensors[f"{name}.weight"].float(), tensors[f"{name}.bias"].float()) for name in ("word", "style")}
        self.pieces = WordPieces(files[1])

    def states(self, ids: list[int]) -> Tensor:
        """The state of each piece."""
        spans = windows(len(ids), _ROOM, _OVERLAP)
        each = []
        with torch.inference_mode():
            read = [self.encoder(torch.tensor([[2, *ids[start:end], 3]]))[0, 1:-1] for start, end in spans]
        for place in range(len(ids)):
            inside = [i for i, (start, end) in enumerate(spans) if start <= place < end]
            first, last = inside[0], inside[-1]
            shared = spans[first][1] - spans[last][0] if first < last else 0
            share = (place - spans[last][0] + 1) / (shared + 1) if first < last else 1.0
            each.append((1 - share) * read[first][place - spans[first][0]] + share * read[last][place - spans[last][0]])
        return torch.stack(each) if each else torch.zeros(0, _SHAPE.width)

    def tags(self, text: str) -> list[list[float]]:
        """The four numbers of each word that has a piece; of others, none."""
        found = self.pieces.encode(text)
        states = self.states(found.ids.tolist())
        rows = []
        for word in words(text):
            own = [i for i in range(len(found.ids)) if found.starts[i] < word.end and word.start < found.ends[i]]
            logits = [states[own] @ weight.T + bias for weight, bias in self.heads.values()]
            rows.append(torch.cat(logits, dim=1).mean(dim=0).tolist() if own else [])
        return rows


@pytest.fixture(scope="module")
def oracle(files: tuple[Path, Path]) -> Oracle:
    """Of the same files."""
    return Oracle(files)


_TEXTS = (
    prose()
    | wild()
    | st.lists(st.sampled_from(_REPORT.split()), max_size=60).map(" ".join)
    | st.sampled_from(["", " \n", "😀 😀😀", "a" * 10_000, "ab " * 40, "\ufffd\u200b", "A\udfff \ud800 said", "e\u0301" * 30])
)


@given(_TEXTS)
def test_tags_equal_those_read_piece_by_piece(tagger: Tagger, oracle: Oracle, text: str) -> None:
    """A word has the means over its pieces of the heads' logits of the states, blended where windows overlap."""
    found = tagger.read(text)
    for i, expected in enumerate(oracle.tags(text)):
        if expected:
            assert expected == pytest.approx([float(found.altered[i]), *found.style[i].tolist()], abs=1e-4)


@given(_TEXTS)
def test_every_word_has_tags(either: Tagger, text: str) -> None:
    """The words are those of ``detector.text.words``, and all they are given is finite."""
    found = either.read(text)

    assert [word[:2] for word in words(text)] == list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert [(len(found.starts),), (len(found.starts), 3)] == [found.altered.shape, found.style.shape]
    assert [np.dtype(np.float32)] * 2 == [found.altered.dtype, found.style.dtype]
    assert np.isfinite(found.altered).all()
    assert np.isfinite(found.style).all()


@given(_TEXTS)
def test_tags_are_the_heads_of_the_states(either: Tagger, text: str) -> None:
    """The states are those that the tags are read from: each word has the mean of what the heads say of its pieces."""
    pieces, states = either.states(text)
    tensors = {name: tensor.float().numpy() for name, tensor in _tensors().items()}
    altered = states @ tensors["word.weight"][0] + tensors["word.bias"]
    found = either.read(text)
    for i, word in enumerate(words(text)):
        own = (pieces.starts < word.end) & (word.start < pieces.ends)
        if own.any():
            assert float(altered[own].mean()) == pytest.approx(float(found.altered[i]), abs=1e-4)

    assert (len(pieces.ids), _SHAPE.width) == states.shape


@given(st.lists(_TEXTS, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_a_text_is_read_as_if_alone(either: Tagger, texts: list[str], random: object) -> None:
    """To the last byte a text has the same tags whatever was read before it."""
    expected = [[column.tobytes() for column in either.read(text)] for text in texts]
    backwards = [[column.tobytes() for column in either.read(text)] for text in reversed(texts)][::-1]

    assert expected == backwards


def test_a_text_of_one_window_is_one_pass(tagger: Tagger, oracle: Oracle) -> None:
    """To the last byte, the states of what fits into a window are those that the encoder gives for it."""
    pieces, states = tagger.states("The ferry said it was row")
    with torch.inference_mode():
        expected = oracle.encoder(torch.tensor([[2, *pieces.ids.tolist(), 3]]))[0, 1:-1]

    assert len(pieces.ids) <= _ROOM
    assert expected.numpy().tobytes() == states.tobytes()


@given(st.integers(0, 3000), st.integers(8, 254), st.data())
def test_windows_cover_every_piece(n_pieces: int, size: int, data: st.DataObject) -> None:
    """Windows go from the first piece to the last, hold no more than there is room for, and share what they must."""
    overlap = data.draw(st.integers(0, size // 4))
    found = windows(n_pieces, size, overlap)
    covered = [place for start, end in found for place in range(start, end)]

    assert set(range(n_pieces)) == set(covered)
    assert all(0 < end - start <= size for start, end in found)
    assert all(first[1] - second[0] >= overlap for first, second in pairwise(found))


@given(st.integers(0, 3000), st.integers(8, 254), st.data())
def test_windows_are_few_and_alike(n_pieces: int, size: int, data: st.DataObject) -> None:
    """All windows have one length, one fewer would not do, and no piece is in more than two."""
    overlap = data.draw(st.integers(0, size // 4))
    found = windows(n_pieces, size, overlap)

    assert len({end - start for start, end in found}) <= 1
    assert len(found) < 2 or (len(found) - 1) * (size - overlap) + overlap < n_pieces
    assert all(first[1] <= third[0] for first, third in zip(found, found[2:], strict=False))


def test_shares_of_two_windows_sum_to_one(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every window says the same of every piece, so does the whole: nothing is lost or doubled at a seam."""
    monkeypatch.setattr(tagger, "_window", lambda ids: np.ones((len(ids), _SHAPE.width), dtype=np.float32))
    _, states = tagger.states(_REPORT * 9)

    np.testing.assert_allclose(states, 1.0, atol=1e-6)


def test_words_far_into_a_text_keep_their_precision(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of states that are all the same, the last of a hundred thousand words has what the first has."""
    monkeypatch.setattr(tagger, "_window", lambda ids: np.full((len(ids), _SHAPE.width), 1 / 3, dtype=np.float32))
    found = tagger.read("it " * 100_000)

    assert np.ptp(found.altered) <= 1e-5 * abs(found.altered[0])


def test_nothing_jumps_at_a_seam(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one window says 0 and the next 1, the whole goes from one to the other in equal steps over what they share."""
    calls = iter(range(100))
    monkeypatch.setattr(tagger, "_window", lambda ids: np.full((len(ids), _SHAPE.width), next(calls) % 2, dtype=np.float32))
    pieces, states = tagger.states("it " * 60)
    spans = windows(len(pieces.ids), _ROOM, _OVERLAP)
    shared = min(one[1] - other[0] for one, other in pairwise(spans))

    assert float(np.abs(np.diff(states[:, 0])).max()) == pytest.approx(1 / (shared + 1), abs=1e-6)


def test_a_word_of_no_piece_has_the_tags_of_the_next(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that the tokenizer leaves out is read as the piece after it; at the end of a text, as the one before."""
    monkeypatch.setattr(room, "words", lambda _: [(0, 1), (2, 5), (6, 7)])
    found = tagger.read("\x01 the \x01")

    assert found.altered[[1, 1]].tolist() == found.altered[[0, 2]].tolist()


def test_a_text_of_no_pieces_has_zeros(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that the tokenizer leaves out as a whole, words have zeros."""
    monkeypatch.setattr(room, "words", lambda _: [(0, 1)])
    found = tagger.read("\x01")

    assert ([0.0], [[0.0, 0.0, 0.0]]) == (found.altered.tolist(), found.style.tolist())


@pytest.mark.skipif(not int8_is_faster(), reason="this processor has no eight-bit products")
def test_eight_bits_stay_close(files: tuple[Path, Path], tagger: Tagger) -> None:
    """In eight bits the states are off by less than a tenth of their size."""
    _, exact = tagger.states(_REPORT * 5)
    _, found = Tagger(*files, precision="int8").states(_REPORT * 5)

    assert 0 < np.linalg.norm(exact - found) < 0.1 * np.linalg.norm(exact)


@pytest.mark.skipif(not int8_is_faster(), reason="this processor has no eight-bit products")
@given(st.integers(0, 2**31), st.integers(1, 400), st.integers(1, 40))
@settings(max_examples=40)
def test_a_linear_map_in_eight_bits_rounds_and_no_more(seed: int, n_in: int, n_out: int) -> None:
    """Outputs are those of the rounded weights and values, computed in whole numbers; nothing saturates, even at the extremes."""
    draw = torch.Generator().manual_seed(seed)
    exact = torch.nn.Linear(n_in, n_out)
    with torch.no_grad():
        exact.weight.copy_(torch.randn(n_out, n_in, generator=draw).sign() * (torch.rand(n_out, n_in, generator=draw) > 0.1))
        exact.bias.copy_(torch.randn(n_out, generator=draw))
    values = torch.randn(3, n_in, generator=draw).sign() * torch.tensor([[1.0], [7.0], [0.0]])
    with torch.inference_mode():
        torch.testing.assert_close(Int8Linear(exact)(values), exact(values), rtol=1e-5, atol=1e-3)


@pytest.mark.skipif(not int8_is_faster(), reason="this processor has no eight-bit products")
@given(st.integers(0, 2**31), st.integers(1, 64), st.floats(1e-6, 1e6))
@settings(max_examples=40)
def test_values_are_rounded_to_the_nearest(seed: int, n: int, size: float) -> None:
    """What comes in is off by half a step at most, a step being the 127th part of the largest of its own row."""
    exact = torch.nn.Linear(n, n)
    exact.load_state_dict({"weight": torch.eye(n), "bias": torch.zeros(n)})
    values = size * torch.randn(5, n, generator=torch.Generator().manual_seed(seed))
    with torch.inference_mode():
        off = (Int8Linear(exact)(values) - values).abs().amax(dim=1)

    assert (off <= values.abs().amax(dim=1) / 254 * (1 + 1e-3)).all()


@pytest.mark.parametrize(
    ("machine", "capability", "expected"),
    [
        ("x86_64", "AVX2", "int8"),
        ("AMD64", "AVX512", "int8"),
        ("x86_64", "DEFAULT", "float32"),
        ("arm64", "DEFAULT", "float32"),
        ("aarch64", "SVE256", "float32"),
    ],
)
def test_precision_goes_by_the_processor(monkeypatch: pytest.MonkeyPatch, machine: str, capability: str, expected: str) -> None:
    """Eight bits where x86 has AVX2 or more, else float32."""
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("torch.backends.cpu.get_cpu_capability", lambda: capability)
    monkeypatch.setattr("detector.lm.int8._works", lambda: True)

    assert expected == precision_of_this_processor()


def test_precision_is_that_of_the_processor_unless_told(files: tuple[Path, Path]) -> None:
    """A tagger that is told nothing computes in what is fastest here."""
    assert precision_of_this_processor() == Tagger(*files).precision


def test_opening_a_tagger_draws_no_number(files: tuple[Path, Path]) -> None:
    """The caller's random numbers are the same whether a tagger was opened before them or not."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        expected = torch.rand(1)
        torch.manual_seed(3)
        Tagger(*files)

        assert torch.rand(1) == expected


@pytest.mark.parametrize("n_layers", [1, 3])
def test_layers_are_as_many_as_the_weights_have(tmp_path: Path, n_layers: int) -> None:
    """The sizes of the encoder are read from its tensors."""
    shape = Shape(len(_PIECES), 30, 96, 20, 3, n_layers)
    found = Tagger(*_write(tmp_path, _tensors(shape)), precision="float32")

    assert found.read(_REPORT).style.shape == (len(words(_REPORT)), 3)
    assert shape == found.shape


_WRONG: dict[str, tuple[str, tuple[int, ...] | None, str]] = {
    "a matrix missing": ("encoder.layers.1.outer.weight", None, r"found nothing, expected \(64, 48\)"),
    "a bias missing": ("word.bias", None, r"found nothing, expected \(1,\)"),
    "no pieces": ("encoder.pieces.weight", None, "found nothing, expected a matrix"),
    "no layer": ("encoder.layers.0.inner.weight", None, "found nothing, expected a matrix"),
    "pieces in a row": ("encoder.pieces.weight", (640,), r"found \(640,\), expected a matrix"),
    "another width": ("encoder.pieces.weight", (len(_PIECES), 40), "is 40 wide; expected a multiple of 32"),
    "another shape": ("style.weight", (2, 64), r"found \(2, 64\), expected \(3, 64\)"),
    "a layer half there": ("encoder.layers.2.inner.bias", (48,), r"encoder\.layers\.2\.\S+: found nothing, expected \("),
    "one too many": ("further.weight", (1, 64), r"found \(1, 64\), expected nothing"),
}


@pytest.mark.parametrize(("name", "size", "expected"), _WRONG.values(), ids=_WRONG)
def test_wrong_tensors_are_refused(tmp_path: Path, name: str, size: tuple[int, ...] | None, expected: str) -> None:
    """What is missing, of another shape or too much is named with the file, what was found and what was expected."""
    tensors = _tensors() | {name: torch.zeros(size or (1,), dtype=torch.float16)}
    if size is None:
        del tensors[name]
    with pytest.raises(ModelError, match=expected) as raised:
        Tagger(*_write(tmp_path, tensors))

    assert f"{tmp_path / 'weights.safetensors'}: " in str(raised.value)


def test_a_vocabulary_of_another_length_is_refused(tmp_path: Path) -> None:
    """Pieces that the encoder has no states for are no vocabulary of its."""
    with pytest.raises(ModelError, match=rf"pieces\.txt: found {len(_PIECES) + 1} pieces, expected {len(_PIECES)}"):
        Tagger(*_write(tmp_path, pieces=(*_PIECES, "##ly")))


@pytest.mark.parametrize("content", [None, b"", b"not tensors at all"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """Weights that are not there, or are not safetensors, are named."""
    weights, pieces = _write(tmp_path)
    weights.unlink()
    if content is not None:
        weights.write_bytes(content)
    with pytest.raises(ModelError, match=r"weights\.safetensors: cannot be read"):
        Tagger(weights, pieces)


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    """Weights as torch saves them are refused unread."""
    weights, pieces = _write(tmp_path)
    held = io.BytesIO()
    torch.save(_tensors(), held)
    weights.write_bytes(held.getvalue())
    with pytest.raises(ModelError, match="expected the tagger's weights as safetensors"):
        Tagger(weights, pieces)


def test_the_shipped_tagger_is_checked_and_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are not those of the digests are refused; those that are, read once a process."""
    folder = tmp_path / "tagger"
    folder.mkdir()
    weights, pieces = _write(folder)
    listed = {path.name: sha256(path.read_bytes()).hexdigest() for path in (weights, pieces)}
    (folder / "digest.json").write_text(json.dumps(listed), encoding="utf-8")
    monkeypatch.setattr(assets, "MODELS", tmp_path)
    for cached in (assets.asset, assets.digests, load_tagger):
        cached.cache_clear()
    try:
        assert load_tagger() is load_tagger()

        for cached in (assets.asset, load_tagger):
            cached.cache_clear()
        weights.write_bytes(weights.read_bytes() + b" ")
        with pytest.raises(AssetError, match="SHA-256"):
            load_tagger()
    finally:
        for cached in (assets.asset, assets.digests, load_tagger):
            cached.cache_clear()


def test_the_module_alone_loads_no_torch() -> None:
    """``import detector.lm.tagger`` leaves torch for when a tagger is opened."""
    code = "import sys, detector.lm.tagger; sys.exit('torch' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("error", [AttributeError, RuntimeError, TypeError])
def test_a_torch_whose_product_of_bytes_fails_is_asked_for_floats(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """Another version may lack the operation, or take it otherwise."""

    def fails(*_: object) -> Tensor:
        raise error

    monkeypatch.setattr(Int8Linear, "forward", fails)

    assert precision_of_this_processor() == "float32"


def test_a_product_of_bytes_that_comes_out_wrong_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it saturates, say."""
    monkeypatch.setattr(Int8Linear, "forward", lambda _, values: torch.zeros(len(values), 8))

    assert precision_of_this_processor() == "float32"
