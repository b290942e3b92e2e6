"""The networks that forecast: a window of values in, the next values out.

All share a frame: the window is standardised, a body describes it by a vector, and a linear layer says all coming steps
at once (a direct forecast: no answer is fed back as if it were known). Mean and deviation belong to the network, in
double precision: a large level must not swallow small changes.
"""

from functools import partial
from typing import Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.cells import CELLS, Cell
from core.models.design import NetworkDesign
from core.models.initialisation import initialise_recurrent

SeriesKind = Literal["linear", "mlp", "cnn", "rnn", "gru", "lstm"]
TITLES: dict[SeriesKind, str] = {
    "linear": "Linear",
    "mlp": "MLP",
    "cnn": "Dilated CNN",
    "rnn": "RNN",
    "gru": "GRU",
    "lstm": "LSTM",
}
"""How each is called for people."""
IN_SENTENCES = TITLES | {"linear": "linear network", "cnn": "dilated CNN"}
"""How each is called in a sentence."""
_FAMILIES: dict[SeriesKind, str] = {
    "linear": "weighted sums of the window, an autoregression",
    "mlp": "one hidden layer over the whole window",
    "cnn": "dilated convolutions that look back 2, 4, 8 ... steps",
    "rnn": "plain recurrent network, step by step",
    "gru": "gated recurrent unit, step by step",
    "lstm": "long short-term memory, step by step",
}


class Forecaster(nn.Module):
    """A network that says the next `horizon` values after a window.

    Args:
        kind: of the body.
        window: values that it sees, at least 2.
        horizon: steps that it says.
        hidden_size: numbers that describe the window; the linear network takes the window itself.
        differencing: see the changes from one value to the next, and add forecast changes to the last value.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(
        self, kind: SeriesKind, window: int, horizon: int, hidden_size: int = 24, *, differencing: bool = False
    ) -> None:
        super().__init__()
        self.kind, self.window, self.horizon, self.differencing = kind, window, horizon, differencing
        steps = window - 1 if differencing else window
        self.register_buffer("mean", torch.zeros((), dtype=torch.float64))
        self.register_buffer("deviation", torch.ones((), dtype=torch.float64))
        self.body = _body(kind, steps, hidden_size)
        self.readout = nn.Linear(steps if kind == "linear" else hidden_size, horizon)

    def fit_scale(self, known: Tensor) -> None:
        """Set mean and deviation to those of the values (N,), or of their changes, that are learnt from."""
        seen = known.diff() if self.differencing else known
        self.mean.copy_(seen.mean())
        spread = seen.std()
        self.deviation.copy_(torch.where(spread > 0, spread, torch.ones_like(spread)))

    def steps(self, window: Tensor) -> Tensor:
        """Return what the body sees of windows (B, window): standardised values, or changes (B, T)."""
        seen = window.double()
        seen = seen.diff(dim=1) if self.differencing else seen
        return ((seen - self.mean) / self.deviation).float()

    def states(self, window: Tensor) -> Tensor | None:
        """Return the description after each step (B, T, hidden_size); None where the body has no steps."""
        return self.body.encode(self.steps(window)) if isinstance(self.body, DilatedCNN | Recurrent) else None

    def forward(self, window: Tensor) -> Tensor:
        """Return forecasts (B, horizon) for windows (B, window), in the unit of the values, in double precision."""
        said = self.readout(self.body(self.steps(window))).double() * self.deviation + self.mean
        return window[:, -1:].double() + said.cumsum(1) if self.differencing else said


class DilatedCNN(nn.Module):
    """Causal convolutions of two values each, whose gaps double from layer to layer until they span the window."""

    def __init__(self, steps: int, channels: int) -> None:
        super().__init__()
        self.dilations = [2**layer for layer in range(max(1, (steps - 1).bit_length()))]
        self.layers = nn.ModuleList(
            nn.Conv1d(1 if layer == 0 else channels, channels, 2, dilation=dilation)
            for layer, dilation in enumerate(self.dilations)
        )

    def encode(self, steps: Tensor) -> Tensor:
        """Return the last maps (B, T, channels); no column depends on a later value."""
        maps = steps[:, None]
        for number, (layer, dilation) in enumerate(zip(self.layers, self.dilations, strict=True)):
            found = F.relu(layer(F.pad(maps, (dilation, 0))))
            maps = found if number == 0 else maps + found
        return maps.transpose(1, 2)

    def forward(self, steps: Tensor) -> Tensor:
        """Return the last column (B, channels) for steps (B, T)."""
        return self.encode(steps)[:, -1]


class Recurrent(nn.Module):
    """One value after the other; the state after the last one describes the window."""

    def __init__(self, cell: Cell, hidden_size: int) -> None:
        super().__init__()
        self.recurrent = CELLS[cell](1, hidden_size, batch_first=True)
        initialise_recurrent(self.recurrent)

    def encode(self, steps: Tensor) -> Tensor:
        """Return the state (B, T, hidden_size) after every step."""
        states, _ = self.recurrent(steps[..., None])
        return states

    def forward(self, steps: Tensor) -> Tensor:
        """Return the last state (B, hidden_size) for steps (B, T)."""
        return self.encode(steps)[:, -1]


def _body(kind: SeriesKind, steps: int, hidden_size: int) -> nn.Module:
    if kind == "linear":
        return nn.Identity()
    if kind == "mlp":
        return nn.Sequential(nn.Linear(steps, hidden_size), nn.ReLU())
    return DilatedCNN(steps, hidden_size) if kind == "cnn" else Recurrent(kind, hidden_size)


class SeriesDesign(NetworkDesign):
    """A network that forecasts.

    Attributes:
        kind: which.
        hidden_size: numbers that describe the window; the linear network has none.
    """

    kind: SeriesKind = "gru"
    hidden_size: int = Field(default=24, ge=2, le=64)


SampleName = Literal["sunspots", "passengers", "temperatures", "sine", "walk"]
SHIPPED_SHAPES: dict[SampleName, tuple[str, int, int, bool]] = {
    "sunspots": ("sunspots", 60, 48, False),
    "passengers": ("airline passengers", 24, 29, True),
    "temperatures": ("minimum temperatures", 30, 48, False),
    "sine": ("a sine with noise", 30, 48, False),
    "walk": ("a random walk", 20, 48, True),
}
"""By the name of a series: what it is, and window, horizon and differencing of the networks that come with the app."""

ARCHITECTURES = {
    f"series-{name}-{kind}": Architecture(
        partial(Forecaster, kind, window, horizon, differencing=differencing),
        TITLES[kind],
        _FAMILIES[kind],
        f"Forecasts of {what}",
    )
    for name, (what, window, horizon, differencing) in SHIPPED_SHAPES.items()
    for kind in TITLES
}
"""The networks that come with the app: one safetensors file and one card each, in `assets/weights`."""
