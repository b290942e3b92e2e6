"""Start here: a canvas that answers, a card for every page, and the three families in one table."""

import streamlit as st

from core.ui.state.drawing import sheet
from core.ui.widgets.drawing_pad import show_pad
from core.ui.widgets.page_links import link_to, show_page_cards

FAMILIES = """
| Family | MLP | CNN | RNN (here: GRU) |
|---|---|---|---|
| **Kind of data** | a fixed row of numbers: tables, measurements | grids: images, sound as spectrograms | sequences of any length: text, time series |
| **Key operation** | weighted sums of all inputs | one small kernel slid over the whole picture | the same cell applied step after step, with a hidden state |
| **What it captures** | any mix of features, whatever their position | local patterns, wherever they appear | what came before, and in which order |
| **Strength** | simple and fast | few weights, used everywhere | reads one element at a time, remembers the rest |
| **Limit** | blind to neighbours: a shifted digit is a new one | sees only a window, and order only within it | step by step is slow, and distant steps fade |
| **Choose it when** | the columns have no order | neighbours belong together | order carries the meaning |
"""

st.markdown(
    "**Draw a digit.** Three trained networks read it while you draw: every number here is computed now, from your "
    "drawing."
)


@st.fragment
def reading() -> None:
    """Canvas and answers: all that changes with a stroke."""
    show_pad(sheet())


pad = st.container()
st.header("Where to next?")
show_page_cards()

with st.expander("Three families of networks, side by side", icon=":material/table:"), st.container(key="families"):
    st.html("<style>.st-key-families { overflow-x: auto } .st-key-families table { min-width: 640px }</style>")
    st.markdown(FAMILIES)
    link_to("metrics", "Which one for your data?", **{"metrics-section": "Which network?"})

with pad:  # last, so that a canvas that answers early cuts nothing short
    reading()
