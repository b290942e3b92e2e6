"""The states that a movement leads a network through, in three dimensions."""

from collections.abc import Sequence

import numpy as np

from core.inspection.pen.reading import Numbers, PenReading


def ways_in_space(readings: Sequence[PenReading]) -> tuple[list[Numbers], Numbers]:
    """Return the way of every reading (T, 3), and the share of the variance that each axis keeps (3,).

    A PCA (Pearson, 1901) of all states of these readings together, so equal states of two of them are one place.

    Args:
        readings: at least one, of one network.
    """
    states = np.concatenate([reading.states for reading in readings]).astype(np.float64)
    mean = states.mean(0)
    _, lengths, axes = np.linalg.svd(states - mean, full_matrices=False)
    kept = np.zeros(3)
    kept[: len(lengths)] = (lengths**2 / max(float((lengths**2).sum()), 1e-12))[:3]
    ways = []
    for reading in readings:
        places = np.zeros((len(reading), 3), np.float32)
        places[:, : len(axes)] = ((reading.states - mean) @ axes[:3].T)[:, :3]
        ways.append(places)
    return ways, kept.astype(np.float32)
