"""Inside the CNN: one digit followed through the network, and experiments with what the network has learnt."""

import streamlit as st

from core.ui.sections.cnn_inside import (
    adversarial,
    attribution,
    embedding,
    layers,
    live,
    pixels_and_softmax,
    robustness,
    training_progress,
)
from core.ui.sections.cnn_inside.digit import show_digit_bar
from core.ui.state.drawing import sheet
from core.ui.widgets.networks import sync_networks_with_address
from core.ui.widgets.sections import choose_section

SECTIONS = {
    "Layer by layer": layers.show,
    "Live": live.show,
    "Pixels and softmax": pixels_and_softmax.show,
    "While it learns": training_progress.show,
    "Why this answer?": attribution.show,
    "Shift and turn": robustness.show,
    "Does pooling help?": robustness.show_average,
    "Fool it": adversarial.show,
    "Among others": embedding.show,
}

st.markdown(
    "A convolutional network slides small filters over a picture, keeps what they find, and adds that up into an "
    "answer. Follow **your** digit through every layer of it."
)

sync_networks_with_address()
drawing = show_digit_bar(sheet())
section = choose_section(
    "What to look at",
    list(SECTIONS),
    key="inside",
    help="Every section looks at the digit above. The address keeps your settings: copy it to share an experiment.",
)
SECTIONS[section](drawing)
