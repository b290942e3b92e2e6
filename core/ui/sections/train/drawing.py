"""A canvas beside the curves: the network of a checkpoint follows the pen, even while the run goes on."""

import streamlit as st
from numpy.typing import ArrayLike

from core.inspection.networks import Choice
from core.runs.networks import NoNetwork, network_at
from core.runs.store.watching import RunView
from core.ui.state.drawing import sheet
from core.ui.widgets.canvas import read_canvas, show_canvas
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.live_network import show_live
from core.ui.widgets.run_actions import current_runner

_OPEN = "train-draw"


def open_canvas() -> bool:
    """Show the switch that opens the canvas, and read what was drawn on it."""
    opened = st.toggle(
        "Draw here",
        key=_OPEN,
        persist_state="session",
        help="A canvas on which your browser reads every frame of your drawing with the network of this checkpoint.",
    )
    if opened:
        read_canvas(sheet())
    return opened


def show_live_canvas(view: RunView, step: int, pixels: ArrayLike) -> None:
    """Show the canvas, and beside it the network of a checkpoint reading what is drawn."""
    with st.container(horizontal=True, gap="medium", key="train-drawing"):
        show_canvas(sheet())
        keep_drawing(sheet())
        with st.container(width="stretch"):
            try:
                network = network_at(current_runner().store, view.run, step)
            except NoNetwork as problem:
                st.caption(str(problem))
                return
            title = f"network of update {step:,}"
            show_live(Choice(f"{view.run.id} {step}", title, "", network, "", view.run.setup.outputs), pixels)
