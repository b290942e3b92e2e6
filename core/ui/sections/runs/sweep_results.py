"""A sweep during and after its search: its trials, the best of them, and what to do with it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.figures.interactive.sweep import brushed, parallel_axes, sweep_figure
from core.figures.parallel import TrialLine, parallel_chart
from core.figures.percent import exact_percent
from core.runs.store.record import Sweep
from core.runs.store.rights import Person, may_change
from core.runs.store.store import StoreProblem
from core.runs.sweeps.config import SweepConfig
from core.runs.sweeps.trials import Trial, best_trial, sweep_table
from core.training.config import BadConfig
from core.ui.page_registry import PAGES
from core.ui.plain_text import plain
from core.ui.sections.runs.state import RunsState, is_run
from core.ui.sections.runs.sweep_form import show_form
from core.ui.widgets.figure import show_figure
from core.ui.widgets.heat_map import show_chart_with_palette
from core.ui.widgets.run_actions import REFUSALS, current_runner, run_label, sweep_expects_news
from core.ui.widgets.sections import controlled
from core.ui.widgets.tables import number_column, percent_column, show_table, text_column
from core.wording import counted

_SCORE = "validation, %"
BEAT = 2.0
"""Seconds between two updates while a sweep goes on."""


def show_sweeps(state: RunsState, me: Person) -> None:
    """Show the form of a new sweep, and the chosen sweep.

    Raises:
        StoreProblem: the store cannot be read.
    """
    sweeps = {sweep.id: sweep for sweep in current_runner().store.sweeps(session=me.session)}
    if state.sweep is not None and state.sweep not in sweeps:
        found = current_runner().store.sweep(state.sweep) if is_run(state.sweep) else None
        if found is None:
            state.notice, state.sweep = "The sweep in this link is not on this server.", None
        else:
            sweeps[found.id] = found
    if state.sweep is None and sweeps:
        state.sweep = next(iter(sweeps))
    active = any(sweep.active for sweep in sweeps.values())
    # With another number of sweeps it is another form: closed, so that the one that was started is seen.
    with st.expander("A new sweep", icon=":material/tune:", expanded=not sweeps, key=f"sweep-form-{len(sweeps)}"):
        st.caption(
            "Several runs that differ in one to three hyperparameters, one after the other, to find good values."
            + (" One is in progress; another can start when it is over." if active else "")
        )
        show_form(state, me)
    if state.sweep is None:
        return
    _choose(state, sweeps)
    sweep = sweeps[state.sweep]
    goes_on = sweep_expects_news(sweep)
    st.fragment(_live, run_every=BEAT if goes_on else None)(state, sweep.id, (sweep.active, goes_on), me)


def _choose(state: RunsState, sweeps: dict[str, Sweep]) -> None:
    def choose(sweep: str) -> None:
        state.sweep = sweep

    controlled(
        st.selectbox,
        "Sweep",
        list(sweeps),
        value=state.sweep,
        on_change=choose,
        key="runs-sweep",
        format_func=lambda one: run_label(sweeps[one]) if one in sweeps else str(one),
        width=480,
        help="Your sweeps, the newest first. The address of a sweep is a link.",
    )


def _live(state: RunsState, sweep: str, was: tuple[bool, bool], me: Person) -> None:
    store = current_runner().store
    try:
        record = store.sweep(sweep)
        if record is None:
            return
        trials, config = sweep_table(store, sweep), record.config
    except (StoreProblem, BadConfig) as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    goes_on = sweep_expects_news(record)
    if was != (record.active, goes_on):
        st.rerun()  # it has ended: the buttons follow, and when its last trials are tested the refreshing ends
    best = best_trial(trials)
    _status(state, record, trials, config, me)
    if best is not None:
        _winner(state, record, best, me)
    lines = [TrialLine(one.values, one.accuracy, _title(one), one.best) for one in trials if one.accuracy is not None]
    names = [one.name for one in config.vary]
    alt = f"{counted(len(lines), 'trial')}, a line each from its settings to its validation accuracy"
    if goes_on or not lines:
        _table(trials, config)
        if lines:
            show_chart_with_palette(
                parallel_chart(lines, names, _SCORE), "paper", height=340, key="sweep-parallel", alt=alt
            )
            st.caption(f"A line a trial, stronger the better it is{_about_orange(trials)}.")
        return
    axes = parallel_axes(lines, names, _SCORE)
    scored = [one for one in trials if one.accuracy is not None]
    key = f"sweep-brushed-{sweep}"
    boxes = st.session_state.get(key, ())
    least = _least_score([float(one.accuracy or 0.0) for one in scored])
    inside = brushed(axes, boxes) & np.array([(one.accuracy or 0.0) >= least for one in scored])
    chosen = {one.number for one, wanted in zip(scored, inside, strict=True) if wanted}
    show_figure(
        sweep_figure(lines, axes, boxes),
        name="sweep",
        alt=alt,
        height=420,
        on_brush=lambda drawn: st.session_state.update({key: drawn}),
    )
    said = "" if inside.all() else f" **{len(chosen)} of {counted(len(lines), 'trial')} chosen, and in the table.**"
    st.caption(
        f"A line a trial, stronger the better it is{_about_orange(trials)}. Draw a box over a part of an axis, and the "
        "table shows the trials that run through it; with Shift, draw boxes on further axes. "
        f"A double click takes them away.{said}"
    )
    _table([one for one in trials if one.number in chosen or inside.all()], config)


def _about_orange(trials: Sequence[Trial]) -> str:
    """Return which trial is orange; one that was ended early, or diverged, may have been better for a while."""
    best = best_trial(list(trials))
    if best is None:
        return ""
    passed = any((one.accuracy or 0.0) > (best.accuracy or 0.0) for one in trials if not one.run.active)
    return f"; orange is the best that {'was neither ended early nor diverged' if passed else 'has ended'}"


def _least_score(scores: Sequence[float]) -> float:
    """Show the choice of trials by their score, as a box on the last axis does it; return the least one."""
    steps = sorted(set(scores))
    if len(steps) < 2:
        return 0.0
    least = st.select_slider(
        "Trials with at least this validation accuracy",
        steps,
        key=f"sweep-least-{len(scores)}",
        format_func=lambda score: exact_percent(score, 2),
        width=340,
        help="The others leave the table. A box that is drawn over the last axis does the same.",
    )
    return float(least)


def _status(state: RunsState, record: Sweep, trials: Sequence[Trial], config: SweepConfig, me: Person) -> None:
    over = sum(not trial.run.active for trial in trials)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="sweep-status"):
        words = {"running": "in progress"}.get(record.status, record.status)
        reason = f" {plain(record.reason)}" if record.reason else ""
        st.markdown(f"**{plain(record.title)}**: {words}, {over} of {counted(config.total, 'trial')} over.{reason}")
        st.button(
            "Stop the sweep",
            icon=":material/stop:",
            key="sweep-stop",
            disabled=not record.active or not may_change(me, record.session),
            on_click=_stop,
            args=(state, record.id, me),
            help="End it as a whole; trials that are over are kept.",
        )
    st.progress(min(1.0, over / max(1, config.total)))


def _stop(state: RunsState, sweep: str, me: Person) -> None:
    try:
        current_runner().stop_sweep(sweep, me)
    except StoreProblem as problem:
        state.notice = str(problem)


def _winner(state: RunsState, record: Sweep, best: Trial, me: Person) -> None:
    values = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in best.values.items())
    test = f", test {exact_percent(best.run.accuracy, 2)}" if best.run.accuracy is not None else ""
    so_far = " so far" if record.active else ""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="sweep-best"):
        st.markdown(f"Best{so_far}: **{plain(values)}**, validation {exact_percent(best.accuracy or 0.0, 2)}{test}.")
        if st.button("Examine it", icon=":material/troubleshoot:", key="sweep-examine", help="Where does it err?"):
            state.examine(best.run.id)
            st.rerun()
        epochs = st.number_input(
            "More epochs", 0.5, 50.0, 2.0, 0.5, key="sweep-more", width=130, help="Added to those that it has made."
        )
        if st.button(
            "Train it longer",
            icon=":material/fast_forward:",
            type="primary",
            key="sweep-longer",
            disabled=record.active,
            help="A new run that goes on where this trial ended. Possible when the sweep is over.",
        ):
            try:
                run = current_runner().extend(best.run.id, float(epochs), me)
                st.switch_page(PAGES["train"].path, query_params={"run": run})
            except REFUSALS as problem:
                st.warning(plain(str(problem)), icon=":material/error:")


def _table(trials: Sequence[Trial], config: SweepConfig) -> None:
    score_help = "The best so far; this decides."
    columns = {
        "number": text_column("Trial", [f"{one.number}{' (best)' * one.best}" for one in trials], width=90, pinned=True)
    }
    for one in config.vary:
        values = [trial.values.get(one.name, "") for trial in trials]
        columns[one.name] = text_column(one.name.replace("_", " ").capitalize(), values)
    columns |= {
        "status": text_column("Status", ["ended early" if trial.pruned else trial.run.status for trial in trials]),
        "score": percent_column("Validation", [trial.accuracy for trial in trials], score_help),
        "test": percent_column(
            "Test", [trial.run.accuracy for trial in trials], "Of its last weights; not used for the choice."
        ),
        "epoch": number_column("Epochs", [trial.run.epoch for trial in trials], "%.2f"),
        "seconds": number_column("Seconds", [trial.run.seconds for trial in trials], "%.1f"),
    }
    show_table(columns, key="sweep-trials-table", alt="The trials of the sweep")


def _title(trial: Trial) -> str:
    values = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in trial.values.items())
    return f"trial {trial.number}: {values}; validation {exact_percent(trial.accuracy or 0.0, 2)}"
