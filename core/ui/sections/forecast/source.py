"""Where the series comes from: a sample, one that is made here, or a table that somebody brings."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.data.columns import UnreadableColumns
from core.data.series.samples import PUBLISHED, SAMPLES, sample
from core.data.series.series import LEAST, MOST, TimeSeries
from core.data.series.tables import read_table
from core.data.sources import TEXTS, NotHere
from core.models.series import TITLES
from core.training.tasks.series import OWN
from core.ui.plain_text import plain
from core.ui.sections.forecast.state import DRAWS, NOISES, ForecastState, made_by_chance
from core.ui.widgets.download_data import offer_download
from core.ui.widgets.sections import controlled
from core.ui.widgets.uploads import file_in, uploaded_text

_MOST_CHARACTERS = 1_000_000
_TITLES = {name: about.title for name, about in SAMPLES.items()} | {OWN: "Your own"}


def choose_series(state: ForecastState) -> TimeSeries | None:
    """Show the series, the network, and what belongs to them; return the series, or None while there is none."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="forecast-source"):
        controlled(
            st.selectbox,
            "Series",
            list(_TITLES),
            value=state.series,
            on_change=state.choose_series,
            key="forecast-series",
            format_func=_TITLES.__getitem__,
            width=205,
            help="Numbers in order of time. Bring your own as a table.",
        )
        controlled(
            st.selectbox,
            "Network",
            list(TITLES),
            value=state.kind,
            on_change=partial(setattr, state, "kind"),
            key="forecast-kind",
            format_func=TITLES.__getitem__,
            width=130,
            help="What forecasts: weighted sums, a window at once, dilated convolutions, or one step after another.",
        )
        if made_by_chance(state.series):
            controlled(
                st.number_input,
                "Draw",
                0,
                DRAWS,
                value=state.draw,
                on_change=partial(setattr, state, "draw"),
                key="forecast-draw",
                width=110,
                help="Another series by the same rule, from other random numbers.",
            )
        if state.series == "sine":
            controlled(
                st.select_slider,
                "Noise",
                NOISES,
                value=state.noise,
                on_change=partial(setattr, state, "noise"),
                key="forecast-noise",
                width=150,
                help="Standard deviation of the noise added to every value; the wave itself goes from -1 to 1.",
            )
    if state.series == OWN:
        return _own(state)
    try:
        return sample(state.series, state.draw, state.noise)
    except NotHere as problem:
        st.info(
            f"{plain(str(problem))} It is not shipped because nobody states its licence. “{SAMPLES['sine'].title}” and "
            f"“{SAMPLES['walk'].title}” are made here, on any machine.",
            icon=":material/download:",
        )
        if offer_download(PUBLISHED, TEXTS[PUBLISHED].title, "forecast-download", "the series that are made here work"):
            st.rerun()
        return None


def _own(state: ForecastState) -> TimeSeries | None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="forecast-own"):
        with st.popover(
            "Paste or open a table",
            icon=":material/table:",
            key="forecast-table",
            help="As CSV, or from a spreadsheet.",
        ):
            _show_form(state)
        if state.table is not None and state.own is not None:
            _choose_column(state)
    if state.complaint:
        st.warning(plain(state.complaint), icon=":material/error:")
    if state.own is None:
        st.info(
            f"Bring {LEAST} to {MOST:,} values: a column of numbers, or dates and numbers. Decimal commas, gaps and "
            "headings are understood. It is read for you alone, and kept only if you train a network on it.",
            icon=":material/table:",
        )
        return None
    st.caption(plain(f"Understood: {'; '.join(state.own.understood)}."))
    return state.own.series


def _show_form(state: ForecastState) -> None:
    st.text_area(
        "A column of numbers, or dates and numbers",
        key="forecast-pasted",
        height=150,
        max_chars=_MOST_CHARACTERS,
        placeholder="2024-01;12,5\n2024-02;13,1\n...",
        help=f"A row for each step of time, {LEAST} to {MOST:,} of them; the oldest first, or with dates.",
    )
    st.button(
        "Take it",
        type="primary",
        key="forecast-take",
        on_click=lambda: _take(state, lambda: str(st.session_state.get("forecast-pasted") or "")),
        help="It takes the place of the table before.",
    )
    st.file_uploader(
        "Or a CSV file",
        type=["csv", "tsv", "txt"],
        max_upload_size=1,
        key="forecast-file",
        on_change=lambda: _take_file(state),
        help="Up to 1 MB.",
    )


def _choose_column(state: ForecastState) -> None:
    assert state.table is not None and state.own is not None
    offered = state.table.offered
    if len(offered) > 1:
        controlled(
            st.selectbox,
            "Column",
            offered,
            value=state.column or offered[0],
            on_change=lambda name: _again(state, name, state.season),
            key="forecast-column",
            width=170,
            help="The column of numbers that is forecast.",
        )
    longest = len(state.own.series) // 2
    controlled(
        st.number_input,
        "Season, steps",
        1,
        longest,
        value=min(state.own.series.season, longest),
        on_change=lambda season: _again(state, state.column, int(season)),
        key="forecast-season",
        width=140,
        help="The number of steps after which it repeats: 12 for months of a year, 7 for days of a week, 1 for never.",
    )


def _again(state: ForecastState, column: str, season: int) -> None:
    try:
        state.read_own(column, season)
    except UnreadableColumns as problem:
        state.complaint = str(problem)


def _take_file(state: ForecastState) -> None:
    if file_in("forecast-file"):
        _take(state, lambda: uploaded_text("forecast-file"))


def _take(state: ForecastState, text: Callable[[], str]) -> None:
    try:
        written = text()
        state.take_own(read_table(written), written)
    except UnreadableColumns as problem:
        state.complaint = str(problem)
