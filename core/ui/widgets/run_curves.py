"""The curves of a run as charts need them, and the controls that say how they are drawn."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.figures.run_charts import AXES, CurveOptions, RunCurves
from core.figures.training import Numbers, step_up
from core.runs.store.record import Run
from core.runs.store.watching import RunView
from core.training.events import Diagnostics, Ended, Event, LearningRateChange, Validation
from core.training.tasks.registry import TASKS
from core.ui.widgets.run_actions import run_label

_FIELDS = {"update": "step", "epoch": "epoch", "second": "seconds"}  # of a run and its events, by horizontal axis


def choose_curve_options(page: str) -> CurveOptions:
    """Show how curves can be drawn and return the choice; the keys of the controls begin with `page`."""
    axis = st.segmented_control(
        "Horizontal axis",
        list(AXES),
        default="update",
        required=True,
        key=f"{page}-axis",
        persist_state="session",
        help="An update is one batch; an epoch is one pass over the training data. Seconds show what a run costs.",
    )
    smoothing = st.slider(
        "Smoothing",
        0.0,
        0.99,
        0.9,
        0.01,
        key=f"{page}-smoothing",
        persist_state="session",
        width=200,
        help="Weight of earlier values in the moving average of the training curves. Validation is never smoothed.",
    )
    log = st.toggle(
        "Logarithmic loss",
        key=f"{page}-log",
        persist_state="session",
        help="Equal steps are equal factors: small losses can be told apart.",
    )
    start = st.select_slider(
        "Accuracy from, %",
        [0, 50, 80, 90, 95],
        key=f"{page}-zoom",
        persist_state="session",
        width=200,
        help="Where the axis of accuracy begins; it ends at 100 %.",
    )
    return CurveOptions(str(axis), log, float(smoothing), int(start))


def curves_of(view: RunView, options: CurveOptions) -> RunCurves:
    """Return what was measured in a run, along the chosen horizontal axis."""
    run, curve, axis = view.run, view.curve, _FIELDS[options.axis]
    validations, checks = view.events_of(Validation), view.events_of(Diagnostics)

    def along(events: Sequence[Event]) -> Numbers:
        return np.array([float(getattr(event, axis)) for event in events])

    return RunCurves(
        run_label(run),
        getattr(curve, axis),
        {"loss": curve.loss, "accuracy": 100 * curve.accuracy},
        curve.learning_rate,
        along(validations),
        {
            "loss": np.array([event.score.loss for event in validations]),
            "accuracy": np.array([100 * event.score.accuracy for event in validations]),
        },
        along(checks),
        {
            layer: np.array([event.gradient_norms.get(layer, np.nan) for event in checks])
            for layer in (checks[-1].gradient_norms if checks else ())
        },
        _end(run, options.axis),
        _marks(view, axis),
        (float(getattr(run, axis)), 100 * run.score.accuracy) if run.score else None,
        TASKS[run.learns].loss_name if run.learns in TASKS else "of a task that is unknown here",
    )


def _end(run: Run, axis: str) -> float:
    """Return how far a run will go, where that is known, or has gone."""
    if axis == "second":
        return step_up(max(1.0, run.seconds))
    total = float(run.total_steps) if run.active or not run.step else float(run.step)
    if axis == "update":
        return max(1.0, total)
    return max(0.01, total / (run.setup.steps_per_epoch or 1.0))


def _marks(view: RunView, axis: str) -> list[tuple[float, str]]:
    """Return what happened on the way: changes of the learning rate, the best validation, the early stop."""
    marks, before, best = [], 1.0, None
    for event in view.events:
        x = float(getattr(event, axis))
        match event:
            case LearningRateChange(factor=factor):
                times = factor / before
                marks.append((x, f"× {times:g}" if times >= 1 else f"÷ {1 / times:g}"))
                before = factor
            case Ended(early=True):
                marks.append((x, "early stop"))
            case Validation(best=True):
                best = x
    if best is not None and not view.run.active:
        marks.append((best, "best"))
    return marks
