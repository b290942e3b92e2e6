"""The runs in progress, refreshed every two seconds while there are any."""

from collections.abc import Sequence

import streamlit as st

from core.runs.store.record import ACTIVE, RunSummary
from core.runs.store.store import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.runs.run_list import status_text
from core.ui.widgets.run_actions import current_runner

BEAT = 2.0
"""Seconds between two updates."""
SHOWN = 4
"""Runs with a bar of their own."""


def show_active(runs: Sequence[RunSummary]) -> None:
    """Show how far the runs in progress have come; refresh it while there are any."""
    active = sorted(run.id for run in runs if run.active)
    if active:
        st.fragment(_live, run_every=BEAT)(active)


def _live(before: Sequence[str]) -> None:
    try:
        runs = current_runner().store.summaries(statuses=tuple(ACTIVE))
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    if sorted(run.id for run in runs) != list(before):
        st.rerun()  # one ended or began: the table follows
    with st.container(key="runs-active", gap="xsmall"):
        for run in [*reversed(runs)][:SHOWN]:
            done = min(1.0, run.step / run.total_steps) if run.total_steps else 0.0
            st.progress(done, f"{plain(run.title)}: {status_text(run)}")
        if len(runs) > SHOWN:
            st.caption(f"and {len(runs) - SHOWN} more in progress.")
