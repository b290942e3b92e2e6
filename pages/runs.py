"""Runs: what was trained here, in a table, side by side, and examined on pictures that it has not seen."""

import streamlit as st

from core.runs.store import StoreProblem
from core.ui.person import person
from core.ui.plain import plain
from core.ui.runs.compared import show_compared
from core.ui.runs.desk import choose_section, keep_address, open_desk
from core.ui.runs.examined import show_examined
from core.ui.runs.swept import show_swept
from core.ui.runs.table import show_table

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
