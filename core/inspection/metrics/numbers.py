"""How good answers are that are numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection.metrics.classes import RESAMPLES, middle

Column = Sequence[float] | NDArray[np.float64]
_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Errors:
    """Errors of some predictions.

    Attributes:
        mae: mean absolute error.
        mse: mean squared error.
        rmse: its root, in the unit of the values.
        r2: the share of the spread of the truth that is explained; NaN where the truth is the same in all rows.
        squares: sum of the squared errors.
        spread: sum of the squared distances of the truth from its mean.
        mean: of the truth.
    """

    mae: float
    mse: float
    rmse: float
    r2: float
    squares: float
    spread: float
    mean: float


def errors(truth: Column, prediction: Column) -> Errors:
    """Return the errors of predictions; both columns have N >= 1 rows."""
    true, said = np.asarray(truth, np.float64), np.asarray(prediction, np.float64)
    off = true - said
    squares, spread = float((off**2).sum()), float(((true - true.mean()) ** 2).sum())
    constant = bool((true == true[0]).all())
    mse = squares / len(true)
    r2 = float("nan") if constant else 1 - squares / spread
    return Errors(
        float(np.abs(off).mean()), mse, mse**0.5, r2, squares, 0.0 if constant else spread, float(true.mean())
    )


def bootstrap_errors(
    truth: Sequence[float], prediction: Sequence[float], seed: int = 0
) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of MAE, MSE, RMSE and R2 by name, from 1,000 draws of the rows with replacement."""
    true, said = np.asarray(truth, np.float64), np.asarray(prediction, np.float64)
    draw, rows = np.random.default_rng(seed), len(true)
    found: dict[str, list[NDArray[np.float64]]] = {"mae": [], "mse": [], "rmse": [], "r2": []}
    step = max(1, min(RESAMPLES, _AT_ONCE // rows))
    for begin in range(0, RESAMPLES, step):
        these = draw.integers(rows, size=(min(step, RESAMPLES - begin), rows))
        some, off = true[these], (true - said)[these]
        mse = (off**2).mean(1)
        spread = ((some - some.mean(1, keepdims=True)) ** 2).mean(1)
        varied = np.ptp(some, axis=1) > 0
        found["mae"].append(np.abs(off).mean(1))
        found["mse"].append(mse)
        found["rmse"].append(np.sqrt(mse))
        found["r2"].append(1 - np.divide(mse, spread, out=np.full(len(mse), np.nan), where=varied))
    return {name: middle(np.concatenate(values)) for name, values in found.items()}
