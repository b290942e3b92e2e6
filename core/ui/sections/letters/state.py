"""What outlives the section "Next letter": the text with its history, what is looked at, and what was written on."""

from dataclasses import dataclass

import streamlit as st

from core.data.text.shakespeare import Letters, read_letters
from core.inspection.letters.writing import CELLS, Writer
from core.ui.state.sentence import Typed

ADDRESS = "text"
"""The name of the text in the address."""
FIRST = "ROMEO:\nO, she doth teach the torches to burn bri"
MOST_CHARACTERS = 4000
"""What is taken from the field; fewer letters are read (`core.data.text.shakespeare`)."""
_KEY = "letters"


@dataclass
class Paper(Typed):
    """The text of one session; `word` is the place of the letter that was clicked.

    Attributes:
        text: as it was typed.
        writer: what writes on, or has.
        writing: whether it goes on writing.
    """

    text: str = FIRST
    writer: Writer | None = None
    writing: bool = False

    @property
    def letters(self) -> Letters:
        """The text as it is read."""
        return read_letters(self.text)


def paper() -> Paper:
    """Return this session's text; the first time it is that of the address."""
    if _KEY not in st.session_state:
        first = Paper()
        first.text = st.query_params.get(ADDRESS, first.text)[:MOST_CHARACTERS]
        cell, unit = st.query_params.get("cell", ""), st.query_params.get("unit", "")
        first.cell = next((one for one in CELLS if one == cell), first.cell)
        first.unit = int(unit) if unit.isascii() and unit.isdecimal() and int(unit) < 1000 else 0
        st.session_state[_KEY] = first
    kept: Paper = st.session_state[_KEY]
    return kept
