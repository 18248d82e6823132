"""Opening a folder that holds a language model, or refusing it: what was found, what was expected, what to do.

Weights are read from safetensors alone, since other formats can run code when they are read; nothing is fetched, and code that a
model brings with it is never run. What transformers would let pass is refused too: a model whose weights are not all there (it
would draw the others at random), and one that is called causal and reads ahead (BERT, unless it is a decoder; XLNet).
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from detector.errors import ModelError
from detector.lm.hub_pieces import HubTokenizer, Ids, Kind, read_tokenizer

_WINDOW: dict[Kind, int] = {"causal": 512, "masked": 128}
"""Pieces read at once, where the model takes so many. A masked model reads a window for each piece, a causal one for all of it."""
_SMALLEST = 8
"""Pieces that a model must be able to read at once."""
_OTHER_WEIGHTS = {".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack", ".gguf"}


class Opened(NamedTuple):
    """A model ready for use: its name for signatures, its kind, its tokenizer, itself, and how many pieces it reads at once."""

    name: str
    kind: Kind
    tokenizer: HubTokenizer
    model: Any
    window: int


def open_folder(folder: Path) -> Opened:
    """What a folder holds.

    Raises:
        ModelError: It cannot be used as it is.
    """
    _check_folder(folder)
    try:
        weights = _weights(folder)
        config = _config(folder)
        kind = _kind(folder, config)
        model = _model(folder, kind)
        tokenizer = read_tokenizer(folder, kind, model.config)
        n_embedded = int(model.get_input_embeddings().weight.shape[0])
    except ModelError:
        raise
    except Exception as error:  # a folder can be broken in as many ways as transformers has lines
        msg = f"{folder}: transformers cannot open it ({type(error).__name__}: {error}); expected what save_pretrained writes"
        raise ModelError(msg) from error
    if kind == "masked" and tokenizer.mask is None:
        msg = f"{folder}: its model is a masked one, its tokenizer has no piece that masks; expected the tokenizer of this model"
        raise ModelError(msg)
    if tokenizer.n_pieces > n_embedded:
        msg = (
            f"{folder}: its tokenizer has {tokenizer.n_pieces} pieces, its model {n_embedded}; expected the tokenizer of this model"
        )
        raise ModelError(msg)
    window = min(_WINDOW[kind], _n_positions(model))
    if window < _SMALLEST:
        msg = f"{folder}: its model reads {window} pieces at once; expected one that reads {_SMALLEST} or more"
        raise ModelError(msg)
    if kind == "causal" and _reads_ahead(model, n_embedded):
        msg = (
            f"{folder}: {type(model).__name__} reads ahead of the piece it scores; expected a causal model (BERT needs is_decoder)"
        )
        raise ModelError(msg)
    return Opened(f"{folder.resolve().name}:{_digest(weights)}", kind, tokenizer, model, window)


def logits_of(model: Any, ids: Ids) -> Any:  # noqa: ANN401 - a transformers model and a tensor
    """The scores of every piece at each place, as a tensor. Shapes ``(batch, n_pieces)`` and ``(batch, n_pieces, vocab)``."""
    import torch  # noqa: PLC0415 - 1.7 seconds that other depths need not pay

    with torch.inference_mode():
        read = torch.from_numpy(ids)
        return model(input_ids=read, attention_mask=torch.ones_like(read)).logits


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        msg = f"{folder}: no such folder; expected a local folder that holds a model, as nothing is fetched"
        raise ModelError(msg)
    if not (folder / "config.json").is_file():
        msg = f"{folder}: holds no config.json; expected a folder as save_pretrained of transformers writes it"
        raise ModelError(msg)
    if (folder / "adapter_config.json").exists():
        msg = f"{folder}: holds an adapter; merge it into its base model (merge_and_unload of peft) and name the folder of that"
        raise ModelError(msg)


def _weights(folder: Path) -> list[Path]:
    """The safetensors that hold the model, in order of name."""
    if (folder / "model.safetensors").is_file():
        return [folder / "model.safetensors"]
    if (folder / "model.safetensors.index.json").is_file():
        index = json.loads((folder / "model.safetensors.index.json").read_bytes())
        return [folder / name for name in sorted(set(index["weight_map"].values()))]
    others = sorted(file.name for file in folder.iterdir() if file.suffix in _OTHER_WEIGHTS)
    found = f"its weights are {', '.join(others)}" if others else "it holds no weights"
    msg = (
        f"{folder}: {found}; expected model.safetensors, as other formats can run code. If you trust the file, convert it: open "
        "the folder with from_pretrained of transformers, and save it with save_pretrained"
    )
    raise ModelError(msg)


def _digest(weights: Sequence[Path]) -> str:
    """Eight hexadecimal digits of the SHA-256 of the weights; of several files, of their digests one after the other."""
    digests = []
    for path in weights:
        with path.open("rb") as file:
            digests.append(file_digest(file, "sha256").hexdigest())
    return (digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest())[:8]


def _config(folder: Path) -> Any:  # noqa: ANN401 - a transformers config
    """The config, of a type that transformers itself has."""
    import transformers  # noqa: PLC0415 - up to 4.8 seconds that other depths need not pay

    known: Any = transformers.CONFIG_MAPPING
    settings = json.loads((folder / "config.json").read_bytes())
    model_type = settings.get("model_type")
    if model_type not in known:
        why = "needs code of its own (auto_map), which is never run" if "auto_map" in settings else "is unknown to transformers"
        msg = f"{folder}: its model_type {model_type!r} {why}; expected a model that transformers {transformers.__version__} has"
        raise ModelError(msg)
    return transformers.AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)


def _kind(folder: Path, config: Any) -> Kind:  # noqa: ANN401 - a transformers config
    """Causal or masked, after the architecture that config.json names; one that is in both of transformers' lists is masked."""
    from transformers.models.auto import modeling_auto  # noqa: PLC0415 - as above

    named = (config.architectures or ["none"])[0]
    if config.is_encoder_decoder:
        msg = f"{folder}: {named} is an encoder with a decoder; expected a causal or a masked language model"
        raise ModelError(msg)
    if named in modeling_auto.MODEL_FOR_MASKED_LM_MAPPING_NAMES.values():
        return "masked"
    if named in modeling_auto.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES.values():
        return "causal"
    msg = f"{folder}: its architecture is {named!r}; expected a causal or a masked language model that transformers itself has"
    raise ModelError(msg)


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Meanwhile transformers draws none."""
    from transformers.utils import logging  # noqa: PLC0415 - as above

    bars: Any = logging
    was_on = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if was_on:
            bars.enable_progress_bar()


def _model(folder: Path, kind: Kind) -> Any:  # noqa: ANN401 - a transformers model
    """The model in float32, every weight of it read from the folder."""
    import transformers  # noqa: PLC0415 - as above

    auto: Any = transformers.AutoModelForCausalLM if kind == "causal" else transformers.AutoModelForMaskedLM
    with _no_progress_bar():
        model, how = auto.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, use_safetensors=True, output_loading_info=True
        )
    missing = sorted(how["missing_keys"])
    if missing:
        msg = f"{folder}: {len(missing)} weights of {type(model).__name__} are missing, {missing[0]} first; expected all of them"
        raise ModelError(msg)
    model.config.use_cache = False
    return model.float().eval()


def _n_positions(model: Any) -> int:  # noqa: ANN401 - a transformers model
    """How many pieces the model can read at once: all that is asked, where it has no limit of its own."""
    n = getattr(model.config, "max_position_embeddings", None) or 0
    if n <= 0:
        return max(_WINDOW.values())
    for name, part in model.named_modules():  # RoBERTa and its kin count places from behind the number of the padding
        if name.endswith("position_embeddings") and getattr(part, "padding_idx", None) is not None:
            return int(n) - int(part.padding_idx) - 1
    return int(n)


def _reads_ahead(model: Any, n_embedded: int) -> bool:  # noqa: ANN401 - a transformers model
    """True if another last piece changes the scores at the places before it."""
    ids = np.arange(_SMALLEST) % n_embedded
    other = np.append(ids[:-1], (ids[-1] + 1) % n_embedded)
    one, two = logits_of(model, np.stack((ids, other)))[:, :-1].numpy()
    return not np.allclose(one, two, rtol=1e-4, atol=1e-4)
