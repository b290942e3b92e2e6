"""The hidden state of RNN, GRU and LSTM after every word, side by side, and a bag of words beneath."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.inspection.text.reading import CELLS, VERDICTS, Reading, bag_bias, bag_contributions, read, verdict
from core.models.cells import TITLES, Cell
from core.ui.components.strips.strips import Bars, Chosen, Heat, Line, Word, strips
from core.ui.sections.sentence.state import SentenceState
from core.ui.widgets.sentence_words import EMPTY, in_percent, words_of
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

_MOVED = 6.0  # how far a word moves the state where the bar is full


def show_hidden_states(state: SentenceState, sentence: Sentence) -> None:
    """Show three heatmaps with the verdict after every word, in the container `hidden-state`."""
    words = words_of(sentence)
    with st.container(key="hidden-state"):
        for cell, place in zip(CELLS, side_by_side(3, key="hidden", gap="small"), strict=True):
            reading = read(cell, sentence.words)
            with place:
                st.markdown(f"**{TITLES[cell]}** says **{in_percent(float(reading.verdicts[-1]))}**")
                strips(
                    words,
                    [
                        Line("Verdict so far", reading.verdicts[1:], *VERDICTS),
                        Heat("Hidden state, 24 units", reading.states[1:].T, "signed", name="state"),
                        Bars("How far the word moved it", reading.changes, _MOVED, signed=False),
                    ],
                    key=f"hidden-{cell}",
                    chosen=Chosen(state.unit, "state", state.place) if state.cell == cell else None,
                    on_choose=partial(choose, state, cell),
                    describe=described(cell, reading),
                    empty=EMPTY,
                )
        st.caption(
            "A column is the hidden state after that word: 24 numbers, blue below zero, red above. It is all that an "
            "RNN and a GRU remember; an LSTM has its cell state besides. A click on a row chooses that unit for the "
            "other sections. Dotted words are not in the vocabulary: they are read from groups of their letters."
        )
        _bag(words, sentence)


def choose(state: SentenceState, cell: Cell, chosen: Chosen) -> None:
    """Look at the unit and the word that were clicked."""
    state.select(cell, chosen.row, chosen.word)


def described(cell: Cell, reading: Reading) -> str:
    """Return a sentence for those who cannot see the picture."""
    words = counted(len(reading.words), "word")
    return f"The hidden state of the {TITLES[cell]} after each of {words}, and its verdict so far."


def _bag(words: Sequence[Word], sentence: Sentence) -> None:
    """Show the weights that a bag of words adds up."""
    weights = bag_contributions(sentence.words)
    total = float(weights.sum()) + bag_bias()
    st.markdown(
        f"**Bag of words** says **{in_percent(verdict('sentence-bag', sentence.words))}**: it adds up one weight for "
        "every word, in whatever order they come"
    )
    strips(
        words,
        [Bars("Weight of the word", weights, float(np.abs(weights).max(initial=0.5)), signed=True)],
        key="hidden-bag",
        describe="The weight of every word in the bag of words.",
        empty=EMPTY,
    )
    st.caption(
        f"Sum of the weights and {bag_bias():+.2f} for no words at all: {total:+.2f}; above zero means positive."
    )
