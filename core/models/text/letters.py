"""Networks that read letters: language models predict the next letter, a classifier reads a whole word."""

from functools import partial

from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.cells import CELLS, FAMILIES, TITLES, Cell
from core.models.initialisation import initialise_recurrent
from core.models.text.embeddings import last_state

LETTERS = 65
"""Different characters in Shakespeare's plays (`core.data.text.shakespeare`)."""
WORD_LETTERS = 28
"""Numbers that words are spelled with: the end, a to z, the apostrophe."""
TUNE_LETTERS = 49
"""Different characters in folk tunes (`core.data.tunes.collection`)."""
NAME_LETTERS = 30
"""Numbers that surnames are spelled with: padding, a to z, the apostrophe, the hyphen, the blank."""
LANGUAGES = 18
"""Languages that surnames come from."""
WRITER_HIDDEN = 192
"""Size of the hidden state of the networks that read Shakespeare."""
WRITER_DROPOUT: dict[Cell, float] = {"rnn": 0.05, "gru": 0.1, "lstm": 0.2}
TUNE_DROPOUT: dict[Cell, float] = {"rnn": 0.1, "gru": 0.3, "lstm": 0.3}


class NextLetter(nn.Module):
    """A language model on letters: after every letter it predicts the next one.

    Takes letters (B, T), numbers below `letters`, and returns logits (B, T, letters). The caller chooses the first
    letter; the first state is zero.

    Args:
        letters: how many different ones there are.
        width: numbers in the embedding of a letter.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        dropout: of the state, while it trains.
    """

    def __init__(self, letters: int, width: int, cell: Cell, hidden_size: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.table = nn.Embedding(letters, width)
        self.recurrent = CELLS[cell](width, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, letters)

    def encode(self, letters: Tensor) -> Tensor:
        """Return the state after every letter, (B, T, hidden_size)."""
        states, _ = self.recurrent(self.table(letters))
        return states

    def predict_next(self, states: Tensor) -> Tensor:
        """Return logits (..., letters) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, letters: Tensor) -> Tensor:
        """Return logits (B, T, letters) for letters (B, T)."""
        return self.predict_next(self.encode(letters))


class LetterReader(nn.Module):
    """Read a word letter by letter and classify it by the last state.

    Takes letters (B, T), numbers below `letters`, padded at the end with 0, and returns logits (B, classes).

    Args:
        letters: how many numbers there are, 0 included.
        width: numbers in the embedding of a letter.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        classes: how many logits.
        dropout: of embeddings and states, while it trains.
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

    def encode(self, letters: Tensor) -> Tensor:
        """Return the state after every letter, (B, T, hidden_size)."""
        states, _ = self.recurrent(self.drop(self.table(letters)))
        return states

    def classify(self, states: Tensor) -> Tensor:
        """Return logits (..., classes) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, letters: Tensor) -> Tensor:
        """Return logits (B, classes) for letters (B, T)."""
        lengths = (letters != 0).sum(1).clamp(min=1)
        return self.classify(last_state(self.encode(letters), lengths))


def letter_writer(cell: Cell) -> NextLetter:
    """Return the network that writes like Shakespeare, untrained."""
    network = NextLetter(LETTERS, 48, cell, WRITER_HIDDEN, WRITER_DROPOUT[cell])
    initialise_recurrent(network.recurrent)
    return network


def tune_writer(cell: Cell) -> NextLetter:
    """Return the network that writes folk tunes, untrained."""
    network = NextLetter(TUNE_LETTERS, 48, cell, WRITER_HIDDEN, TUNE_DROPOUT[cell])
    initialise_recurrent(network.recurrent)
    return network


def word_letters() -> NextLetter:
    """Return the GRU that predicts the next letter of an English word, untrained."""
    network = NextLetter(WORD_LETTERS, 32, "gru", 192, dropout=0.05)
    initialise_recurrent(network.recurrent)
    return network


def name_reader() -> LetterReader:
    """Return the GRU that tells which of 18 languages a surname comes from, untrained."""
    network = LetterReader(NAME_LETTERS, 32, "gru", 128, LANGUAGES, dropout=0.3)
    initialise_recurrent(network.recurrent)
    return network


ARCHITECTURES = {
    **{
        f"letters-{cell}": Architecture(
            partial(letter_writer, cell), TITLES[cell], f"{family}, letter by letter", "The next letter"
        )
        for cell, family in FAMILIES.items()
    },
    **{
        f"tunes-{cell}": Architecture(
            partial(tune_writer, cell), TITLES[cell], f"{family}, letter by letter", "Folk tunes"
        )
        for cell, family in FAMILIES.items()
    },
    "word-letters": Architecture(word_letters, "Next letter", "gated recurrent unit, letter by letter", "Words"),
    "names-gru": Architecture(name_reader, "Names", "gated recurrent unit, letter by letter", "Surnames"),
}
