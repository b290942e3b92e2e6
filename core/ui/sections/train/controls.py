"""The controls of a run: pause, one step, stop, and the learning rate."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.runs.store.store import StoreProblem
from core.runs.store.watching import RunView
from core.ui.sections.train.actions import command, go_on, multiply_learning_rate
from core.ui.sections.train.state import TrainState
from core.ui.widgets.networks import show_where_used, use_network, used_networks

RESUMABLE = frozenset({"stopped", "interrupted", "lost"})
"""A run with one of these statuses may go on."""


def show_controls(state: TrainState, view: RunView, mine: bool) -> None:
    """Show what can be done with the run now. All buttons are always there, so that none moves under a finger."""
    run, status = view.run, view.run.status
    paused = status == "paused"
    steerable = mine and status in {"running", "paused"}

    def control(label: str, name: str, help: str, action: Callable[[], None], on: bool, icon: str | None) -> None:
        st.button(
            label, icon=icon, key=f"train-{name}", disabled=not on, on_click=_attempt, args=(state, action), help=help
        )

    def multiply(factor: float) -> None:
        multiply_learning_rate(view, factor)

    if not mine:
        st.caption("This is somebody else's run: you can watch it.")
    rest_help = "Pause before the next update, or go on; nothing is lost."
    if paused:
        control(
            "Resume",
            "pause",
            rest_help,
            partial(command, run.id, "resume"),
            steerable,
            ":material/play_arrow:",
        )
    else:
        control(
            "Pause",
            "pause",
            rest_help,
            partial(command, run.id, "pause"),
            steerable,
            ":material/pause:",
        )
    step_help = "Make a single update, then pause."
    control(
        "One step",
        "step",
        step_help,
        partial(command, run.id, "step"),
        steerable,
        ":material/skip_next:",
    )
    stop_help = "End it now. What it has learnt is kept and tested. A run that waits leaves the queue."
    control(
        "Stop",
        "stop",
        stop_help,
        partial(command, run.id, "stop"),
        mine and run.active,
        ":material/stop:",
    )
    slower_help, faster_help = (f"{times} the learning rate from the next update on." for times in ("Half", "Twice"))
    control("Rate ÷ 2", "slower", slower_help, lambda: multiply(0.5), steerable, None)
    control("Rate × 2", "faster", faster_help, lambda: multiply(2.0), steerable, None)
    if run.usable and run.id not in used_networks():
        use_help = "Offer it wherever a network can be chosen: on “Draw a digit” and “Inside the CNN”."
        control("Use this network", "use", use_help, lambda: use_network(run.id), True, ":material/check_circle:")
    show_where_used(run.id)
    if mine and status in RESUMABLE and run.step < run.total_steps:
        go_on_help = "Continue from the last weights that were kept."
        control("Go on", "go-on", go_on_help, lambda: go_on(state, run.id), True, ":material/redo:")


def _attempt(state: TrainState, action: Callable[[], None]) -> None:
    try:
        action()
    except StoreProblem as problem:
        state.notice = str(problem)
