"""Language models of a local folder, against one forward pass for each piece of each word."""

import json
import math
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st
from sentencepiece import SentencePieceProcessor

from detector.errors import InputError, ModelError
from detector.lm.hub import HubModel, open_model
from tests.lm import tiny_models

TEXT = " ".join(tiny_models.SENTENCES[:2])
LONG = " ".join(tiny_models.SENTENCES) * 3
CAUSAL, MASKED = ("gpt2", "llama"), ("bert", "deberta")
FAMILIES = (*CAUSAL, *MASKED)
KNOWN = (TEXT[:60], "“No” to €5 — 𝒳 said")
"""What the slow computation is made for; the second begins with a piece of no character where SentencePiece reads it."""


def words_of(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\S+", text)]


class Oracle:
    """The same model through transformers and the tokenizer's own library: word by word, piece by piece, no batch, no window."""

    def __init__(self, folder: Path, family: str) -> None:
        auto: Any = transformers.AutoModelForCausalLM if family in {*CAUSAL, "mistral"} else transformers.AutoModelForMaskedLM
        self.model = auto.from_pretrained(folder)
        self.before, self.after, self.mask = {
            "gpt2": ([0], [], -1),
            "mistral": ([0], [], -1),
            "llama": ([1], [], -1),
            "bert": ([2], [3], 4),
            "roberta": ([2], [3], 4),
            "deberta": ([1], [2], self.model.config.vocab_size - 8),
        }[family]
        self.joins = " " if family in {"gpt2", "mistral"} else ""  # what the tokenizer wants before a word that is not the first
        self.encode: Callable[[str], list[int]]
        if family in {"llama", "deberta"}:
            sentencepiece: Any = SentencePieceProcessor(model_file=str(next(folder.glob("*.model"))))
            self.encode = sentencepiece.encode
        else:
            tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder)
            self.encode = partial(tokenizer.encode, add_special_tokens=False)

    def pieces(self, text: str) -> list[list[int]]:
        """The pieces of each word: none of these tokenizers makes a piece of two words."""
        first, *others = text.split()
        return [self.encode(first), *(self.encode(self.joins + word) for word in others)]

    def _log_p(self, ids: Sequence[int], place: int, piece: int) -> float:
        with torch.inference_mode():
            logits = self.model(input_ids=torch.tensor([list(ids)])).logits[0, place]
        return float(torch.log_softmax(logits.double(), -1)[piece])

    def surprisal(self, text: str) -> list[float]:
        """The bits of each word after those before it."""
        read, bits = list(self.before), []
        for word in self.pieces(text):
            total = 0.0
            for piece in word:
                total -= self._log_p(read, -1, piece) / math.log(2)
                read.append(piece)
            bits.append(total)
        return bits

    def pll(self, text: str, *, room: int = 1000) -> list[float]:
        """The bits of each word, each of its pieces masked with those to its right, in a window that is centred on the piece."""
        by_word = self.pieces(text)
        ids = list(chain.from_iterable(by_word))
        bits, first = [], 0
        for word in by_word:
            total = 0.0
            for place in range(first, first + len(word)):
                hidden = [self.mask if place <= i < first + len(word) else piece for i, piece in enumerate(ids)]
                begin = max(0, min(place - room // 2, len(ids) - room))
                window = [*self.before, *hidden[begin : begin + room], *self.after]
                total -= self._log_p(window, len(self.before) + place - begin, ids[place]) / math.log(2)
            bits.append(total)
            first += len(word)
        return bits


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each family."""
    home = tmp_path_factory.mktemp("hub")
    return {family: getattr(tiny_models, family)(home / family) for family in FAMILIES}


@pytest.fixture(scope="module")
def opened(folders: dict[str, Path]) -> dict[str, HubModel]:
    """Each of them, opened."""
    return {family: open_model(folder) for family, folder in folders.items()}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_kind_is_that_of_the_architecture(opened: dict[str, HubModel], family: str) -> None:
    expected = "causal" if family in CAUSAL else "masked"

    assert expected == opened[family].kind


@pytest.mark.parametrize("family", CAUSAL)
@pytest.mark.parametrize("text", KNOWN)
def test_surprisal_is_that_of_one_prefix_at_a_time(
    folders: dict[str, Path], opened: dict[str, HubModel], family: str, text: str
) -> None:
    """A causal model's bits of a word are those of its pieces, each after all that stands before it."""
    found = opened[family].word_bits(text, words_of(text))

    assert Oracle(folders[family], family).surprisal(text) == pytest.approx(found.tolist(), abs=1e-4, rel=1e-5)


@pytest.mark.parametrize("family", MASKED)
@pytest.mark.parametrize("text", KNOWN)
def test_pll_is_that_of_one_mask_at_a_time(folders: dict[str, Path], opened: dict[str, HubModel], family: str, text: str) -> None:
    """A masked model's bits of a word are those of its pieces, each masked with the rest of the word to its right."""
    found = opened[family].word_bits(text, words_of(text))

    assert Oracle(folders[family], family).pll(text) == pytest.approx(found.tolist(), abs=1e-4, rel=1e-5)


def test_windows_change_nothing_that_half_a_window_holds(tmp_path: Path) -> None:
    """A causal model that looks back no further than half a window says of a long text what it says without windows."""
    folder = tiny_models.mistral(tmp_path / "mistral", n_positions=32, reach=15)
    found = open_model(folder).word_bits(LONG, words_of(LONG))
    oracle = Oracle(folder, "mistral")
    pieces = oracle.pieces(LONG)
    ids = torch.tensor([oracle.before + list(chain.from_iterable(pieces))])
    with torch.inference_mode():
        log_p = torch.log_softmax(oracle.model(input_ids=ids).logits[0, :-1].double(), -1)
    bits = -log_p.gather(-1, ids[0, 1:, None])[:, 0].numpy() / math.log(2)
    expected = [part.sum() for part in np.split(bits, np.cumsum([len(word) for word in pieces])[:-1])]

    assert len(bits) > 5 * 32
    assert expected == pytest.approx(found.tolist(), abs=1e-4, rel=1e-5)


@pytest.mark.parametrize(("family", "n_positions"), [("bert", 16), ("roberta", 18)])
def test_a_masked_piece_stands_in_the_middle_of_its_window(tmp_path: Path, family: str, n_positions: int) -> None:
    """In a long text a masked model has half a window on each side of a piece; RoBERTa has two places fewer than it says."""
    folder = getattr(tiny_models, family)(tmp_path / family, n_positions=n_positions)
    text = " ".join(tiny_models.SENTENCES[:3])
    found = open_model(folder).word_bits(text, words_of(text))

    assert Oracle(folder, family).pll(text, room=14) == pytest.approx(found.tolist(), abs=1e-4, rel=1e-5)


def test_without_a_beginning_the_first_word_has_no_bits(tmp_path: Path) -> None:
    """A causal model whose tokenizer knows no beginning of a text says nothing of the first word, and something of the rest."""
    found = open_model(tiny_models.gpt2(tmp_path / "gpt2", begins=False)).word_bits(LONG, words_of(LONG))

    assert [0] == np.flatnonzero(np.isnan(found)).tolist()


@pytest.mark.parametrize("family", FAMILIES)
def test_what_no_piece_covers_has_no_bits(opened: dict[str, HubModel], family: str) -> None:
    """Runs of no characters, and texts of no pieces; no runs, no bits."""
    model = opened[family]

    assert np.isnan(model.word_bits("The ferry", [(0, 0), (6, 6), (9, 9)])).all()
    assert np.isnan(model.word_bits("", [(0, 0)])).all()
    assert (0,) == model.word_bits("The ferry", []).shape == model.gains("The ferry", []).shape


def test_blanks_between_words_are_of_no_piece(opened: dict[str, HubModel]) -> None:
    """BERT's tokenizer throws blanks away: a run of them has no bits."""
    assert np.isnan(opened["bert"].word_bits("The \n ferry", [(3, 6)])).all()


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]), max_size=30)


@pytest.mark.parametrize("family", FAMILIES)
@given(text=ANY_TEXT)
@settings(max_examples=60)
def test_pieces_lie_in_the_text_in_order(opened: dict[str, HubModel], family: str, text: str) -> None:
    """Pieces start and end in ascending order within the text, none before it starts."""
    pieces = opened[family]._tokenizer.encode(text)

    assert (np.diff(pieces.starts, prepend=0) >= 0).all()
    assert (np.diff(pieces.ends, append=len(text)) >= 0).all()
    assert (pieces.starts <= pieces.ends).all()


@pytest.mark.parametrize("family", CAUSAL)
@given(text=ANY_TEXT)
@settings(max_examples=60)
def test_every_word_has_its_pieces(opened: dict[str, HubModel], family: str, text: str) -> None:
    """Tokenizers that fall back on bytes leave no word without bits."""
    assert np.isfinite(opened[family].word_bits(text, words_of(text))).all()


@pytest.mark.parametrize("family", CAUSAL)
@given(words=st.lists(st.text("aeé’“t€𝒳5.", min_size=1, max_size=6), min_size=1, max_size=8))
@settings(max_examples=30)
def test_bits_of_words_add_up(opened: dict[str, HubModel], family: str, words: list[str]) -> None:
    """The bits of the words of a text are together those of the whole: none is lost between them, none counted twice."""
    text = " ".join(words)
    found = opened[family].word_bits(text, [*words_of(text), (0, len(text))])

    assert float(found[-1]) == pytest.approx(float(found[:-1].sum(dtype=np.float64)), abs=1e-3)


@pytest.mark.parametrize("family", FAMILIES)
def test_special_pieces_in_a_text_are_words(opened: dict[str, HubModel], family: str) -> None:
    """A text that spells a special piece is not read as that piece."""
    special = {"gpt2": "<|endoftext|>", "llama": "<s>", "bert": "[MASK]", "deberta": "[MASK]"}[family]
    tokenizer = opened[family]._tokenizer
    found = tokenizer.encode(f"The {special} ferry").ids.tolist()

    assert not {*tokenizer.before, *tokenizer.after, tokenizer.mask} & set(found)


@pytest.mark.parametrize("family", FAMILIES)
def test_words_are_scored_alone_as_together(opened: dict[str, HubModel], family: str) -> None:
    """What else is asked in the same call changes no word's bits."""
    words = words_of(TEXT)
    alone = [float(opened[family].word_bits(TEXT, [word])[0]) for word in words]

    assert alone == pytest.approx(opened[family].word_bits(TEXT, words).tolist(), abs=1e-4)


SWAPS = ((0, 3, "A"), (4, 9, "boat"), (4, 9, "long night’s walk"), (26, 28, ""), (45, 50, "found"))


@pytest.mark.parametrize("family", CAUSAL)
def test_a_causal_gain_is_the_difference_of_two_texts(folders: dict[str, Path], opened: dict[str, HubModel], family: str) -> None:
    """What an exchange saves is what the text costs less what the other text costs, where the window holds both."""
    text = "The ferry left at nine"
    swaps = [(0, 3, "A"), (4, 9, "boat"), (4, 9, "long night’s walk"), (9, 14, ""), (15, 15, "early "), (18, 22, "night")]
    oracle = Oracle(folders[family], family)
    expected = [sum(oracle.surprisal(text)) - sum(oracle.surprisal(text[:start] + new + text[end:])) for start, end, new in swaps]

    assert expected == pytest.approx(opened[family].gains(text, swaps).tolist(), abs=1e-3)


@pytest.mark.parametrize("family", MASKED)
def test_a_masked_gain_is_the_difference_of_two_runs(opened: dict[str, HubModel], family: str) -> None:
    """What an exchange saves is the bits of the run less those of the wording in its place; of no wording, nothing is known."""
    model, text = opened[family], tiny_models.SENTENCES[0]
    expected = [
        float(model.word_bits(text, [(start, end)])[0])
        - float(model.word_bits(text[:start] + new + text[end:], [(start, start + len(new))])[0])
        for start, end, new in SWAPS
    ]

    assert expected == pytest.approx(model.gains(text, SWAPS).tolist(), abs=1e-4, nan_ok=True)
    assert [3] == np.flatnonzero(np.isnan(expected)).tolist()


@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data())
@settings(max_examples=25)
def test_an_exchange_undone_saves_as_much_less(opened: dict[str, HubModel], family: str, data: st.DataObject) -> None:
    """The gain of an exchange and that of the exchange back are opposite; exchanging a word for itself saves nothing."""
    text = tiny_models.SENTENCES[0][:35]
    start, end = data.draw(st.sampled_from(words_of(text)))
    new = data.draw(st.sampled_from(tiny_models.SENTENCES[2].split()))
    there, nothing = opened[family].gains(text, [(start, end, new), (start, end, text[start:end])])
    (back,) = opened[family].gains(text[:start] + new + text[end:], [(start, start + len(new), text[start:end])])

    assert float(there) == pytest.approx(-float(back), abs=1e-3)
    assert float(nothing) == 0


def test_a_gain_needs_only_what_is_near(tmp_path: Path) -> None:
    """A model that does not look far says of a word in a long text what it says where the text around it is cut off."""
    model = open_model(tiny_models.mistral(tmp_path / "mistral", n_positions=128))
    start, end = words_of(LONG)[60]
    left, right = words_of(LONG)[40][0], words_of(LONG)[80][1]
    (far,) = model.gains(LONG, [(start, end, "boat")])
    (near,) = model.gains(LONG[left:right], [(start - left, end - left, "boat")])

    assert float(far) == pytest.approx(float(near), abs=1e-3)


def test_without_a_beginning_the_first_word_cannot_be_exchanged(tmp_path: Path) -> None:
    """A causal model that knows no beginning of a text has nothing to say of exchanges there, and something of others."""
    model = open_model(tiny_models.gpt2(tmp_path / "gpt2", begins=False))

    assert [True, False] == np.isnan(model.gains("The ferry left", [(0, 3, "Our"), (4, 9, "boat")])).tolist()


@pytest.mark.parametrize("run", [(-1, 2), (2, 1), (0, 10)])
def test_runs_outside_the_text_are_refused(opened: dict[str, HubModel], run: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="outside a text of 9 characters"):
        opened["gpt2"].word_bits("The ferry", [run])
    with pytest.raises(InputError, match="outside a text of 9 characters"):
        opened["gpt2"].gains("The ferry", [(*run, "boat")])


def test_the_name_says_the_folder_and_the_weights(folders: dict[str, Path], opened: dict[str, HubModel]) -> None:
    digest = sha256((folders["gpt2"] / "model.safetensors").read_bytes()).hexdigest()

    assert f"gpt2:{digest[:8]}" == opened["gpt2"].name


def test_weights_in_shards_and_halves_are_read(folders: dict[str, Path], tmp_path: Path) -> None:
    """Weights in several files of half precision are read, and computed with in float32."""
    whole: Any = transformers.AutoModelForCausalLM.from_pretrained(folders["gpt2"])
    whole.half().save_pretrained(tmp_path, max_shard_size="20KB")
    for file in folders["gpt2"].glob("tokenizer*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    whole.float().save_pretrained(tmp_path / "whole")
    for file in folders["gpt2"].glob("tokenizer*"):
        (tmp_path / "whole" / file.name).write_bytes(file.read_bytes())
    expected = open_model(tmp_path / "whole").word_bits(TEXT, words_of(TEXT))

    assert len(list(tmp_path.glob("*.safetensors"))) > 1
    assert expected.tolist() == pytest.approx(open_model(tmp_path).word_bits(TEXT, words_of(TEXT)).tolist(), abs=1e-5)


def test_nothing_is_fetched_and_nothing_left_behind(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Opening and using a model asks no network, prints nothing, and leaves the environment as it was."""
    asked: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        asked.append(args)
        raise OSError

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    before = dict(os.environ)
    for folder in folders.values():
        open_model(folder).word_bits(TEXT, words_of(TEXT))

    assert [] == asked
    assert before == dict(os.environ)
    assert ("", "") == capfd.readouterr()


def _edited(folder: Path, **changes: object) -> Path:
    """The folder, its config.json changed."""
    config = json.loads((folder / "config.json").read_bytes())
    (folder / "config.json").write_text(json.dumps(config | changes))
    return folder


def _without(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).unlink()
    return folder


def _with(folder: Path, name: str, content: bytes = b"{}") -> Path:
    (folder / name).write_bytes(content)
    return folder


def _bare(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _headless(folder: Path) -> Path:
    """A folder whose config.json names a head that its weights lack."""
    return _edited(tiny_models.bert(folder, model=transformers.BertModel), architectures=["BertForMaskedLM"])


def _unmasked(folder: Path) -> Path:
    """A masked model with a tokenizer that has no mask."""
    tiny_models.bert(folder)
    tiny_models.byte_tokenizer(folder)
    return _edited(folder, vocab_size=90)


def _mismatched(folder: Path) -> Path:
    """A model with the larger tokenizer of another."""
    tiny_models.bert(folder)
    config = transformers.GPT2Config(vocab_size=90, n_positions=64, n_embd=32, n_layer=1, n_head=2)
    tiny_models.save(folder, transformers.GPT2LMHeadModel, config)
    tiny_models.byte_tokenizer(folder)
    return folder


REFUSALS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no folder": (lambda folder: folder, "no such folder; expected a local folder"),
    "a name": (lambda _: Path("gpt2"), "no such folder; expected a local folder"),
    "no config": (_bare, "holds no config.json"),
    "no weights": (lambda folder: _without(tiny_models.gpt2(folder), "model.safetensors"), "holds no weights"),
    "pickled weights": (
        lambda folder: _with(_without(tiny_models.gpt2(folder), "model.safetensors"), "pytorch_model.bin"),
        "its weights are pytorch_model.bin; .* convert it",
    ),
    "damaged weights": (lambda folder: _with(tiny_models.gpt2(folder), "model.safetensors", b"no"), "cannot open it"),
    "an adapter": (lambda folder: _with(tiny_models.gpt2(folder), "adapter_config.json"), "holds an adapter"),
    "no tokenizer": (
        lambda folder: _without(tiny_models.gpt2(folder), "tokenizer.json", "tokenizer_config.json"),
        "expected a tokenizer: .* found none",
    ),
    "a damaged SentencePiece model": (lambda folder: _with(tiny_models.llama(folder), "tokenizer.model"), "cannot open it"),
    "two SentencePiece models": (lambda folder: _with(tiny_models.llama(folder), "b.model"), "found b.model, tokenizer.model"),
    "pieces numbered anew": (lambda folder: tiny_models.llama(folder, bos_token_id=0), "bos is number 1, in config.json 0"),
    "text in lower case": (
        lambda folder: _with(tiny_models.deberta(folder), "tokenizer_config.json", b'{"do_lower_case": true}'),
        "lower-cased text",
    ),
    "no mask": (_unmasked, "has no piece that masks"),
    "no mask in a SentencePiece model": (
        lambda folder: _without(tiny_models.deberta(folder), "added_tokens.json"),
        "no piece that masks",
    ),
    "a mask that the model lacks": (
        lambda folder: _with(tiny_models.deberta(folder), "added_tokens.json", b'{"[MASK]": 500}'),
        "its tokenizer has 501 pieces",
    ),
    "another's tokenizer": (_mismatched, "its tokenizer has 300 pieces, its model 90"),
    "an encoder with a decoder": (tiny_models.t5, "T5ForConditionalGeneration is an encoder with a decoder"),
    "neither kind": (lambda folder: tiny_models.bert(folder, model=transformers.BertModel), "its architecture is 'BertModel'"),
    "no architecture": (lambda folder: _edited(tiny_models.gpt2(folder), architectures=None), "its architecture is 'none'"),
    "a missing head": (_headless, "weights of BertForMaskedLM are missing"),
    "one that reads ahead": (lambda folder: tiny_models.bert(folder, model=transformers.BertLMHeadModel), "reads ahead"),
    "a narrow window": (lambda folder: tiny_models.bert(folder, n_positions=7), "reads 7 pieces at once"),
    "an unknown type": (lambda folder: _edited(tiny_models.gpt2(folder), model_type="own"), "'own' is unknown to transformers"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_read_safely_and_whole_is_refused(tmp_path: Path, case: str) -> None:
    """Each refusal says the folder, what was found and what was expected."""
    make, message = REFUSALS[case]
    folder = make(tmp_path / "model")

    with pytest.raises(ModelError, match=message) as refused:
        open_model(folder)

    assert str(refused.value).startswith(str(folder))
    assert "expected" in str(refused.value) or "merge" in str(refused.value)


def _with_code(folder: Path) -> Path:
    """The folder, with code that leaves a mark if it is ever run, and files that ask for it."""
    (folder / "own.py").write_text(f"from pathlib import Path\nPath({str(folder / 'was_run')!r}).touch()\n")
    tokenizer = json.loads((folder / "tokenizer_config.json").read_bytes()) | {
        "auto_map": {"AutoTokenizer": ["own.Slow", "own.Fast"]}
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    return _edited(folder, auto_map={"AutoConfig": "own.Config", "AutoModelForCausalLM": "own.Model"})


def test_code_of_a_models_own_is_not_run(tmp_path: Path) -> None:
    """A model that needs its own code is refused; one that has such code and does not need it is read without it."""
    known = _with_code(tiny_models.gpt2(tmp_path / "known"))
    unknown = _edited(_with_code(tiny_models.gpt2(tmp_path / "unknown")), model_type="own")

    with pytest.raises(ModelError, match="needs code of its own"):
        open_model(unknown)
    assert np.isfinite(open_model(known).word_bits(TEXT, words_of(TEXT))).all()
    assert [] == list(tmp_path.glob("*/was_run"))


def test_nothing_heavy_is_loaded_before_a_model_is_opened() -> None:
    """The module is free until it is used."""
    program = "import sys, detector.lm.hub; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )

    assert set() == {"torch", "transformers", "sentencepiece", "safetensors"} & set(done.stdout.split())
