"""Runs: what was trained here, in a table, side by side, and examined on pictures that it has not seen."""

import streamlit as st

from core.runs.store.store import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.runs.comparison import show_comparison
from core.ui.sections.runs.evaluation import show_evaluation
from core.ui.sections.runs.state import RUNS, choose_section
from core.ui.sections.runs.sweep_results import show_sweeps
from core.ui.sections.runs.table import show_all_runs
from core.ui.state.person import person

st.markdown("What a training leaves behind: **how good is it, where does it err, and what made the difference?**")

SECTIONS = {"All runs": show_all_runs, "Compare": show_comparison, "Examine": show_evaluation, "Sweep": show_sweeps}

state = RUNS.open()
section = choose_section(state)
notice = st.empty()
try:
    SECTIONS[section](state, person())
except StoreProblem as problem:
    st.warning(f"{problem} The other pages work.", icon=":material/save:")
if state.notice:
    notice.info(plain(state.notice), icon=":material/info:")
    state.notice = ""
RUNS.keep(state)
