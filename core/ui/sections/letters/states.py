"""The hidden state after every letter, under the surprise of all three networks, on one axis of letters."""

from functools import partial

import streamlit as st

from core.data.text.shakespeare import Letters
from core.inspection.letters.writing import CELLS, read
from core.models.cells import TITLES
from core.ui.components.strips.strips import Bars, Chosen, Heat, Track, Word, strips
from core.ui.sections.letters.field import show_letter
from core.ui.sections.letters.state import LettersState
from core.ui.sections.letters.surprise import MOST_BITS
from core.wording import counted

WINDOW = 100
"""Letters that are shown: a hidden state has hundreds of numbers, and all travel with every key."""


def show_states(state: LettersState, letters: Letters) -> None:
    """Show the strips, in the container `states`."""
    count = len(letters.letters)
    first = max(0, count - WINDOW)
    shown = letters.letters[first:]
    tracks: list[Track] = [
        Bars(
            f"Surprise of the {TITLES[cell]}",
            read(cell, letters.text).surprises[first:],
            MOST_BITS,
            "bits",
            signed=False,
        )
        for cell in CELLS
    ]
    states = read(state.cell, letters.text).states
    units = states.shape[1]
    tracks.append(
        Heat(f"Hidden state of the {TITLES[state.cell]}, {units} units", states[1 + first :].T, "signed", name="state")
    )
    word = state.place - first if state.place is not None and state.place >= first else None
    with st.container(key="states"):
        strips(
            [Word(show_letter(letter.shown), not letter.strange) for letter in shown],
            tracks,
            key="letters-strips",
            chosen=Chosen(state.unit % units, "state", word),
            on_choose=partial(_choose, state, first),
            describe=f"The surprise of three networks and the state of the {TITLES[state.cell]} after each of "
            f"{counted(len(shown), 'letter')}.",
            empty="Type a text above, and it is read here letter by letter.",
        )
    memory = "hidden state h (the other half of an LSTM's memory, its cell state c, is not shown)"
    memory = memory if state.cell == "lstm" else "whole memory"
    cut = f" Shown are the last {WINDOW} of {count} letters." if first else ""
    st.caption(
        f"A column is the {memory} after that letter, blue below zero, red above. A click on a letter shows above "
        "what was expected there; a click on a row chooses that unit, by which “Is there a unit that counts?” can "
        f"colour text.{cut}"
    )


def _choose(state: LettersState, first: int, chosen: Chosen) -> None:
    """Look at the unit and the letter that were clicked; a second click on the letter lets it go."""
    word = None if chosen.word is None else chosen.word + first
    same = word == state.place and (chosen.row is None or chosen.row == state.unit)
    state.select(state.cell, chosen.row, None if same else word)
