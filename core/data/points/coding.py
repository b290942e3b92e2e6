"""Points as text: four letters each, as the playground of "Neurons" writes them (`own_points.js`).

The points of a class stand together, after its number and a dot; classes are parted by "~". A coordinate is two letters
of 64, so 4096 places from -6 to 6.
"""

import re

import numpy as np
from numpy.typing import NDArray

EDGE = 6.0
"""Points lie in the plane from -6 to 6."""
MOST_POINTS = 5000
MOST_CLASSES = 6
LONGEST = 4 * MOST_POINTS + 3 * MOST_CLASSES
"""Letters of the longest text."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_PLACES = {letter: place for place, letter in enumerate(_LETTERS)}
_PART = re.compile(r"([0-5])\.((?:[A-Za-z0-9_-]{4})+)")
_STEPS = 4095


def decode_points(text: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return points (N, 2) and their classes (N,), which are untrusted.

    Raises:
        ValueError: it makes no sense; the message is a sentence.
    """
    if len(text) > LONGEST:
        raise ValueError(f"These are more than {MOST_POINTS:,} points.")
    points, labels = [], []
    for part in text.split("~") if text else []:
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError("These points make no sense.")
        numbers = np.array([_PLACES[letter] for letter in match[2]]).reshape(-1, 2, 2)
        points.append((numbers[..., 0] * 64 + numbers[..., 1]) / _STEPS * 2 * EDGE - EDGE)
        labels.append(np.full(len(numbers), int(match[1])))
    if not points:
        return np.empty((0, 2)), np.empty(0, np.int64)
    return np.concatenate(points), np.concatenate(labels)


def encode_points(points: NDArray[np.float64], labels: NDArray[np.int64]) -> str:
    """Return points (N, 2) and classes (N,) as text; coordinates are rounded to a 4096th of the plane."""
    steps = np.rint((points.clip(-EDGE, EDGE) + EDGE) / (2 * EDGE) * _STEPS).astype(int)
    parts = []
    for label in np.unique(labels):
        letters = (_LETTERS[place >> 6] + _LETTERS[place & 63] for place in steps[labels == label].ravel())
        parts.append(f"{label}.{''.join(letters)}")
    return "~".join(parts)
