"""Where a vector stands in its sequence: attention alone does not know, so it has to be told."""

import math
from typing import Literal

import torch
from torch import Tensor, nn

Positions = Literal["sinusoidal", "learned", "rotary"]
TITLES: dict[Positions, str] = {"sinusoidal": "Sinusoidal", "learned": "Learned", "rotary": "Rotary"}
"""How each is called for people."""
TRANSFORMERS: dict[Positions, str] = {kind: f"Transformer ({title.lower()})" for kind, title in TITLES.items()}
"""What a Transformer with such positions is called."""
ABOUT: dict[Positions, str] = {
    "sinusoidal": "attention; sines and cosines are added for the place",
    "learned": "attention; a learned vector is added for each place",
    "rotary": "attention; queries and keys are turned by their place",
}
"""What each is, in a few words."""

_SLOWEST = 10_000.0  # the longest wavelength, in turns of 2 pi places


def sinusoids(length: int, width: int, device: torch.device | None = None) -> Tensor:
    """Return sines (even columns) and cosines (odd columns) of the places 0 to `length` - 1, (length, width).

    PE(t, 2i) = sin(t / 10000^(2i / width)), PE(t, 2i + 1) the cosine (Vaswani and others, 2017, section 3.5).
    """
    angles = _angles(length, width, device)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(1)[:, :width]


class AddedPositions(nn.Module):
    """Adds to every vector one that stands for its place: fixed sines and cosines, or a learned row of a table.

    Args:
        kind: "sinusoidal" or "learned"; with "rotary" nothing is added, for attention itself knows places then.
        width: numbers in a vector.
        longest: rows of the table of learned places; beyond it the last row is used, which means nothing.
    """

    def __init__(self, kind: Positions, width: int, longest: int) -> None:
        super().__init__()
        self.kind: Positions = kind
        self.table = nn.Embedding(longest, width) if kind == "learned" else None
        if self.table is not None:
            nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return vectors (B, T, width) that know their places."""
        if self.kind == "rotary":
            return vectors
        length, width = vectors.shape[1:]
        if self.table is None:
            return vectors + sinusoids(length, width, vectors.device)
        places = torch.arange(length, device=vectors.device).clamp(max=self.table.num_embeddings - 1)
        return vectors + self.table(places)


class Rotary(nn.Module):
    """Turns pairs of numbers by an angle that grows with the place (Su and others, "RoFormer", 2021, equation 34).

    What two turned vectors make of each other depends on their distance alone.
    """

    def forward(self, vectors: Tensor) -> Tensor:
        """Return vectors (..., T, D), D even, turned by their places in T."""
        length, width = vectors.shape[-2:]
        angles = _angles(length, width, vectors.device)
        sine, cosine = angles.sin(), angles.cos()
        even, odd = vectors[..., 0::2], vectors[..., 1::2]
        return torch.stack([even * cosine - odd * sine, even * sine + odd * cosine], -1).flatten(-2)


def _angles(length: int, width: int, device: torch.device | None) -> Tensor:
    """Return the place divided by each wavelength, (length, width / 2 rounded up)."""
    rates = torch.exp(torch.arange(0, width, 2, device=device) * (-math.log(_SLOWEST) / width))
    return torch.arange(length, device=device)[:, None] * rates
