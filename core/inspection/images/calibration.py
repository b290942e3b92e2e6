"""Whether a network is as often right as it is sure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15
"""Groups of equal width into which probabilities of 0-1 are put."""


@dataclass(frozen=True)
class Calibration:
    """Answers in groups by the probability that the network gave them.

    Attributes:
        edges: (bins + 1,) of the groups; a group holds its upper edge.
        counts: (bins,) answers in each group.
        confidence: (bins,) mean probability of the answers of a group; NaN where there are none.
        accuracy: (bins,) share of them that is right; NaN where there are none.
        error: the expected calibration error, 0-1.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    error: float


def calibrate(confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS) -> Calibration:
    """Return how often answers of each probability are right.

    The expected calibration error is the mean distance between probability and
    share of right answers over the groups, weighted by their answers (Guo,
    Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017).

    Args:
        confidence: (N,) probability of each answer, 0-1.
        right: (N,) whether it is right.
        bins: number of groups.
    """
    edges = np.linspace(0, 1, bins + 1)
    group = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    counts = np.bincount(group, minlength=bins)
    with np.errstate(invalid="ignore"):  # a group without answers has no mean
        mean = np.bincount(group, weights=confidence, minlength=bins) / counts
        share = np.bincount(group, weights=right, minlength=bins) / counts
    error = float(np.nansum(counts * np.abs(share - mean)) / max(1, len(confidence)))
    return Calibration(edges, counts.astype(np.int64), mean, share, error)
