"""The section "Next letter": type, see what three networks expect, let them write on, and look for units."""

import streamlit as st

from core.ui.sections.letters.expected_letters import show_all_letters, show_chances
from core.ui.sections.letters.field import show_field
from core.ui.sections.letters.own_passages import show_training
from core.ui.sections.letters.state import LETTERS, LettersState
from core.ui.sections.letters.states import show_states
from core.ui.sections.letters.surprise import show_surprise
from core.ui.sections.letters.units import show_units
from core.ui.sections.letters.writing import show_writing
from core.ui.widgets.cell_choice import choose_cell
from core.ui.widgets.sections import choose_section

SECTIONS = {
    "Surprise, letter by letter": show_surprise,
    "All 65 letters": show_all_letters,
    "The hidden state": show_states,
    "Write on": show_writing,
    "Is there a unit that counts?": show_units,
    "Train it here": show_training,
}


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
    section = choose_section(
        "What to look at",
        list(SECTIONS),
        key="letters-look",
        help="Every section looks at the text above. The address keeps your choice.",
    )
    if SECTIONS[section] not in (show_surprise, show_training):  # which show all networks
        choose_cell(state, "letters-cell", "The network whose probabilities, states, writing and units are shown.")
    SECTIONS[section](state, letters)
