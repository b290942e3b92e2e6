"""What outlives the page "Read a sentence": the text, with a history that Undo walks back, and what is looked at."""

from dataclasses import dataclass

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.inspection.text.reading import CELLS
from core.models.cells import Cell
from core.ui.state.text_history import TextHistory

ADDRESS = "text"
"""The name of the sentence in the address."""
FIRST = "The food was good, not bad at all"
_KEY = "sentence"


@dataclass
class Typed(TextHistory):
    """The text of one session, and what is looked at.

    Attributes:
        text: as it was typed.
        cell: the network that is looked at.
        unit: of its state.
        word: the word that was clicked, None for none.
    """

    text: str = FIRST
    cell: Cell = "lstm"
    unit: int = 0
    word: int | None = None

    @property
    def sentence(self) -> Sentence:
        """The text as it is read."""
        return read_text(self.text)

    def look_at(self, cell: Cell, unit: int | None, word: int | None) -> None:
        """Choose a unit of a network, and a word."""
        self.cell, self.word = cell, word
        if unit is not None:
            self.unit = unit

    def _take(self, text: str) -> None:
        super()._take(text)
        self.word = None


def typed() -> Typed:
    """Return this session's text; the first time it is that of the address."""
    if _KEY not in st.session_state:
        asked = st.query_params.get(ADDRESS)
        first = Typed()
        if asked is not None:
            first.text = asked[:MOST_CHARACTERS]
        cell, unit = st.query_params.get("cell", ""), st.query_params.get("unit", "")
        first.cell = next((one for one in CELLS if one == cell), first.cell)
        first.unit = int(unit) if unit.isascii() and unit.isdecimal() and int(unit) < 1000 else 0
        st.session_state[_KEY] = first
    kept: Typed = st.session_state[_KEY]
    return kept


def keep_in_address(paper: Typed) -> None:
    """Write what is looked at into the address; the field keeps its text there itself.

    What a page begins with is not written: a new address is an entry in the browser's history.
    """
    begun = Typed()
    for name, value, first in (("cell", paper.cell, begun.cell), ("unit", str(paper.unit), str(begun.unit))):
        if st.query_params.get(name, first) != value:
            st.query_params[name] = value
