"""Why a forecast of prices looks better than it is: it repeats the price before."""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from core.data.series.samples import sample
from core.data.series.series import Numbers
from core.inspection.metrics.numbers import errors
from core.inspection.series.baselines import last_value
from core.inspection.series.forecasting import network_forecast
from core.inspection.series.rolling import Rolled, roll, skill
from core.models.series import Forecaster

WALKS = 20
"""Walks on which a network is tried."""


@dataclass(frozen=True)
class Repeating:
    """How a forecast one step ahead compares with the truth, and with the value before.

    Attributes:
        off_truth: mean absolute distance from the value that came.
        off_before: the same from the value before, which was known.
        moved: mean absolute distance of the truth from the value before: the error of the last value.
        r2_values: share of the spread of the values that is explained.
        r2_changes: share of the spread of the changes, in percent of the value before, that is explained.
        right_way: how often it goes up or down as the value did, 0-1; NaN where it never says a change.
    """

    off_truth: float
    off_before: float
    moved: float
    r2_values: float
    r2_changes: float
    right_way: float


def repeating(values: Numbers, rolled: Rolled) -> Repeating:
    """Return how forecasts of values (N,), of which one step is counted, compare with the truth and the value before.

    Changes are shares of the value before; of values that are not all above 0, plain differences.
    """
    known = np.isfinite(rolled.truth[:, 0])
    truth, said = rolled.truth[known, 0], rolled.forecasts[known, 0]
    before = values[rolled.origins[known] - 1]
    scale = before if (values > 0).all() else np.ones_like(before)
    came, foreseen = (truth - before) / scale, (said - before) / scale
    moved = (came != 0) & (foreseen != 0)
    right = float((np.sign(came) == np.sign(foreseen))[moved].mean()) if moved.any() else float("nan")
    return Repeating(
        float(np.abs(truth - said).mean()),
        float(np.abs(before - said).mean()),
        float(np.abs(truth - before).mean()),
        errors(truth, said).r2,
        errors(came, foreseen).r2,
        right,
    )


@lru_cache(maxsize=32)
def skills_on_walks(network: Forecaster, log: bool) -> tuple[float, ...]:
    """Return the skill of a network, one step ahead, against the last value on `WALKS` walks it has not learnt from."""
    found = []
    for draw in range(1, WALKS + 1):
        walk = sample("walk", draw)
        test = partial(
            roll, values=walk.values, begin=walk.parts.validation, end=len(walk), window=network.window, horizon=1
        )
        found.append(skill(test(network_forecast(network, log)).errors(), test(last_value).errors()))
    return tuple(found)
