"""Start here: one digit already read, a link to every page, and the three families in one table."""

import streamlit as st

from core.inspection.images.families import read
from core.inspection.images.recognition import recognise
from core.ui.state.drawing import sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.digit_pictures import show_digit
from core.ui.widgets.page_links import show_page_cards
from core.ui.widgets.verdicts import show_probabilities, show_verdict

FAMILIES = """
| | MLP | CNN | RNN (here: GRU) |
|---|---|---|---|
| **Kind of data** | a fixed row of numbers: tables, measurements | grids: images, sound as spectrograms | sequences of any length: text, time series |
| **Key operation** | weighted sums of *all* inputs | one small kernel slid over the whole picture | the same cell applied step after step, with a hidden state |
| **What it captures** | any mix of features, wherever they stand | local patterns, wherever they appear | what came before, and in which order |
| **Strength** | simple and fast | few weights, used everywhere | reads one element at a time, remembers the rest |
| **Limit** | knows no neighbours: a shifted digit is a new one | looks at a window, order only inside it | step by step is slow, and distant steps fade |
| **Choose it when** | the columns have no order | neighbours belong together | order carries the meaning |
"""

st.markdown(
    "Every number in this playground is computed **now, from your input, by networks that were really trained**. "
    "Here three of them read the digit on the left."
)

paper = sheet()
digit_sources.open_with_sample(paper)
drawing = paper.drawing
assert drawing is not None  # a sample was laid on the sheet above
readings = read(drawing.prepared.pixels)

with st.container(horizontal=True, gap="large"):
    with st.container(width=180):
        show_digit(drawing)
    with st.container(width="stretch"):
        show_verdict(recognise(drawing.prepared, readings[0].probabilities), readings, drawing.label)
        show_probabilities(readings)

st.subheader("Where to next?")
show_page_cards()

st.subheader("Three families of networks")
with st.container(key="families"):
    st.html("<style>.st-key-families { overflow-x: auto } .st-key-families table { min-width: 640px }</style>")
    st.markdown(FAMILIES)
