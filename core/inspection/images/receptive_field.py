"""Which pixels a cell of a feature map can see."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn

from core.models.images.design import ACTIVATIONS
from core.models.scaling import Scale

CELLWISE = (*ACTIVATIONS.values(), nn.BatchNorm2d, nn.Dropout, Scale)
"""Layers that look at every cell for itself: they neither move nor widen what a cell sees."""


@dataclass(frozen=True)
class Window:
    """What one sliding layer does along one axis: PyTorch's kernel_size, stride, padding and dilation."""

    kernel_size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def reach(self) -> int:
        """Cells from the first to the last that the window touches, both counted."""
        return self.dilation * (self.kernel_size - 1) + 1


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels: rows ``top`` to ``bottom - 1``, columns ``left`` to ``right - 1``; may be empty."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows in it."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns in it."""
        return self.right - self.left

    @property
    def empty(self) -> bool:
        """Whether there is no pixel in it: the cell sees padding only."""
        return self.height == 0 or self.width == 0


def span(windows: Sequence[Window], cell: int, size: int) -> tuple[int, int]:
    """Return the first input position that a cell sees and the one after the last, along one axis.

    From the last layer back to the first: cell i of a layer sees
    ``i * stride - padding`` up to ``+ reach - 1``; see Dumoulin and Visin, "A guide
    to convolution arithmetic for deep learning", 2016. Padding is not input and is
    cut off; a cell that sees nothing else gets an empty span.

    Args:
        windows: the sliding layers from the input on.
        cell: place in the output of the last one.
        size: of the input.
    """
    first = last = cell
    for window in reversed(windows):
        first = first * window.stride - window.padding
        last = last * window.stride - window.padding + window.reach - 1
    return min(max(0, first), size), min(max(0, last + 1), size)


def receptive_field(windows: Sequence[Window], row: int, column: int, size: int = 28) -> Box:
    """Return the pixels of a square input that the cell at (row, column) sees through square windows."""
    top, bottom = span(windows, row, size)
    left, right = span(windows, column, size)
    return Box(top, left, bottom, right)


def windows_of(layers: Sequence[nn.Module]) -> tuple[Window, ...]:
    """Return the sliding layers among `layers`, in order; layers that look at single cells are left out.

    Raises:
        ValueError: a layer that is not square, or one after which a cell has no place.
    """
    found = []
    for layer in layers:
        if isinstance(layer, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
            sizes = (layer.kernel_size, layer.stride, layer.padding, getattr(layer, "dilation", 1))
            found.append(Window(*(_square(size) for size in sizes)))
        elif isinstance(layer, nn.ZeroPad2d) and layer.padding[0] == layer.padding[2]:
            found.append(Window(1, padding=int(layer.padding[0])))
        elif not isinstance(layer, CELLWISE):
            raise ValueError(f"Cells have no place after {type(layer).__name__}.")
    return tuple(found)


def _square(size: object) -> int:
    if isinstance(size, int):
        return size
    if isinstance(size, tuple) and len(set(size)) == 1 and isinstance(size[0], int):
        return size[0]
    raise ValueError(f"The window {size} is not square.")
