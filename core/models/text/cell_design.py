"""What a recurrent reader of texts is made of, as a person chooses it."""

from pydantic import BaseModel, ConfigDict, Field

from core.models.cells import Cell


class CellDesign(BaseModel):
    """A table of vectors, and one recurrent layer that reads them.

    Attributes:
        kind: the cell.
        width: numbers in a vector.
        hidden_size: numbers in the state.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: Cell = "gru"
    width: int = Field(default=32, ge=2, le=256)
    hidden_size: int = Field(default=32, ge=2, le=512)
