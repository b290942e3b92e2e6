"""Attention: every query looks at all keys, and takes of their values in proportion to how well they match."""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.models.attention.positions import Rotary


class Attended(NamedTuple):
    """What attention returns.

    Attributes:
        values: the weighted means of the values, (..., T, D).
        weights: how much each query takes of each value, (..., T, S); every row adds up to 1.
    """

    values: Tensor
    weights: Tensor


def attend(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None) -> Attended:
    """Return softmax(Q K^T / sqrt(D)) V (Vaswani and others, "Attention is all you need", 2017, equation 1).

    Args:
        queries: (..., T, D).
        keys: (..., S, D).
        values: (..., S, E).
        mask: which key each query may look at, True where it may, broadcast to (..., T, S); at least one for each.
    """
    scores = queries @ keys.transpose(-2, -1) / math.sqrt(queries.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    weights = scores.softmax(-1)
    return Attended(weights @ values, weights)


def causal_mask(length: int, device: torch.device | None = None) -> Tensor:
    """Return a mask (T, T) with which every place looks at itself and at those before it, never ahead."""
    return torch.ones(length, length, dtype=torch.bool, device=device).tril()


class MultiHeadAttention(nn.Module):
    """Several attentions side by side, each on its own share of the width, and one matrix that joins them.

    Section 3.2.2 of Vaswani and others (2017).

    Args:
        width: numbers in a vector.
        heads: how many attentions; `width` is divided among them.
        rotary: turns queries and keys by their places; for self-attention alone.

    Raises:
        ValueError: the width cannot be divided among the heads.
    """

    def __init__(self, width: int, heads: int, rotary: Rotary | None = None) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"A width of {width} cannot be divided among {heads} heads.")
        self.heads = heads
        self.rotary = rotary
        self.query, self.key, self.value, self.join = (nn.Linear(width, width) for _ in range(4))

    def forward(self, queries: Tensor, others: Tensor, mask: Tensor | None = None) -> Attended:
        """Return what vectors (B, T, width) take of `others` (B, S, width), and the weights (B, heads, T, S).

        In self-attention both are the same.

        Args:
            queries: the vectors that look.
            others: the vectors that are looked at.
            mask: True where one may look, broadcast to (B, heads, T, S).
        """
        asked, keys, values = (
            layer(vectors).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for layer, vectors in ((self.query, queries), (self.key, others), (self.value, others))
        )
        if self.rotary is not None:
            asked, keys = self.rotary(asked), self.rotary(keys)
        found = attend(asked, keys, values, mask)
        return Attended(self.join(found.values.transpose(1, 2).flatten(2)), found.weights)
