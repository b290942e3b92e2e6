"""The blocks of a Transformer (Vaswani and others, 2017), normalised before each part (Xiong and others, 2020)."""

from typing import NamedTuple

from torch import Tensor, nn

from core.models.attention.multi_head import MultiHeadAttention
from core.models.attention.positions import Rotary


class Encoded(NamedTuple):
    """What an encoder block makes of a sequence.

    Attributes:
        vectors: (B, T, width).
        weights: of its self-attention, (B, heads, T, T).
    """

    vectors: Tensor
    weights: Tensor


class Decoded(NamedTuple):
    """What a decoder block makes of a sequence.

    Attributes:
        vectors: (B, T, width).
        weights: of its self-attention, (B, heads, T, T).
        across: how it looks at what was encoded, (B, heads, T, S).
    """

    vectors: Tensor
    weights: Tensor
    across: Tensor


class EncoderBlock(nn.Module):
    """Self-attention, then a dense network for each place by itself; what comes in is added to what comes out of each.

    Args:
        width: numbers in a vector.
        heads: of the attention.
        inner: units of the dense network's hidden layer.
        dropout: of what each part adds, while it trains.
        rotary: attention knows places by turning (see `positions`).
    """

    def __init__(self, width: int, heads: int, inner: int, dropout: float = 0.0, *, rotary: bool = False) -> None:
        super().__init__()
        self.normalise, self.normalise_dense = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = MultiHeadAttention(width, heads, Rotary() if rotary else None)
        self.dense = _dense(width, inner)
        self.drop = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, mask: Tensor | None = None) -> Encoded:
        """Return vectors (B, T, width) and the attention; `mask` is True where one may look, as (B, heads, T, T)."""
        normal = self.normalise(vectors)
        looked = self.attention(normal, normal, mask)
        vectors = vectors + self.drop(looked.values)
        return Encoded(vectors + self.drop(self.dense(self.normalise_dense(vectors))), looked.weights)


class DecoderBlock(nn.Module):
    """Like an encoder block, and between its two parts attention to what an encoder has made of another sequence.

    The arguments are those of `EncoderBlock`.
    """

    def __init__(self, width: int, heads: int, inner: int, dropout: float = 0.0, *, rotary: bool = False) -> None:
        super().__init__()
        self.normalise, self.normalise_across, self.normalise_dense = (nn.LayerNorm(width) for _ in range(3))
        self.attention = MultiHeadAttention(width, heads, Rotary() if rotary else None)
        self.across = MultiHeadAttention(width, heads)
        self.dense = _dense(width, inner)
        self.drop = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, mask: Tensor, memory: Tensor, present: Tensor | None = None) -> Decoded:
        """Return vectors (B, T, width) and both attentions.

        Args:
            vectors: (B, T, width).
            mask: True where a place may look at another, as (B, heads, T, T); `causal_mask` for a decoder.
            memory: what was encoded, (B, S, width).
            present: True where there is something in it, as (B, heads, T, S).
        """
        normal = self.normalise(vectors)
        looked = self.attention(normal, normal, mask)
        vectors = vectors + self.drop(looked.values)
        across = self.across(self.normalise_across(vectors), memory, present)
        vectors = vectors + self.drop(across.values)
        vectors = vectors + self.drop(self.dense(self.normalise_dense(vectors)))
        return Decoded(vectors, looked.weights, across.weights)


def _dense(width: int, inner: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, inner), nn.ReLU(), nn.Linear(inner, width))
