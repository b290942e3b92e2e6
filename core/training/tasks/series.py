"""The task of forecasting a series: windows of its first part are learnt, its last part is tested."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
import torch
from pydantic import Field, field_validator
from torch import Tensor, nn

from core.data.series.coding import LONGEST, decode_values
from core.data.series.samples import NOISE, SAMPLES, sample
from core.data.series.series import (
    LONGEST_HORIZON,
    LONGEST_WINDOW,
    Numbers,
    fits_log,
    longest_horizon,
    longest_window,
    split,
)
from core.data.series.windows import windows
from core.models.series import TITLES, Forecaster, SeriesDesign
from core.training.hyperparameters import Training
from core.training.task import Batch, NotEnough, Task
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted

OWN = "own"
"""The name of a series that somebody brought."""
SeriesName = Literal["sunspots", "passengers", "temperatures", "sine", "walk", "own"]
_LARGEST_BATCH, _SMALLEST_BATCH, _UPDATES = 64, 8, 25


class SeriesTask(TaskConfig):
    """A series, and the network that forecasts it. A forecast counts as right where it beats the last value.

    Attributes:
        learns: "series".
        data: which series.
        draw: which one of those that are made by chance.
        noise: of the sine.
        values: of one's own series, as `core.data.series.coding` writes them.
        window: values that the network sees.
        horizon: steps that it says.
        differencing: whether it sees and says changes.
        log: whether it sees and says logarithms.
        network: that learns.
    """

    cases = "forecasts"
    loss_name = "mean squared error"
    classes = 12
    kinds: ClassVar = {str(kind): title for kind, title in TITLES.items()}
    form = (
        FormField("window", "Window", "Values that the network sees.", low=2, high=LONGEST_WINDOW),
        FormField("horizon", "Horizon", "Steps that it forecasts.", low=1, high=LONGEST_HORIZON),
        FormField("differencing", "Differencing", "It sees changes from value to value, and forecasts changes."),
        FormField("log", "Logarithm", "It sees and forecasts logarithms: equal steps are equal factors."),
    )
    suggested = Training(
        optimizer="adamw", schedule="cosine", learning_rate=5e-3, weight_decay=0.01, clip_norm=1, epochs=40, patience=12
    )
    hidden_sizes = (8, 16, 24, 32, 48)
    most_epochs = 50
    baseline = (0.5, "as good as the last value")

    learns: Literal["series"] = "series"
    data: SeriesName = "sine"
    draw: int = Field(default=0, ge=0, le=9999)
    noise: float = Field(default=NOISE, ge=0, le=2)
    values: str = Field(default="", max_length=LONGEST)
    window: int = Field(default=30, ge=2, le=LONGEST_WINDOW)
    horizon: int = Field(default=12, ge=1, le=LONGEST_HORIZON)
    differencing: bool = False
    log: bool = False
    network: SeriesDesign = SeriesDesign()

    @field_validator("values")
    @classmethod
    def _are_values(cls, text: str) -> str:
        if text:
            decode_values(text)
        return text

    @property
    def title(self) -> str:
        """A run of it, for people."""
        name = "own series" if self.data == OWN else SAMPLES[self.data].title
        return f"Forecast: {name}, {counted(self.horizon, 'step')}"

    @property
    def tested_on(self) -> str:
        """The series and the steps ahead."""
        return f"{self.learns} {self.data} {self.draw} {self.noise:g} {self.values} {self.horizon}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights; it has an output for every step."""
        design = self.network
        return Forecaster(design.kind, self.window, self.horizon, design.hidden_size, differencing=self.differencing)

    def series(self) -> Numbers:
        """Return the values as the network sees them: themselves, or their logarithms.

        Raises:
            NotHere: they are not on this machine.
            NotEnough: there are none, or one has no logarithm.
        """
        if self.data == OWN and not self.values:
            raise NotEnough("There is no series to learn from.")
        values = decode_values(self.values) if self.data == OWN else sample(self.data, self.draw, self.noise).values
        if self.log and not fits_log(values):
            raise NotEnough("The logarithm needs values above 0, and this series has others. Switch it off.")
        return np.log(values) if self.log else values

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return windows and network on `device`; the network's scale is that of what is learnt from.

        Raises:
            LookupError: the series is not here.
            NotEnough: it is too short for such windows, or has no logarithm.
        """
        values = self.series()
        if self.window > longest_window(len(values)) or self.horizon > longest_horizon(len(values)):
            raise NotEnough(
                f"A series of {len(values):,} values allows a window of up to {longest_window(len(values))} and a "
                f"horizon of up to {longest_horizon(len(values))}."
            )
        parts = split(len(values))
        learnt, validated, tested = (
            self._tensors(values, begin, end, device)
            for begin, end in (
                (0, parts.training),
                (parts.training, parts.validation),
                (parts.validation, parts.end),
            )
        )
        torch.manual_seed(seed)
        network = self.build(self.horizon)
        assert isinstance(network, Forecaster)
        network.fit_scale(torch.from_numpy(values[: parts.training].copy()))
        network.to(device)

        def epoch(generator: torch.Generator) -> Iterator[Batch]:
            for chosen in torch.randperm(len(learnt[0]), generator=generator).split(batch_size):
                yield learnt[0][chosen], learnt[1][chosen]

        far = _steps(learnt[1])
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=-(-len(learnt[0]) // batch_size),
            loss=lambda said, targets: _loss(said, targets, far),
            correct=_beat_last_value,
            validation=lambda: iter([validated]),
            test=lambda: iter([tested]),
            sizes=(_forecasts(learnt[1]), _forecasts(validated[1]), _forecasts(tested[1])),
            outputs=tuple(f"{step} ahead" for step in range(1, self.horizon + 1)),
            notes=(
                f"{len(values):,} values: the first {parts.training:,} are learnt, the last "
                f"{parts.end - parts.validation:,} are tested",
                "right: closer to the truth than the last known value",
            ),
            cases=_forecasts,
        )

    def training(self, length: int, seed: int = 0) -> Training:
        """Return the training that suits a series of that length: smaller batches where there are few windows."""
        windows_learnt = max(1, split(length).training - self.window)
        batch = min(_LARGEST_BATCH, max(_SMALLEST_BATCH, windows_learnt // _UPDATES))
        return self.suggested.model_copy(update={"batch_size": batch, "seed": seed})

    def _tensors(self, values: Numbers, begin: int, end: int, device: torch.device) -> tuple[Tensor, Tensor]:
        inputs, targets = windows(values, self.window, self.horizon, begin, end)
        return torch.from_numpy(inputs).to(device), torch.from_numpy(targets).to(device)


def _steps(targets: Tensor) -> Tensor:
    """Return how far the value after 1, 2 ... steps is from the last one, root mean square (horizon,)."""
    known = targets[:, 1:].isfinite()
    off = torch.where(known, targets[:, 1:].nan_to_num() - targets[:, :1], 0)
    far = (off.square().sum(0) / known.sum(0).clamp(min=1)).sqrt()
    return torch.where(far > 0, far, torch.ones_like(far))


def _loss(said: Tensor, targets: Tensor, far: Tensor) -> Tensor:
    """Return the mean squared error over all known targets, each step ahead in units of `far` (horizon,); float32.

    So near and far steps count alike, and the last value has a loss of about 1.
    """
    known = targets[:, 1:].isfinite()
    off = torch.where(known, said - targets[:, 1:].nan_to_num(), 0) / far
    return (off.square().sum() / known.sum().clamp(min=1)).float()


def _beat_last_value(said: Tensor, targets: Tensor) -> Tensor:
    """Return how many known targets are closer to the forecast than to the last known value."""
    truth = targets[:, 1:]
    return ((said - truth).abs() < (targets[:, :1] - truth).abs()).sum()


def _forecasts(targets: Tensor) -> int:
    """Return how many targets are known."""
    return int(targets[:, 1:].isfinite().sum())
