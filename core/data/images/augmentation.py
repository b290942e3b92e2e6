"""Distortions that make new training digits out of old ones, a whole batch at a time."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor


def distort_half(images: Tensor, generator: torch.Generator) -> Tensor:
    """Return a distorted copy of every image as `distort` does, with half its limits."""
    limits = {"turn": 7.5, "scale": 0.06, "shear": 0.125, "shift": 1.0, "elastic": 0.6, "thickness": 0.25}
    return distort(images, generator, **limits)


def distort(
    images: Tensor,
    generator: torch.Generator,
    *,
    turn: float = 15.0,
    scale: float = 0.12,
    shear: float = 0.25,
    shift: float = 2.0,
    elastic: float = 1.2,
    thickness: float = 0.5,
) -> Tensor:
    """Return a distorted copy of every image, each with its own random distortion.

    Random affine maps plus a smooth elastic field, after Simard, Steinkraus and
    Platt, "Best practices for convolutional neural networks applied to visual
    document analysis", ICDAR 2003; then strokes are made thicker or thinner by
    blending with a grey dilation or erosion.

    Args:
        images: (B, 1, H, W), ink light on a background of 0.
        generator: the source of randomness, on the CPU.
        turn: largest rotation, degrees.
        scale: largest relative change of size.
        shear: largest horizontal shear (dx per dy).
        shift: largest displacement, pixels.
        elastic: standard deviation of the elastic field, pixels.
        thickness: largest share of a dilated or eroded copy in the blend, 0-1.
    """
    batch, _, height, width = images.shape

    def uniform(limit: float) -> Tensor:
        return (torch.rand(batch, generator=generator) * 2 - 1) * limit

    angle, slant = uniform(math.radians(turn)), uniform(shear)
    size_x, size_y = 1 + uniform(scale), 1 + uniform(scale)
    cos, sin = torch.cos(angle), torch.sin(angle)
    theta = torch.stack(  # (B, 2, 3): where each output pixel looks in the input
        [
            torch.stack([cos * size_x, (slant * cos - sin) * size_x, uniform(shift) * 2 / width], 1),
            torch.stack([sin * size_y, (slant * sin + cos) * size_y, uniform(shift) * 2 / height], 1),
        ],
        dim=1,
    )
    grid = F.affine_grid(theta.to(images.device), list(images.shape), align_corners=False)  # (B, H, W, 2)
    if elastic:
        coarse = torch.randn(batch, 2, 5, 5, generator=generator) * elastic * 2 / width
        field = F.interpolate(coarse, size=(height, width), mode="bilinear", align_corners=True)
        grid = grid + field.permute(0, 2, 3, 1).to(images.device)
    moved = F.grid_sample(images, grid, align_corners=False)
    if not thickness:
        return moved
    thick = F.max_pool2d(moved, 3, stride=1, padding=1)
    thin = -F.max_pool2d(-moved, 3, stride=1, padding=1)
    blend = uniform(thickness).view(-1, 1, 1, 1).to(images.device)
    return moved + blend.clamp(min=0) * (thick - moved) + (-blend).clamp(min=0) * (thin - moved)
