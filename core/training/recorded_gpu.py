"""The figures of the last GPU that `python -m core.training check-gpu` measured, as they are shipped."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from core.paths import ASSETS

RECORDED = ASSETS / "measurements" / "gpu.json"


class RecordedThroughput(BaseModel):
    """Images a second that one network learns from, on the GPU and on the CPU beside it."""

    model_config = ConfigDict(frozen=True)

    network: str
    batch_size: int
    gpu: float = Field(alias="GPU")
    cpu: float = Field(alias="CPU")


class Figures(BaseModel):
    """What was measured that pages show."""

    model_config = ConfigDict(frozen=True)

    seconds_to_99: float | None = Field(alias="seconds to 99.0 % of the validation digits")
    throughput: tuple[RecordedThroughput, ...] = Field(alias="images a second by network and batch")


class RecordedGPU(BaseModel):
    """Which GPU it was, with which versions, and what it did."""

    model_config = ConfigDict(frozen=True)

    device: str
    cpu: str
    torch: str
    measured: date
    figures: Figures


def recorded_gpu(file: Path = RECORDED) -> RecordedGPU | None:
    """Return what was measured last; None where no GPU has been."""
    try:
        return RecordedGPU.model_validate_json(file.read_bytes())
    except (OSError, ValueError):
        return None
