"""Forecasts that cost nothing, or next to it: what a network has to beat.

Each is a function (values, origins, horizon) -> forecasts, which must not look at a value at or after its origin
(`core.inspection.series.rolling` refuses the ones that do).
"""

import threading
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

from core.data.series.series import Numbers
from core.data.series.windows import Places

Forecast = Callable[[Numbers, Places, int], Numbers]
"""(values (N,), origins (B,), horizon) -> forecasts (B, horizon); from origin o only the first o values are known."""

TITLES = {"last": "Last value", "seasonal": "Seasonal naive", "drift": "Drift", "autoregression": "Autoregression"}
"""How each is called for people."""


def last_value(values: Numbers, origins: Places, horizon: int) -> Numbers:
    """Return the last known value for every coming step."""
    return np.repeat(values[origins - 1][:, None], horizon, axis=1)


def seasonal_naive(values: Numbers, origins: Places, horizon: int, *, season: int) -> Numbers:
    """Return the value one season before, of the last known season; the last value where there is none yet."""
    places = origins[:, None] - season + np.arange(horizon) % season
    return np.where(places >= 0, values[places.clip(min=0)], values[origins - 1][:, None])


def drift(values: Numbers, origins: Places, horizon: int) -> Numbers:
    """Return the straight line through the first and the last known value, drawn on."""
    slope = (values[origins - 1] - values[0]) / np.maximum(origins - 1, 1)
    return values[origins - 1][:, None] + slope[:, None] * np.arange(1, horizon + 1)


def naive(season: int) -> dict[str, Forecast]:
    """Return the forecasts that learn nothing, by name; the seasonal one only where there is a season."""
    found: dict[str, Forecast] = {"last": last_value}
    if season > 1:
        found["seasonal"] = partial(seasonal_naive, season=season)
    return found | {"drift": drift}


def autoregression(known: Numbers, lags: int, *, differencing: bool = False, log: bool = False) -> Forecast:
    """Return an autoregression that was fitted to known values (N,) by least squares (`statsmodels`).

    x_t = c + a_1 x_{t-1} + ... + a_p x_{t-p}; further steps take the forecasts of the steps before as if they were
    known. It sees what a network sees: changes, logarithms, as many values.

    Args:
        known: that it may learn from.
        lags: p, lowered where there are too few values.
        differencing: see and forecast changes.
        log: see and forecast logarithms.

    Raises:
        ValueError: a value has no logarithm.
    """
    seen = _seen(known, log)
    seen = np.diff(seen) if differencing else seen
    count = max(1, min(lags - differencing, (len(seen) - 2) // 3))
    return partial(_iterate, coefficients=_fit(seen, count), differencing=differencing, log=log)


def _fit(seen: Numbers, lags: int) -> Numbers:
    """Return c, a_1 ... a_p (1 + p,)."""
    from statsmodels.tools.sm_exceptions import SingularMatrixWarning
    from statsmodels.tsa.ar_model import AutoReg  # 70 to 140 MB and seconds: only where it is used

    if np.ptp(seen) == 0:  # nothing to fit: it stays as it is
        return np.concatenate([seen[:1], np.zeros(lags)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SingularMatrixWarning)  # a straight line: many answers are right, one is taken
        return np.asarray(AutoReg(seen, lags, trend="c").fit().params, np.float64)


def warm_up() -> None:
    """Import `statsmodels` in the background, so that nobody waits for it later."""
    threading.Thread(target=_import, name="statsmodels", daemon=True).start()


def _import() -> None:
    import statsmodels.tsa.ar_model  # noqa: F401 - for its side effect, to be in memory


def _iterate(
    values: Numbers, origins: Places, horizon: int, *, coefficients: Numbers, differencing: bool, log: bool
) -> Numbers:
    lags = len(coefficients) - 1
    seen = _seen(values[: int(origins.max())], log)
    level = seen[origins - 1]
    if differencing:
        seen = np.diff(seen, prepend=seen[:1])
    places = origins[:, None] - 1 - np.arange(lags)  # the newest first
    past = np.where(places >= 0, seen[places.clip(min=0)], 0.0)
    said = np.empty((len(origins), horizon))
    with np.errstate(over="ignore", invalid="ignore"):  # an explosive one says infinity
        for step in range(horizon):
            said[:, step] = coefficients[0] + past @ coefficients[1:]
            past = np.hstack([said[:, step : step + 1], past[:, :-1]])
        if differencing:
            said = level[:, None] + said.cumsum(1)
        return unlog(said) if log else said


def _seen(values: Numbers, log: bool) -> Numbers:
    if log and (values <= 0).any():
        raise ValueError("The logarithm needs values above 0.")
    return np.log(values) if log else values


def unlog(said: Numbers) -> Numbers:
    """Return the values of logarithms; what is beyond all numbers stays the largest one."""
    return np.exp(np.minimum(said, 700.0))
