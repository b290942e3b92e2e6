"""The network at work, one word at a time, with every number of the formula."""

import streamlit as st

from core.data.text.tokens import Sentence
from core.inspection.text.reading import CELLS, VERDICTS, read, weights
from core.models.cells import TITLES, Cell
from core.ui.components.player.player import Played, play
from core.ui.state.sentence import Typed

_KEY = "sentence-cell"


def choose_cell(paper: Typed) -> Cell:
    """Show the three networks as buttons and return the one that everything below looks into."""
    titles = {TITLES[cell]: cell for cell in CELLS}
    st.session_state[_KEY] = TITLES[paper.cell]  # a click on a heatmap chooses too

    def chosen() -> None:
        paper.cell = titles.get(str(st.session_state.get(_KEY)), paper.cell)

    st.segmented_control(
        "Look into",
        list(titles),
        key=_KEY,
        required=True,
        on_change=chosen,
        help="Which network is taken apart below. A click on one of the heatmaps above chooses it as well.",
    )
    return paper.cell


def show_player(paper: Typed, sentence: Sentence) -> None:
    """Show the player in the container `player`."""
    reading = read(paper.cell, sentence.words)
    layer = weights(paper.cell)
    with st.container(key="player"):
        play(
            Played(
                paper.cell,
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
            unit=paper.unit % reading.states.shape[1],
            word=paper.word,
        )
