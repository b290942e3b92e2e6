"""A network written down, so that another program can walk it: a list of layers, and their numbers in one file.

The browser reads it and computes what PyTorch computes (`core/ui/components/live`). The
file is in the safetensors format, which holds nothing but numbers and text.
Layers that are not known here are refused: nothing is guessed.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from torch import nn

Numbers = dict[str, NDArray[np.float32]]
Written = tuple[dict[str, Any], Numbers]

INPUT = (1, 28, 28)
"""Channels, height and width of the picture that is put in."""


class NotSerialisable(ValueError):
    """A network that cannot be written down; the message says why in a sentence for people."""


def serialise(network: nn.Module) -> bytes:
    """Return a network in evaluation mode as a safetensors file.

    Its metadata has ``layers``, JSON: a list in the order of the walk, each with
    ``name``, ``kind`` (the PyTorch class), the shapes ``input`` and ``output``
    without the batch, and the settings of its kind. Its tensors are named by the
    layer's place in the list, ``3.weight`` for example:

    * ``Conv2d``: weight (kernel height, kernel width, in, out), bias (out,)
    * ``Linear``: weight (in, out), bias (out,)
    * ``BatchNorm``: factor and offset (channels,), which is all that it does in evaluation

    The channels stand last, unlike in PyTorch, so that a loop over them reads
    numbers that lie side by side. Dropout does nothing in evaluation and is left out.

    Raises:
        NotSerialisable: a layer that is not known, or a network that is not a list of layers.
    """
    layers: list[dict[str, Any]] = []
    numbers: Numbers = {}
    value = torch.zeros(1, *INPUT)
    for name, layer in _walk(network):
        kind = _kind(layer)
        write = _WRITERS.get(kind)
        if write is None:
            raise NotSerialisable(f"The network has a {type(layer).__name__} layer.")
        settings, tensors = write(layer, tuple(value.shape[1:]))
        before = list(value.shape[1:])
        value = _after(layer, value)
        if kind in _NOTHING:
            continue
        record = {"name": name, "kind": kind, "input": before, "output": list(value.shape[1:])}
        numbers |= {f"{len(layers)}.{key}": np.ascontiguousarray(tensor, np.float32) for key, tensor in tensors.items()}
        layers.append(record | settings)
    if value.dim() != 2 or not layers:
        raise NotSerialisable("The network does not end in one row of numbers.")
    return save(numbers, metadata={"layers": json.dumps(layers)})


def _walk(network: nn.Module, prefix: str = "") -> Iterator[tuple[str, nn.Module]]:
    """Yield the layers of a list of layers, and of those within it, by name and in order."""
    if not isinstance(network, nn.Sequential) or type(network).forward is not nn.Sequential.forward:
        raise NotSerialisable("The network is not a plain list of layers.")
    for name, layer in network.named_children():
        if isinstance(layer, nn.Sequential):
            yield from _walk(layer, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", layer


def _kind(layer: nn.Module) -> str:
    """Return PyTorch's name of a layer; a class of someone's own that bears such a name gets none, but for `Scale`."""
    name = type(layer).__name__
    return name if type(layer) is getattr(nn, name, None) or name == "Scale" else ""


def _after(layer: nn.Module, value: torch.Tensor) -> torch.Tensor:
    """Return what a layer makes of zeros, for its shape."""
    if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d | nn.Dropout | nn.Dropout1d | nn.Dropout2d):
        return value  # in training they would notice
    try:
        with torch.inference_mode():
            return torch.zeros_like(layer(value))
    except (RuntimeError, ValueError) as error:
        raise NotSerialisable(f"The network cannot read a picture of {INPUT[1]} x {INPUT[2]} pixels.") from error


def _of(tensor: torch.Tensor) -> NDArray[np.float32]:
    return tensor.detach().to("cpu", torch.float32).numpy()


def _pair(size: Any) -> list[int]:
    return [int(size)] * 2 if isinstance(size, int) else [int(one) for one in size]


def _convolution(layer: nn.Conv2d, shape: tuple[int, ...]) -> Written:
    if layer.groups != 1 or layer.padding_mode != "zeros":
        raise NotSerialisable("The network has a convolution in groups, or with padding other than zeros.")
    if layer.padding == "same":
        total = [dilation * (size - 1) for dilation, size in zip(layer.dilation, layer.kernel_size, strict=True)]
        padding = [total[0] // 2, total[1] // 2]  # top and left; the rest is below and on the right
    else:
        padding = [0, 0] if layer.padding == "valid" else _pair(layer.padding)
    bias = torch.zeros(layer.out_channels) if layer.bias is None else layer.bias
    settings = {
        "kernel": _pair(layer.kernel_size),
        "stride": _pair(layer.stride),
        "padding": padding,
        "dilation": _pair(layer.dilation),
    }
    return settings, {"weight": _of(layer.weight).transpose(2, 3, 1, 0), "bias": _of(bias)}


def _linear(layer: nn.Linear, shape: tuple[int, ...]) -> Written:
    if len(shape) != 1:
        raise NotSerialisable("The network has a Linear layer that reads maps.")
    bias = torch.zeros(layer.out_features) if layer.bias is None else layer.bias
    return {}, {"weight": _of(layer.weight).T, "bias": _of(bias)}


def _pooling(layer: nn.MaxPool2d | nn.AvgPool2d, shape: tuple[int, ...]) -> Written:
    padding = _pair(layer.padding)
    unusual = layer.ceil_mode or _pair(getattr(layer, "dilation", 1)) != [1, 1]
    if isinstance(layer, nn.AvgPool2d):
        unusual |= layer.divisor_override is not None or (any(padding) and not layer.count_include_pad)
    else:
        unusual |= layer.return_indices
    if unusual:
        raise NotSerialisable("The network has a pooling with unusual settings.")
    return {"kernel": _pair(layer.kernel_size), "stride": _pair(layer.stride), "padding": padding}, {}


def _normalisation(layer: nn.BatchNorm1d | nn.BatchNorm2d, shape: tuple[int, ...]) -> Written:
    if layer.running_mean is None or layer.running_var is None:
        raise NotSerialisable("The network has a batch norm without running averages.")
    factor = 1 / (layer.running_var.double() + layer.eps).sqrt()  # float64: the factor is rounded once
    if layer.weight is not None:
        factor = factor * layer.weight.double()
    offset = -layer.running_mean.double() * factor
    if layer.bias is not None:
        offset = offset + layer.bias.double()
    return {}, {"factor": _of(factor), "offset": _of(offset)}


def _flatten(layer: nn.Flatten, shape: tuple[int, ...]) -> Written:
    if layer.start_dim != 1 or layer.end_dim not in (-1, len(shape)):
        raise NotSerialisable("The network has a Flatten layer that keeps some of the dimensions.")
    return {}, {}


def _zero_pad(layer: nn.ZeroPad2d, shape: tuple[int, ...]) -> Written:
    left, right, top, bottom = layer.padding
    return {"padding": [left, right, top, bottom]}, {}  # negative: cut off


def _scale(layer: Any, shape: tuple[int, ...]) -> Written:
    return {"factor": float(layer.factor), "offset": float(layer.offset)}, {}


def _plain(layer: nn.Module, shape: tuple[int, ...]) -> Written:
    return {}, {}


_NOTHING = ("Dropout", "Dropout1d", "Dropout2d", "Identity")
_WRITERS: dict[str, Callable[[Any, tuple[int, ...]], Written]] = dict.fromkeys(_NOTHING, _plain)
_WRITERS |= {
    "Conv2d": _convolution,
    "Linear": _linear,
    "MaxPool2d": _pooling,
    "AvgPool2d": _pooling,
    "BatchNorm1d": _normalisation,
    "BatchNorm2d": _normalisation,
    "Flatten": _flatten,
    "ZeroPad2d": _zero_pad,
    "Scale": _scale,
    "ReLU": _plain,
    "Sigmoid": _plain,
    "Tanh": _plain,
    "LeakyReLU": lambda layer, shape: ({"slope": float(layer.negative_slope)}, {}),
    "GELU": lambda layer, shape: ({"approximate": str(layer.approximate)}, {}),
}
