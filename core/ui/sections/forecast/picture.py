"""The first picture: the series with its parts, forecasts over the truth, and in one sentence how good they are."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.data.series.series import Numbers, longest_horizon, longest_window
from core.data.series.series import fits_log as has_logarithms
from core.figures.percent import SIGN, exact_percent
from core.figures.series import MANY_STEPS, ONE_STEP, TRUTH, Drawn, forecast_chart, overview
from core.inspection.series.baselines import TITLES as NAIVE
from core.inspection.series.forecasting import coverage, fan
from core.inspection.series.rolling import skill
from core.models.series import IN_SENTENCES, TITLES
from core.ui.plain_text import plain
from core.ui.sections.forecast.networks import Shown
from core.ui.sections.forecast.state import STATE, ForecastState
from core.ui.widgets.chart_selection import clicked_items
from core.ui.widgets.formulas import rounded
from core.ui.widgets.sections import controlled
from core.ui.widgets.side_by_side import row_on_phone
from core.wording import counted

BAND = "80 % band"
"""What is said of `core.inspection.series.forecasting.LEVEL`."""
_PAST = 60
_STYLE = """<style>
.skill { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; }
.skill b.large { font-size: 2.2rem; line-height: 1; white-space: nowrap; }
.skill p { margin: 0; flex: 1 1 15rem; }
</style>"""


def show_picture(shown: Shown) -> None:
    """Show how good the forecast is, the forecast over the truth, and the settings."""
    with st.container(key="forecast-verdict"):
        st.html(_STYLE + verdict(shown))
    _show_forecast(shown)
    _show_settings(shown)


def verdict(shown: Shown) -> str:
    """Return in words how good the forecast is, as HTML."""
    found, horizon = shown.found, shown.settings.horizon
    best, name = found.best_naive(), IN_SENTENCES[shown.settings.kind]
    error = found.naive[best].errors().mae
    unit = f" {escape(shown.series.unit)}" if shown.series.unit else ""
    ahead = counted(horizon, f"{shown.series.step}")
    of_best = f"<b>{NAIVE[best].lower()}</b>, the best that costs nothing"
    if found.network is None:
        return (
            f'<div class="skill"><b class="large">No network</b><p>No {name} has learnt with '
            f"these settings yet: train it below, in seconds. Until then you see {of_best}. It is wrong by "
            f"{rounded(error)}{unit} on average up to {ahead} ahead.</p></div>"
        )
    own = found.network.errors()
    share = skill(own, found.naive[best].errors())
    whose = "your " if shown.trained_here else "the "
    return (
        f'<div class="skill" role="status"><b class="large">Skill {signed_percent(share, 0)}</b><p>Up to {ahead} '
        f"ahead, {whose}<b>{name}</b> is wrong by {rounded(own.mae)}{unit} on "
        f"average; {of_best}, by {rounded(error)}.</p></div>"
    )


def signed_percent(share: float, decimals: int = 1) -> str:
    """Return a share that may be below 0 as a percentage."""
    if not np.isfinite(share):
        return "not defined"
    text = f"{abs(100 * share):,.{decimals}f}"
    return f"{'−' if share < 0 and float(text.replace(',', '')) else ''}{text}{SIGN}"


def _show_forecast(shown: Shown) -> None:
    series, origin, horizon = shown.series, shown.origin, shown.settings.horizon
    begin = max(0, origin - max(_PAST, 2 * horizon))
    end = max(min(len(series), origin + horizon + 3), origin + horizon)
    key = f"forecast-chart-{series.name}-{begin}-{end}"
    lines, band = drawn(shown, begin, end)
    parts = series.parts
    with st.container(key="forecast-picture"):
        st.echarts_chart(
            overview(
                series.values,
                ((parts.training, "learnt"), (parts.validation, ""), (parts.end, "tested")),
                (begin, min(end, len(series))),
            ),
            key="forecast-overview",
            height=84,
            alt=f"{series.title}: the first 70 % for training, the next 10 % for stopping, the last 20 % for the test",
        )
        st.echarts_chart(
            forecast_chart(
                [series.label(place) for place in range(begin, end)],
                lines,
                band,
                origin - begin,
                unit=series.unit,
                words=BAND,
            ),
            key=key,
            height=250,
            on_select=partial(_choose_origin, shown.state, key, begin, len(series)),
            alt=f"Forecasts of {series.title} from {series.label(origin)} on, against what came",
        )


def drawn(shown: Shown, begin: int, end: int) -> tuple[list[Drawn], tuple[Numbers, Numbers]]:
    """Return the lines of the picture from step `begin` to before `end`, and the ends of the band."""
    series, found, origin = shown.series, shown.found, shown.origin
    length = end - begin

    def placed(first: int, values: Numbers) -> Numbers:
        line = np.full(length, np.nan)
        for place, value in enumerate(values, first - begin):
            if 0 <= place < length:
                line[place] = value
        return line

    many = fan(found, origin, shown.settings.horizon)
    rolled = found.drawn
    name = TITLES[shown.settings.kind] if found.network else NAIVE[found.best_naive()]
    one_step = placed(int(rolled.origins[0]), rolled.forecasts[:, 0])
    lines = [
        Drawn("truth", placed(begin, series.values[begin : min(end, len(series))]), TRUTH),
        Drawn(f"{name}, 1 step ahead", one_step, ONE_STEP, "dashed", points=True),
        Drawn(f"{name}, many steps", placed(origin, many.values), MANY_STEPS),
    ]
    return lines, (placed(origin, many.low), placed(origin, many.high))


def _choose_origin(state: ForecastState, key: str, begin: int, length: int) -> None:
    place = next((place for _, place in clicked_items(key)), None)
    if place is not None:
        state.origin = min(begin + place, length)


def _show_settings(shown: Shown) -> None:
    state, series, parts = shown.state, shown.series, shown.series.parts
    with row_on_phone("forecast-settings", horizontal=True, gap="medium", vertical_alignment="bottom"):
        controlled(
            st.slider,
            "Horizon",
            1,
            max(2, longest_horizon(len(series))),
            value=shown.settings.horizon,
            on_change=partial(setattr, state, "horizon"),
            key="forecast-horizon",
            width=150,
            help="How many steps ahead are forecast, all at once.",
        )
        controlled(
            st.slider,
            "Known values",
            parts.validation,
            len(series),
            value=shown.origin,
            on_change=partial(setattr, state, "origin"),
            key="forecast-from",
            width=150,
            help="The forecast is made when this many values are known. Within the test part what really came is drawn "
            "too; at the right end nobody knows it. Clicking the picture does the same.",
        )
        controlled(
            st.slider,
            "Window",
            2,
            longest_window(len(series)),
            value=shown.settings.window,
            on_change=partial(setattr, state, "window"),
            key="forecast-window",
            width=150,
            help="How many values the network sees. Shipped networks have learnt with one window: others are trained "
            "here.",
        )
        controlled(
            st.toggle,
            "Differencing",
            value=state.differencing,
            on_change=partial(setattr, state, "differencing"),
            key="forecast-differencing",
            help="See and forecast changes from value to value. This removes a trend, so that record values are "
            "nothing new.",
        )
        positive = has_logarithms(series.values)
        controlled(
            st.toggle,
            "Logarithm",
            value=shown.settings.log,
            on_change=partial(setattr, state, "log"),
            key="forecast-log",
            disabled=not positive,
            help="See and forecast logarithms: where ups and downs grow with the level, they become equally large."
            if positive
            else "The logarithm needs values above 0, and this series has others.",
        )
    STATE.keep(state)
    held = coverage(shown.found)
    st.caption(
        plain(
            f"{series.source + '. ' if series.source else ''}{len(series):,} values: {parts.training:,} learnt, "
            f"{parts.validation - parts.training:,} to decide when to stop and give the band, "
            f"{parts.end - parts.validation:,} tested. The {BAND} held {exact_percent(held)} of the tested values."
        )
    )
