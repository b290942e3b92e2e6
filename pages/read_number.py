"""Read a number: convolutions, a GRU and CTC read a line of digits, beside cutting it into pieces."""

import streamlit as st

from core.ui.sections.read_number.columns import show_columns
from core.ui.sections.read_number.decoding import show_decoding
from core.ui.sections.read_number.look import look_at
from core.ui.sections.read_number.pad import open_sheet, show_canvas, show_sources
from core.ui.sections.read_number.scores import show_scores
from core.ui.sections.read_number.stages import show_stages
from core.ui.sections.read_number.training import show_training
from core.ui.sections.read_number.verdict import show_verdict
from core.ui.state.lesson import report
from core.ui.widgets.sections import choose_section

st.markdown(
    "Where does one digit end and the next begin? A CNN describes every **column** of the line, a GRU goes over the "
    "columns from both ends, and CTC turns them into a number."
)

SECTIONS = {
    "Column by column": show_columns,
    "From path to number": show_decoding,
    "What the GRU adds": show_scores,
    "From your drawing to the line": show_stages,
    "Train it here": show_training,
}


@st.fragment
def reading() -> None:
    """Canvas and answers: all that changes with a stroke, and nothing else."""
    sheet = open_sheet()
    show_canvas(sheet)
    look = look_at(sheet.number)
    show_verdict(look)
    report(look.seen)
    show_sources(sheet)
    st.caption(f"On the sheet: {sheet.number.origin}.")
    name = choose_section(
        "What to look at", list(SECTIONS), key="number-look", help="Every section looks at the number above."
    )
    SECTIONS[name](look)


reading()
