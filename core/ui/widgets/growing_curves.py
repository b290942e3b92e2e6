"""Curves that grow while something learns, and the figure that takes their place when it has ended."""

import streamlit as st

from core.figures.comparison import Panel, comparison_chart
from core.figures.interactive.curves import curves_figure
from core.figures.training import Axis
from core.ui.widgets.figure import TOOLS, show_figure

WAITS, NOTHING = "waits for its turn", "nothing was learnt"
"""What a legend says of a training without curves: one that goes on, and one that has ended."""


def show_growing(panel: Panel, axis: Axis, *, growing: bool, name: str, height: int, alt: str) -> None:
    """Show curves in a place of the same height while they grow and afterwards, so that nothing below them moves.

    Args:
        panel: the curves; their titles are short.
        axis: the horizontal one.
        growing: whether more is to come.
        name: of the figure on its page.
        height: with the buttons of the figure, pixels.
        alt: what is shown, in words.
    """
    if growing:
        with st.container(key=f"live-{name}"):
            st.echarts_chart(comparison_chart(panel, axis), height=height, key=f"growing-{name}", alt=alt)
    else:
        figure = curves_figure([panel], axis, name=name, heights=(height - TOOLS,), short=True)
        show_figure(figure, name=name, height=height, alt=alt)
