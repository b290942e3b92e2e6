"""Networks that read a sentence word by word and keep a hidden state."""

import torch
from torch import Tensor, nn

from core.models.cells import CELLS, Cell
from core.models.text.embeddings import WordVectors, last_state, word_mask


class SentenceReader(nn.Module):
    """Read a sentence word by word with one recurrent layer, and let its last state decide.

    Takes pieces (B, T, P) of words and returns logits (B, classes), by default
    two, for negative and positive. A bidirectional reader has a second layer that reads from the end;
    the last state of each decides.

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        bidirectional: whether it reads from both ends.
        dropout: share of the numbers of a word vector, and of the last state, that are dropped in training.
        classes: how many logits.
    """

    def __init__(
        self,
        size: int,
        width: int,
        cell: Cell,
        hidden_size: int,
        bidirectional: bool = False,
        dropout: float = 0.0,
        classes: int = 2,
    ) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.words = WordVectors(size, width, dropout)
        self.recurrent = CELLS[cell](width, hidden_size, batch_first=True, bidirectional=bidirectional)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size * (2 if bidirectional else 1), classes)

    def encode(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return the last state (B, H), or (B, 2 * H): that of the end and that of the start.

        Args:
            vectors: of the words (B, T, width).
            present: which places hold a word (B, T).
        """
        lengths = present.sum(1).clamp(min=1)
        if not self.recurrent.bidirectional:
            states, _ = self.recurrent(vectors)
            return last_state(states, lengths)
        packed = nn.utils.rnn.pack_padded_sequence(vectors, lengths.cpu(), batch_first=True, enforce_sorted=False)
        _, last = self.recurrent(packed)
        state = last[0] if self.cell == "lstm" else last  # (2, B, H)
        return torch.cat([state[0], state[1]], 1)

    def classify_vectors(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return logits (B, 2) for word vectors (B, T, width); `present` (B, T) says which places hold a word."""
        return self.dense(self.drop(self.encode(vectors, present)))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, 2) for pieces (B, T, P)."""
        return self.classify_vectors(self.words(pieces), word_mask(pieces))


class NextWord(nn.Module):
    """Read a sentence word by word, and after every word say which one comes next.

    Takes pieces (B, T, P) and returns logits (B, T + 1, outputs): before the
    first word, and after each. An output is the number of a known word, 1 for
    any unknown one, 0 for the end of the sentence. What a word is read with is
    also what it is recognised by (Press and Wolf, 2017): one table serves both.

    Args:
        size: rows of the table of words.
        outputs: rows of it that can come next, the first ones.
        width: numbers in a word vector.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        dropout: share of the numbers of word vectors and states that are dropped in training.
    """

    def __init__(
        self, size: int, outputs: int, width: int = 64, cell: Cell = "gru", hidden_size: int = 64, dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.outputs = outputs
        self.words = WordVectors(size, width, dropout)
        self.recurrent = CELLS[cell](width, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, width)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def encode(self, pieces: Tensor) -> Tensor:
        """Return the states (B, T + 1, hidden_size), the first of which is zero."""
        states, _ = self.recurrent(self.words(pieces))
        return torch.cat([torch.zeros_like(states[:, :1]), states], 1)

    def predict_next(self, states: Tensor) -> Tensor:
        """Return logits (..., outputs) for states (..., hidden_size)."""
        return self.dense(self.drop(states)) @ self.words.table.weight[: self.outputs].T + self.bias

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, T + 1, outputs) for pieces (B, T, P)."""
        return self.predict_next(self.encode(pieces))
