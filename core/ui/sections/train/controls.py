"""The levers of a run: pause, one step, stop, and the learning rate."""

from collections.abc import Callable

import streamlit as st

from core.runs.store.store import StoreProblem
from core.runs.store.watching import View
from core.ui.state.train import train_state
from core.ui.widgets.run_actions import current_runner, go_on, multiply_learning_rate, use

RESUMABLE = frozenset({"stopped", "interrupted", "lost"})
"""A run that may go on."""


def show_controls(view: View, mine: bool) -> None:
    """Show what can be done with the run now; all buttons are always there, so that none moves under a finger."""
    run, status = view.run, view.run.status
    runner = current_runner()
    steerable = mine and status in {"running", "paused"}
    paused = status == "paused"
    if not mine:
        st.caption("This is somebody else's run: you can watch it.")
    st.button(
        "Resume" if paused else "Pause",
        icon=":material/play_arrow:" if paused else ":material/pause:",
        key="train-pause",
        disabled=not steerable,
        on_click=_attempt,
        args=(lambda: runner.resume(run.id) if paused else runner.pause(run.id),),
        help="Rest before the next update; nothing is lost.",
    )
    st.button(
        "One step",
        icon=":material/skip_next:",
        key="train-step",
        disabled=not steerable,
        on_click=_attempt,
        args=(lambda: runner.step(run.id),),
        help="Make one single update, then rest.",
    )
    st.button(
        "Stop",
        icon=":material/stop:",
        key="train-stop",
        disabled=not (mine and run.active),
        on_click=_attempt,
        args=(lambda: runner.stop(run.id),),
        help="End it now. What it has learnt is kept and tested; one that waits leaves the queue.",
    )
    st.button(
        "Rate ÷ 2",
        key="train-slower",
        disabled=not steerable,
        on_click=_attempt,
        args=(lambda: multiply_learning_rate(run.id, 0.5, view.happenings),),
        help="Half the learning rate from the next update on.",
    )
    st.button(
        "Rate × 2",
        key="train-faster",
        disabled=not steerable,
        on_click=_attempt,
        args=(lambda: multiply_learning_rate(run.id, 2.0, view.happenings),),
        help="Twice the learning rate from the next update on.",
    )
    if run.usable:
        st.button(
            "Use this network",
            icon=":material/check_circle:",
            key="train-use",
            on_click=use,
            args=(run.id,),
            help="Offer it wherever a network is chosen: on “Draw a digit” and “Inside the CNN”.",
        )
    if mine and status in RESUMABLE and run.step < run.total_steps:
        st.button(
            "Go on",
            icon=":material/redo:",
            key="train-go-on",
            on_click=_go_on,
            args=(run.id,),
            help="Take it up where it last kept its weights.",
        )


def _go_on(run: str) -> None:
    go_on(train_state(), run)


def _attempt(action: Callable[[], None]) -> None:
    try:
        action()
    except StoreProblem as problem:
        train_state().notice = str(problem)
