"""The shipped networks that write letter by letter: their size, and how they begin."""

from core.models.cells import Cell
from core.models.text.letters import NextLetter
from core.models.text.sentences import begin_well

LETTERS = 65
"""Kinds of letters in what they learn from (`core.data.text.shakespeare`)."""
WIDTH = 48
"""Numbers in the vector of a letter."""
HIDDEN = 192
"""Numbers in the state."""
DROPOUT: dict[Cell, float] = {"rnn": 0.05, "gru": 0.1, "lstm": 0.2}
"""Share of the numbers of the state that are dropped in training."""


def letter_writer(cell: Cell) -> NextLetter:
    """Return a network with fresh weights that says which letter comes next."""
    network = NextLetter(LETTERS, WIDTH, cell, HIDDEN, DROPOUT[cell])
    begin_well(network.recurrent, cell)
    return network
