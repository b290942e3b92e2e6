"""What a person does with runs on this page: start them, continue them, and change their learning rate."""

import re
from collections.abc import Callable, Sequence

import streamlit as st

from core.runs.store.record import Command, Run
from core.runs.store.store import Busy, StoreProblem
from core.runs.store.watching import RunView
from core.training.address import same_run
from core.training.config import TrainConfig
from core.training.events import LearningRateChange
from core.ui.plain_text import plain
from core.ui.sections.train.state import TRAIN, TrainState
from core.ui.state.person import person
from core.ui.widgets.run_actions import REFUSALS, current_runner

LISTED = 12
"""Earlier runs that are offered."""
FACTORS = (2.0**-20, 2.0**20)
"""Bounds of what a learning rate may be multiplied by, in all."""


def open_runs(state: TrainState) -> list[Run]:
    """Find the run on show and return this person's last runs that learn images, the newest first.

    Where the store cannot be read, the page says so and ends here.
    """
    try:
        runs = current_runner().store.runs(session=person().session, limit=LISTED)
        mine = [run for run in runs if run.learns == "images"]
        _choose_run(state, mine)
    except StoreProblem as problem:
        st.warning(f"{problem} Until then nothing can be trained; the other pages work.", icon=":material/save:")
        st.stop()
    if state.notice:
        st.info(plain(state.notice), icon=":material/info:")
        state.notice = ""
    return mine


def _choose_run(state: TrainState, mine: Sequence[Run]) -> None:
    """Decide which run is on show: that of a link, the last one of this session, or this person's newest."""
    if state.run is None or not _exists(state.run):
        if state.linked and state.run:
            state.notice = "The run in this link is not here. It may have been removed, or the link is incomplete."
        state.run = mine[0].id if mine else None
    state.linked = False
    TRAIN.keep(state)


def start(state: TrainState, config: TrainConfig) -> None:
    """Submit a run; where that is refused, the state gets the reason as its notice."""
    _attempt(state, lambda: current_runner().submit(config, person()), lambda run: _learns(run, config))


def go_on(state: TrainState, run: str) -> None:
    """Continue a run that was interrupted, lost or stopped."""

    def requeue() -> str:
        current_runner().requeue(run, person())
        return run

    _attempt(state, requeue)


def command(run: str, name: Command) -> None:
    """Send a command to a run.

    Raises:
        StoreProblem: it is not this person's run, or nothing could be written.
    """
    current_runner().command(run, name, person())


def multiply_learning_rate(view: RunView, factor: float) -> None:
    """Multiply the learning rate of a run by `factor`, on top of earlier factors.

    Raises:
        StoreProblem: nothing could be written.
    """
    lowest, highest = FACTORS
    wanted = min(max(_requested_factor(view) * factor, lowest), highest)
    current_runner().command(view.run.id, "learning rate", person(), wanted)
    st.toast(f"From the next update on: {times_the_rate(wanted)} of the schedule.", icon=":material/speed:")


def times_the_rate(factor: float) -> str:
    """Return what a learning rate is multiplied by, in words."""
    if factor == 1:
        return "the learning rate"
    return f"{factor:g} times the learning rate" if factor > 1 else f"1/{1 / factor:g} of the learning rate"


def _requested_factor(view: RunView) -> float:
    """Return the last factor that was asked for, also where the run has not taken it over yet."""
    asked = [value for _, name, value in current_runner().store.commands(view.run.id) if name == "learning rate"]
    done = view.last(LearningRateChange)
    return asked[-1] if asked else done.factor if done else 1.0


def _attempt(state: TrainState, action: Callable[[], str], asked: Callable[[str], bool] = bool) -> None:
    try:
        state.run, state.notice = action(), ""
    except Busy as busy:
        if busy.run != state.run or not asked(busy.run):  # a second click on the same button is no news
            state.run, state.notice = busy.run, str(busy)
    except REFUSALS as problem:
        state.notice = str(problem)


def _learns(run: str, config: TrainConfig) -> bool:
    """Whether a run is what these settings ask for, and needs no more to go on."""
    found = current_runner().store.get(run)
    return found is not None and found.status != "paused" and same_run(found.config, config)


def _exists(run: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{6,64}", run) is not None and current_runner().store.get(run) is not None
