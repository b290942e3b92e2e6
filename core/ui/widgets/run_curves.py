"""The curves of a run as charts need them, and the controls that say how they are drawn."""

import numpy as np
import streamlit as st

from core.figures.run_charts import AXES, CurveOptions, RunCurves
from core.figures.training import Numbers, step_up
from core.runs.store.record import Run
from core.runs.store.store import COLUMNS
from core.runs.store.watching import View
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
        help="Weight of the past in the moving average of the training curves. Validation is never smoothed.",
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


def curves_of(view: View, options: CurveOptions) -> RunCurves:
    """Return what was measured in a run, along the chosen horizontal axis."""
    run, place = view.run, _FIELDS[options.axis]
    validations = [one for one in view.happenings if one.kind == "validation"]
    checks = [one for one in view.happenings if one.kind == "vitals"]
    layers = list(checks[-1].data["norms"]) if checks else []

    def column(name: str) -> Numbers:
        return view.rows[:, COLUMNS.index(name)]

    return RunCurves(
        run_label(run),
        column(place),
        {"loss": column("loss"), "accuracy": 100 * column("accuracy")},
        column("learning_rate"),
        np.array([float(getattr(one, place)) for one in validations]),
        {
            "loss": np.array([float(one.data["loss"]) for one in validations]),
            "accuracy": np.array([100 * one.data["correct"] / max(1, one.data["cases"]) for one in validations]),
        },
        np.array([float(getattr(one, place)) for one in checks]),
        {name: np.array([float(one.data["norms"].get(name, np.nan)) for one in checks]) for name in layers},
        _end(run, options.axis),
        _marks(view, place),
        (float(getattr(run, place)), 100 * run.score["correct"] / max(1.0, run.score["cases"])) if run.score else None,
    )


def _end(run: Run, axis: str) -> float:
    """Return how far a run will go, where that is known, or has gone."""
    if axis == "second":
        return step_up(max(1.0, run.seconds))
    total = float(run.total_steps) if run.active or not run.step else float(run.step)
    if axis == "update":
        return max(1.0, total)
    return max(0.01, total / (float(run.about.get("steps_per_epoch", 0)) or 1.0))


def _marks(view: View, place: str) -> list[tuple[float, str]]:
    """Return what happened on the way: changes of the learning rate, the best validation, the early stop."""
    marks, before, best = [], 1.0, None
    for one in view.happenings:
        x = float(getattr(one, place))
        if one.kind == "rate":
            times = float(one.data["factor"]) / before
            marks.append((x, f"× {times:g}" if times >= 1 else f"÷ {1 / times:g}"))
            before = float(one.data["factor"])
        elif one.kind == "ended" and one.data.get("early"):
            marks.append((x, "early stop"))
        elif one.kind == "validation" and one.data.get("best"):
            best = x
    if best is not None and not view.run.active:
        marks.append((best, "best"))
    return marks
