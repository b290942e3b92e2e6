"""The section "Next letter": type, see what three networks expect, let them write on, and look for units."""

import streamlit as st

from core.ui.sections.letters.expected_letters import show_chances
from core.ui.sections.letters.field import show_field
from core.ui.sections.letters.state import LETTERS, LettersState
from core.ui.sections.letters.states import show_states
from core.ui.sections.letters.surprise import show_surprise
from core.ui.sections.letters.units import show_units
from core.ui.sections.letters.writing import show_writing


def show() -> None:
    """Show the section."""
    st.markdown(
        "A network that has read Shakespeare letter by letter has learnt one thing only: **which letter comes next**. "
        "Nobody told it what a word is, or a line, or a play."
    )
    st.fragment(_reading)(LETTERS.open())


def _reading(state: LettersState) -> None:
    """Show the field and the answers: all that changes with a key."""
    letters = show_field(state)
    LETTERS.keep(state)
    show_chances(state, letters)
    st.subheader("Surprise, letter by letter")
    show_surprise(state, letters)
    st.subheader("The hidden state, letter by letter")
    show_states(state, letters)
    st.subheader("Write on")
    show_writing(state, letters)
    st.subheader("Is there a unit that counts?")
    show_units(state, letters)
