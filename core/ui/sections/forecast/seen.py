"""What the network saw before the place from which it forecasts, and its state while it looked."""

import numpy as np
import streamlit as st

from core.inspection.series.inside import Inside, look_inside
from core.models.series import IN_SENTENCES
from core.ui.components.strips.strips import Bars, Heat, Track, Word, strips
from core.ui.plain_text import plain
from core.ui.sections.forecast.networks import Shown
from core.ui.widgets.formulas import rounded


def show(shown: Shown) -> None:
    """Show the window, what came in of it, and what the network held after every step."""
    if shown.network is None:
        st.info("There is no network with these settings yet: train it under “Train it here”.", icon=":material/info:")
        return
    inside = look_inside(shown.network, shown.series.values, shown.origin, shown.settings.log)
    st.markdown(tell(shown, inside))
    labels = [shown.series.label(place) for place in range(shown.origin - len(inside.steps), shown.origin)]
    tracks: list[Track] = [
        Bars("What comes in: " + _words(shown), inside.steps, float(np.abs(inside.steps).max(initial=1e-9)))
    ]
    if inside.states is not None and len(inside.states) == 1:
        parts = inside.states[0]
        tracks.append(Bars(inside.says, parts, float(np.abs(parts).max(initial=1e-9)), signed=True))
    elif inside.states is not None:
        limit = 1.0 if shown.settings.kind != "cnn" else float(np.abs(inside.states).max(initial=1e-9))
        tracks.append(Heat(inside.says, inside.states, "signed", limit, name="states"))
    strips(
        [Word(label) for label in labels],
        tracks,
        key=f"forecast-inside-{shown.settings.kind}",
        describe=f"What the {IN_SENTENCES[shown.settings.kind]} saw before {shown.series.label(shown.origin)}",
    )
    if inside.units is not None:
        _show_units(inside)
    st.caption(
        "A column is one step of the window, the newest on the right. Click a step in the picture above, or move "
        "“Known values”, and see another window."
    )


def _words(shown: Shown) -> str:
    what = "logarithms" if shown.settings.log else "values"
    changes = f"changes of {what}" if shown.settings.differencing else what
    return f"{changes}, in standard deviations of what was learnt"


def tell(shown: Shown, inside: Inside) -> str:
    """Return in words from where is forecast, what the network says of the next step, and what came."""
    series, origin = shown.series, shown.origin
    said = float(shown.found.forecast(series.values, np.array([origin]), 1)[0, 0])
    unit = f" {plain(series.unit)}" if series.unit else ""
    came = f"It came **{rounded(series.values[origin])}**." if origin < len(series) else "Nobody knows what comes."
    newest = f"{rounded(inside.window[-1])} ({series.label(origin - 1)})"
    sees = f"The {IN_SENTENCES[shown.settings.kind]} sees {len(inside.window)} values, the last one {newest}."
    return f"{plain(sees)} For {plain(series.label(origin))} it says **{rounded(said)}**{unit}. {came}"


def _show_units(inside: Inside) -> None:
    """Show the hidden layer of the MLP: it has no steps, it sees the whole window at once."""
    assert inside.units is not None
    limit = float(inside.units.max(initial=1e-9))
    strips(
        [Word(f"unit {place}") for place in range(len(inside.units))],
        [Bars(f"{inside.says}: ReLU, so never below 0", inside.units, limit, signed=False)],
        key="forecast-units",
        describe="The units of the hidden layer",
    )
