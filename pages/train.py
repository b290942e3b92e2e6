"""Train live: choose a network and its settings, watch it learn, steer it on the way, keep what comes of it."""

import streamlit as st

from core.ui.training.bench import workbench
from core.ui.training.earlier import show_earlier
from core.ui.training.form import choose_and_train
from core.ui.training.live import show_run
from core.ui.training.running import open_bench

bench = workbench()
with st.container(gap="small"):
    choose_and_train()
    mine = open_bench(bench)
    show_run(bench, mine)
show_earlier(bench, mine)
