"""Input scaling as a layer, so that a network carries its own: every page hands it pixels in 0-1."""

from types import MappingProxyType
from typing import Literal

from torch import Tensor, nn

Scaling = Literal["0-1", "standardised", "0-255"]

MEAN, DEVIATION = 0.1307, 0.3081
"""Mean and standard deviation of MNIST's 60,000 training images in 0-1."""


class Scale(nn.Module):
    """Return ``factor * x + offset`` for every number; there is nothing to learn in it.

    Takes any shape and keeps it.
    """

    def __init__(self, factor: float, offset: float = 0.0) -> None:
        super().__init__()
        self.factor, self.offset = factor, offset

    def forward(self, value: Tensor) -> Tensor:
        """Return the scaled numbers."""
        return value * self.factor + self.offset

    def extra_repr(self) -> str:
        """Return what stands between the brackets when the layer is printed."""
        return f"factor={self.factor:.6g}, offset={self.offset:.6g}"


SCALINGS: MappingProxyType[Scaling, tuple[float, float] | None] = MappingProxyType(
    {"0-1": None, "standardised": (1 / DEVIATION, -MEAN / DEVIATION), "0-255": (255.0, 0.0)}
)
"""Factor and offset by name; None where pixels stay as they are. MNIST's mean and deviation serve all data sets."""

TITLES: MappingProxyType[str, str] = MappingProxyType(
    {"0-1": "0 to 1", "standardised": "standardised", "0-255": "raw, 0 to 255"}
)
"""What people call them."""


def scale_layer(scaling: Scaling) -> Scale | None:
    """Return the layer for a scaling, or None where pixels stay in 0-1."""
    chosen = SCALINGS[scaling]
    return None if chosen is None else Scale(*chosen)
