"""The text field, texts to begin with, and what is said of letters that the networks do not know."""

import streamlit as st

from core.data.text.shakespeare import BLANK, MOST_LETTERS, Letters
from core.ui.plain_text import plain
from core.ui.sections.letters.state import FIRST, MOST_CHARACTERS, LettersState
from core.ui.widgets.text_field import Wording, show_text_field

SAMPLES = (
    FIRST,
    "To be, or not to be: that is the questi",
    "First Citizen:\nBefore we proceed any further, hear me sp",
    "KING HENRY",
    "What says my lord?\n\nQUEEN",
    "The quick brown fox jumps over the lazy dog",
    "zzzz qqqq xxxx",
    "My phone has 5 % left \N{GRINNING FACE} \u2013 a na\u00efve idea",
)
"""Texts that show something: the middle of a word, a name in capitals, the end of a line, nonsense, today's English."""
_MOST_NAMED = 12
_WORDING = Wording(
    noun="text",
    label="Your text",
    help="Type, and three networks guess every next letter. Shift and Enter begin a new line. Up to "
    f"{MOST_LETTERS} letters are read.",
    placeholder="Type something Shakespeare could have written",
    samples=SAMPLES,
)


def show_letter(letter: str) -> str:
    """Return how a letter is written where it stands alone: a blank and the end of a line are made visible."""
    return {BLANK: "\N{OPEN BOX}", "\n": "\u21b5"}.get(letter, letter)


def show_field(state: LettersState) -> Letters:
    """Show the field with what stands beside it; return the text as it is read."""
    show_text_field(state, _WORDING, key="letters", limit=MOST_CHARACTERS, address="text")
    letters = state.letters
    st.caption(_said(letters))
    return letters


def _said(letters: Letters) -> str:
    """Return in Markdown which letters there are, and what this text has beside them."""
    said = (
        "The plays are written with **65 characters**: A to Z, a to z, blank, end of line, ! $ & ' , - . : ; ? and the "
        "digit 3."
    )
    if letters.replaced:
        named = [
            f"{plain(one.shown)}\N{NO-BREAK SPACE}\u2192\N{NO-BREAK SPACE}{plain(show_letter(one.read))}"
            for one in letters.replaced[:_MOST_NAMED]
        ]
        more = f" and {len(letters.replaced) - _MOST_NAMED} more" if len(letters.replaced) > _MOST_NAMED else ""
        said += f" Read as something else, and dotted below: **{', '.join(named)}**{more}."
    else:
        said += " Anything else is read as the nearest character (é as e, 7 as 3), or as a blank."
    if letters.cut:
        said += f" Only the first {MOST_LETTERS} letters are read."
    return said.replace("$ &", r"\$ &")
