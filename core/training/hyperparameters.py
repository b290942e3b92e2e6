"""The hyperparameters of a training, whatever is learnt."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Optimizer = Literal["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"]
Schedule = Literal["constant", "step", "cosine", "one-cycle", "plateau"]
Device = Literal["auto", "cpu", "cuda"]


class Training(BaseModel):
    """The hyperparameters of a training: the same for images, sentences and letters."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    optimizer: Optimizer = "adam"
    learning_rate: float = Field(default=1e-3, gt=0, le=100)
    momentum: float = Field(default=0.9, ge=0, lt=1)
    """For SGD with momentum and Nesterov; the others ignore it."""
    schedule: Schedule = "constant"
    batch_size: int = Field(default=32, ge=1)
    epochs: float = Field(default=3, gt=0)
    """Passes over the training data; half a pass is 0.5."""
    seconds: float | None = Field(default=None, gt=0)
    """Stop after that many seconds of training, even before the last epoch; None for no limit."""
    weight_decay: float = Field(default=0, ge=0, le=10)
    clip_norm: float = Field(default=0, ge=0, le=1e6)
    """Clip gradients to this norm; 0 for no clipping."""
    patience: int | None = Field(default=None, ge=1, le=1000)
    """Early stopping after that many validations without a lower loss; it restores the best weights."""
    validate_every: int | None = Field(default=None, ge=1)
    """Updates between validations, besides those at the end of each epoch."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    device: Device = "auto"
    bf16: bool = False
    """Compute in bfloat16 on CUDA; the CPU ignores it."""
