"""A page with two components and a button that runs it again, for the tests of how components are fetched."""

import numpy as np
import streamlit as st

from core.ui.components.pick.pick import Item, pick

runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Run again")
picture = np.arange(64, dtype=np.uint8).reshape(8, 8)
for name in ("one", "other"):
    st.text(f"{name}: {st.session_state.get(name)}")
    pick(
        [Item(picture, "<b>first</b>"), Item(None, "second", f"run {runs} Wolfeschlegelsteinhausen")],
        key=f"pick-{name}",
        chosen=st.session_state.get(name),
        on_pick=lambda number, name=name: st.session_state.update({name: number}),
    )
