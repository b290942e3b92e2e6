"""Networks that read the movement of a pen, step by step."""

from functools import partial

from pydantic import Field
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.cells import CELLS, FAMILIES, TITLES, Cell
from core.models.design import NetworkDesign
from core.models.initialisation import initialise_recurrent
from core.models.text.embeddings import last_state

NUMBERS = 3
"""What a step has: how far the pen moved to the right and downwards, and whether it was in the air."""
PADDING = -1.0
"""What fills the third number of the steps beyond the end."""


class PenReader(nn.Module):
    """Read the steps of a pen one after the other, and let the last state decide.

    Takes steps (B, T, 3), filled up at the end with steps whose third number is
    `PADDING`, and returns logits (B, classes). It never sees the picture: of a
    step it knows where the pen went, not where it was.

    Args:
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        classes: how many logits.
        dropout: share of the numbers of the state that are dropped in training.
    """

    def __init__(self, cell: Cell, hidden_size: int, classes: int = 10, dropout: float = 0.0) -> None:
        super().__init__()
        self.cell: Cell = cell
        self.recurrent = CELLS[cell](NUMBERS, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)

    def encode(self, steps: Tensor) -> Tensor:
        """Return the state after every step, (B, T, hidden_size); beyond the end it means nothing."""
        states, _ = self.recurrent(steps)
        return states

    def classify(self, states: Tensor) -> Tensor:
        """Return logits (..., classes) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, steps: Tensor) -> Tensor:
        """Return logits (B, classes) for steps (B, T, 3); each movement counts to its last step."""
        lengths = (steps[..., 2] >= 0).sum(1).clamp(min=1)
        return self.classify(last_state(self.encode(steps), lengths))


class PenDesign(NetworkDesign):
    """One recurrent layer that reads the steps of a pen.

    Attributes:
        kind: the cell.
        hidden_size: numbers in the state.
    """

    kind: Cell = "gru"
    hidden_size: int = Field(default=96, ge=2, le=512)


SIZES: dict[Cell, int] = {"rnn": 256, "gru": 160, "lstm": 136}
"""Numbers in the state of each shipped network: 70,000 to 81,000 parameters."""


def pen_reader(cell: Cell) -> PenReader:
    """Return a network for the ten digits, before it is trained."""
    network = PenReader(cell, SIZES[cell], dropout=0.2)
    initialise_recurrent(network.recurrent)
    return network


ARCHITECTURES = {
    f"pen-{cell}": Architecture(
        partial(pen_reader, cell), TITLES[cell], f"{FAMILIES[cell]}, step by step", "Digits by the movement of the pen"
    )
    for cell in SIZES
}
