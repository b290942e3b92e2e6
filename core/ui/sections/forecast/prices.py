"""Stock prices: on a random walk nothing beats the last value, and why a picture of it looks deceptively good."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.data.series.samples import SAMPLES, sample
from core.data.series.series import TimeSeries
from core.figures.interactive.series import series_figure
from core.figures.percent import below_one, exact_percent
from core.figures.series import ONE_STEP, TRUTH, Drawn
from core.inspection.series.forecasting import ForecastSettings, ForecastStudy, shipped_network, study
from core.inspection.series.prices import WALKS, Repeating, repeating, skills_on_walks
from core.inspection.series.rolling import skill
from core.models.series import IN_SENTENCES, Forecaster
from core.training.tasks.series import OWN
from core.ui.plain_text import plain
from core.ui.sections.forecast.networks import Shown
from core.ui.sections.forecast.picture import signed_percent
from core.ui.sections.forecast.state import DRAWS
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.figure import show_figure
from core.ui.widgets.formulas import rounded
from core.wording import counted

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_DAYS = 60
_REPEATED = 2.0  # times as near to the value before as to the one to come: then the value before is repeated,
_FORESEEN = 0.05  # unless it saves so much of the last value's error; on walks chance alone saves up to 0.02
_AS_SAID, _SHIFTED = "As it was said", "Shifted by one step"


def show(shown: Shown) -> None:
    """Show a forecast one step ahead, what it looks like shifted, and the numbers that tell."""
    own = shown.series.name == OWN and shown.network is not None
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        look = choose_option(
            "Forecast one step ahead",
            (_AS_SAID, _SHIFTED),
            key="shift",
            help="Shifted, each forecast is drawn one step earlier.",
        )
        if own:
            series, network, log = shown.series, shown.network, shown.settings.log
        else:
            walk = "Another random walk, like the price of a share."
            draw = choose_number("Walk", 0, DRAWS, 1, 1, key="walk", help=walk, width=200)
            series, network, log = sample("walk", draw), _shipped(shown), True
    assert network is not None
    found = study(series, network, 1, log)
    assert found.network is not None
    said = repeating(series.values, found.network)
    title = IN_SENTENCES[network.kind]
    shift = look == _SHIFTED
    show_figure(
        _figure(series, found, title, shift),
        name="forecast-shift",
        height=340,
        alt=f"The last {_DAYS} steps: what came, and what the {title} said one step before{shift * ', shifted'}. Over "
        f"the test part the lines are {rounded(said.off_before if shift else said.off_truth)} apart on average",
    )
    st.markdown(tell(said, title, series, shift=shift))
    st.markdown(_against(found, said, title))
    if not own:
        st.markdown(on_walks(skills_on_walks(network, True), title))


def _shipped(shown: Shown) -> Forecaster:
    about = SAMPLES["walk"]
    settings = ForecastSettings(shown.settings.kind, about.window, 1, about.differencing, about.log)
    network = shipped_network("walk", settings)
    assert network is not None
    return network


def _figure(series: TimeSeries, found: ForecastStudy, title: str, shift: bool) -> "Figure":
    assert found.network is not None
    begin = len(series) - _DAYS
    said = np.full(len(series), np.nan)
    said[found.network.origins] = found.network.forecasts[:, 0]
    line = np.append(said[1:], np.nan) if shift else said
    name = f"{title}, drawn one step too early" if shift else f"{title}, 1 step ahead"
    return series_figure(
        [series.label(place) for place in range(begin, len(series))],
        [Drawn("truth", series.values[begin:], TRUTH), Drawn(name, line[begin:], ONE_STEP, "dashed")],
        unit=series.unit,
        across=series.step if series.labels else "",
        name=f"forecast-shift-{series.name}",
    )


def tell(said: Repeating, title: str, series: TimeSeries, *, shift: bool) -> str:
    """Return why the picture looks good, in words and numbers."""
    if said.off_truth < said.off_before:  # a table of one's own may hold what can be foretold
        return (
            f"No mere repeating: the forecast is {rounded(said.off_truth)} from the value it should predict, and "
            f"{rounded(said.off_before)} from the value of the {series.step} **before**"
            f"{', so it fits worse where it is shifted' if shift else ''}. R² of the values is "
            f"**{_share(said.r2_values)}**, that of the **changes** **{_share(said.r2_changes)}**, where 0 means "
            "expecting no change at all."
        )
    closer = said.off_truth / said.off_before if said.off_before > 0 else float("inf")
    if closer < _REPEATED or said.off_truth < (1 - _FORESEEN) * said.moved:
        better = said.off_truth < said.moved
        return (
            f"{'No mere repeating' if better else 'No repeating, and no good forecast'}: the forecast is "
            f"{rounded(said.off_truth)} from the value it should predict, and the last value would be "
            f"{rounded(said.moved)} from it. It is {rounded(said.off_before)} from the value of the {series.step} "
            f"**before**{', so it fits better where it is shifted' if shift else ''}"
            f"{': it foresees a part of what comes, and stays on the safe side' if better else ''}. R² of the values "
            f"is **{_share(said.r2_values)}**, that of the **changes** **{_share(said.r2_changes)}**, where 0 means "
            "expecting no change at all."
        )
    times = f", **{rounded(closer)} times** as far" if np.isfinite(closer) else ""
    if shift:
        return (
            f"Shifted, the forecast lies on the truth: it is {rounded(said.off_before)} from the value of the "
            f"{series.step} **before**, and {rounded(said.off_truth)} from the value it should predict{times}. "
            f"The {title} repeats what it saw last."
        )
    return (
        f"It looks good: R² of the values is **{_share(said.r2_values)}**. But the line comes one {series.step} late. "
        f"Judge it by the **changes**, which are what you would trade on: R² **{_share(said.r2_changes)}**, where 0 "
        "means expecting no change at all. Shift the line, and see."
    )


def _share(r2: float) -> str:
    return below_one(r2, 3).replace("-", "−") if np.isfinite(r2) else "not defined"


def _against(found: ForecastStudy, said: Repeating, title: str) -> str:
    assert found.network is not None
    share = skill(found.network.errors(), found.naive["last"].errors())
    way = (
        "" if np.isnan(said.right_way) else f" It got up or down right in {exact_percent(said.right_way)} of the steps."
    )
    return plain(
        f"Mean absolute error one step ahead: {title} {rounded(found.network.errors().mae)}, last value "
        f"{rounded(found.naive['last'].errors().mae)}: skill {signed_percent(share)}.{way}"
    )


def on_walks(skills: tuple[float, ...], title: str) -> str:
    """Return how often a network beats the last value on many walks, in words."""
    won = counted(sum(one > 0 for one in skills), "time")
    return (
        f"One walk is luck. On **{WALKS} other ones** the {title} beat the last value {won}; its skill was "
        f"{signed_percent(float(np.mean(skills)))} on average, from {signed_percent(min(skills))} to "
        f"{signed_percent(max(skills))}. "
        "Nothing that was known before says which way a random walk goes, so nothing can beat the last value for long. "
        "Whether real prices are such walks is disputed; that most forecasts of them look like this is not. Take a "
        "table of prices under “Your own” and try."
    )
