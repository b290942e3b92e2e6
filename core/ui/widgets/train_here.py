"""Trainings that a page starts itself: a few runs at one click, their curves in one chart, what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import streamlit as st
from torch import nn

from core.data.sources import TEXTS, folder_of
from core.figures.comparison import Panel
from core.figures.palette import colour_of
from core.figures.tables import swatch, table
from core.figures.training import QUIET, Axis, Marks, Numbers, Trace, VerticalAxis, smooth
from core.models.cells import TITLES
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import Sweep
from core.runs.store.store import StoreProblem
from core.runs.store.watching import RunView, watch
from core.runs.sweeps.config import SweepConfig, Varied
from core.runs.sweeps.trials import Trial, sweep_table
from core.training.config import TrainConfig
from core.training.curve import Curve
from core.training.events import Validation
from core.training.recipes import suggest_training
from core.training.tasks.task_config import FormField, TaskConfig
from core.ui.plain_text import plain
from core.ui.state.person import person
from core.ui.widgets.download_data import offer_download
from core.ui.widgets.growing_curves import NOTHING, WAITS, show_growing
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import REFUSALS, current_runner, sweep_expects_news
from core.ui.widgets.score_words import with_majority

BEAT = 0.5
"""Seconds between two looks while runs go on."""
_SMOOTH = 0.9  # of the accuracy of single batches


RECURRENT = {str(cell): colour_of(f"sentence-{cell}") for cell in TITLES}
"""The colours of RNN, GRU and LSTM."""


@dataclass(frozen=True)
class Exercise:
    """What a page lets people train: a task, by every kind of network that can learn it.

    Attributes:
        task: with its data, its form, its kinds of networks and what its score counts.
        key: with which the keys of its controls begin.
        about: what is learnt, and what to watch for.
        button: what the button says.
        colours: of the kinds of networks in the chart, as CSS.
    """

    task: type[TaskConfig]
    key: str
    about: str
    button: str
    colours: Mapping[str, str]

    @property
    def learns(self) -> str:
        """The word by which its runs are found again, `core.runs.store.record.Run.learns`."""
        return self.task.default("learns")


@st.fragment
def train_here(exercise: Exercise) -> None:
    """Show the controls, a button that trains all networks, and what this person last trained of this."""
    task, data = exercise.task, exercise.task.default("data")
    if data in TEXTS and folder_of(data) is None:
        title = TEXTS[data].title
        st.caption(f"Nothing can be trained on this server without {title}.")
        if not TEXTS[data].mirrors:
            st.caption(
                "Nobody publishes these very files. The person who runs the server can put them into a folder named "
                f"`{data}` in the folder that `PLAYGROUND_DATA` names. The shipped networks still work."
            )
            return
        if not offer_download(data, title, f"{exercise.key}-download", "the shipped networks still work"):
            return
    st.caption(exercise.about)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        base = _choose_training(task, exercise.key)
    config = SweepConfig(base=base, vary=(Varied(name="network", values=tuple(task.kinds)),), sampler="grid")
    said = f"{exercise.learns}-said"
    try:
        newest = newest_sweep(exercise.learns)
    except StoreProblem as problem:
        st.warning(f"{plain(str(problem))} Until then nothing can be trained.", icon=":material/save:")
        return
    active = newest is not None and newest.active
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            exercise.button,
            icon=":material/play_arrow:",
            type="primary",
            key=f"{exercise.learns}-train",
            disabled=active,
            on_click=_start,
            args=(config, said),
            help="Ordinary runs in the queue of this server; they continue if you leave this page.",
        )
        st.button(
            "Stop",
            icon=":material/stop:",
            key=f"{exercise.learns}-stop",
            disabled=not active,
            on_click=_stop,
            args=(newest.id if newest else "", said),
            help="End the run and cancel those that are waiting. What was learnt is kept.",
        )
        if newest is not None:
            link_to("runs", "All of it under Runs", ":material/table:", sweep=newest.id)
    if st.session_state.get(said):
        st.info(plain(st.session_state.pop(said)), icon=":material/info:")
    if newest is None:
        st.caption("Nothing trained here yet. One click trains all of them, one after the other, in seconds each.")
        return
    show_runs(exercise, newest)


def _choose_training(task: type[TaskConfig], key: str) -> TrainConfig:
    """Show the settings of a task, its hidden units, epochs and seed, and return the training that was chosen."""
    begin = task.model_validate({})
    assert begin.suggested is not None
    chosen = {field.name: _choose(field, key, getattr(begin, field.name)) for field in task.form}
    size = begin.network.model_dump()["hidden_size"]
    hidden = st.select_slider(
        "Hidden units",
        task.hidden_sizes,
        size,
        key=f"{key}-hidden",
        width=150,
        help="Numbers in the state, of each direction.",
    )
    epochs = st.slider(
        "Epochs",
        1,
        task.most_epochs,
        int(begin.suggested.epochs),
        key=f"{key}-epochs",
        width=150,
        help="Passes over the training data.",
    )
    seed = st.number_input(
        "Seed", 0, 9999, 0, key=f"{key}-training-seed", width=110, help="For the first weights and the order."
    )
    network = begin.network.model_copy(update={"hidden_size": int(hidden)})
    return suggest_training(begin.model_copy(update={**chosen, "network": network}), float(epochs), int(seed))


def _choose(field: FormField, key: str, begin: Any) -> Any:
    """Show the control of a setting, a list, a switch or a slider, and return what was chosen."""
    more: dict[str, Any] = {"key": field.address or f"{key}-{field.name}", "help": field.help}
    if field.address:
        more["bind"] = "query-params"
    if field.choices:
        choices = list(field.choices)
        return st.segmented_control(
            field.label, choices, default=begin, format_func=field.choices.__getitem__, required=True, **more
        )
    if isinstance(begin, bool):
        return st.toggle(field.label, begin, **more)
    number = type(begin)
    return st.slider(field.label, number(field.low), number(field.high), begin, number(field.step), width=150, **more)


def networks_trained_here(learns: str) -> list[tuple[str, nn.Module]]:
    """Return what this person last trained of a kind, once it has ended: the value in which each differs, the network.

    What is not there, or cannot be read just now, is passed over.
    """
    store, found = current_runner().store, []
    try:
        sweep = newest_sweep(learns)
        for trial in sweep_table(store, sweep.id) if sweep else []:
            if trial.run.usable:
                found.append((trial.values["network"], final_network(store, trial.run)))
    except (StoreProblem, NoNetwork):
        pass  # the shipped networks are there
    return found


def newest_sweep(learns: str) -> Sweep | None:
    """Return what this person last started of a kind.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return next((one for one in current_runner().store.sweeps(session=person().session) if one.learns == learns), None)


def _start(config: SweepConfig, said: str) -> None:
    try:
        current_runner().start_sweep(config, person())
    except REFUSALS as problem:
        st.session_state[said] = str(problem)


def _stop(sweep: str, said: str) -> None:
    try:
        current_runner().stop_sweep(sweep, person())
    except StoreProblem as problem:
        st.session_state[said] = str(problem)


def show_runs(exercise: Exercise, newest: Sweep) -> None:
    """Show the curves of runs, and what came of each; while they go on, these follow."""
    goes_on = sweep_expects_news(newest)
    st.fragment(_live, run_every=BEAT if goes_on else None)(exercise, newest.id, (newest.active, goes_on))


def _live(exercise: Exercise, sweep: str, was: tuple[bool, bool]) -> None:
    store = current_runner().store
    try:
        record, trials = store.sweep(sweep), sweep_table(store, sweep)
        views = [view for trial in trials if (view := watch(store, trial.run.id)) is not None]
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    if record is None:
        return
    goes_on = sweep_expects_news(record)
    st.markdown(f"**{plain(record.title.removeprefix('Sweep: '))}**")
    panel, axis = _curves(exercise, trials, views, goes_on)
    show_growing(
        panel,
        axis,
        growing=goes_on,
        name=f"{exercise.learns}-learning",
        height=380,
        alt="Accuracy against updates, a line for every run.",
    )
    st.html(_table(exercise, trials))
    if was != (record.active, goes_on):
        st.rerun()  # once for each, so that the buttons follow and nobody asks for news any more


def _curves(exercise: Exercise, trials: Sequence[Trial], views: Sequence[RunView], goes_on: bool) -> tuple[Panel, Axis]:
    """Return the accuracy of all runs over their updates: that of the batches, smoothed, or that of the validation."""
    task = exercise.task
    kinds = {trial.run.id: trial.values["network"] for trial in trials}
    traces = [
        Trace(
            task.kinds[kinds[view.run.id]],
            *(_validated(view) if task.shows_validation else _trained(view.curve)),
            exercise.colours[kinds[view.run.id]],
            ("solid", "dashed", "dotted")[place % 3],
            points=task.shows_validation,
        )
        for place, view in enumerate(views)
    ]
    if not traces:  # a legend with something in it, and axes that stand already
        traces = [Trace(WAITS if goes_on else NOTHING, np.empty(0), np.empty(0), QUIET)]
    last = max((view.run.total_steps if view.run.active else view.run.step for view in views), default=0)
    panel = Panel(
        traces,
        VerticalAxis(f"right in {'validation' if task.shows_validation else 'training'}, %", 0, 100),
        Marks(level=task.baseline and (100 * task.baseline[0], task.baseline[1])),
    )
    return panel, Axis("update", 0, last or 100, whole=True)


def _validated(view: RunView) -> tuple[Numbers, Numbers]:
    """Return the updates after which a run was validated, and the accuracy in percent at each."""
    found = view.events_of(Validation)
    steps = np.array([one.step for one in found], np.float64)
    return steps, np.array([100 * one.score.accuracy for one in found], np.float64)


def _trained(curve: Curve) -> tuple[Numbers, Numbers]:
    """Return the updates of a run, and the smoothed accuracy of their batches in percent."""
    return curve.step, 100 * smooth(curve.accuracy, _SMOOTH)


def _table(exercise: Exercise, trials: Sequence[Trial]) -> str:
    """Return what came of every run, as HTML."""
    rows = []
    for trial in trials:
        kind, run = trial.values["network"], trial.run
        score = run.score
        rows.append(
            (
                f"{swatch(exercise.colours[kind])}{escape(exercise.task.kinds[kind])}",
                f'<td class="text">{escape(". ".join(filter(None, (run.status, run.reason))))}</td>',
                f"{score.correct:,} of {score.cases:,}: {with_majority(score)}" if score else "-",
                f"{run.seconds:.1f} s" if run.seconds else "-",
            )
        )
    return table(("network", "run", f"held-out {escape(exercise.task.cases)} right", "training"), rows, left=True)
