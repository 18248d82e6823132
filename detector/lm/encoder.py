"""A transformer encoder as BERT has it (Devlin et al. 2019), on torch alone: transformers' model classes cost seconds to import.

Post-norm layers, learned positions, exact GELU. The names of the parameters are this module's own; ``from_bert`` reads theirs.
``tests/lm/test_encoder.py`` holds its states equal to those of transformers' ``BertModel``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of an encoder."""

    n_pieces: int
    n_positions: int = 512
    width: int = 384
    inner: int = 1536
    n_heads: int = 12
    n_layers: int = 6


class Layer(nn.Module):  # type: ignore[misc]  # torch is not read by mypy, its Module is Any
    """Self-attention and a feed-forward network, each added to what came in and then normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.n_heads = shape.n_heads
        self.mixed = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.outer_norm = nn.LayerNorm(shape.width, eps=_EPSILON)

    def forward(self, states: Tensor, is_seen: Tensor | None) -> Tensor:
        """The states of the next layer. Shapes ``(n_rows, length, width)`` in and out."""
        n_rows, length, width = states.shape
        heads = self.mixed(states).view(n_rows, length, 3, self.n_heads, width // self.n_heads).permute(2, 0, 3, 1, 4)
        seen = scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=is_seen)
        seen = seen.transpose(1, 2).reshape(n_rows, length, width)
        states = self.attended_norm(states + self.attended(seen))
        normed: Tensor = self.outer_norm(states + self.outer(gelu(self.inner(states))))
        return normed


class Encoder(nn.Module):  # type: ignore[misc]  # as above
    """Pieces to states, each seeing the whole row."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.n_pieces, shape.width)
        self.positions = nn.Embedding(shape.n_positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.n_layers))

    def forward(self, ids: Tensor, is_piece: Tensor | None = None) -> Tensor:
        """The state of each piece. Shape ``(n_rows, length, width)``.

        Args:
            ids: Numbers of pieces. Shape ``(n_rows, length)``.
            is_piece: False where a row is padded; such places are not seen. None: no row is. Shape ``(n_rows, length)``.
        """
        states = self.norm(self.pieces(ids) + self.positions.weight[: ids.shape[1]])
        is_seen = None if is_piece is None else is_piece[:, None, None, :]
        for layer in self.layers:
            states = layer(states, is_seen)
        return states


def from_bert(weights: Mapping[str, Tensor], n_layers: int) -> dict[str, Tensor]:
    """The parameters of an ``Encoder`` out of those of a BERT checkpoint, the first layers of it.

    The one segment that a single text has is added to each position, as BERT adds it everywhere.
    """
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    found = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"] + segment,
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    parts = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    for i in range(n_layers):
        theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
        for kind in ("weight", "bias"):
            mixed = [weights[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            found[f"{ours}mixed.{kind}"] = torch.cat(mixed)
            found |= {f"{ours}{name}.{kind}": weights[f"{theirs}{part}.{kind}"] for name, part in parts.items()}
    return found
