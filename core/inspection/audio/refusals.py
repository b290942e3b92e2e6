"""How often the answer to a recording is "no digit", measured once on digits and on other sounds."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from core.inspection.measurements import load_measured
from core.paths import ASSETS

FILE = ASSETS / "measurements" / "speech-refusals.json"


class RefusalScore(BaseModel):
    """How many sounds of one kind were refused.

    Attributes:
        sounds: what they are, in the plural.
        digits: whether they are digits, which should not be refused.
        cases: how many there are.
        refused: how many got the answer "no digit".
    """

    model_config = ConfigDict(frozen=True)

    sounds: str
    digits: bool
    cases: int = Field(gt=0)
    refused: int = Field(ge=0)


class Refusals(BaseModel):
    """The whole measurement; `versions` are of what computed it."""

    model_config = ConfigDict(frozen=True)

    scores: tuple[RefusalScore, ...]
    versions: dict[str, str]


@cache
def load_refusals(file: Path = FILE) -> Refusals:
    """Return the shipped measurement.

    Raises:
        NotMeasured: it is missing or damaged.
    """
    return load_measured(Refusals, file, "Refused sounds have", "speech-refusals")
