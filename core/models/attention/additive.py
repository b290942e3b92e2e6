"""Additive attention: a small network scores how well each state matches (Bahdanau, Cho and Bengio, 2015)."""

import torch
from torch import Tensor, nn

from core.models.attention.multi_head import Attended


class AdditiveAttention(nn.Module):
    """score(s, h) = v · tanh(W s + U h), and softmax over all h (appendix A.1.2 of the paper).

    Args:
        query_size: numbers in the state that looks.
        key_size: numbers in the states that are looked at.
        inner: units of the network that scores.
    """

    def __init__(self, query_size: int, key_size: int, inner: int) -> None:
        super().__init__()
        self.from_query = nn.Linear(query_size, inner)
        self.from_key = nn.Linear(key_size, inner, bias=False)
        self.score = nn.Linear(inner, 1, bias=False)

    def prepare(self, keys: Tensor) -> Tensor:
        """Return U h (B, S, inner) of states (B, S, key_size): it is the same for every query."""
        return self.from_key(keys)

    def forward(self, query: Tensor, prepared: Tensor, values: Tensor, present: Tensor) -> Attended:
        """Return the weighted mean (B, key_size) of the values, and the weights (B, S).

        Args:
            query: the state that looks, (B, query_size).
            prepared: what `prepare` returned for the values.
            values: the states, (B, S, key_size).
            present: True where there is a state, (B, S).
        """
        scores = self.score(torch.tanh(self.from_query(query)[:, None] + prepared)).squeeze(2)
        weights = scores.masked_fill(~present, -torch.inf).softmax(1)
        return Attended((weights[:, None] @ values).squeeze(1), weights)
