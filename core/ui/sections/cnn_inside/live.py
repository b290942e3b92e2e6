"""The network at work while a digit is drawn."""

import streamlit as st

from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_network
from core.ui.state.drawing import Drawing, sheet
from core.ui.widgets.canvas import show_canvas
from core.ui.widgets.live_network import show_live


def show(drawing: Drawing) -> None:
    """Show a canvas, and beside it the chosen network reading what is drawn, frame by frame."""
    with st.container(horizontal=True, gap="medium"):
        show_canvas(sheet())
        with st.container(width="stretch"):
            choice = choose_network("inside-live-network", note=False)
            show_live(choice, drawing.prepared.pixels)
    st.caption(
        f"{plain(choice.title)}: {choice.family}, {plain(choice.origin)}. While the pen is down, your browser "
        "puts every frame through the network itself, without asking the server. What you draw stays on the sheet for "
        "the other sections. Blue is below zero, red is above; each layer has its own scale."
    )
