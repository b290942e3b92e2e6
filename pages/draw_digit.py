"""Draw a digit: three trained networks read it after every stroke."""

import streamlit as st

from core.inspection.images.forward import digit_cnn_layers
from core.ui.sections.draw_digit.movement import show_movement
from core.ui.sections.draw_digit.training import MOVEMENTS
from core.ui.state.drawing import sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.digit_pictures import show_feature_maps, show_stages
from core.ui.widgets.drawing_pad import show_pad
from core.ui.widgets.networks import show_removal_buttons, sync_networks_with_address, trained_here
from core.ui.widgets.train_here import train_here
from core.ui.widgets.verdicts import explain_refusals

st.markdown(
    "Three networks learnt from the same digits. Watch each of them read **yours**. A fourth never sees the picture: "
    "it follows your pen."
)

sync_networks_with_address()
paper = sheet()


def below_answers() -> None:
    """Show what stands under the answers."""
    explain_refusals()
    show_removal_buttons()


@st.fragment
def reading() -> None:
    """Canvas and answers: all that changes with a stroke, and nothing else."""
    drawing = show_pad(paper, trained_here(), below_answers)
    digit_sources.show_sources(paper)
    digit_sources.keep_address(paper)
    show_movement(paper)
    show_stages(drawing)
    show_feature_maps(digit_cnn_layers(drawing.prepared.pixels))


reading()
st.header("Train it here")
train_here(MOVEMENTS)
