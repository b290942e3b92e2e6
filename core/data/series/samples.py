"""The series that the page offers: three published ones, and two that are made by rule on any machine."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from core.data.series.series import Numbers, TimeSeries
from core.data.sources import NotHere, folder_of, read_file

PUBLISHED = "time_series"
"""The name of the published set, in `core.data.sources`."""
_PERIOD = 25
NOISE = 0.3
"""Of the sine: standard deviation of what is added to each value."""
_VOLATILITY = 0.01


@dataclass(frozen=True)
class Sample:
    """A series before it is read or made, and the settings with which it is opened.

    Attributes:
        title: for people.
        season: steps after which it repeats itself roughly.
        window: values that its networks see.
        unit: of the values.
        step: what lies between two of them.
        differencing: forecast changes instead of values.
        log: forecast logarithms.
        file: of the published set; empty where it is made.
        source: where it comes from, for people.
    """

    title: str
    season: int
    window: int
    unit: str = ""
    step: str = "step"
    differencing: bool = False
    log: bool = False
    file: str = ""
    source: str = ""


_LIBRARY = "Time Series Data Library"
SAMPLES: MappingProxyType[str, Sample] = MappingProxyType(
    {
        "sunspots": Sample(
            "Sunspots", 132, 60, "spots", "month", file="monthly-sunspots.csv",
            source=f"Zürich sunspot numbers by month, 1749-1983 (Andrews and Herzberg, 1985; {_LIBRARY})",
        ),
        "passengers": Sample(
            "Airline passengers", 12, 24, "thousand passengers", "month", True, True, "airline-passengers.csv",
            f"International airline passengers by month, 1949-1960 (Box and Jenkins, 1976; {_LIBRARY})",
        ),
        "temperatures": Sample(
            "Minimum temperatures", 365, 30, "°C", "day", file="daily-min-temperatures.csv",
            source="Lowest reading of each day in Melbourne, 1981-1990 (Australian Bureau of Meteorology; "
            f"{_LIBRARY})",
        ),
        "sine": Sample(
            "Sine with noise", _PERIOD, 30,
            source=f"Made here: a sine that repeats every {_PERIOD} steps, and noise",
        ),
        "walk": Sample(
            "Random walk", 1, 20, "", "day", True, True,
            source="Made here, like a stock price: every day a change that nobody can foresee, 1 % in size",
        ),
    }
)  # fmt: skip
"""The series by their names in the address."""

MADE: MappingProxyType[str, int] = MappingProxyType({"sine": 600, "walk": 1000})
"""Those that are made by rule, and how many values they have."""


def sample(name: str, draw: int = 0, noise: float = NOISE) -> TimeSeries:
    """Return a series, the same object for the same arguments.

    Args:
        name: one of `SAMPLES`.
        draw: which of the many possible ones is made; published ones do not change.
        noise: of the sine.

    Raises:
        NotHere: it is published and not on this machine; the message is a sentence.
    """
    return _sample(name, draw if name in MADE else 0, noise if name == "sine" else NOISE)


def here() -> bool:
    """Whether the published series are on this machine."""
    return folder_of(PUBLISHED) is not None


@cache
def _published(name: str) -> tuple[Numbers, tuple[str, ...]]:
    folder, about = folder_of(PUBLISHED), SAMPLES[name]
    if folder is None:
        raise NotHere(f"The series “{about.title}” has not been downloaded yet.")
    try:
        rows = list(csv.reader(read_file(folder, about.file).decode().splitlines()[1:]))
        return np.array([float(row[1]) for row in rows]), tuple(row[0] for row in rows)
    except (OSError, ValueError, IndexError):
        raise NotHere(f"The file {about.file} cannot be read.") from None


def _sine(draw: int, noise: float) -> Numbers:
    steps, chance = np.arange(MADE["sine"]), np.random.default_rng(draw)
    return np.sin(2 * np.pi * steps / _PERIOD) + noise * chance.standard_normal(len(steps))


def _walk(draw: int, _noise: float) -> Numbers:
    changes = _VOLATILITY * np.random.default_rng(draw).standard_normal(MADE["walk"])
    return 100 * np.exp(np.cumsum(changes))


_MAKERS: dict[str, Callable[[int, float], Numbers]] = {"sine": _sine, "walk": _walk}


@cache
def _sample(name: str, draw: int, noise: float) -> TimeSeries:
    about = SAMPLES[name]
    values, labels = (_MAKERS[name](draw, noise), ()) if name in MADE else _published(name)
    values.setflags(write=False)
    return TimeSeries(name, about.title, values, about.season, about.unit, about.step, labels, about.source)
