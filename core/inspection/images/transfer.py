"""Transfer learning against training from scratch, measured once on letters by people kept apart."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from core.inspection.measurements import load_measured
from core.paths import ASSETS

FILE = ASSETS / "measurements" / "transfer.json"


class TransferScore(BaseModel):
    """How networks did that learnt a few examples of each letter.

    Attributes:
        examples: of each letter.
        transfer: share of right answers (draws,) where only the last layer learnt.
        scratch: the same (draws,) where all layers learnt from random weights.
    """

    model_config = ConfigDict(frozen=True)

    examples: int
    transfer: tuple[float, ...]
    scratch: tuple[float, ...]


class TransferMeasurement(BaseModel):
    """The whole measurement.

    Attributes:
        data: what was learnt and tested.
        letters: that were told apart.
        cases: letters that were tested on.
        writers: who wrote these; none of them was learnt from.
        scores: one entry for each number of examples.
        versions: of what computed it.
    """

    model_config = ConfigDict(frozen=True)

    data: str
    letters: str
    cases: int
    writers: int
    scores: tuple[TransferScore, ...]
    versions: dict[str, str]


@cache
def load_transfer(file: Path = FILE) -> TransferMeasurement:
    """Return the shipped measurement.

    Raises:
        NotMeasured: it is missing or damaged.
    """
    return load_measured(TransferMeasurement, file, "Transfer against scratch has", "transfer")
