"""What a person does with runs: start, steer and look at them. The one place of the pages that knows the runner."""

import re
from collections.abc import Callable, Sequence

import streamlit as st

from core.models.images.design import ImpossibleShape
from core.runs.runner import Runner
from core.runs.store.record import Run, RunSummary, Sweep
from core.runs.store.store import Busy, StoreProblem
from core.runs.store.watching import RunView
from core.runs.workers import local
from core.training.config import BadConfig, TrainConfig
from core.training.events import LearningRateChange
from core.ui.state.drawing import use_network
from core.ui.state.person import person
from core.ui.state.train import TrainState

ADDRESS = "run"
"""The name in the address under which the run stands that is looked at."""
LISTED = 12
"""Earlier runs that are offered."""
FACTORS = (2.0**-20, 2.0**20)
"""What a learning rate may be multiplied by, in all."""


def current_runner() -> Runner:
    """Return what runs trainings for this server."""
    return local.runner()


def run_label(run: Run | RunSummary | Sweep) -> str:
    """Return the title of a run or sweep with the beginning of its number: titles need not be unique."""
    return f"{run.title} ({run.id[:4]})"


def my_runs() -> list[Run]:
    """Return the last runs of this person that learn images, the newest first.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return [run for run in current_runner().store.runs(session=person(), limit=LISTED) if run.learns == "images"]


def open_run(state: TrainState) -> list[Run]:
    """Find the run that is looked at, say what there is to say, and return this person's last runs.

    Where the store cannot be read, the page says so and ends here.
    """
    try:
        mine = my_runs()
        find_run(state, mine)
    except StoreProblem as problem:
        st.warning(f"{problem} Nothing can be trained until it can; the other pages work.", icon=":material/save:")
        st.stop()
    if state.notice:
        st.info(state.notice, icon=":material/info:")
        state.notice = ""
    return mine


def find_run(state: TrainState, mine: Sequence[Run]) -> None:
    """Decide which run is looked at, and write it into the address.

    A link goes first, then what this session looked at last, then this person's newest run.

    Raises:
        StoreProblem: the store cannot be read.
    """
    asked = st.query_params.get(ADDRESS, "")
    if asked and asked != state.run_written:
        if _exists(asked):
            state.run = asked
        else:
            state.notice = "The run in this link is not here: it may have been removed, or the link is not whole."
    if state.run is None or not _exists(state.run):
        state.run = mine[0].id if mine else None
    state.run_written = state.run or ""
    if state.run is None:
        st.query_params.pop(ADDRESS, None)
    elif asked != state.run:
        st.query_params[ADDRESS] = state.run


def start(state: TrainState, config: TrainConfig) -> None:
    """Submit a run; where that is refused, the state gets the reason as its notice."""
    _attempt(state, lambda: current_runner().submit(config, person()))


def go_on(state: TrainState, run: str) -> None:
    """Let a run go on that was interrupted, lost or stopped."""

    def again() -> str:
        current_runner().requeue(run, person())
        return run

    _attempt(state, again)


def multiply_learning_rate(view: RunView, factor: float) -> None:
    """Multiply the learning rate of a run by `factor`, on top of what has been asked for before.

    Raises:
        StoreProblem: nothing could be written.
    """
    lowest, highest = FACTORS
    wanted = requested_factor(view) * factor
    wanted = min(max(wanted, lowest), highest)
    current_runner().command(view.run.id, "learning rate", wanted)
    times = f"{wanted:g} times" if wanted >= 1 else f"1/{1 / wanted:g} of"
    st.toast(f"From the next update on: {times} the learning rate of the schedule.", icon=":material/speed:")


def requested_factor(view: RunView) -> float:
    """Return what the learning rate was last asked to be multiplied by: also where that has not happened yet."""
    asked = [value for _, command, value in current_runner().store.commands(view.run.id) if command == "learning rate"]
    done = view.last(LearningRateChange)
    return asked[-1] if asked else done.factor if done else 1.0


def use(run: str) -> None:
    """Offer the network of a run wherever one is chosen, and say where that is."""
    use_network(run)
    st.toast("It can be chosen now on “Draw a digit” and “Inside the CNN”.", icon=":material/check_circle:")


def _attempt(state: TrainState, action: Callable[[], str]) -> None:
    try:
        state.run, state.notice = action(), ""
    except Busy as busy:
        if busy.run != state.run:  # a second click on the same button is no news
            state.run, state.notice = busy.run, str(busy)
    except (BadConfig, ImpossibleShape, StoreProblem) as problem:
        state.notice = str(problem)


def _exists(run: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{6,64}", run) is not None and current_runner().store.get(run) is not None
