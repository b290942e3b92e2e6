"""A Plotly figure with what belongs to it: buttons that save and present it, and words for those who cannot see it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.template import LARGE, for_phone, legend_beside, sized
from core.ui.components.figure_tools.figure_tools import FRAMES, Box, Clicked, Pictures, figure_tools
from core.ui.state.presented import present, presented
from core.ui.widgets.csv_download import offer_csv_file

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_THEME = "figure-theme"  # in the session: what a person has switched to
_LOW = "figure-low"  # in the session: whether the screen is low, a phone that is held across for example
TOOLS = 51
"""Height of the row of buttons below a figure with its distance, pixels."""
_CONFIG: dict[str, Any] = {
    "scrollZoom": False,  # a wheel moves the page
    "plotGlPixelRatio": 1,  # Plotly would draw four times the pixels: without a graphics card that is seen when turning
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "hoverClosest3d",
        "hoverClosestCartesian",
        "hoverCompareCartesian",
    ],
}


def show_figure(
    figure: "Figure",
    *,
    name: str,
    alt: str,
    height: int,
    on_click: Callable[[Clicked], None] | None = None,
    on_brush: Callable[[tuple[Box, ...]], None] | None = None,
    on_slow: Callable[[float], None] | None = None,
    pictures: Pictures | None = None,
    wide: bool = False,
) -> None:
    """Show a figure of `core.figures.interactive`; below it are PNG, SVG, data as CSV, and the figure alone for a room.

    Args:
        figure: what is shown.
        name: of the figure on its page: letters, digits and ``-``. Files and the link carry it.
        alt: what it shows, in words that have its main numbers.
        height: of figure and buttons, pixels.
        on_click: told what was clicked, before the page runs again.
        on_brush: told all boxes that were drawn in it, before the page runs again.
        on_slow: told once how many frames a second the browser draws, if it turns the figure with fewer than 30.
        pictures: shown where a point is pointed at.
        wide: on a phone it is twice as wide as the screen, and a finger moves it.
    """
    alone = presented() == name
    figure.layout.datarevision = st.session_state.get(_THEME)  # with another theme it is another figure
    phone = _on_phone()
    low = alone and st.session_state.get(_LOW, False)
    shown = for_phone(figure) if phone else figure
    shown = legend_beside(shown) if low else shown
    container = f"{'presented' if alone else 'figure'}-{name}"
    with st.container(key=container, gap="xsmall"):
        with st.container(key=f"plot-{'wide' if wide else 'box'}-{name}"):
            st.plotly_chart(
                sized(shown, LARGE) if alone and not phone else shown,
                key=f"plot-{name}",
                height="stretch" if alone else height - TOOLS,
                config=_CONFIG | {"toImageButtonOptions": {"filename": name, "scale": 2}},
                alt=alt,
            )
        with st.container(horizontal=True, gap="xsmall", horizontal_alignment="right", key=f"figure-row-{name}"):
            figure_tools(
                key=f"figure-tools-{name}",
                container=container,
                file=name,
                presented=alone,
                low=low,
                on_present=lambda wanted: present(name if wanted else None),
                on_theme=lambda theme: st.session_state.update({_THEME: theme}),
                on_low=lambda low: st.session_state.update({_LOW: low}),
                on_click=on_click,
                on_brush=on_brush,
                on_slow=on_slow,
                pictures=pictures,
            )
            offer_csv_file(
                "Data",
                lambda: rows_of_figure(figure),
                name,
                f"figure-data-{name}",
                help="The numbers of this figure, as a table for a spreadsheet.",
            )


COUNTS = (300, 1_000, 3_000, 10_000)
"""Points in space among which a person can choose."""


def choose_count(key: str) -> int:
    """Show the choice of how many points a figure has, and why there are fewer than were asked for; return it."""
    slow = f"{key}-slow"

    def chosen() -> None:
        st.session_state.pop(slow, None)

    st.session_state.setdefault(key, COUNTS[1])
    count = st.select_slider(
        "Points",
        COUNTS,
        key=key,
        format_func="{:,}".format,
        on_change=chosen,
        width=200,
        help="At most, spread evenly. The more, the slower the figure turns on a machine without a graphics card.",
    )
    if slow in st.session_state:
        st.caption(st.session_state[slow])
    return int(count)


def show_fewer(key: str, frames: float) -> None:
    """Choose fewer points, because a browser turned so many with so few frames a second, and say so."""
    now = int(st.session_state.get(key, COUNTS[1]))
    smooth = now * frames / FRAMES
    fewer = max((count for count in COUNTS if count < now and count <= smooth), default=COUNTS[0])
    if fewer < now:
        st.session_state[key] = fewer
        st.session_state[f"{key}-slow"] = (
            f"Your browser turned {now:,} points with {frames:.0f} frames a second. With {fewer:,} it is smoother; "
            "choose more if you do not mind."
        )


def point_of(figure: "Figure", clicked: Clicked, count: int) -> int | None:
    """Return the number of the point that was clicked, as its `customdata` has it, or None for nonsense."""
    if clicked.trace >= len(figure.data) or not isinstance(clicked.place, int):
        return None
    numbers = figure.data[clicked.trace].customdata
    if numbers is None or clicked.place >= len(numbers):
        return None
    number = int(numbers[clicked.place])
    return number if 0 <= number < count else None


def clicked_cell(clicked: Clicked, classes: int) -> tuple[int, int] | None:
    """Return the cell (true class, answer) of a confusion matrix that was clicked, or None for nonsense."""
    place = clicked.place
    return place if isinstance(place, tuple) and max(place) < classes else None


def _on_phone() -> bool:
    """Return whether the browser says that it is one of a phone, as all of them do by this word."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
