"""A page with nothing but a sentence and the player, for its browser tests: `?cell=lstm&text=a+good+film`."""

from typing import cast

import streamlit as st

from core.ui.components.player.player import play
from tests.support.sentences import Cell, read

cell = cast(Cell, st.query_params.get("cell", "gru"))
text = st.text_input("Sentence", st.query_params.get("text", "the film was good"))
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.write(f"run {st.session_state['runs']}")
play(read(cell, tuple(text.split())), key="player", unit=2)
