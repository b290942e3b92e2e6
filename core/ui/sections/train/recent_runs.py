"""The last runs of a person: to look at, use, repeat or continue."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.runs.store.record import Run
from core.training.address import nearest_recipe
from core.training.config import BadConfig
from core.ui.sections.train.actions import go_on
from core.ui.sections.train.controls import RESUMABLE
from core.ui.sections.train.state import TrainState
from core.ui.state.person import person
from core.ui.widgets.networks import show_where_used, use_network, used_networks
from core.ui.widgets.score_words import with_majority
from core.ui.widgets.space import show_space
from core.wording import counted

SHOWN = 8
"""Runs in the list."""
FIRST = 2
"""Those that are seen at once; the others are folded away."""

_STYLE = """<style>
.run-line { line-height: 1.3; overflow-wrap: anywhere; }
.run-line small { opacity: .8; font-variant-numeric: tabular-nums; }
</style>"""


def show_recent_runs(state: TrainState, mine: Sequence[Run]) -> None:
    """Show the last runs of this person, the newest first."""
    st.header(
        "Your last runs", help="Kept on this server, and found again by this browser. The address of a run is a link."
    )
    if not mine:
        st.caption("None yet. What you train will be listed here.")
        return
    show_space(person())
    busy = any(run.active for run in mine)
    shown = mine[:SHOWN]
    _list(state, shown[:FIRST], busy)
    if len(shown) > FIRST:
        with st.expander(f"{counted(len(shown) - FIRST, 'earlier run')}", icon=":material/history:"):
            _list(state, shown[FIRST:], busy)


def _list(state: TrainState, runs: Sequence[Run], busy: bool) -> None:
    for run in runs:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"train-run-{run.id}"):
            with st.container(width="stretch"):
                here = " (shown above)" if run.id == state.run else ""
                st.html(
                    f'{_STYLE}<div class="run-line"><b>{escape(run.title)}</b>{here}<br>'
                    f"<small>{escape(summary(run))}</small></div>"
                )
            _buttons(state, run, busy)


def summary(run: Run) -> str:
    """Return a run in one line: status, updates and score."""
    parts: list[str] = ["in progress" if run.active else run.status]
    if run.step and not run.active:
        parts.append(f"{counted(run.step, 'update')} in {run.seconds:.0f} s")
    if run.score:
        parts.append(f"test {with_majority(run.score)}")
    parts.append(f"no. {run.id[:4]}")
    return ", ".join(parts)


def _buttons(state: TrainState, run: Run, busy: bool) -> None:
    usable = run.usable and run.id not in used_networks()
    go_on_possible = not busy and run.status in RESUMABLE and run.step < run.total_steps
    for label, name, help, on, action in (
        ("Show", "show", "Look at its curves again.", run.id != state.run, lambda: _show(state, run.id)),
        ("Use", "use", "Offer its network wherever one can be chosen.", usable, lambda: use_network(run.id)),
        ("Settings", "settings", "Load its settings into the form above.", True, lambda: _load_settings(state, run)),
        ("Go on", "again", "Continue from its last weights.", go_on_possible, lambda: go_on(state, run.id)),
    ):
        st.button(label, key=f"train-{name}-{run.id}", help=help, disabled=not on, on_click=action)
    show_where_used(run.id)


def _show(state: TrainState, run: str) -> None:
    state.run = run


def _load_settings(state: TrainState, run: Run) -> None:
    try:
        config = run.config
    except BadConfig as problem:
        state.notice = str(problem)
        return
    state.load(config, nearest_recipe(config))
