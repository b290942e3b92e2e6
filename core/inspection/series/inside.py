"""What a network sees of a series from one origin, and what it makes of it."""

from dataclasses import dataclass

import numpy as np
import torch

from core.data.series.series import Numbers
from core.models.series import Forecaster


@dataclass(frozen=True, eq=False)
class Inside:
    """A window, and what happens in a network that sees it.

    Attributes:
        window: the values that it saw (window,).
        steps: what of them came in: standardised values, or changes (T,).
        states: what it holds after every step (units, T); for a network without steps, what each value contributes to
            the forecast of the next step (1, T) for the linear one, None for the MLP.
        units: of the MLP's hidden layer (hidden_size,); None for all others.
        says: how what it holds is called.
    """

    window: Numbers
    steps: Numbers
    states: Numbers | None
    units: Numbers | None
    says: str


def look_inside(network: Forecaster, values: Numbers, origin: int, log: bool) -> Inside:
    """Return what a network sees of values (N,) from an origin, at least its window, and what it makes of it."""
    window = values[origin - network.window : origin]
    seen = torch.from_numpy(np.log(window) if log else window.copy())[None]
    with torch.inference_mode():
        steps = network.steps(seen)
        states = network.states(seen)
        if states is not None:
            says = "Maps of the last convolution" if network.kind == "cnn" else "Hidden state after every step"
            return Inside(window, steps[0].double().numpy(), states[0].T.double().numpy(), None, says)
        if network.kind == "linear":
            parts = network.readout.weight[:1] * steps
            says = "Weight times value: what each adds to the next step"
            return Inside(window, steps[0].double().numpy(), parts.double().numpy(), None, says)
        units = network.body(steps)[0].double().numpy()
    return Inside(window, steps[0].double().numpy(), None, units, "Units of the hidden layer")
