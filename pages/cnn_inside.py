"""Inside the CNN: the way of one digit through the network, and experiments with what the network has learnt."""

import streamlit as st

from core.ui.sections.cnn_inside import adversarial as fooled
from core.ui.sections.cnn_inside import attribution as why
from core.ui.sections.cnn_inside import embedding as others
from core.ui.sections.cnn_inside import layers as way
from core.ui.sections.cnn_inside import live, numbers
from core.ui.sections.cnn_inside import robustness as moved
from core.ui.sections.cnn_inside import training_progress as learning
from core.ui.sections.cnn_inside.digit import show_digit_bar
from core.ui.state.drawing import sheet
from core.ui.widgets.networks import keep_networks_in_address

SECTIONS = {
    "The way through": way.show,
    "Live": live.show,
    "Pixels and softmax": numbers.show,
    "While it learns": learning.show,
    "Why this answer?": why.show,
    "Shift and turn": moved.show,
    "Fool it": fooled.show,
    "Among others": others.show,
}

st.markdown(
    "A convolutional network slides small filters over a picture, keeps what they find, and adds it up to an answer. "
    "Follow **your** digit through every layer of it."
)

keep_networks_in_address()
drawing = show_digit_bar(sheet())
names = list(SECTIONS)
section = st.segmented_control(
    "What to look at",
    names,
    default=names[0],
    required=True,
    key="inside",
    bind="query-params",
    wrap=True,
    help="Every section looks at the digit above. The address keeps your settings: copy it to share an experiment.",
)
SECTIONS.get(str(section), way.show)(drawing)
