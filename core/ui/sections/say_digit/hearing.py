"""While the sound goes on: the opinion and the state of a recurrent network after every step."""

import numpy as np
import streamlit as st

from core.data.audio.words import loudness
from core.figures.percent import percent
from core.inspection.audio.reading import SURE, Hearing, hear
from core.models.audio.readers import TITLES, SpeechKind
from core.ui.components.strips.strips import Bars, Heat, Line, Word, strips
from core.ui.sections.say_digit.source import WORDS, Heard
from core.ui.widgets.bound_controls import choose_option

_SHOWN = 32
"""Units of the state that are drawn: those that move most."""


def show_hearing(heard: Heard) -> None:
    """Show what a recurrent network would say if the sound stopped after each step."""
    kinds: dict[str, SpeechKind] = {TITLES["gru"]: "gru", TITLES["cnn-gru"]: "cnn-gru"}
    title = choose_option("Network", list(kinds), key="hears", help="CNN + GRU makes one step of two frames.")
    hearing = hear(kinds[title], heard.sound.picture)
    st.markdown(tell(hearing, title))
    moving = np.argsort(hearing.states.std(0))[::-1][:_SHOWN]
    loud = loudness(heard.sound.samples)
    places = np.minimum((hearing.seconds * 100).astype(int), len(loud) - 1)
    strips(
        [Word(f"{second:.2f} s") for second in hearing.seconds],
        [
            Bars("Loudness above -60 dB", np.maximum(loud[places] + 60, 0), 60.0, signed=False),
            Line(f"“{WORDS[hearing.digit]}” so far", hearing.probabilities[:, hearing.digit], "no", "yes"),
            Heat("Ten digits, 0 on top", hearing.probabilities.T, "unit", row_name="digit", name="digits"),
            Heat(
                f"The {len(moving)} liveliest units of the state", hearing.states[:, moving].T, "signed", name="state"
            ),
        ],
        key="say-hearing",
        describe=f"What {title} would say after each of {len(hearing.seconds)} steps. {tell(hearing, title)}",
    )
    st.caption("A column is one step. Its time is when the last frame of the step ends, from the beginning of the cut.")


def tell(hearing: Hearing, title: str) -> str:
    """Return in a sentence when a network was sure."""
    digit = WORDS[hearing.digit]
    if hearing.sure_from is None:
        end = percent(float(hearing.probabilities[-1, hearing.digit]))
        return f"{title} was never sure: at the end it says “{digit}” with {end}."
    return (
        f"After **{hearing.sure_from:.2f} s** of {hearing.seconds[-1]:.2f} s, {title} was sure of “{digit}”: from "
        f"there on, at least {percent(SURE)}."
    )
