"""Runs: what was trained here, in a table, side by side, and examined on pictures that it has not seen."""

import streamlit as st

from core.runs.store.store import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.runs.comparison import show_compared
from core.ui.sections.runs.evaluation import show_examined
from core.ui.sections.runs.state import choose_section, keep_address, open_desk
from core.ui.sections.runs.sweep_results import show_swept
from core.ui.sections.runs.table import show_table
from core.ui.state.person import person

st.markdown("What a training leaves behind: **how good is it, where does it err, and what made the difference?**")

desk, me = open_desk(), person()
section = choose_section(desk)
said = st.empty()
try:
    {"Compare": show_compared, "Examine": show_examined, "Sweep": show_swept}.get(section, show_table)(desk, me)
except StoreProblem as problem:
    st.warning(f"{problem} The other pages work.", icon=":material/save:")
if desk.said:
    said.info(plain(desk.said), icon=":material/info:")
    desk.said = ""
keep_address(desk)
