"""The naive way to read a number: cut the line where a column has no ink, and ask a reader of digits piece by piece."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.images.digits import EDGE, prepare
from core.models.shipped import load_shipped

Floats = NDArray[np.float32]

NETWORK = "digit-cnn"
"""The shipped network that reads the pieces."""


@dataclass(frozen=True)
class Piece:
    """Ink between two gaps, and what the network makes of it.

    Attributes:
        begin: its first column in the line, pixels.
        end: the column after its last.
        pixels: (28, 28), as the network reads it.
        digit: the likeliest.
        probability: of that digit, 0-1.
    """

    begin: int
    end: int
    pixels: Floats
    digit: int
    probability: float


@dataclass(frozen=True)
class CutReading:
    """What cutting gives.

    Attributes:
        pieces: from left to right.
    """

    pieces: tuple[Piece, ...]

    @property
    def digits(self) -> str:
        """The number, as text."""
        return "".join(str(piece.digit) for piece in self.pieces)


def cut_at_gaps(line: Floats) -> list[tuple[int, int]]:
    """Return where the pieces of a line (H, W) begin and end: runs of columns with ink."""
    inked = np.concatenate([[False], (line > EDGE).any(0), [False]]).astype(np.int8)
    changes = np.flatnonzero(np.diff(inked))
    return [(int(begin), int(end)) for begin, end in changes.reshape(-1, 2)]


def read_by_cutting(line: Floats) -> CutReading:
    """Return what the digit CNN says of every piece of a line (H, W), each prepared like a drawing of one digit."""
    cuts = cut_at_gaps(line)
    if not cuts:
        return CutReading(())
    pictures = np.stack([prepare(np.pad(line[:, begin:end], 2), "light").pixels for begin, end in cuts])
    with torch.inference_mode():
        answers = load_shipped(NETWORK).network(torch.from_numpy(pictures)[:, None]).softmax(1).numpy()
    return CutReading(
        tuple(
            Piece(begin, end, pixels, int(answer.argmax()), float(answer.max()))
            for (begin, end), pixels, answer in zip(cuts, pictures, answers, strict=True)
        )
    )
