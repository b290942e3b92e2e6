"""What the page remembers: the series, the settings of the network, and from where it is forecast."""

from collections.abc import Collection
from dataclasses import dataclass

from core.data.series.samples import MADE, NOISE, SAMPLES, here
from core.data.series.series import (
    LONGEST_HORIZON,
    LONGEST_WINDOW,
    TimeSeries,
    fits_log,
    longest_horizon,
    longest_window,
)
from core.data.series.tables import OwnSeries, SeriesTable, series_of
from core.inspection.series.forecasting import ForecastSettings
from core.models.series import TITLES, SeriesKind
from core.training.tasks.series import OWN
from core.ui.state.address import Field, choice, number
from core.ui.state.page_state import PageState

LATEST = -1
"""The place from which is forecast where nobody has chosen one: so late that all that comes is known."""
NOISES = tuple(round(0.1 * step, 1) for step in range(11))
DRAWS = 99
_SWITCH = {"no": False, "yes": True}


@dataclass
class ForecastState:
    """The state of one session.

    Attributes:
        series: name of a sample, or `OWN`.
        kind: of the network.
        window: values that it sees.
        horizon: steps ahead.
        differencing: whether it sees changes.
        log: whether it sees logarithms.
        draw: which of those that are made by chance.
        noise: of the sine.
        origin: values that are known; `LATEST` for the last place from which all can be checked.
        text: the table that somebody brought, as text.
        table: the same, read.
        column: of the table; empty for the likeliest.
        season: of the table; 0 for what its dates suggest.
        own: the series made of it.
        complaint: why the last table was not taken.
    """

    series: str = "sine"
    kind: SeriesKind = "gru"
    window: int = SAMPLES["sine"].window
    horizon: int = 12
    differencing: bool = False
    log: bool = False
    draw: int = 0
    noise: float = NOISE
    origin: int = LATEST
    text: str = ""
    table: SeriesTable | None = None
    column: str = ""
    season: int = 0
    own: OwnSeries | None = None
    complaint: str = ""

    def choose_series(self, name: str) -> None:
        """Take another series, with the settings that suit it."""
        if name == self.series:
            return
        self.series, self.origin = name, LATEST
        about = SAMPLES.get(name)
        if about is not None:
            self.window, self.differencing, self.log = about.window, about.differencing, about.log
        else:
            self.window, self.differencing, self.log = 24, False, False

    def take_own(self, table: SeriesTable, text: str) -> None:
        """Take a table that somebody brought.

        Raises:
            UnreadableColumns: there is no series in it.
        """
        own = series_of(table)
        self.table, self.text, self.own, self.column, self.season, self.complaint = table, text, own, "", 0, ""
        self.series = ""
        self.choose_series(OWN)

    def read_own(self, column: str, season: int) -> None:
        """Take another column of the table, or another season.

        Raises:
            UnreadableColumns: that column is no series.
        """
        if self.table is not None:
            self.own = series_of(self.table, column, season)
            self.column, self.season, self.complaint = column, season, ""

    def settings_for(self, series: TimeSeries) -> ForecastSettings:
        """Return the settings, as far as the length and the values of a series allow them."""
        return ForecastSettings(
            self.kind,
            min(self.window, longest_window(len(series))),
            min(self.horizon, longest_horizon(len(series))),
            self.differencing,
            self.log and fits_log(series.values),
        )

    def origin_in(self, series: TimeSeries, horizon: int) -> int:
        """Return how many values are known: within the test part, or up to the end."""
        begin, end = series.parts.validation, len(series)
        return min(max(self.origin, begin), end) if self.origin != LATEST else max(begin, end - horizon)


def _begin() -> ForecastState:
    state = ForecastState()
    if here():
        state.choose_series("sunspots")
    return state


def _switch(name: str) -> Field[bool]:
    def read(text: str) -> bool:
        if text not in _SWITCH:
            raise ValueError(text)
        return _SWITCH[text]

    return Field(name, read, lambda value: "yes" if value else "no")


def _arrive(state: ForecastState, taken: Collection[str]) -> None:
    """Give a series that came with the address the settings that suit it, where the address does not say others."""
    asked = {name: getattr(state, name) for name in ("window", "differencing", "log", "origin") if name in taken}
    if "series" in taken:
        name, state.series = state.series, ""
        state.choose_series(name)
        for attribute, value in asked.items():
            setattr(state, attribute, value)


STATE = PageState(
    "forecast",
    _begin,
    {
        "series": choice("series", (*SAMPLES, OWN), "There is no such series, so a different one is shown."),
        "kind": choice("forecaster", tuple(TITLES)),
        "window": number("window", 2, LONGEST_WINDOW),
        "horizon": number("horizon", 1, LONGEST_HORIZON),
        "differencing": _switch("differencing"),
        "log": _switch("log"),
        "draw": number("draw", 0, DRAWS),
        "noise": choice("noise", NOISES),
        "origin": number("from", 0, 30_000),
    },
    arrive=_arrive,
)


def made_by_chance(name: str) -> bool:
    """Whether a series can be drawn again."""
    return name in MADE
