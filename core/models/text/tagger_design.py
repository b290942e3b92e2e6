"""What a network that tags words is made of, as a person chooses it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class TaggerDesign(BaseModel):
    """A table of word vectors, and an LSTM that reads them.

    Attributes:
        kind: whether it reads from left to right only, or both ways.
        width: numbers in a word vector.
        hidden_size: numbers in the state, of each direction.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: Literal["forward", "bidirectional"] = "bidirectional"
    width: int = Field(default=48, ge=2, le=256)
    hidden_size: int = Field(default=40, ge=2, le=256)
