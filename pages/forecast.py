"""Forecast: a curve goes on. Networks beside what costs nothing, and no look into the future."""

import streamlit as st

from core.ui.sections.forecast import comparison, prices, seen, training
from core.ui.sections.forecast.networks import shown
from core.ui.sections.forecast.picture import show_picture
from core.ui.sections.forecast.source import choose_series
from core.ui.sections.forecast.state import STATE
from core.ui.widgets.sections import choose_section

st.markdown(
    "Numbers over time are a sequence too: how does the curve **go on**? A network sees a window and predicts the next "
    "steps. It is only worth something if it beats what costs nothing."
)

SECTIONS = {
    "What it saw": seen.show,
    "Against what costs nothing": comparison.show,
    "Stock prices": prices.show,
    training.TITLE: training.show,
}


@st.fragment
def forecast() -> None:
    """Series, forecast and the chosen section: all that changes with a click, and nothing else."""
    state = STATE.open()
    series = choose_series(state)
    if series is None:
        STATE.keep(state)
        return
    now = shown(state, series)
    show_picture(now)
    training.offer_training(now)
    name = choose_section(
        "What to look at", list(SECTIONS), key="forecast-look", help="Every section looks at the forecast above."
    )
    SECTIONS[name](now)


forecast()
