"""A Plotly figure with what belongs to it: buttons that save and present it, and words for those who cannot see it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.template import LARGE, from_further, sized
from core.ui.components.figure_tools.figure_tools import Box, Clicked, figure_tools
from core.ui.state.presented import present, presented
from core.ui.widgets.csv_download import offer_csv_file

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

TOOLS = 51
"""Height of the row of buttons below a figure with its distance, pixels."""
_CONFIG: dict[str, Any] = {
    "scrollZoom": False,  # a wheel moves the page
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
        wide: on a phone it is twice as wide as the screen, and a finger moves it.
    """
    alone = presented() == name
    phone = _on_phone()
    if phone:
        figure = from_further(figure)
    container = f"{'presented' if alone else 'figure'}-{name}"
    with st.container(key=container, gap="xsmall"):
        with st.container(key=f"plot-{'wide' if wide else 'box'}-{name}"):
            st.plotly_chart(
                sized(figure, LARGE) if alone and not phone else figure,
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
                on_present=lambda wanted: present(name if wanted else None),
                on_click=on_click,
                on_brush=on_brush,
            )
            offer_csv_file(
                "Data",
                lambda: rows_of_figure(figure),
                name,
                f"figure-data-{name}",
                help="The numbers of this figure, as a table for a spreadsheet.",
            )


def _on_phone() -> bool:
    """Return whether the browser says that it is one of a phone, as all of them do by this word."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
