"""Train live: choose a network and its settings, watch it learn, steer it on the way, keep what comes of it."""

import streamlit as st

from core.ui.sections.train.earlier import show_earlier
from core.ui.sections.train.form import choose_and_train
from core.ui.sections.train.live import show_run
from core.ui.state.train import workbench
from core.ui.widgets.run_actions import open_bench

bench = workbench()
with st.container(gap="small"):
    choose_and_train()
    mine = open_bench(bench)
    show_run(bench, mine)
show_earlier(bench, mine)
