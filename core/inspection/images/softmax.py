"""Softmax worked step by step, in numbers that a student can check with a calculator."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

DECIMALS = 4
"""Decimals of every number shown."""
WRITABLE = (-2.0, 20.0)
"""Between these the largest logit's exponential has a place among numbers with four decimals: 0.1353 to 485,165,195."""


@dataclass(frozen=True)
class SoftmaxSteps:
    """Logits on their way to probabilities; every column adds up as it is shown.

    Attributes:
        logits: (classes,) the network's output, rounded to `DECIMALS` decimals.
        subtracted: what was subtracted from every logit first, or 0; it changes no probability.
        exponentials: (classes,) e to the power of the logits less `subtracted`, so rounded that they add up to `total`.
        total: their sum, rounded.
        percent: (classes,) 100 * exponential / sum, so rounded that they add up to exactly 100.
    """

    logits: NDArray[np.float64]
    subtracted: float
    exponentials: NDArray[np.float64]
    total: float
    percent: NDArray[np.float64]


def softmax(logits: ArrayLike) -> NDArray[np.float32]:
    """Return the probabilities (classes,) for logits (classes,), unrounded."""
    values = np.asarray(logits, np.float64)
    exponentials = np.exp(values - values.max())  # the same result, without overflow
    return np.asarray(exponentials / exponentials.sum(), np.float32)


def softmax_steps(logits: ArrayLike) -> SoftmaxSteps:
    """Return softmax worked out: p_i = exp(z_i) / sum_j exp(z_j).

    The logits are rounded first and everything follows from the rounded ones,
    in double precision, so that a calculator comes to the same numbers; the
    probabilities differ from the network's own by less than 0.02 percent points.
    Where the exponentials would be too large or too small to be written down,
    the largest logit is subtracted from all of them first, as every library does.

    Args:
        logits: (classes,).

    Raises:
        ValueError: not one row of finite numbers.
    """
    shown = np.asarray(logits, np.float64).round(DECIMALS)
    if shown.ndim != 1 or not shown.size or not np.isfinite(shown).all():
        raise ValueError("Softmax is worked out for one row of finite logits.")
    largest = float(shown.max())
    taken_off = 0.0 if WRITABLE[0] <= largest <= WRITABLE[1] else largest
    exponentials = np.exp(shown - taken_off)
    total = float(exponentials.sum())
    return SoftmaxSteps(
        logits=shown,
        subtracted=taken_off,
        exponentials=round_to_sum(exponentials),
        total=round(total, DECIMALS),
        percent=round_to_sum(exponentials / total * 100),
    )


def round_to_sum(values: NDArray[np.float64], digits: int = DECIMALS) -> NDArray[np.float64]:
    """Return non-negative values rounded so that they add up to their rounded sum.

    The method of largest remainders: all are rounded down, and what is missing
    goes, one unit of the last place each, to those that lost most. No value is
    off by a whole unit of the last place.
    """
    scaled = values * 10**digits
    floors = np.floor(scaled)
    missing = round(float(scaled.sum())) - int(floors.sum())
    order = np.argsort(floors - scaled, kind="stable")
    floors[order[:missing]] += 1
    return np.asarray(floors / 10**digits)
