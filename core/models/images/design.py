"""Networks that a person designs: a validated description, its shapes and parameters, and the network itself.

A design knows nothing of data: it takes pictures (B, 1, 28, 28) in 0-1 and
answers with one logit a class. `summarise` and `build` walk the same plan, layer
by layer, so what the page announces is what is trained.
"""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field
from torch import nn

from core.models.cells import Cell
from core.models.design import NetworkDesign
from core.models.images.recurrent import Columns, Rows, SequenceReader
from core.models.initialisation import GATES, Initialisation, initialise
from core.models.scaling import Scaling, scale_layer

Activation = Literal["relu", "leaky_relu", "gelu", "tanh", "sigmoid"]
Pooling = Literal["none", "max", "avg"]
Shape = tuple[int, ...]

ACTIVATIONS: MappingProxyType[Activation, type[nn.Module]] = MappingProxyType(
    {"relu": nn.ReLU, "leaky_relu": nn.LeakyReLU, "gelu": nn.GELU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
)
"""PyTorch's activations by name; a layer of the network is called by that name and its number."""

ACTIVATION_TITLES: MappingProxyType[str, str] = MappingProxyType(
    {"relu": "ReLU", "leaky_relu": "leaky ReLU", "gelu": "GELU", "tanh": "tanh", "sigmoid": "sigmoid"}
)

POOLINGS: MappingProxyType[Pooling, type[nn.Module]] = MappingProxyType({"max": nn.MaxPool2d, "avg": nn.AvgPool2d})
"""What makes one of every 2x2 cells."""

POOLING_TITLES: MappingProxyType[str, str] = MappingProxyType(
    {"max": "max 2 x 2", "avg": "average 2 x 2", "none": "none"}
)

SIDE = 28
"""Rows and columns of a picture."""

Dropout = Annotated[float, Field(ge=0, le=0.9, allow_inf_nan=False)]


class ImpossibleShape(ValueError):
    """Layers that cannot follow each other; the message says to people which, why, and what to change."""


class ConvBlock(BaseModel):
    """A convolution, and what comes after it: batch norm, activation, pooling, dropout, in this order.

    Attributes:
        channels: filters, so maps.
        kernel_size: side of a filter.
        stride: cells from one place of the filter to the next.
        padding: rows and columns of zeros around the maps.
        pooling: keep the largest or the mean of every 2x2 cells, or all.
        batch_norm: scale every map to mean 0 and deviation 1 over the batch.
        dropout: share of cells set to 0 while it trains.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channels: int = Field(default=32, ge=1, le=256)
    kernel_size: int = Field(default=3, ge=1, le=9)
    stride: int = Field(default=1, ge=1, le=4)
    padding: int = Field(default=0, ge=0, le=4)
    pooling: Pooling = "max"
    batch_norm: bool = False
    dropout: Dropout = 0.0


Blocks = Annotated[tuple[ConvBlock, ...], Field(min_length=1, max_length=4)]
_LAB = (ConvBlock(channels=32), ConvBlock(channels=64))


class CNN(NetworkDesign):
    """Convolutional blocks, then dense layers; the defaults are the lab's network, `core.models.images.cnn.DigitCNN`.

    Attributes:
        kind: "cnn".
        blocks: 1 to 4, in order.
        dense: units of the dense layers before the last one, which has a unit a class.
        dropout: share of the numbers dropped before every dense layer while it trains.
        activation: after every convolution and every dense layer but the last.
        initialisation: of the weights.
        scaling: of the pixels, inside the network.
    """

    title: ClassVar[str] = "CNN"
    family: ClassVar[str] = "convolutional network"

    kind: Literal["cnn"] = "cnn"
    blocks: Blocks = _LAB
    dense: tuple[Annotated[int, Field(ge=1, le=1024)], ...] = Field(default=(64,), max_length=3)
    dropout: Dropout = 0.0
    activation: Activation = "relu"
    initialisation: Initialisation = "default"
    scaling: Scaling = "0-1"


class MLP(NetworkDesign):
    """Dense layers only; the defaults are `core.models.images.mlp.DigitMLP`.

    Attributes:
        kind: "mlp".
        hidden: units of the hidden layers, in order.
        batch_norm: scale every unit to mean 0 and deviation 1 over the batch, before the activation.
        dropout: share of the numbers dropped after every hidden layer while it trains.
        activation: of every hidden layer.
        initialisation: of the weights.
        scaling: of the pixels, inside the network.
    """

    title: ClassVar[str] = "MLP"
    family: ClassVar[str] = "multilayer perceptron"

    kind: Literal["mlp"] = "mlp"
    hidden: tuple[Annotated[int, Field(ge=1, le=2048)], ...] = Field(default=(256, 128), min_length=1, max_length=8)
    batch_norm: bool = False
    dropout: Dropout = 0.0
    activation: Activation = "relu"
    initialisation: Initialisation = "default"
    scaling: Scaling = "0-1"


class RowReader(NetworkDesign):
    """A recurrent network that reads the picture row by row, top to bottom.

    Attributes:
        kind: "rows".
        cell: of the recurrent layers.
        hidden_size: numbers in the state.
        num_layers: recurrent layers on top of each other.
        dropout: share of numbers dropped between recurrent layers and of the last state while it trains.
        initialisation: of the weights.
        scaling: of the pixels, inside the network.
    """

    title: ClassVar[str] = "RNN reads rows"
    family: ClassVar[str] = "recurrent network, row by row"

    kind: Literal["rows"] = "rows"
    cell: Cell = "gru"
    hidden_size: int = Field(default=128, ge=1, le=512)
    num_layers: int = Field(default=1, ge=1, le=3)
    dropout: Dropout = 0.0
    initialisation: Initialisation = "default"
    scaling: Scaling = "0-1"


class ColumnReader(NetworkDesign):
    """Convolutional blocks whose feature columns, left to right, are read by a recurrent layer.

    Attributes:
        kind: "columns".
        blocks: 1 to 4, in order; every column of their maps is one step of channels * height numbers.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        activation: after every convolution.
        dropout: share of the last state dropped while it trains.
        initialisation: of the weights.
        scaling: of the pixels, inside the network.
    """

    title: ClassVar[str] = "CNN + RNN"
    family: ClassVar[str] = "CNN whose columns a recurrent network reads"

    kind: Literal["columns"] = "columns"
    blocks: Blocks = _LAB
    cell: Cell = "gru"
    hidden_size: int = Field(default=128, ge=1, le=512)
    activation: Activation = "relu"
    dropout: Dropout = 0.0
    initialisation: Initialisation = "default"
    scaling: Scaling = "0-1"


Design = Annotated[CNN | MLP | RowReader | ColumnReader, Field(discriminator="kind")]
"""Any network that can be designed, told apart by `kind`."""

DESIGNS: MappingProxyType[str, Design] = MappingProxyType(
    {design.kind: design for design in (CNN(), MLP(), RowReader(), ColumnReader())}
)
"""The network that each kind begins with."""


@dataclass(frozen=True)
class LayerSummary:
    """One layer of a design, as the page shows it.

    Attributes:
        name: in the network, ``conv1`` for example.
        kind: its class in PyTorch, ``Conv2d`` for example.
        output_shape: of its result for one picture: (channels, H, W), (steps, numbers) or (units,).
        parameters: how many numbers of it are trained.
        how: they are counted, ``3*3*1*32 + 32``; empty where there are none.
        multiply_adds: multiplications with an addition that it takes for one picture, biases and activations left out.
    """

    name: str
    kind: str
    output_shape: Shape
    parameters: int
    how: str
    multiply_adds: int = 0


def build(design: Design, classes: int = 10) -> nn.Module:
    """Return the network of a design, with fresh weights from torch's global generator, ready to be trained.

    CNN and MLP are lists of named layers; the readers are `SequenceReader`.

    Raises:
        ImpossibleShape: a layer does not fit on what the one before it returns.
    """
    network: nn.Module
    if isinstance(design, CNN | MLP):
        network = _sequential(_plan(design, classes))
    else:
        network = _reader(design, _steps(design), classes)
    initialise(network, design.initialisation)
    return network


@lru_cache(64)
def summarise(design: Design, classes: int = 10) -> tuple[LayerSummary, ...]:
    """Return every layer of a design with shape and parameters; no memory is taken, so it can follow a slider.

    Kept, because a form asks anew after every change of anything.

    Raises:
        ImpossibleShape: a layer does not fit on what the one before it returns.
    """
    with torch.device("meta"):  # parameters with shapes, but without memory
        planned = _plan(design, classes)
    return tuple(
        LayerSummary(
            one.name,
            type(one.layer).__name__,
            one.shape,
            sum(parameter.numel() for parameter in one.layer.parameters()),
            _counted(one.layer),
            _multiply_adds(one.layer, one.shape),
        )
        for one in planned
    )


def count(design: Design, classes: int = 10) -> int:
    """Return how many numbers of a design are trained.

    Raises:
        ImpossibleShape: a layer does not fit on what the one before it returns.
    """
    return sum(layer.parameters for layer in summarise(design, classes))


def count_multiply_adds(design: Design, classes: int = 10) -> int:
    """Return how many multiplications with an addition a design takes for one picture; the weights' only.

    Raises:
        ImpossibleShape: a layer does not fit on what the one before it returns.
    """
    return sum(layer.multiply_adds for layer in summarise(design, classes))


@dataclass(frozen=True)
class _Planned:
    """A layer, its name, and the shape of its result for one picture."""

    name: str
    layer: nn.Module
    shape: Shape


def _sequential(planned: Iterable[_Planned]) -> nn.Sequential:
    return nn.Sequential(OrderedDict((one.name, one.layer) for one in planned))


def _reader(design: RowReader | ColumnReader, steps: list[_Planned], classes: int) -> SequenceReader:
    num_layers = design.num_layers if isinstance(design, RowReader) else 1
    width = steps[-1].shape[-1]
    return SequenceReader(
        _sequential(steps), width, design.cell, design.hidden_size, num_layers, classes, design.dropout
    )


def _plan(design: Design, classes: int) -> list[_Planned]:
    """Return every layer of a design in the order in which a picture passes them."""
    if isinstance(design, CNN):
        return list(_cnn(design, classes))
    if isinstance(design, MLP):
        return list(_mlp(design, classes))
    steps = _steps(design)
    reader = _reader(design, steps, classes)
    rest = [_Planned(design.cell, reader.recurrent, (steps[-1].shape[0], design.hidden_size))]
    if design.dropout:
        rest.append(_Planned("drop", reader.drop, (design.hidden_size,)))
    return [*steps, *rest, _Planned("dense", reader.dense, (classes,))]


def _cnn(design: CNN, classes: int) -> Iterator[_Planned]:
    number = _Numbers()
    shape: Shape = (1, SIDE, SIDE)
    for one in (*_scaled(design.scaling), *_convolutions(design.blocks, design.activation, number)):
        yield one
        shape = one.shape
    units = math.prod(shape)
    yield _Planned("flatten", nn.Flatten(), (units,))
    for place, wide in enumerate((*design.dense, classes), start=1):
        if design.dropout:
            yield _Planned(number("drop"), nn.Dropout(design.dropout), (units,))
        yield _Planned(f"dense{place}", nn.Linear(units, wide), (wide,))
        if place <= len(design.dense):
            yield _Planned(number(design.activation), ACTIVATIONS[design.activation](), (wide,))
        units = wide


def _mlp(design: MLP, classes: int) -> Iterator[_Planned]:
    number = _Numbers()
    units = SIDE * SIDE
    yield from _scaled(design.scaling)
    yield _Planned("flatten", nn.Flatten(), (units,))
    for place, wide in enumerate(design.hidden, start=1):
        yield _Planned(f"dense{place}", nn.Linear(units, wide), (wide,))
        if design.batch_norm:
            yield _Planned(f"norm{place}", nn.BatchNorm1d(wide), (wide,))
        yield _Planned(number(design.activation), ACTIVATIONS[design.activation](), (wide,))
        if design.dropout:
            yield _Planned(number("drop"), nn.Dropout(design.dropout), (wide,))
        units = wide
    yield _Planned(f"dense{len(design.hidden) + 1}", nn.Linear(units, classes), (classes,))


def _steps(design: RowReader | ColumnReader) -> list[_Planned]:
    """Return the layers that turn a picture into the steps of a sequence."""
    planned = list(_scaled(design.scaling))
    if isinstance(design, RowReader):
        return [*planned, _Planned("rows", Rows(), (SIDE, SIDE))]
    planned += _convolutions(design.blocks, design.activation, _Numbers())
    channels, height, width = planned[-1].shape
    return [*planned, _Planned("columns", Columns(), (width, channels * height))]


def _scaled(scaling: Scaling) -> Iterator[_Planned]:
    layer = scale_layer(scaling)
    if layer is not None:
        yield _Planned("scale", layer, (1, SIDE, SIDE))


def _convolutions(blocks: tuple[ConvBlock, ...], activation: Activation, number: "_Numbers") -> Iterator[_Planned]:
    channels, side = 1, SIDE
    for place, block in enumerate(blocks, start=1):
        side = _convolved(side, block, place)
        layer = nn.Conv2d(channels, block.channels, block.kernel_size, block.stride, block.padding)
        channels = block.channels
        yield _Planned(f"conv{place}", layer, (channels, side, side))
        if block.batch_norm:
            yield _Planned(f"norm{place}", nn.BatchNorm2d(channels), (channels, side, side))
        yield _Planned(number(activation), ACTIVATIONS[activation](), (channels, side, side))
        if block.pooling != "none":
            if side < 2:
                raise ImpossibleShape(
                    f"Block {place}: there is nothing to pool on maps of 1 x 1. "
                    "Set its pooling to none, or let the blocks before it shrink the maps less."
                )
            side //= 2
            yield _Planned(f"pool{place}", POOLINGS[block.pooling](2), (channels, side, side))
        if block.dropout:
            yield _Planned(number("drop"), nn.Dropout(block.dropout), (channels, side, side))


def _convolved(side: int, block: ConvBlock, place: int) -> int:
    """Return the side of the maps after a convolution: floor((side + 2 * padding - kernel) / stride) + 1."""
    padded, kernel = side + 2 * block.padding, block.kernel_size
    if kernel > padded:
        with_padding = f", {padded} x {padded} with their padding" if block.padding else ""
        raise ImpossibleShape(
            f"Block {place}: a {kernel} x {kernel} kernel does not fit on maps of {side} x {side}{with_padding}. "
            "Make the kernel smaller, or pool less."
        )
    return (padded - kernel) // block.stride + 1


class _Numbers:
    """Count layers of each kind: relu1, relu2, drop1, relu3."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def __call__(self, kind: str) -> str:
        self.used[kind] = self.used.get(kind, 0) + 1
        return f"{kind}{self.used[kind]}"


def _counted(layer: nn.Module) -> str:
    """Return how the parameters of a layer are counted, ``3*3*1*32 + 32``."""
    if isinstance(layer, nn.Conv2d):
        high, wide = layer.kernel_size
        return f"{high}*{wide}*{layer.in_channels}*{layer.out_channels} + {layer.out_channels}"
    if isinstance(layer, nn.Linear):
        return f"{layer.in_features}*{layer.out_features} + {layer.out_features}"
    if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
        return f"2*{layer.num_features}"
    if isinstance(layer, nn.RNNBase):
        gates, hidden = GATES[type(layer)], layer.hidden_size
        widths = [layer.input_size] + [hidden] * (layer.num_layers - 1)
        # PyTorch keeps two biases a gate: one for the input, one for the state.
        parts = (f"{gates}*({width}*{hidden} + {hidden}*{hidden} + 2*{hidden})" for width in widths)
        return " + ".join(parts)
    return ""


def _multiply_adds(layer: nn.Module, shape: Shape) -> int:
    """Return the multiply-adds of a layer for one picture: every weight counts as often as it is used."""
    weights = sum(parameter.numel() for name, parameter in layer.named_parameters() if name.startswith("weight"))
    if isinstance(layer, nn.Conv2d):
        return weights * math.prod(shape[1:])  # at every place of its maps
    if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
        return math.prod(shape)  # a factor for every number
    if isinstance(layer, nn.RNNBase):
        return weights * shape[0]  # at every step
    return weights
