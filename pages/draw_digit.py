"""Draw a digit: three trained networks read it after every stroke."""

from collections.abc import Callable

import streamlit as st

from core.inspection.images.forward import digit_cnn_layers
from core.ui.sections.draw_digit.hands import show_hands
from core.ui.sections.draw_digit.movement import show_movement
from core.ui.sections.draw_digit.several import offer_number
from core.ui.sections.draw_digit.training import MOVEMENTS
from core.ui.state.drawing import Drawing, sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.digit_pictures import show_feature_maps, show_stages
from core.ui.widgets.drawing_pad import show_pad
from core.ui.widgets.networks import show_removal_buttons, sync_networks_with_address, trained_here
from core.ui.widgets.sections import choose_section
from core.ui.widgets.train_here import train_here
from core.ui.widgets.verdicts import explain_refusals

st.markdown(
    "Three networks learnt from the same digits. Watch each of them read **yours**. A fourth never sees the picture: "
    "it follows your pen."
)

SECTIONS: dict[str, Callable[[Drawing], None]] = {
    "What each layer sees": lambda drawing: show_feature_maps(digit_cnn_layers(drawing.prepared.pixels)),
    "From your drawing to 28 x 28": show_stages,
    "How other people write": lambda _: show_hands(sheet()),
    "Train it here": lambda _: train_here(MOVEMENTS),
}

sync_networks_with_address()
paper = sheet()


def below_answers() -> None:
    """Show what stands under the answers."""
    offer_number(paper)
    explain_refusals()
    show_removal_buttons()


@st.fragment
def reading() -> None:
    """Canvas and answers: all that changes with a stroke, and nothing else."""
    read = show_pad(paper, trained_here(), below_answers)
    digit_sources.show_sources(paper)
    digit_sources.keep_address(paper)
    st.caption(f"On the sheet: {read.drawing.origin}.")
    show_movement(paper, read.recognition.digit is not None)
    section = choose_section(
        "What to look at",
        list(SECTIONS),
        key="draw-look",
        help="What happens to your drawing, how others write, and networks of your own. The address keeps your choice.",
    )
    SECTIONS[section](read.drawing)


reading()
