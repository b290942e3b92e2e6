"""Networks that read letters: one says which letter comes next, one says at the end what it has read."""

from torch import Tensor, nn

from core.models.cells import CELLS, Cell
from core.models.text.embeddings import last_of


class NextLetter(nn.Module):
    """Read a text letter by letter, and after every letter say which one comes next.

    Takes letters (B, T), numbers below `letters`, and returns logits
    (B, T, letters): what comes after each of them. A text begins with whatever
    the caller lets it begin with; the state before is zero.

    Args:
        letters: how many different ones there are.
        width: numbers in the vector of a letter.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        dropout: share of the numbers of the state that are dropped in training.
    """

    def __init__(self, letters: int, width: int, cell: Cell, hidden_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.table = nn.Embedding(letters, width)
        self.recurrent = CELLS[cell](width, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, letters)

    def read(self, letters: Tensor) -> Tensor:
        """Return the state after every letter, (B, T, hidden_size)."""
        states, _ = self.recurrent(self.table(letters))
        return states

    def expect(self, states: Tensor) -> Tensor:
        """Return logits (..., letters) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, letters: Tensor) -> Tensor:
        """Return logits (B, T, letters) for letters (B, T)."""
        return self.expect(self.read(letters))


class LetterReader(nn.Module):
    """Read a word letter by letter, and let the last state decide what it is.

    Takes letters (B, T), numbers below `letters`, filled up at the end with 0,
    which is no letter, and returns logits (B, classes).

    Args:
        letters: how many numbers there are, 0 included.
        width: numbers in the vector of a letter.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        classes: how many logits.
        dropout: share of the numbers of vectors and states that are dropped in training.
    """

    def __init__(
        self, letters: int, width: int, cell: Cell, hidden_size: int, classes: int, dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.table = nn.Embedding(letters, width, padding_idx=0)
        self.recurrent = CELLS[cell](width, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)

    def read(self, letters: Tensor) -> Tensor:
        """Return the state after every letter, (B, T, hidden_size)."""
        states, _ = self.recurrent(self.drop(self.table(letters)))
        return states

    def judge(self, states: Tensor) -> Tensor:
        """Return logits (..., classes) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, letters: Tensor) -> Tensor:
        """Return logits (B, classes) for letters (B, T); each word counts to its last letter."""
        lengths = (letters != 0).sum(1).clamp(min=1)
        return self.judge(last_of(self.read(letters), lengths))
