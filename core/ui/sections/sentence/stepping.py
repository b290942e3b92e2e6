"""The network at work, one word at a time, with every number of the formula."""

import streamlit as st

from core.data.text.tokens import Sentence
from core.inspection.text.reading import VERDICTS, read, weight_arrays
from core.ui.components.player.player import Played, play
from core.ui.sections.sentence.state import SentenceState


def show_player(state: SentenceState, sentence: Sentence) -> None:
    """Show the player in the container `player`."""
    reading = read(state.cell, sentence.words)
    layer = weight_arrays(state.cell)
    with st.container(key="player"):
        play(
            Played(
                state.cell,
                tuple(token.text for token in sentence.tokens),
                reading.inputs,
                reading.states,
                reading.cells,
                layer.weight_ih,
                layer.weight_hh,
                layer.bias_ih,
                layer.bias_hh,
                reading.verdicts,
                VERDICTS,
            ),
            key="sentence-player",
            unit=state.unit % reading.states.shape[1],
            word=state.place,
        )
