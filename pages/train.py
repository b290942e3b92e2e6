"""Train live: choose a network and its settings, watch it learn, steer it on the way, keep what comes of it."""

import streamlit as st

from core.ui.sections.train.form import show_form
from core.ui.sections.train.live import show_run
from core.ui.sections.train.recent_runs import show_recent_runs
from core.ui.state.train import train_state
from core.ui.widgets.run_actions import open_run

state = train_state()
with st.container(gap="small"):
    show_form()
    mine = open_run(state)
    show_run(state, mine)
show_recent_runs(state, mine)
