"""Networks that read texts, as a person chooses them."""

from typing import Literal

from pydantic import Field

from core.models.cells import Cell
from core.models.design import NetworkDesign


class CellDesign(NetworkDesign):
    """An embedding, and one recurrent layer that reads it.

    Attributes:
        kind: the cell.
        width: numbers in an embedding vector.
        hidden_size: numbers in the state.
    """

    kind: Cell = "gru"
    width: int = Field(default=32, ge=2, le=256)
    hidden_size: int = Field(default=32, ge=2, le=512)


class TaggerDesign(NetworkDesign):
    """Word vectors, and an LSTM that reads them.

    Attributes:
        kind: whether it reads from left to right only, or both ways.
        width: numbers in a word vector.
        hidden_size: numbers in the state of each direction.
    """

    kind: Literal["forward", "bidirectional"] = "bidirectional"
    width: int = Field(default=48, ge=2, le=256)
    hidden_size: int = Field(default=40, ge=2, le=256)
