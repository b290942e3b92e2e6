"""Train it here: a network with the settings of the page as an ordinary run, which then takes its place there."""

from collections.abc import Mapping
from html import escape

import numpy as np
import streamlit as st

from core.figures.comparison import Panel
from core.figures.palette import colour_of
from core.figures.tables import swatch, table
from core.figures.training import QUIET, Axis, Marks, Trace, VerticalAxis, smooth
from core.inspection.series.forecasting import study
from core.inspection.series.rolling import skill
from core.models.series import IN_SENTENCES, TITLES, Forecaster, SeriesKind
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.runs.store.watching import watch
from core.runs.sweeps.config import SweepConfig, Varied
from core.training.config import TrainConfig
from core.training.events import Validation
from core.ui.plain_text import plain
from core.ui.sections.forecast.networks import Shown, runs_of
from core.ui.sections.forecast.picture import signed_percent
from core.ui.state.person import person
from core.ui.widgets.formulas import rounded
from core.ui.widgets.growing_curves import NOTHING, WAITS, show_growing
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import REFUSALS, current_runner
from core.ui.widgets.side_by_side import row_on_phone

BEAT = 0.5
"""Seconds between two looks while runs go on."""
EPOCHS, HIDDEN_UNITS = 40, 24
"""With which the form begins."""
_SAID = "forecast-said"
TITLE = "Train it here"
"""Of this section."""
COLOURS: dict[SeriesKind, str] = {
    "linear": "#6B7680",
    "mlp": colour_of("digit-mlp"),
    "cnn": "#CC79A7",
    "rnn": "#E69F00",
    "gru": colour_of("sentence-gru"),
    "lstm": colour_of("sentence-lstm"),
}


def show(shown: Shown) -> None:
    """Show what is trained, the buttons, and the curves and results of what was."""
    name = IN_SENTENCES[shown.settings.kind]
    st.markdown(
        f"A network learns from the first {shown.series.parts.training:,} values, with the window, the horizon and the "
        "switches above, and **takes its place on this page**. The loss is the mean squared error, each step ahead "
        "relative to how far the last value is off: 1 is as good as the last value, below is better."
    )
    with row_on_phone("forecast-training", horizontal=True, gap="small", vertical_alignment="bottom"):
        hidden = st.select_slider(
            "Hidden units",
            shown.task.hidden_sizes,
            HIDDEN_UNITS,
            key="forecast-hidden",
            width=170,
            help="Numbers that describe the window.",
        )
        epochs = st.slider(
            "Epochs",
            1,
            shown.task.most_epochs,
            EPOCHS,
            key="forecast-epochs",
            width=170,
            help="At most; it stops early.",
        )
        seed = st.number_input("Seed", 0, 9999, 0, key="forecast-seed", width=110, help="For the first weights.")
    try:
        runs = runs_of(shown.task)
        active = _goes_on(runs)
    except StoreProblem as problem:
        st.warning(f"{plain(str(problem))} Until then nothing can be trained.", icon=":material/save:")
        return
    config = config_of(shown, int(hidden), int(epochs), int(seed))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            f"Train the {name}",
            icon=":material/play_arrow:",
            type="primary",
            key="forecast-train",
            disabled=active,
            on_click=_start,
            args=(config,),
            help="An ordinary run in the queue of this server; it continues if you leave this page.",
        )
        st.button(
            "Train all six",
            icon=":material/leaderboard:",
            key="forecast-train-all",
            disabled=active,
            on_click=_start_all,
            args=(config,),
            help="One after the other, some seconds each.",
        )
        st.button(
            "Stop",
            icon=":material/stop:",
            key="forecast-stop",
            disabled=not active,
            on_click=_stop,
            args=(runs,),
            help="What was learnt is kept.",
        )
        link_to("runs", "All runs", ":material/table:")
    if st.session_state.get(_SAID):
        st.info(plain(st.session_state.pop(_SAID)), icon=":material/info:")
    if not runs and not active:
        st.caption("Nothing is trained here with these settings yet.")
        return
    st.fragment(_live, run_every=BEAT if active else None)(shown, active)


def offer_training(shown: Shown) -> None:
    """Where no network has learnt with these settings, offer to train one with one click."""
    if shown.network is None:
        st.button(
            f"Train the {IN_SENTENCES[shown.settings.kind]} with these settings",
            icon=":material/play_arrow:",
            type="primary",
            key="forecast-train-now",
            on_click=_start_and_look,
            args=(config_of(shown, HIDDEN_UNITS, EPOCHS, 0),),
            help="An ordinary run, some seconds long. You see its curves under “Train it here”.",
        )


def config_of(shown: Shown, hidden_size: int, epochs: int, seed: int) -> TrainConfig:
    """Return the run of the network that is shown."""
    network = shown.task.network.model_copy(update={"hidden_size": hidden_size})
    task = shown.task.model_copy(update={"network": network})
    training = task.training(len(shown.series), seed).model_copy(update={"epochs": epochs})
    return TrainConfig(title=f"{task.title}, {TITLES[shown.settings.kind]}"[:80], task=task, training=training)


def _start(config: TrainConfig) -> None:
    try:
        current_runner().submit(config, person())
    except REFUSALS as problem:
        st.session_state[_SAID] = str(problem)


def _start_and_look(config: TrainConfig) -> None:
    st.session_state["forecast-look"] = TITLE
    _start(config)


def _start_all(config: TrainConfig) -> None:
    base = config.model_copy(update={"title": config.task.title})
    sweep = SweepConfig(base=base, vary=(Varied(name="network", values=tuple(TITLES)),), sampler="grid")
    try:
        current_runner().start_sweep(sweep, person())
    except REFUSALS as problem:
        st.session_state[_SAID] = str(problem)


def _stop(runs: Mapping[SeriesKind, Run]) -> None:
    """Stop what goes on; a sweep also where it is between two runs, or was started with other settings of the page."""
    runner = current_runner()
    try:
        sweeps = _active_sweeps()
        for sweep in sweeps:
            runner.stop_sweep(sweep, person())
        for run in runs.values():
            if run.active and run.sweep not in sweeps:
                runner.command(run.id, "stop", person())
    except StoreProblem as problem:
        st.session_state[_SAID] = str(problem)


def _live(shown: Shown, active: bool) -> None:
    try:
        runs = runs_of(shown.task)
        still = _goes_on(runs)
        panel, axis = _curves({kind: run.id for kind, run in runs.items()}, still)
        show_growing(
            panel,
            axis,
            growing=still,
            name="forecast-loss",
            height=410,
            alt="Loss against updates: solid for validation, dotted for training",
        )
        st.caption("Solid: validation. Dotted: training, smoothed.")
        st.html(_table(shown, runs))
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    if active and not still:
        st.rerun()  # once: the network takes its place on the page


def _goes_on(runs: Mapping[SeriesKind, Run]) -> bool:
    """Return whether a run goes on, or a sweep of this person that may start the next one."""
    return any(run.active for run in runs.values()) or bool(_active_sweeps())


def _active_sweeps() -> list[str]:
    sweeps = current_runner().store.sweeps(session=person().session)
    return [one.id for one in sweeps if one.active and one.learns == "series"]


def _curves(runs: Mapping[SeriesKind, str], goes_on: bool) -> tuple[Panel, Axis]:
    store = current_runner().store
    traces, last = [], 0
    for kind, run in runs.items():
        view = watch(store, run)
        if view is None:
            continue
        found = view.events_of(Validation)
        steps = np.array([float(one.step) for one in found])
        losses = np.array([one.score.loss for one in found])
        title, colour, learnt = TITLES[kind], COLOURS[kind], smooth(view.curve.loss, 0.9)
        traces.append(Trace(title, steps, losses, colour, points=len(found) < 3, part="validation"))
        traces.append(Trace(title, view.curve.step, learnt, colour, "dotted", part="learnt"))
        last = max(last, view.run.step if not view.run.active else view.run.total_steps)
    if not traces:
        traces = [Trace(WAITS if goes_on else NOTHING, np.empty(0), np.empty(0), QUIET)]
    panel = Panel(traces, VerticalAxis("loss", 0, None, 2.0), Marks(level=(1.0, "last value")))
    return panel, Axis("update", 0, last or 100, whole=True)


def _table(shown: Shown, runs: Mapping[SeriesKind, Run]) -> str:
    rows = []
    best = shown.found.naive[shown.found.best_naive()].errors()
    for kind in TITLES:
        run = runs.get(kind)
        if run is None:
            continue
        error, share = "-", "-"
        network = _network(run)
        if network is not None:
            found = study(shown.series, network, shown.settings.horizon, shown.settings.log)
            assert found.network is not None
            of = found.network.errors()
            error, share = rounded(of.mae), signed_percent(skill(of, best))
        rows.append(
            (
                f"{swatch(COLOURS[kind])}{TITLES[kind]}",
                f'<td class="text">{escape(". ".join(filter(None, (run.status, run.reason))))}</td>',
                error,
                share,
                f"{run.seconds:.1f} s" if run.seconds else "-",
            )
        )
    return table(("network", "run", "MAE on the test", "skill", "training"), rows)


def _network(run: Run) -> Forecaster | None:
    if not run.usable:
        return None
    try:
        network = final_network(current_runner().store, run)
    except NoNetwork:
        return None
    return network if isinstance(network, Forecaster) else None
