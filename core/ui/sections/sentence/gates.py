"""What the gates let through at every word."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.inspection.text.reading import Reading, read
from core.models.cells import TITLES
from core.ui.components.strips.strips import Chosen, Heat, strips
from core.ui.sections.sentence.hidden_states import choose
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.sentence_words import EMPTY, words_of
from core.ui.widgets.side_by_side import side_by_side

NAMES = {
    "forget": "Forget gate f: how much of the old cell state stays",
    "input": "Input gate i, “store”: how much of the candidate goes in",
    "candidate": "Candidate g: what could be stored",
    "output": "Output gate o: how much of the cell state is shown",
    "reset": "Reset gate r: how much of the old state the new one looks at",
    "update": "Update gate z: how much of the old state stays",
    "new": "New state n: what could take its place",
}
"""What every gate does, in words."""
SIGNED = ("candidate", "new")
"""Those that are no gates but values in -1 to 1."""


def show_gates(state: SentenceState, sentence: Sentence) -> None:
    """Show a heatmap for every gate of the network that is looked into, in the container `gates`."""
    reading = read(state.cell, sentence.words)
    with st.container(key="gates"):
        if state.cell == "rnn":
            st.info(
                "A plain RNN has no gates: every word rewrites the whole state through one tanh. "
                "Choose GRU or LSTM to see what gates do.",
                icon=":material/info:",
            )
            return
        tracks = grids(reading)
        middle = (len(tracks) + 1) // 2
        for number, (some, place) in enumerate(
            zip((tracks[:middle], tracks[middle:]), side_by_side(2, key="gates"), strict=True)
        ):
            with place:
                strips(
                    words_of(sentence),
                    some,
                    key=f"gates-{state.cell}-{number}",
                    chosen=Chosen(state.unit, None, state.place) if state.place is not None else None,
                    on_choose=partial(choose, state, state.cell),
                    describe=f"The gates of the {TITLES[state.cell]} at every word.",
                    empty=EMPTY,
                )
        st.caption(
            "Gates are on one scale from 0 (shut) to 1 (open); values that can be negative are blue below zero and red "
            "above. Rows are the same 24 units as in “Hidden state”."
        )


def grids(reading: Reading) -> list[Heat]:
    """Return a grid for every gate, and for the LSTM one for the cell state."""
    grids = [
        Heat(title, reading.gates[name].T, "signed" if name in SIGNED else "unit", name=name)
        for name, title in NAMES.items()
        if name in reading.gates
    ]
    if not reading.words:
        return [Heat("Gates", np.zeros((24, 0)), "unit", name="none")] * 2
    if reading.cells is not None:
        limit = float(np.abs(reading.cells).max(initial=1.0))
        grids.append(Heat("Cell state c: the memory itself", reading.cells[1:].T, "signed", limit, name="cell"))
    return grids
