"""A network's forecasts of a series, with a band around them, beside forecasts that learn nothing."""

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import torch

from core.data.series.samples import SAMPLES
from core.data.series.series import Numbers, TimeSeries, longest_horizon, split
from core.data.series.windows import Places, inputs_at
from core.inspection.series.baselines import Forecast, autoregression, naive, unlog
from core.inspection.series.rolling import Rolled, roll
from core.models.series import SHIPPED_SHAPES, Forecaster, SeriesKind
from core.models.shipped import load_shipped

DRAWS = 1000
"""Residuals that are drawn again for a band."""
LEVEL = 0.8
"""Share of the coming values that a band is to hold."""
_AT_ONCE = 2048
_KEPT = 16  # up to 8 MB each for the longest series


@dataclass(frozen=True)
class ForecastSettings:
    """How a series is forecast.

    Attributes:
        kind: of the network.
        window: values that it sees.
        horizon: steps ahead.
        differencing: whether it sees and says changes.
        log: whether it sees and says logarithms.
    """

    kind: SeriesKind
    window: int
    horizon: int
    differencing: bool
    log: bool


@dataclass(frozen=True, eq=False)
class ForecastStudy:
    """What came of forecasting a series.

    Attributes:
        series: that was forecast.
        network: its forecasts of the test part; None where there is no network.
        naive: those that learn nothing, by name.
        residuals: of what is drawn, by which its band is made: truth minus forecast of the validation part (or their
            logarithms), an array for each step ahead.
        log: whether `residuals` are of logarithms.
        forecast: that is drawn: the network's, or the best naive one's.
        seen: values that `forecast` needs before an origin.
    """

    series: TimeSeries
    network: Rolled | None
    naive: dict[str, Rolled]
    residuals: tuple[Numbers, ...]
    log: bool
    forecast: Forecast
    seen: int

    def best_naive(self, first: int = 1, last: int | None = None) -> str:
        """Return the name of the naive forecast with the smallest mean absolute error over some steps ahead."""
        return min(self.naive, key=lambda name: self.naive[name].errors(first, last).mae)

    @property
    def drawn(self) -> Rolled:
        """The forecasts that are drawn."""
        return self.network or self.naive[self.best_naive()]


@dataclass(frozen=True, eq=False)
class Fan:
    """Forecasts from one origin, and the band around them.

    Attributes:
        origin: the number of known values.
        values: (horizon,).
        low: lower end of the band (horizon,).
        high: its upper end (horizon,).
    """

    origin: int
    values: Numbers
    low: Numbers
    high: Numbers


def shipped_network(name: str, settings: ForecastSettings) -> Forecaster | None:
    """Return the shipped network for a series with these settings, or None where there is none."""
    shape = next((shape for known, shape in SHIPPED_SHAPES.items() if known == name), None)
    if shape is None or settings.log != SAMPLES[name].log:
        return None
    _, window, horizon, differencing = shape
    if settings.window != window or settings.horizon > horizon or settings.differencing != differencing:
        return None
    network = load_shipped(f"series-{name}-{settings.kind}").network
    assert isinstance(network, Forecaster)
    return network


def network_forecast(network: Forecaster, log: bool) -> Forecast:
    """Return the forecast that a network makes."""
    return partial(_ask, network=network, log=log)


def _ask(values: Numbers, origins: Places, horizon: int, *, network: Forecaster, log: bool) -> Numbers:
    windows = inputs_at(values, origins, network.window)
    if log:
        windows = np.log(windows)
    with torch.inference_mode():
        parts = [network(part) for part in torch.from_numpy(windows).split(_AT_ONCE)]
    said = torch.cat(parts)[:, :horizon].numpy()
    return unlog(said) if log else said


def study(series: TimeSeries, network: Forecaster | None, horizon: int, log: bool) -> ForecastStudy:
    """Return how a network, and what learns nothing, forecast the test part of a series.

    Everything is worked out once, as far ahead as the network says or the series allows; a nearer horizon is a part of
    it.
    """
    farthest = network.horizon if network else longest_horizon(len(series))
    seen = network.window if network else 1
    rolled = {name: one.up_to(horizon) for name, one in _naive(series, seen, farthest).items()}
    if network is None:
        best = min(rolled, key=lambda name: rolled[name].errors().mae)
        chosen = naive(series.season)[best]
        return ForecastStudy(
            series, None, rolled, _before(series, chosen, seen, horizon, log=False), False, chosen, seen
        )
    test, residuals = _asked(series, network, log)
    forecast = network_forecast(network, log)
    return ForecastStudy(series, test.up_to(horizon), rolled, residuals[:horizon], log, forecast, seen)


@lru_cache(maxsize=_KEPT)
def _naive(series: TimeSeries, window: int, horizon: int) -> dict[str, Rolled]:
    """Return what learns nothing, rolled over the test part."""
    parts = series.parts
    over = partial(roll, values=series.values, begin=parts.validation, end=parts.end, window=window, horizon=horizon)
    return {name: over(forecast) for name, forecast in naive(series.season).items()}


@lru_cache(maxsize=_KEPT)
def _asked(series: TimeSeries, network: Forecaster, log: bool) -> tuple[Rolled, tuple[Numbers, ...]]:
    """Return a network's forecasts of the test part, and its errors in the validation part by steps ahead."""
    parts, forecast = series.parts, network_forecast(network, log)
    test = roll(forecast, series.values, parts.validation, parts.end, network.window, network.horizon)
    return test, _before(series, forecast, network.window, network.horizon, log=log)


def _before(series: TimeSeries, forecast: Forecast, window: int, horizon: int, *, log: bool) -> tuple[Numbers, ...]:
    """Return the errors of a forecast in the validation part, by steps ahead."""
    parts = series.parts
    return _residuals(roll(forecast, series.values, parts.training, parts.validation, window, horizon), log)


def _residuals(before: Rolled, log: bool) -> tuple[Numbers, ...]:
    if log:
        before = Rolled(before.origins, np.log(before.forecasts), np.log(before.truth))
    return tuple(before.residuals(step) for step in range(1, before.horizon + 1))


@lru_cache(maxsize=_KEPT)
def fitted_autoregression(series: TimeSeries, settings: ForecastSettings) -> Rolled:
    """Return what an autoregression that was fitted to the training part says of the test part."""
    parts = series.parts
    forecast = autoregression(
        series.values[: parts.training], settings.window, differencing=settings.differencing, log=settings.log
    )
    return roll(forecast, series.values, parts.validation, parts.end, settings.window, settings.horizon)


def fan(found: ForecastStudy, origin: int, horizon: int) -> Fan:
    """Return the forecasts from an origin, `found.seen` to the length of the series, with their band."""
    said = found.forecast(found.series.values, np.array([origin]), horizon)[0]
    return Fan(origin, said, *band(said, found.residuals, found.log))


def band(
    said: Numbers, residuals: tuple[Numbers, ...], log: bool, *, draws: int = DRAWS, seed: int = 0
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper end of a band around forecasts (..., horizon) that is to hold `LEVEL` of what comes.

    For each step ahead, errors that were made before are drawn again with replacement (a bootstrap) and added to the
    forecast; the band leaves out as many of the draws above as below. Errors of logarithms multiply the forecast.
    """
    chance = np.random.default_rng(seed)
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    ends = np.array([np.quantile(chance.choice(some, draws), tails) for some in residuals[: said.shape[-1]]])
    low, high = ends.T
    return (said * np.exp(low), said * np.exp(high)) if log else (said + low, said + high)


def coverage(found: ForecastStudy, first: int = 1, last: int | None = None) -> float:
    """Return the share of the test values that lie within the band, over some steps ahead, 0-1."""
    rolled = found.drawn
    low, high = band(rolled.forecasts, found.residuals, found.log)
    some = slice(first - 1, last or rolled.horizon)
    truth = rolled.truth[:, some]
    known = np.isfinite(truth)
    return float(((truth >= low[:, some]) & (truth <= high[:, some]))[known].mean())


def extrapolate(values: Numbers, horizon: int, window: int) -> Fan:
    """Return an autoregression's forecasts of what comes after values (N,), with their band.

    It is fitted to all of them; the errors of the band are those of one that was fitted to their first part alone.
    """
    parts, origin = split(len(values)), len(values)
    cautious = autoregression(values[: parts.training], window)
    before = _residuals(roll(cautious, values, parts.training, origin, window, horizon), log=False)
    said = autoregression(values, window)(values, np.array([origin]), horizon)[0]
    return Fan(origin, said, *band(said, before, log=False))
