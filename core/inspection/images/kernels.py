"""Kernels to convolve with: the classics in any size, random ones, and those that the shipped CNN has learnt.

All are applied as they stand, without turning them round: what networks call a
convolution is the cross-correlation of signal processing.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from core.models.shipped import load_shipped

Array = NDArray[np.float64]

MAX_SIZE = 7
"""Cells along one side of the largest kernel."""
MAX_WEIGHT = 1000
"""Largest magnitude of a number in a kernel."""
LEARNED_FILTERS = 32
"""How many filters the first layer of the shipped CNN has."""


class BadKernel(ValueError):
    """Numbers that are no kernel; the message is a sentence for the person who sent them."""


def sobel_x(size: int) -> Array:
    """Return the kernel (size, size) of Sobel and Feldman that answers to brightness growing to the right.

    A difference along x times a smoothing along y, both grown by [1, 1] for every
    further cell, which gives [-1, 0, 1] and [1, 2, 1] for 3.
    """
    return np.outer(_repeated([1], size - 1), _repeated([-1, 1], size - 2))


def sobel_y(size: int) -> Array:
    """Return the kernel (size, size) that answers to brightness growing downwards."""
    return sobel_x(size).T.copy()


def laplacian(size: int) -> Array:
    """Return 1 along the row and the column through the middle, which itself makes the sum zero."""
    kernel, middle = np.zeros((size, size)), (size - 1) // 2
    kernel[middle, :] = kernel[:, middle] = 1
    kernel[middle, middle] -= kernel.sum()
    return kernel


def blur(size: int) -> Array:
    """Return the kernel (size, size) that averages all cells under it."""
    return np.full((size, size), 1 / size**2)


def sharpen(size: int) -> Array:
    """Return the picture less its Laplacian, (size, size)."""
    return identity(size) - laplacian(size)


def emboss(size: int) -> Array:
    """Return the kernel (size, size) that lights the picture from the lower right, its sum is 1."""
    places = np.arange(size)
    kernel = (places[:, None] + places[None, :] - (size - 1)).astype(np.float64)
    kernel[size // 2, size // 2] += 1
    return kernel


def identity(size: int) -> Array:
    """Return a single 1 in zeros (size, size), where "same" padding leaves the picture in its place."""
    kernel = np.zeros((size, size))
    kernel[(size - 1) // 2, (size - 1) // 2] = 1
    return kernel


CLASSICS = {
    "Sobel x": sobel_x,
    "Sobel y": sobel_y,
    "Laplacian": laplacian,
    "blur": blur,
    "sharpen": sharpen,
    "emboss": emboss,
    "identity": identity,
}
"""The classic kernels by name, each a function of its size."""


def classic(name: str, size: int) -> Array:
    """Return a classic kernel (size, size). With one cell there are no neighbours: all of them are [[1]]."""
    return CLASSICS[name](size) if size > 1 else np.ones((1, 1))


def random_kernel(size: int, seed: int) -> Array:
    """Return a kernel (size, size) as a network has it before training, in hundredths.

    Uniform between -1/size and 1/size, which is how `torch.nn.Conv2d` starts with
    one input channel.
    """
    return np.round(np.random.default_rng(seed).uniform(-1 / size, 1 / size, (size, size)), 2) + 0.0  # no -0


def learned(filter_index: int, size: int) -> tuple[Array, float]:
    """Return a filter of the shipped CNN's first layer, 3 x 3, and its bias to six decimals.

    Other sizes get zeros around it, or lose its edge.
    """
    layer = load_shipped("digit-cnn").network.get_submodule("conv1")
    assert isinstance(layer, torch.nn.Conv2d)
    assert layer.bias is not None
    kernel = layer.weight[filter_index, 0].numpy().astype(np.float64)
    return resized(kernel, size), round(float(layer.bias[filter_index]), 6)


def resized(kernel: Array, size: int) -> Array:
    """Return the kernel with zeros around it, or without its edges, (size, size), its middle kept."""
    old, new = kernel.shape[0], np.zeros((size, size))
    shift = (size - 1) // 2 - (old - 1) // 2
    start, end = max(0, shift), min(size, old + shift)
    new[start:end, start:end] = kernel[start - shift : end - shift, start - shift : end - shift]
    return new


def check_weights(rows: object) -> Array:
    """Return the kernel (size, size) that somebody has sent as a list of rows.

    Raises:
        BadKernel: not a square of 1 to `MAX_SIZE` finite numbers a side, or too large a number.
    """
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not 1 <= len(rows) <= MAX_SIZE:
        raise BadKernel(f"A kernel has 1 to {MAX_SIZE} rows of numbers.")
    for row in rows:
        if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != len(rows):
            raise BadKernel("A kernel has as many columns as rows.")
        for weight in row:
            if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not abs(weight) <= MAX_WEIGHT:
                raise BadKernel(f"A kernel is made of numbers between -{MAX_WEIGHT} and {MAX_WEIGHT}.")
    return np.array(rows, np.float64)


def weights_text(kernel: ArrayLike) -> str:
    """Return a kernel as text for an address: ``1,0,-1;2,0,-2;1,0,-1``, six digits a number."""
    return ";".join(",".join(f"{weight:.6g}" for weight in row) for row in np.asarray(kernel, np.float64) + 0.0)


def read_weights(text: str) -> Array:
    """Return the kernel that `weights_text` has written.

    Raises:
        BadKernel: anything else.
    """
    if len(text) > 20 * MAX_SIZE**2:
        raise BadKernel("The kernel in the address is too long.")
    try:
        rows = [[float(weight) for weight in row.split(",")] for row in text.split(";")]
    except ValueError:
        raise BadKernel("The kernel in the address is not made of numbers.") from None
    return check_weights(rows)


def _repeated(start: list[int], times: int) -> Array:
    """Return `start` convolved `times` times with [1, 1]: from [1], the rows of Pascal's triangle."""
    row = np.array(start, np.float64)
    for _ in range(times):
        row = np.convolve(row, [1, 1])
    return row
