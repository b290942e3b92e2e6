"""Say a digit: a recording becomes a picture, and a CNN, a GRU and both together read it."""

import streamlit as st

from core.ui.sections.say_digit.hearing import show_hearing
from core.ui.sections.say_digit.looking import show_looking
from core.ui.sections.say_digit.own_voice import show_own_voice
from core.ui.sections.say_digit.source import choose_recording
from core.ui.sections.say_digit.stages import show_stages
from core.ui.sections.say_digit.strangers import show_strangers
from core.ui.sections.say_digit.training import show_training
from core.ui.sections.say_digit.verdict import show_verdict
from core.ui.widgets.sections import choose_section

st.markdown(
    "Sound is a sequence, and it can be drawn as a picture. So both families can read it: a CNN looks at the whole "
    "**picture**, a GRU hears one **moment** after another, and a third network does both."
)

SECTIONS = {
    "From the wave to the picture": show_stages,
    "While it listens": show_hearing,
    "Where the CNN looked": show_looking,
    "Known voices and strangers": show_strangers,
    "Your own voice": show_own_voice,
    "Train it here": show_training,
}


@st.fragment
def reading() -> None:
    """Source and answers: all that changes with a recording, and nothing else."""
    heard = choose_recording()
    if heard is None:
        st.info("Nothing to listen to yet.", icon=":material/mic:")
        return
    show_verdict(heard)
    name = choose_section(
        "What to look at", list(SECTIONS), key="say-look", help="Every section looks at the recording above."
    )
    SECTIONS[name](heard)


reading()
