"""What the section "Next letter" remembers: the text with its history, what is selected, and what the network wrote."""

from dataclasses import dataclass

from core.data.text.shakespeare import Letters, read_letters
from core.inspection.letters.writing import TextGenerator
from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.state.text_selection import SELECTION, TextSelection

FIRST = "ROMEO:\nO, she doth teach the torches to burn bri"
MOST_CHARACTERS = 4000
"""What is taken from the field; fewer letters are read (`core.data.text.shakespeare`)."""


@dataclass
class LettersState(TextSelection):
    """The text of one session.

    Attributes:
        text: as it was typed.
        writer: writes on from the text, or has done so.
        writing: whether it is at it.
        beating: whether the browser asks for the next piece again and again.
    """

    text: str = FIRST
    writer: TextGenerator | None = None
    writing: bool = False
    beating: bool = False

    @property
    def letters(self) -> Letters:
        """The text as it is read."""
        return read_letters(self.text)


LETTERS = PageState("letters", LettersState, {"text": text("text", MOST_CHARACTERS, browser=True), **SELECTION})
