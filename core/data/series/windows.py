"""What a network sees and what it is to say: windows of a series, and the values after each."""

import numpy as np
from numpy.typing import NDArray

from core.data.series.series import Numbers

Places = NDArray[np.int64]


def origins_of(begin: int, end: int, window: int, horizon: int) -> Places:
    """Return from where values [begin, end) are forecast: a forecast from origin o knows the first o values.

    Each of these values is forecast one step ahead, two steps ahead and so on up to the horizon, as far as there is a
    whole window before the origin.
    """
    return np.arange(max(window, begin - horizon + 1), end)


def inputs_at(values: Numbers, origins: Places, window: int) -> Numbers:
    """Return the last `window` values before each origin (B, window)."""
    return values[origins[:, None] - window + np.arange(window)]


def truth_at(values: Numbers, origins: Places, horizon: int, begin: int, end: int) -> Numbers:
    """Return the values after each origin (B, horizon); NaN where they are outside [begin, end)."""
    places = origins[:, None] + np.arange(horizon)
    inside = (places >= begin) & (places < end)
    return np.where(inside, values[np.minimum(places, len(values) - 1)], np.nan)


def windows(values: Numbers, window: int, horizon: int, begin: int, end: int) -> tuple[Numbers, Numbers]:
    """Return windows (B, window), and beside each the last known value and the `horizon` next ones (B, 1 + horizon).

    Only what is in [begin, end) is a target, everything else is NaN; windows reach back before `begin`.
    """
    origins = origins_of(begin, end, window, horizon)
    inputs = inputs_at(values, origins, window)
    return inputs, np.hstack([inputs[:, -1:], truth_at(values, origins, horizon, begin, end)])
