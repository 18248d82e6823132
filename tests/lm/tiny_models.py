"""Tiny language models with seeded weights, written into a folder as a user would have them.

Their weights are drawn wide (standard deviation .4), so that what they say depends on what they read.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import transformers
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SENTENCES = (
    "The ferry left the harbour at nine, and nobody saw it again.",
    "A minister said “no” to the plan; the city’s council said yes.",
    "It was a long night, she said, and the boat was late.",
    "Twelve of the passengers walked home along the quay.",
    "The inquiry into the ferry will hear the captain in May.",
)
"""What the tokenizers are trained on: invented."""

SMALL: dict[str, Any] = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
SEED = 5
_FAST: Any = transformers.PreTrainedTokenizerFast  # their types are stricter than they are
_TRAINER: Any = SentencePieceTrainer


def save(folder: Path, model: type[transformers.PreTrainedModel], config: transformers.PretrainedConfig) -> Path:
    """Write a model with seeded weights; the folder."""
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        model(config).save_pretrained(folder)
    return folder


def byte_tokenizer(folder: Path, *, begins: bool = True) -> int:
    """Write a byte-level tokenizer.json as GPT-2 has it; the number of its pieces."""
    tokenizer: Any = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=300, initial_alphabet=alphabet, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(SENTENCES, trainer)
    marks = {"bos_token": special[0], "eos_token": special[0]} if begins else {}
    _FAST(tokenizer_object=tokenizer, **marks).save_pretrained(folder)
    return int(tokenizer.get_vocab_size())


def gpt2(folder: Path, *, n_positions: int = 128, begins: bool = True) -> Path:
    """A causal model with a byte-level tokenizer.json."""
    n_pieces = byte_tokenizer(folder, begins=begins)
    config = transformers.GPT2Config(
        vocab_size=n_pieces,
        n_positions=n_positions,
        n_embd=32,
        n_layer=2,
        n_head=2,
        initializer_range=0.4,
        bos_token_id=0,
        eos_token_id=0,
    )
    return save(folder, transformers.GPT2LMHeadModel, config)


def mistral(folder: Path, *, n_positions: int, reach: int = 4) -> Path:
    """A causal model that foretells a piece from the last few before it alone, wherever in a window they stand."""
    n_pieces = byte_tokenizer(folder)
    layers: dict[str, Any] = SMALL | {"num_hidden_layers": 1}
    config = transformers.MistralConfig(
        vocab_size=n_pieces,
        max_position_embeddings=n_positions,
        sliding_window=reach,
        num_key_value_heads=2,
        initializer_range=0.4,
        **layers,
    )
    return save(folder, transformers.MistralForCausalLM, config)


def wordpiece(folder: Path) -> int:
    """Write a lower-casing WordPiece tokenizer.json as BERT has it; the number of its pieces."""
    tokenizer: Any = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(SENTENCES, trainers.WordPieceTrainer(vocab_size=90, special_tokens=special, show_progress=False))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
    _FAST(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    return int(tokenizer.get_vocab_size())


def bert(folder: Path, *, n_positions: int = 128, model: type[transformers.PreTrainedModel] = transformers.BertForMaskedLM) -> Path:
    """A masked model with a WordPiece tokenizer.json; another head may be asked for."""
    config = transformers.BertConfig(
        vocab_size=wordpiece(folder), max_position_embeddings=n_positions, initializer_range=0.4, **SMALL
    )
    return save(folder, model, config)


def roberta(folder: Path, *, n_positions: int) -> Path:
    """A masked model that counts places from behind the number of its padding (1)."""
    config = transformers.RobertaConfig(
        vocab_size=wordpiece(folder), max_position_embeddings=n_positions, initializer_range=0.4, pad_token_id=1, **SMALL
    )
    return save(folder, transformers.RobertaForMaskedLM, config)


def sentencepiece(path: Path, sentences: Sequence[str] = SENTENCES, **settings: int | str | bool) -> int:
    """Write a SentencePiece model; the number of its pieces."""
    written = io.BytesIO()
    _TRAINER.train(
        sentence_iterator=iter(sentences), model_writer=written, hard_vocab_limit=False, minloglevel=2, num_threads=1, **settings
    )
    path.write_bytes(written.getvalue())
    return int(SentencePieceProcessor(model_file=str(path)).get_piece_size())


def llama(folder: Path, bos_token_id: int = 1) -> Path:
    """A causal model whose tokenizer is a tokenizer.model alone: byte-pair encoding that leaves the text as it is."""
    folder.mkdir()
    n_pieces = sentencepiece(
        folder / "tokenizer.model", model_type="bpe", vocab_size=330, byte_fallback=True, normalization_rule_name="identity"
    )
    config = transformers.LlamaConfig(
        vocab_size=n_pieces,
        max_position_embeddings=128,
        num_key_value_heads=2,
        initializer_range=0.4,
        bos_token_id=bos_token_id,
        **SMALL,
    )
    return save(folder, transformers.LlamaForCausalLM, config)


def deberta(folder: Path) -> Path:
    """A masked model whose tokenizer is an spm.model alone: unigrams, normalised by NFKC, ``[MASK]`` added behind them."""
    folder.mkdir()
    n_pieces = sentencepiece(
        folder / "spm.model",
        model_type="unigram",
        vocab_size=120,
        pad_id=0,
        bos_id=1,
        eos_id=2,
        unk_id=3,
        pad_piece="[PAD]",
        bos_piece="[CLS]",
        eos_piece="[SEP]",
        unk_piece="[UNK]",
    )
    (folder / "added_tokens.json").write_text(f'{{"[MASK]": {n_pieces}}}')
    config = transformers.DebertaV2Config(
        vocab_size=n_pieces + 8, max_position_embeddings=128, initializer_range=0.4, type_vocab_size=0, **SMALL
    )
    return save(folder, transformers.DebertaV2ForMaskedLM, config)


def t5(folder: Path) -> Path:
    """An encoder with a decoder."""
    config = transformers.T5Config(vocab_size=wordpiece(folder), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2)
    return save(folder, transformers.T5ForConditionalGeneration, config)
