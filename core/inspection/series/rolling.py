"""Rolling evaluation: from every origin forecast, then wait for the truth. Nobody looks into the future.

A contestant gets the whole series for speed, and could cheat. So its forecasts from some origins are computed again
with everything from the origin on taken away (NaN): another answer is refused.
"""

from dataclasses import dataclass

import numpy as np

from core.data.series.series import Numbers
from core.data.series.windows import Places, origins_of, truth_at
from core.inspection.metrics.numbers import Errors, errors
from core.inspection.series.baselines import Forecast

_CHECKED = 5
_ROUNDING = 1e-12  # of the size of the values


class LooksAhead(ValueError):
    """A forecast that depends on what comes after its origin; the message is a sentence."""


@dataclass(frozen=True, eq=False)
class Rolled:
    """Forecasts from many origins, and what came.

    Attributes:
        origins: (B,): from origin o the first o values are known.
        forecasts: (B, horizon).
        truth: (B, horizon); NaN where a value does not count.
    """

    origins: Places
    forecasts: Numbers
    truth: Numbers

    @property
    def horizon(self) -> int:
        """Steps ahead."""
        return self.truth.shape[1]

    def up_to(self, horizon: int) -> "Rolled":
        """Return the same with a nearer horizon; without the first origins, from which only later steps count."""
        late = np.isfinite(self.truth[:, :horizon]).any(1)
        first = int(late.argmax())
        return Rolled(self.origins[first:], self.forecasts[first:, :horizon], self.truth[first:, :horizon])

    def residuals(self, step: int) -> Numbers:
        """Return truth minus forecast of one step ahead, counted from 1 (N,)."""
        off = self.truth[:, step - 1] - self.forecasts[:, step - 1]
        return off[np.isfinite(self.truth[:, step - 1])]

    def pairs(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return truth and forecasts (N,) of all steps from `first` to `last`, counted from 1."""
        truth, said = self.truth[:, first - 1 : last], self.forecasts[:, first - 1 : last]
        known = np.isfinite(truth)
        return truth[known], said[known]

    def errors(self, first: int = 1, last: int | None = None) -> Errors:
        """Return the errors over the steps from `first` to `last`, by default all."""
        return errors(*self.pairs(first, last or self.horizon))


def roll(forecast: Forecast, values: Numbers, begin: int, end: int, window: int, horizon: int) -> Rolled:
    """Forecast every value in [begin, end) one step ahead, two steps ahead ... and return what was said and what came.

    Each step ahead is counted on the same values, so that steps can be compared.

    Raises:
        LooksAhead: a forecast depends on what comes after its origin.
    """
    origins = origins_of(begin, end, window, horizon)
    said = forecast(values, origins, horizon)
    refuse_leaks(forecast, values, origins, said)
    return Rolled(origins, said, truth_at(values, origins, horizon, begin, end))


def refuse_leaks(forecast: Forecast, values: Numbers, origins: Places, said: Numbers) -> None:
    """Compute forecasts (B, horizon) from some of the origins again, without what comes after them.

    Raises:
        LooksAhead: one is another, or cannot be made.
    """
    for place in np.unique(np.linspace(0, len(origins) - 1, _CHECKED).astype(int)):
        origin = int(origins[place])
        known = values.copy()
        known[origin:] = np.nan
        again = forecast(known, origins[place : place + 1], said.shape[1])[0]
        scale = float(np.abs(values[:origin]).max(initial=0.0)) + 1e-12
        if not np.allclose(again, said[place], rtol=1e-4, atol=1e-4 * scale):
            raise LooksAhead(f"This forecast looks into the future: from step {origin:,} on it knows what comes.")


def skill(of: Errors, against: Errors) -> float:
    """Return the share of a baseline's mean absolute error that is saved, 1 - MAE / MAE; below 0 is worse than it.

    NaN where the baseline makes no error and there is nothing to save; 0 where neither makes one. What rounding leaves
    of an exact forecast, of a straight line for example, is no error.
    """
    rounding = _ROUNDING * (abs(against.mean) + against.spread**0.5)
    if against.mae > rounding:
        return 1 - of.mae / against.mae
    return 0.0 if of.mae <= rounding else float("nan")
