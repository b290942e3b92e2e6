"""The way through a layered network, block by block: shapes, parameters and work, with how they are counted."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.figures.percent import percent
from core.inspection.images.forward import LayerOutput, forward_layers
from core.inspection.images.receptive_field import Window, windows_of
from core.models.images.design import ACTIVATIONS
from core.models.scaling import Scale

Array = NDArray[np.float32]

MERGED = (*ACTIVATIONS.values(), nn.Dropout)
"""Layers that are no block of their own: they belong to the one before them."""


@dataclass(frozen=True)
class Block:
    """One block on the way: a layer, with the activation behind it where there is one.

    Attributes:
        name: the layer's name in the network, or ``input``.
        kind: what it is, in PyTorch's names: ``Conv2d + ReLU``.
        description: what it does, in a few words.
        pre_activation: its result before the activation, (channels, H, W) or (units,).
        output: its result.
        activation: PyTorch's name of the activation behind it, or empty.
        parameters: how many numbers of it were trained.
        parameter_formula: how they are counted, ``3*3*1*32 + 32``; empty where there are none.
        multiply_adds: multiplications with an addition that it takes for one picture.
        multiply_add_formula: how those are counted, ``26*26*32 * 3*3*1``; empty where there are none.
        weight: trained weights, (out, in, kH, kW) or (out, in), or None.
        bias: (out,), or None.
        windows: the sliding layers from the picture to here, or None where cells have no place any more.
        flattened_shape: (channels, H, W) of the maps whose cells a row of weights reads one by one, or None.
        batch_norm: what batch norm makes of each map or unit, (out, 2): a factor and what is added; or None.
    """

    name: str
    kind: str
    description: str
    pre_activation: Array
    output: Array
    activation: str = ""
    parameters: int = 0
    parameter_formula: str = ""
    multiply_adds: int = 0
    multiply_add_formula: str = ""
    weight: Array | None = None
    bias: Array | None = None
    windows: tuple[Window, ...] | None = None
    flattened_shape: tuple[int, int, int] | None = None
    batch_norm: Array | None = None

    @property
    def shape(self) -> str:
        """The shape of the result as people write it, ``26 x 26 x 32``."""
        size = self.output.shape
        return " x ".join(str(length) for length in (*size[1:], size[0])) if len(size) == 3 else f"{size[0]}"

    @property
    def channels(self) -> int:
        """Number of maps, or of units."""
        return int(self.output.shape[0])

    @property
    def has_relu(self) -> bool:
        """Whether a ReLU follows the layer here."""
        return self.activation == "ReLU"


def forward_blocks(network: nn.Sequential, pixels: ArrayLike) -> tuple[Block, ...]:
    """Return every block on the way of one picture (28, 28) in 0-1 through `network`.

    An activation belongs to the block of the layer before it, and so does
    dropout, which does nothing once the training is over. Multiply-adds count the
    weights' multiplications only, for one picture; biases, comparisons and
    activations are left out, as is the custom.

    Raises:
        ValueError: not (28, 28).
    """
    image = np.asarray(pixels, np.float32)[None]
    found = [Block("input", "picture", "pixels, 0 black to 1 white", image, image, windows=())]
    modules = dict(network.named_children())
    passed: list[nn.Module] = []
    placed = True
    reads: tuple[int, int, int] | None = None
    for layer in forward_layers(network, pixels):
        module = modules[layer.name]
        if isinstance(module, MERGED):
            found[-1] = _folded(found[-1], module, layer)
            passed.append(module)
            continue
        if isinstance(module, nn.Flatten):
            channels, height, width = found[-1].output.shape
            reads = (channels, height, width)
        placed = placed and not isinstance(module, nn.Flatten | nn.Linear)
        passed.append(module)
        found.append(_block(layer, module, windows_of(passed) if placed else None))
        if isinstance(module, nn.Linear):
            found[-1], reads = replace(found[-1], flattened_shape=reads), None
    return tuple(found)


def _folded(block: Block, module: nn.Module, layer: LayerOutput) -> Block:
    """Return a block with the activation or dropout behind it."""
    if isinstance(module, nn.Dropout):
        return replace(
            block, description=f"{block.description}; {percent(module.p, 0)} of it was dropped while it trained"
        )
    kind = type(module).__name__
    return replace(block, kind=f"{block.kind} + {kind}", output=layer.output, activation=kind)


def _block(layer: LayerOutput, module: nn.Module, windows: tuple[Window, ...] | None) -> Block:
    normalised = _normalised(module)
    weight = None if normalised is not None else getattr(module, "weight", None)
    bias = None if normalised is not None else getattr(module, "bias", None)
    counted, adds, worked = _count(module, layer.output.shape)
    return Block(
        name=layer.name,
        kind=layer.kind,
        description=_doing(module),
        pre_activation=layer.output,
        output=layer.output,
        parameters=layer.parameters,
        parameter_formula=counted,
        multiply_adds=adds,
        multiply_add_formula=worked,
        weight=None if weight is None else weight.detach().numpy(),
        bias=None if bias is None else bias.detach().numpy(),
        windows=windows,
        batch_norm=normalised,
    )


def _normalised(module: nn.Module) -> Array | None:
    """Return factor and offset of a batch norm after training: (x - mean) / sqrt(var + eps) * weight + bias.

    Ioffe and Szegedy, "Batch normalization", 2015.
    """
    if not isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
        return None
    mean, variance = module.running_mean, module.running_var
    assert mean is not None and variance is not None  # PyTorch's default keeps both
    factor = module.weight.detach() / (variance + module.eps).sqrt()
    offset = module.bias.detach() - mean * factor
    return np.stack([factor.numpy(), offset.numpy()], 1)


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
    if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
        places = (*shape[1:], shape[0])
        return f"2*{module.num_features}", int(np.prod(places)), "*".join(str(size) for size in places)
    return "", 0, ""


def _doing(module: nn.Module) -> str:
    match module:
        case nn.Conv2d():
            side, stride, padding = module.kernel_size[0], module.stride[0], module.padding[0]
            words = f"{module.out_channels} filters of {side} x {side} x {module.in_channels} slide over it"
            words += "" if stride == 1 else f", in steps of {stride}"
            words += f", with a border of zeros {padding} wide" if padding else ""
        case nn.MaxPool2d():
            words = f"keeps the largest of every {module.kernel_size} x {module.kernel_size} cells"
        case nn.AvgPool2d():
            words = f"keeps the mean of every {module.kernel_size} x {module.kernel_size} cells"
        case nn.BatchNorm1d() | nn.BatchNorm2d():
            one = "map" if isinstance(module, nn.BatchNorm2d) else "unit"
            words = f"brings every {one} to the scale that suits the next layer"
        case Scale():
            added = f" {'+' if module.offset > 0 else '-'} {abs(module.offset):.4g}" if module.offset else ""
            words = f"brings the pixels to another range: {module.factor:.4g} * pixel{added}"
        case nn.ZeroPad2d():
            words = "cuts off the last row and column"
        case nn.Flatten():
            words = "lays all cells in one row"
        case nn.Linear():
            words = f"{module.out_features} weighted sums of all {module.in_features:,} numbers"
        case _:
            words = type(module).__name__
    return words
