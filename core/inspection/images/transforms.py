"""The same digit elsewhere: shifted by whole pixels and turned about the centre, and what networks say to it."""

import math

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.inspection.images.forward import batch_probabilities

Array = NDArray[np.float32]

MAX_SHIFT = 8
"""Largest shift in x and in y, pixels."""
ANGLES = tuple(range(-45, 46, 3))
"""The angles of a curve, degrees; clockwise is positive."""


def transform(pixels: ArrayLike, right: int = 0, down: int = 0, degrees: float = 0.0) -> Array:
    """Return a picture (28, 28) turned clockwise about its centre, then shifted; what comes in is background, 0.

    Args:
        pixels: (28, 28) in 0-1.
        right: pixels to the right, negative to the left.
        down: pixels down, negative up.
        degrees: of the turn; 0 leaves every pixel as it is, otherwise values are interpolated bilinearly.

    Raises:
        ValueError: not (28, 28), or a shift beyond `MAX_SHIFT`.
    """
    image = _as_images(np.asarray(pixels, np.float32)[None])
    if abs(right) > MAX_SHIFT or abs(down) > MAX_SHIFT:
        raise ValueError(f"A digit is shifted by at most {MAX_SHIFT} pixels, not by ({right}, {down}).")
    turned = rotate(image, (degrees,))[:, 0] if degrees else image
    return all_shifts(turned)[0, down + MAX_SHIFT, right + MAX_SHIFT].numpy()


def all_shifts(images: Tensor) -> Tensor:
    """Return pictures (N, H, W) at every shift as (N, 17, 17, H, W), without copying them.

    Entry ``[:, REACH + down, REACH + right]`` is the picture moved right and down
    by so many pixels; what leaves the picture is lost, what comes in is 0.
    """
    height, width = images.shape[1:]
    padded = F.pad(images, (MAX_SHIFT, MAX_SHIFT, MAX_SHIFT, MAX_SHIFT)).flip(1, 2)
    windows = padded.unfold(1, height, 1).unfold(2, width, 1)  # (N, 17, 17, H, W), mirrored twice
    return windows.flip(3, 4)


def rotate(images: Tensor, degrees: tuple[float, ...]) -> Tensor:
    """Return pictures (N, H, W) turned clockwise by each of the angles, (N, angles, H, W)."""
    angles = torch.tensor([math.radians(angle) for angle in degrees])
    cos, sin, zero = torch.cos(angles), torch.sin(angles), torch.zeros(len(degrees))
    theta = torch.stack([torch.stack([cos, sin, zero], 1), torch.stack([-sin, cos, zero], 1)], 1)  # (angles, 2, 3)
    count, height, width = images.shape
    grid = F.affine_grid(theta, [len(degrees), count, height, width], align_corners=False)
    stack = images.expand(len(degrees), -1, -1, -1)  # (angles, N, H, W): the digits as channels
    return F.grid_sample(stack, grid, align_corners=False).swapaxes(0, 1)


def probability_by_shift(network: nn.Module, pixels: ArrayLike, label: int) -> Array:
    """Return the probability of the class `label` at every shift of a picture (28, 28), as (17, 17): [down, right]."""
    moved = all_shifts(_as_images(np.asarray(pixels, np.float32)[None]))[0]
    return batch_probabilities(network, moved.flatten(0, 1))[:, label].reshape(moved.shape[:2]).numpy()


def probability_by_angle(network: nn.Module, pixels: ArrayLike, label: int) -> Array:
    """Return the probability of the class `label` at every angle of `ANGLES` for one picture (28, 28), as (31,)."""
    turned = rotate(_as_images(np.asarray(pixels, np.float32)[None]), ANGLES)[0]
    return batch_probabilities(network, turned)[:, label].numpy()


def _as_images(array: NDArray[np.float32]) -> Tensor:
    if array.shape[1:] != (28, 28):
        raise ValueError(f"A network reads 28 x 28 pixels, not {array.shape[1:]}.")
    return torch.from_numpy(np.ascontiguousarray(array))
