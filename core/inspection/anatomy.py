"""The way through a layered network, station by station: shapes, parameters and work, with how they are counted."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.inspection.cnn import Layer, walk
from core.inspection.receptive_field import Window, windows_of

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Station:
    """One station on the way: a layer, with the ReLU behind it where there is one.

    Attributes:
        name: the layer's name in the network, or ``input``.
        kind: what it is, in PyTorch's names: ``Conv2d + ReLU``.
        doing: what it does, in a few words.
        before: its result before the ReLU, (channels, H, W) or (units,).
        output: its result.
        parameters: how many numbers of it were trained.
        counted: how they are counted, ``3*3*1*32 + 32``; empty where there are none.
        multiply_adds: multiplications with an addition that it takes for one picture.
        worked: how those are counted, ``26*26*32 * 3*3*1``; empty where there are none.
        weight: trained weights, (out, in, kH, kW) or (out, in), or None.
        bias: (out,), or None.
        windows: the sliding layers from the picture to here, or None where cells have no place any more.
    """

    name: str
    kind: str
    doing: str
    before: Array
    output: Array
    parameters: int = 0
    counted: str = ""
    multiply_adds: int = 0
    worked: str = ""
    weight: Array | None = None
    bias: Array | None = None
    windows: tuple[Window, ...] | None = None

    @property
    def shape(self) -> str:
        """The shape of the result as people write it, ``26 x 26 x 32``."""
        size = self.output.shape
        return " x ".join(str(length) for length in (*size[1:], size[0])) if len(size) == 3 else f"{size[0]}"

    @property
    def maps(self) -> int:
        """Number of maps, or of units."""
        return int(self.output.shape[0])

    @property
    def rectified(self) -> bool:
        """Whether a ReLU follows the layer here."""
        return self.kind.endswith("ReLU")


def stations(network: nn.Sequential, pixels: ArrayLike) -> tuple[Station, ...]:
    """Return every station on the way of one picture (28, 28) in 0-1 through `network`.

    A ReLU belongs to the station of the layer before it. Multiply-adds count the
    weights' multiplications only, for one picture; biases, comparisons and ReLU
    are left out, as is the custom.

    Raises:
        ValueError: not (28, 28).
    """
    image = np.asarray(pixels, np.float32)[None]
    found = [Station("input", "picture", "pixels, 0 black to 1 white", image, image, windows=())]
    modules = dict(network.named_children())
    passed: list[nn.Module] = []
    placed = True
    for layer in walk(network, pixels):
        module = modules[layer.name]
        if isinstance(module, nn.ReLU):
            found[-1] = replace(found[-1], kind=f"{found[-1].kind} + ReLU", output=layer.output)
            passed.append(module)
            continue
        placed = placed and not isinstance(module, nn.Flatten | nn.Linear)
        passed.append(module)
        found.append(_station(layer, module, windows_of(passed) if placed else None))
    return tuple(found)


def _station(layer: Layer, module: nn.Module, windows: tuple[Window, ...] | None) -> Station:
    weight = getattr(module, "weight", None)
    bias = getattr(module, "bias", None)
    counted, adds, worked = _count(module, layer.output.shape)
    return Station(
        name=layer.name,
        kind=layer.kind,
        doing=_doing(module),
        before=layer.output,
        output=layer.output,
        parameters=layer.parameters,
        counted=counted,
        multiply_adds=adds,
        worked=worked,
        weight=None if weight is None else weight.detach().numpy(),
        bias=None if bias is None else bias.detach().numpy(),
        windows=windows,
    )


def _count(module: nn.Module, shape: tuple[int, ...]) -> tuple[str, int, str]:
    """Return how parameters are counted, the multiply-adds, and how those are counted."""
    if isinstance(module, nn.Conv2d):
        high, wide = module.kernel_size
        inputs, outputs = module.in_channels // module.groups, module.out_channels
        counted = f"{high}*{wide}*{inputs}*{outputs}" + (f" + {outputs}" if module.bias is not None else "")
        adds = shape[1] * shape[2] * outputs * high * wide * inputs
        return counted, adds, f"{shape[1]}*{shape[2]}*{outputs} * {high}*{wide}*{inputs}"
    if isinstance(module, nn.Linear):
        inputs, outputs = module.in_features, module.out_features
        counted = f"{inputs}*{outputs}" + (f" + {outputs}" if module.bias is not None else "")
        return counted, inputs * outputs, f"{inputs}*{outputs}"
    return "", 0, ""


def _doing(module: nn.Module) -> str:
    if isinstance(module, nn.Conv2d):
        side, stride = module.kernel_size[0], module.stride[0]
        steps = "" if stride == 1 else f", in steps of {stride}"
        return f"{module.out_channels} filters of {side} x {side} x {module.in_channels} slide over it{steps}"
    if isinstance(module, nn.MaxPool2d):
        return f"keeps the largest of every {module.kernel_size} x {module.kernel_size} cells"
    if isinstance(module, nn.ZeroPad2d):
        return "cuts off the last row and column"
    if isinstance(module, nn.Flatten):
        return "lays all cells in one row"
    if isinstance(module, nn.Linear):
        return f"{module.out_features} weighted sums of all {module.in_features:,} numbers"
    return type(module).__name__
