"""Train live: choose a network and its settings, watch it learn, steer it on the way, keep what comes of it."""

import streamlit as st

from core.ui.sections.train.actions import open_runs
from core.ui.sections.train.form import show_form
from core.ui.sections.train.live import show_run
from core.ui.sections.train.need_gpu import show_need_gpu
from core.ui.sections.train.recent_runs import show_recent_runs
from core.ui.sections.train.state import TRAIN

state = TRAIN.open()
with st.container(gap="small"):
    show_form(state)
    mine = open_runs(state)
    show_run(state, mine)
show_recent_runs(state, mine)
show_need_gpu()
