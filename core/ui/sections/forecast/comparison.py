"""Against what costs nothing: last value, seasonal naive, drift and an autoregression beside the network."""

from collections.abc import Mapping
from html import escape

import numpy as np
import streamlit as st

from core.data.csv_files import Cell
from core.figures.comparison import Panel
from core.figures.interactive.curves import curves_figure
from core.figures.palette import Dash
from core.figures.tables import swatch, table
from core.figures.training import Axis, Trace, VerticalAxis
from core.inspection.metrics.numbers import Errors
from core.inspection.series.baselines import TITLES as NAIVE
from core.inspection.series.forecasting import fitted_autoregression
from core.inspection.series.rolling import Rolled, skill
from core.models.series import TITLES
from core.ui.sections.forecast.networks import Shown
from core.ui.sections.forecast.picture import signed_percent
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.csv_download import offer_csv_file
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.formulas import Measure, fraction, rounded, show_measures, summed, tex, tex_squared, written
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

_COLOURS = {
    "network": "#0072B2",
    "autoregression": "#CC79A7",
    "last": "#8A949E",
    "seasonal": "#009E73",
    "drift": "#E69F00",
}
_DASHES: dict[str, Dash] = {
    "network": "solid",
    "autoregression": "dashed",
    "last": "dotted",
    "seasonal": "dashed",
    "drift": "dotted",
}
_HIGH = 390  # of the figure, pixels
_FEW_STEPS = 12  # values of a curve, up to which each is marked
_ALL, _ONE, _FAR = "All steps", "1 step ahead", "The farthest step"


def show(shown: Shown) -> None:
    """Show the errors of all contestants, their formulas with the numbers, and the error over the steps ahead."""
    with st.spinner("An autoregression is fitted; the first time this takes some seconds ..."):
        rolled = contestants(shown)
    horizon = shown.settings.horizon
    scope = choose_option(
        "Counted over", (_ALL, _ONE, _FAR), key="counted", help="Every step ahead is scored on the same values."
    )
    first, last = {_ALL: (1, horizon), _ONE: (1, 1), _FAR: (horizon, horizon)}[scope]
    errors = {name: one.errors(first, last) for name, one in rolled.items()}
    best = shown.found.best_naive(first, last)
    left, right = side_by_side([6, 5], key="forecast-errors", gap="medium")
    with left:
        st.html(_table(shown, errors, best))
        st.caption(
            f"Skill is measured against **{NAIVE[best].lower()}**, the best here of those that learn nothing. "
            "The autoregression was fitted to the same part, with the same window and switches, by `statsmodels`. R² "
            "is 1 for a perfect forecast, 0 for always saying the mean, and below 0 for worse."
        )
    with right:
        _show_by_step(shown, rolled)
    name = "network" if "network" in rolled else "autoregression"
    with st.expander(f"The formulas, with the numbers of the {title_of(shown, name)}", icon=":material/function:"):
        show_measures(measures_of(rolled[name], errors[name], errors[best], first, last), key="forecast")
    offer_csv_file(
        "Errors", lambda: _rows(shown, errors, best), "forecast-errors", "forecast-csv", help="Of all contestants."
    )


def _show_by_step(shown: Shown, rolled: Mapping[str, Rolled]) -> None:
    """Show how the error of every contestant grows with the steps ahead."""
    horizon, unit = shown.settings.horizon, shown.series.unit
    steps = np.arange(1.0, horizon + 1)
    traces = [
        Trace(
            title_of(shown, name),
            steps,
            np.array([one.errors(int(step), int(step)).mae for step in steps]),
            _COLOURS[name],
            _DASHES[name],
            points=horizon <= _FEW_STEPS,
        )
        for name, one in rolled.items()
    ]
    panel = Panel(traces, VerticalAxis(f"mean absolute error{f', {unit}' if unit else ''}"))
    axis = Axis("steps ahead", 0.5, horizon + 0.5, whole=True)
    farthest = {trace.title: trace.y[-1] for trace in traces}
    show_figure(
        curves_figure([panel], axis, name="forecast-steps", heights=(_HIGH - TOOLS,), short=True),
        name="forecast-steps",
        height=_HIGH,
        alt=f"Mean absolute error by how many steps ahead is forecast; {counted(horizon, 'step')} ahead "
        + ", ".join(f"{title} {rounded(value)}" for title, value in farthest.items()),
    )


def contestants(shown: Shown) -> dict[str, Rolled]:
    """Return the forecasts of the network, if there is one, of the autoregression, and of those that learn nothing."""
    own = {"network": shown.found.network} if shown.found.network is not None else {}
    return own | {"autoregression": fitted_autoregression(shown.series, shown.settings)} | shown.found.naive


def title_of(shown: Shown, name: str) -> str:
    """Return how a contestant is called."""
    return TITLES[shown.settings.kind] if name == "network" else NAIVE[name]


def measures_of(rolled: Rolled, of: Errors, best: Errors, first: int, last: int) -> list[Measure]:
    """Return MAE, MSE, R2 and skill with the numbers in their formulas."""
    truth, said = rolled.pairs(first, last)
    count = f"{len(truth)}"
    off = [float(one) for one in truth - said]
    absolute = summed(rf"\lvert {tex(one)} \rvert" for one in off)
    squares = summed(tex_squared(one) for one in off)
    return [
        Measure("MAE", of.mae, fraction(r"\sum \lvert y - \hat y \rvert", "n") + f" = {fraction(absolute, count)}"),
        Measure("MSE", of.mse, fraction(r"\sum (y - \hat y)^2", "n") + f" = {fraction(squares, count)}"),
        Measure(
            "R²",
            of.r2,
            r"1 - \frac{\sum (y - \hat y)^2}{\sum (y - \bar y)^2} = 1 - " + fraction(tex(of.squares), tex(of.spread)),
        ),
        Measure(
            "Skill",
            skill(of, best),
            r"1 - \frac{\text{MAE}}{\text{MAE of the best naive one}} = 1 - " + fraction(tex(of.mae), tex(best.mae)),
        ),
    ]


def _table(shown: Shown, errors: Mapping[str, Errors], best: str) -> str:
    rows = []
    for name, of in errors.items():
        share = skill(of, errors[best])
        rows.append(
            (
                f"{swatch(_COLOURS[name])}{escape(title_of(shown, name))}",
                rounded(of.mae),
                rounded(of.mse),
                written(of.r2),
                "best naive" if name == best else signed_percent(share),
            )
        )
    return table(("Forecast by", "MAE", "MSE", "R²", "Skill"), rows, strong=[0] if "network" in errors else [])


def _rows(shown: Shown, errors: Mapping[str, Errors], best: str) -> list[list[Cell]]:
    head: list[list[Cell]] = [["forecast by", "MAE", "MSE", "R2", "skill"]]
    return head + [
        [title_of(shown, name), of.mae, of.mse, of.r2, skill(of, errors[best])] for name, of in errors.items()
    ]
