"""What every description of a network has in common: a person chooses it, a configuration keeps it."""

from pydantic import BaseModel, ConfigDict


class NetworkDesign(BaseModel):
    """A network as a person chooses it. Subclasses add its sizes.

    Attributes:
        kind: of the network, such as "cnn" or "gru".
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: str
