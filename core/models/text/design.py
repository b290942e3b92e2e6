"""Networks that read texts, as a person chooses them."""

from typing import Literal

from pydantic import Field

from core.models.attention.positions import Positions
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


class StoryDesign(NetworkDesign):
    """An embedding, and what reads it: one recurrent layer, or one block of a Transformer.

    Attributes:
        kind: the cell; or how a Transformer is told where a word stands.
        width: numbers in an embedding vector.
        hidden_size: numbers in the state; the dense network in a Transformer's block has twice as many units, so that
            the block is about as large as an LSTM.
    """

    kind: Cell | Positions = "gru"
    width: int = Field(default=32, ge=2, le=256, multiple_of=2)
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
