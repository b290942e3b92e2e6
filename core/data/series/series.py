"""A series: numbers in the order of time, and where it is parted into training, validation and test."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

LEAST, MOST = 40, 20_000
"""Values that a series has at least and at most."""
LONGEST_HORIZON = 48
"""Steps ahead that are forecast at most."""
LONGEST_WINDOW = 120
"""Values that a network sees at most."""
_TRAINING, _VALIDATION = 0.7, 0.1


@dataclass(frozen=True)
class Parts:
    """Where a series is parted by time: first training, then validation, then test.

    Attributes:
        training: the first value that is not learnt from.
        validation: the first value of the test.
        end: of the series.
    """

    training: int
    validation: int
    end: int


@dataclass(frozen=True, eq=False)
class TimeSeries:
    """Numbers in the order of time, at equal steps.

    Attributes:
        name: of the sample; "own" where somebody brought it.
        title: for people.
        values: (N,) finite.
        season: steps after which it repeats itself roughly; 1 where it does not.
        unit: of the values, or nothing.
        step: what lies between two values, "month" for example.
        labels: what each step is called, its date for example; none where steps are only counted.
        source: where it comes from, for people.
    """

    name: str
    title: str
    values: Numbers
    season: int = 1
    unit: str = ""
    step: str = "step"
    labels: tuple[str, ...] = ()
    source: str = ""

    def __len__(self) -> int:
        return len(self.values)

    @property
    def parts(self) -> Parts:
        """Where it is parted."""
        return split(len(self.values))

    def label(self, place: int) -> str:
        """Return what a step is called; beyond the end how many steps after it."""
        if place >= len(self.values):
            return f"{place - len(self.values) + 1} after the end"
        return self.labels[place] if self.labels else f"{self.step} {place + 1:,}"


def split(length: int) -> Parts:
    """Return where a series of that length is parted: 70 % are learnt from, 10 % validate, the last 20 % are tested."""
    training = round(_TRAINING * length)
    return Parts(training, training + max(1, round(_VALIDATION * length)), length)


def longest_horizon(length: int) -> int:
    """Return how many steps ahead a series of that length can be forecast and tested: not beyond its test part."""
    return max(1, min(LONGEST_HORIZON, length - split(length).validation))


def longest_window(length: int) -> int:
    """Return how many values a network may see at a time: at most half of those that it learns from."""
    return max(2, min(LONGEST_WINDOW, split(length).training // 2))


def fits_log(values: Numbers) -> bool:
    """Whether all values have a logarithm."""
    return bool((values > 0).all())
