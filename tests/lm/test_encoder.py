"""The encoder against ``BertModel`` of transformers."""

from typing import Any

import pytest
import torch
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.lm.encoder import Encoder, Shape, from_bert

_BERT: Any = transformers.BertModel
_N_PIECES = 50


def _theirs(seed: int, n_layers: int, n_heads: int, inner: int) -> Any:  # noqa: ANN401 - transformers' types are stricter than it is
    """A tiny BERT with seeded weights, drawn wide."""
    config = transformers.BertConfig(
        vocab_size=_N_PIECES,
        hidden_size=24,
        intermediate_size=inner,
        num_hidden_layers=n_layers,
        num_attention_heads=n_heads,
        max_position_embeddings=20,
        initializer_range=0.4,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = _BERT(config, add_pooling_layer=False).eval()
        for parameter in model.parameters():  # biases and norms too, which are drawn as zeros and ones
            if parameter.ndim == 1:
                parameter.data += 0.3 * torch.randn_like(parameter)
    return model


def _ours(model: Any, n_layers: int) -> Encoder:  # noqa: ANN401
    config = model.config
    shape = Shape(_N_PIECES, 20, 24, config.intermediate_size, config.num_attention_heads, n_layers)
    encoder = Encoder(shape)
    encoder.load_state_dict(from_bert(model.state_dict(), n_layers))
    encoder.eval()
    return encoder


_SEEDS = st.integers(0, 2**31)


@given(_SEEDS, st.integers(1, 3), st.sampled_from([1, 2, 4]), st.sampled_from([8, 40]), st.integers(1, 3), st.integers(1, 20))
@settings(max_examples=40)
def test_states_equal_those_of_bert(seed: int, n_layers: int, n_heads: int, inner: int, n_rows: int, length: int) -> None:
    """Of any shape, rows of any length have the states that transformers computes, to 1e-5."""
    model = _theirs(seed, n_layers, n_heads, inner)
    ids = torch.randint(_N_PIECES, (n_rows, length), generator=torch.Generator().manual_seed(seed))
    with torch.inference_mode():
        torch.testing.assert_close(_ours(model, n_layers)(ids), model(ids).last_hidden_state, atol=1e-5, rtol=1e-5)


@given(_SEEDS, st.lists(st.integers(1, 12), min_size=1, max_size=4))
@settings(max_examples=40)
def test_padded_rows_equal_those_of_bert(seed: int, lengths: list[int]) -> None:
    """With a mask, the pieces of rows that are padded have the states that transformers gives them under the same mask."""
    model = _theirs(seed, 2, 2, 40)
    ids = torch.randint(_N_PIECES, (len(lengths), max(lengths)), generator=torch.Generator().manual_seed(seed))
    is_piece = torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]
    with torch.inference_mode():
        expected = model(ids, attention_mask=is_piece.long()).last_hidden_state[is_piece]
        torch.testing.assert_close(_ours(model, 2)(ids, is_piece)[is_piece], expected, atol=1e-5, rtol=1e-5)


@given(_SEEDS, st.integers(1, 12), st.integers(1, 8))
@settings(max_examples=40)
def test_padding_is_not_seen(seed: int, length: int, n_padded: int) -> None:
    """What fills a row up changes none of its pieces."""
    encoder = _ours(_theirs(seed, 2, 2, 40), 2)
    ids = torch.randint(_N_PIECES, (1, length + n_padded), generator=torch.Generator().manual_seed(seed))
    with torch.inference_mode():
        alone = encoder(ids[:, :length])
        padded = encoder(ids, torch.arange(length + n_padded)[None] < length)[:, :length]

    torch.testing.assert_close(alone, padded, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("n_layers", [1, 2, 3])
def test_fewer_layers_are_the_first(n_layers: int) -> None:
    """An encoder of fewer layers than the checkpoint has the states behind the last of its own."""
    model = _theirs(4, 4, 2, 40)
    ids = torch.arange(18).reshape(2, 9)
    with torch.inference_mode():
        states = model(ids, output_hidden_states=True).hidden_states[n_layers]
        torch.testing.assert_close(_ours(model, n_layers)(ids), states, atol=1e-5, rtol=1e-5)
