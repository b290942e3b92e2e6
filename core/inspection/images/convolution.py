"""One convolution, its activation and a pooling, with the arithmetic of `torch.nn.Conv2d`.

For one picture with one channel and one kernel. What a browser computes cell by
cell is computed here in one call by PyTorch itself, so that the two can be compared.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

Array = NDArray[np.float64]
Padding = int | Literal["same"]
Activation = Literal["none", "ReLU", "sigmoid", "tanh"]


class InvalidSettings(ValueError):
    """Settings that cannot be computed; the message is a sentence for the person who chose them."""


@dataclass(frozen=True)
class Conv:
    """A convolution as `torch.nn.Conv2d` is told of it, square in all its sizes.

    Attributes:
        kernel_size: cells along one side of the kernel.
        stride: cells from one place of the kernel to the next.
        padding: rings of zeros laid around the picture, or ``"same"``: as many as
            keep its size.
        dilation: cells from one number of the kernel to the next, 1 when they touch.
        bias: added to every sum.
        activation: what is done to every sum.
    """

    kernel_size: int
    stride: int = 1
    padding: Padding = 0
    dilation: int = 1
    bias: float = 0.0
    activation: Activation = "none"

    @property
    def span(self) -> int:
        """Cells that the kernel covers along one side, with the gaps of its dilation."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def pads(self) -> tuple[int, int]:
        """Zeros before and after the picture along one side.

        For "same" as in torch: `span` - 1 in all, the odd one after the picture.
        """
        if self.padding == "same":
            return (self.span - 1) // 2, self.span - 1 - (self.span - 1) // 2
        return self.padding, self.padding


@dataclass(frozen=True)
class Pool:
    """A pooling as `torch.nn.MaxPool2d` and `torch.nn.AvgPool2d` are told of it, without padding."""

    kind: Literal["max", "average"]
    kernel_size: int = 2
    stride: int = 2


@dataclass(frozen=True)
class ConvolutionResult:
    """What came out, arrays that cannot be written to.

    Attributes:
        sums: (H, W) the weighted sums with the bias.
        activated: (H, W) the sums after the activation.
        pooled: (H', W') the activated map after the pooling, None without one.
    """

    sums: Array
    activated: Array
    pooled: Array | None


@dataclass(frozen=True)
class ParameterCounts:
    """How many numbers training would have to find.

    Attributes:
        kernel: of the convolution: its cells and one bias.
        dense: of a dense layer from the same inputs to the same outputs: one number
            for every pair, and one bias for every output.
    """

    kernel: int
    dense: int


def check_conv(conv: Conv, height: int, width: int) -> None:
    """Make sure that a picture of `height` x `width` cells can be convolved.

    Raises:
        Impossible: says what is wrong and what would help.
    """
    for name, number in (("kernel", conv.kernel_size), ("stride", conv.stride), ("dilation", conv.dilation)):
        if number < 1:
            raise InvalidSettings(f"The {name} must be at least 1, not {number}.")
    if not math.isfinite(conv.bias):
        raise InvalidSettings("The bias must be a number.")
    if conv.padding == "same":
        if conv.stride != 1:
            raise InvalidSettings(
                f'Padding "same" goes with stride 1 only. With stride {conv.stride} the output cannot be as large as '
                "the input, and PyTorch refuses it too. Choose stride 1, or a number for the padding."
            )
    elif conv.padding < 0:
        raise InvalidSettings(f"The padding cannot be negative, and {conv.padding} is.")
    side = min(height, width) + sum(conv.pads)
    if conv.span > side:
        size = f"{conv.kernel_size} x {conv.kernel_size}"
        dilated = f" with dilation {conv.dilation}" if conv.dilation > 1 else ""
        padded = f" with its padding of {conv.padding}" if conv.padding else ""
        less = "less dilation, a smaller kernel" if conv.dilation > 1 else "a smaller kernel"
        raise InvalidSettings(
            f"The kernel does not fit into the picture: {size}{dilated} covers {conv.span} x {conv.span} cells, "
            f"but the picture{padded} is only {height + sum(conv.pads)} x {width + sum(conv.pads)}. "
            f"Choose {less}, more padding or a larger picture."
        )


def check_pool(pool: Pool, height: int, width: int) -> None:
    """Make sure that a map of `height` x `width` cells can be pooled.

    Raises:
        Impossible: says what is wrong and what would help.
    """
    if pool.kernel_size < 1 or pool.stride < 1:
        raise InvalidSettings("The window and the stride of the pooling must be at least 1.")
    if pool.kernel_size > min(height, width):
        raise InvalidSettings(
            f"The pooling window does not fit: it covers {pool.kernel_size} x {pool.kernel_size} cells, but the map "
            f"before it is only {height} x {width}. Choose a smaller window, or make the map larger."
        )


def find_problems(conv: Conv, pool: Pool | None, height: int, width: int) -> tuple[str | None, str | None]:
    """Return why the convolution, and why the pooling after it, cannot be computed; None for what can."""
    try:
        check_conv(conv, height, width)
    except InvalidSettings as problem:
        return str(problem), None
    try:
        if pool is not None:
            check_pool(pool, conv_size(height, conv), conv_size(width, conv))
    except InvalidSettings as problem:
        return None, str(problem)
    return None, None


def conv_size(length: int, conv: Conv) -> int:
    """Return how many places the kernel has along a side of `length` cells.

    floor((length + padding before and after - dilation * (kernel_size - 1) - 1) / stride) + 1,
    from the documentation of `torch.nn.Conv2d`. The settings must have been checked.
    """
    return (length + sum(conv.pads) - conv.span) // conv.stride + 1


def pool_size(length: int, pool: Pool) -> int:
    """Return how many places the pooling window has along a side of `length` cells.

    floor((length - kernel_size) / stride) + 1, from the documentation of `torch.nn.MaxPool2d`.
    """
    return (length - pool.kernel_size) // pool.stride + 1


def convolve(picture: ArrayLike, weights: ArrayLike, conv: Conv, pool: Pool | None = None) -> ConvolutionResult:
    """Return what PyTorch makes of one picture with one kernel, in double precision.

    Args:
        picture: (H, W).
        weights: (kernel_size, kernel_size).
        conv: the convolution.
        pool: the pooling after it, if any.

    Raises:
        Impossible: the settings do not go together.
        ValueError: arrays of other shapes.
    """
    image, kernel = np.asarray(picture, np.float64), np.asarray(weights, np.float64)
    if image.ndim != 2 or kernel.shape != (conv.kernel_size, conv.kernel_size):
        raise ValueError(f"A picture (H, W) and a kernel of {conv.kernel_size} x {conv.kernel_size} are needed.")
    check_conv(conv, *image.shape)
    # Padded here because conv2d warns of "same" with even kernels, and pads as `pads` says.
    padded = F.pad(_batch(image), conv.pads * 2)
    bias = torch.tensor([conv.bias], dtype=torch.float64)
    sums = F.conv2d(padded, _batch(kernel), bias, stride=conv.stride, dilation=conv.dilation)
    activated = activate(sums, conv.activation)
    pooled = None
    if pool is not None:
        check_pool(pool, *activated.shape[-2:])
        function = F.max_pool2d if pool.kind == "max" else F.avg_pool2d
        pooled = _frozen(function(activated, pool.kernel_size, pool.stride))
    return ConvolutionResult(_frozen(sums), _frozen(activated), pooled)


def activate(sums: Tensor, activation: Activation) -> Tensor:
    """Return the sums after the activation: max(0, x) for ReLU, 1 / (1 + exp(-x)) for the sigmoid."""
    functions = {"ReLU": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
    return functions[activation](sums) if activation != "none" else sums


def count_parameters(height: int, width: int, conv: Conv) -> ParameterCounts:
    """Return the parameters of the convolution, and of a dense layer with the same inputs and outputs."""
    inputs, outputs = height * width, conv_size(height, conv) * conv_size(width, conv)
    return ParameterCounts(conv.kernel_size**2 + 1, inputs * outputs + outputs)


def _batch(array: Array) -> Tensor:
    return torch.from_numpy(array.copy())[None, None]  # (1, 1, H, W)


def _frozen(batch: Tensor) -> Array:
    array: Array = batch[0, 0].numpy().copy()
    array.flags.writeable = False
    return array
