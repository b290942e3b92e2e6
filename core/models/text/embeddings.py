"""Word vectors: a table with one row a number, and a word is the mean of the rows of its pieces."""

import torch
from torch import Tensor, nn


class WordVectors(nn.Module):
    """Look up the vectors of words.

    A known word has one piece, an unknown one the piece of all unknown words
    and those of its groups of letters (`core.data.text.vocabulary`); the number 0 is
    nothing. In training, words that are known are now and then read as unknown.

    Args:
        size: rows of the table.
        width: numbers in a vector.
        dropout: share of the numbers of a vector that are dropped in training.
    """

    def __init__(self, size: int, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.table = nn.Embedding(size, width, padding_idx=0)
        self.drop = nn.Dropout(dropout)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return vectors (B, T, width) for pieces (B, T, P); a word without pieces is zero."""
        present = (pieces != 0).unsqueeze(-1)  # (B, T, P, 1)
        total = (self.table(pieces) * present).sum(2)
        return self.drop(total / present.sum(2).clamp(min=1))


def lengths_of(pieces: Tensor) -> Tensor:
    """Return how many words there are (B,), at least 1 each, in pieces (B, T, P) that are filled up with 0."""
    return (pieces[..., 0] != 0).sum(1).clamp(min=1)


def word_mask(pieces: Tensor) -> Tensor:
    """Return which places hold a word, (B, T)."""
    return pieces[..., 0] != 0


def last_state(states: Tensor, lengths: Tensor) -> Tensor:
    """Return the state after the last word (B, H) of states (B, T, H) and lengths (B,)."""
    return states[torch.arange(len(states)), lengths - 1]
