"""The choice of the recurrent network that a page looks into."""

import streamlit as st

from core.models.cells import TITLES
from core.ui.state.text_selection import TextSelection
from core.ui.widgets.sections import controlled


def choose_cell(state: TextSelection, key: str, help: str) -> None:
    """Show the three networks as buttons; the chosen one is `state.cell`."""
    cells = {title: cell for cell, title in TITLES.items()}

    def choose(title: str) -> None:
        state.cell = cells[title]

    controlled(
        st.segmented_control,
        "Look into",
        list(cells),
        value=TITLES[state.cell],
        on_change=choose,
        key=key,
        required=True,
        help=help,
    )
