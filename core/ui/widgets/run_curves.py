"""The curves of a run: loss, accuracy, learning rate and gradients, with earlier runs laid behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from core.figures.training import (
    EARLIER,
    LAYERS,
    TRAINING,
    VALIDATION,
    Axis,
    Marks,
    Numbers,
    Scale,
    Trace,
    live_chart,
    smooth,
    step_up,
)
from core.runs.store.record import Run
from core.runs.store.store import COLUMNS
from core.runs.store.watching import View, watch
from core.ui.widgets.run_actions import the_runner

QUOTED = 98.60
"""Test accuracy that the lecture quotes for its lab, %."""
AXES = {"update": "step", "epoch": "epoch", "second": "seconds"}
"""What the horizontal axis counts, and the column of it."""
BEHIND = 5
"""Earlier runs that can be laid behind."""

_LOSS, _ACCURACY, _RATE = (COLUMNS.index(name) for name in ("loss", "accuracy", "learning_rate"))
_PEAK = 10.0  # a cross-entropy above it is a peak: guessing among ten classes has 2.3
_GUESSING = 2.5  # ln 10, rounded up: where most losses begin
_TALL, _LOW = 270, 200
_BEHIND, _BEHIND_OF, _PARTNER = "train-behind", "train-behind-of", "train-partner"


@dataclass(frozen=True)
class Look:
    """How curves are looked at.

    Attributes:
        axis: what the horizontal axis counts, a key of `AXES`.
        log: whether the loss is drawn on a logarithmic axis.
        smoothing: weight of the past in the moving average, 0 to below 1.
        zoom: where the axis of accuracy begins, %.
        behind: ids of earlier runs laid behind.
    """

    axis: str = "update"
    log: bool = False
    smoothing: float = 0.9
    zoom: int = 0
    behind: tuple[str, ...] = ()


def choose_look(run: str | None, earlier: Sequence[Run], partner: Sequence[str]) -> Look:
    """Show how the curves can be looked at, in a popover; return the choice.

    Args:
        run: that is looked at.
        earlier: runs that may be laid behind.
        partner: ids of those that are to be laid behind it without being asked for.
    """
    titles = {run.id: f"{run.title} ({run.id[:4]})" for run in earlier}
    chosen = [one for one in st.session_state.get(_BEHIND, []) if one in titles]
    if st.session_state.get(_BEHIND_OF) != run:
        st.session_state[_BEHIND_OF] = run
        asked_for = [one for one in chosen if one not in st.session_state.get(_PARTNER, ())]
        chosen = list(dict.fromkeys([*partner, *asked_for]))[:BEHIND]
        st.session_state[_PARTNER] = tuple(partner)
    if chosen != st.session_state.get(_BEHIND, []):
        st.session_state[_BEHIND] = chosen
    with st.popover("View", icon=":material/show_chart:", key="train-view"), st.container(width=420):
        axis = st.segmented_control(
            "Horizontal axis",
            list(AXES),
            default="update",
            required=True,
            key="train-axis",
            persist_state="session",
            help="An update is one batch; an epoch is once through the training data.",
        )
        smoothing = st.slider(
            "Smoothing",
            0.0,
            0.99,
            0.9,
            0.01,
            key="train-smoothing",
            persist_state="session",
            help="Weight of the past in the moving average of the training curves. Validation is never smoothed.",
        )
        log = st.toggle(
            "Logarithmic loss",
            key="train-log",
            persist_state="session",
            help="Equal steps are equal factors: small losses can be told apart.",
        )
        zoom = st.select_slider(
            "Accuracy from, %",
            [0, 50, 80, 90, 95],
            key="train-zoom",
            persist_state="session",
            help="Where the axis of accuracy begins; it ends at 100 %.",
        )
        behind = st.multiselect(
            "Earlier runs behind",
            list(titles),
            format_func=lambda one: titles.get(one, one),
            max_selections=BEHIND,
            key=_BEHIND,
            persist_state="session",
            help="Up to five of your runs, drawn pale: solid for training, dashed for validation.",
        )
    return Look(str(axis), log, float(smoothing), int(zoom), tuple(one for one in behind if one in titles))


def show_curves(view: View | None, look: Look) -> None:
    """Show all four charts, always of the same height; without a run, their empty axes."""
    others = [one for run in look.behind if (one := ended_view(run)) is not None]
    shown = [(one, colour) for one, colour in zip(others, EARLIER, strict=False)]
    axis = horizontal_axis([one for one in (view, *others) if one], look)
    loss, accuracy = st.columns(2, gap="medium")
    with loss, st.container(key="live-loss"):
        traces = measured_traces(view, look, _LOSS) + pale_traces(shown, look, _LOSS)
        scale = Scale("loss (cross-entropy)", ceiling=_PEAK, empty=_GUESSING, log=look.log)
        st.echarts_chart(
            live_chart(traces, axis, scale, Marks(marked_places(view, look))),
            height=_TALL,
            key="train-chart-loss",
            alt=loss_words(view),
        )
    with accuracy, st.container(key="live-accuracy"):
        traces = measured_traces(view, look, _ACCURACY) + pale_traces(shown, look, _ACCURACY)
        marks = Marks(marked_places(view, look), quoted_level(view), test_dot(view, look))
        st.echarts_chart(
            live_chart(traces, axis, Scale("accuracy, %", look.zoom, 100), marks),
            height=_TALL,
            key="train-chart-accuracy",
            alt=accuracy_words(view),
        )
    rate, gradients = st.columns(2, gap="medium")
    with rate, st.container(key="live-rate"):
        traces = [] if view is None else [Trace("learning rate", _places(view, look), view.rows[:, _RATE], TRAINING)]
        st.echarts_chart(
            live_chart(traces, axis, Scale("learning rate")),
            height=_LOW,
            key="train-chart-rate",
            alt="The learning rate of every update",
        )
    with gradients, st.container(key="live-gradients"):
        st.echarts_chart(
            live_chart(gradient_traces(view, look), axis, Scale("gradient norm", log=True)),
            height=_LOW,
            key="train-chart-gradients",
            alt="The norm of the loss gradient of every layer",
        )


def ended_view(run: str) -> View | None:
    """Return an earlier run with its curve; one that is over is read once."""
    record = the_runner().store.get(run)
    return _ended(run, record.status, record.ended) if record else None


@lru_cache(maxsize=64)
def _ended(run: str, _status: str, _ended: float | None) -> View | None:
    return watch(the_runner().store, run)


def horizontal_axis(views: Sequence[View], look: Look) -> Axis:
    """Return the horizontal axis: as long as the longest run will be, where that is known."""
    ends = [_planned(view, look) for view in views] or [1.0]
    name = {"update": "update", "epoch": "epoch", "second": "seconds of training"}[look.axis]
    return Axis(name, 0, max(ends))


def _planned(view: View, look: Look) -> float:
    run = view.run
    if look.axis == "second":
        return step_up(max(1.0, run.seconds))
    total = float(run.total_steps) if run.active or not run.step else float(run.step)
    return max(1.0, total) if look.axis == "update" else max(0.01, total / _steps_per_epoch(run))


def _steps_per_epoch(run: Run) -> float:
    return float(run.about.get("steps_per_epoch", 0)) or 1.0


def _places(view: View, look: Look) -> Numbers:
    return view.rows[:, COLUMNS.index(AXES[look.axis])]


def measured_traces(view: View | None, look: Look, column: int) -> list[Trace]:
    """Return the curves of loss or accuracy of the run that is looked at."""
    if view is None:
        return []
    x, y = validation_points(view, look, column)
    traces = [Trace("training", _places(view, look), _smoothed(view, look, column), TRAINING)]
    if len(x):
        traces.append(Trace("validation", x, y, VALIDATION, points=True))
    return traces


def pale_traces(views: Sequence[tuple[View, str]], look: Look, column: int) -> list[Trace]:
    """Return the curves of earlier runs."""
    traces = []
    for view, colour in views:
        title = f"{view.run.title} ({view.run.id[:4]})"
        traces.append(Trace(title, _places(view, look), _smoothed(view, look, column), colour, pale=True))
        x, y = validation_points(view, look, column)
        if len(x):
            traces.append(Trace(title, x, y, colour, "dashed", pale=True))
    return traces


def _smoothed(view: View, look: Look, column: int) -> Numbers:
    return smooth(view.rows[:, column], look.smoothing) * (100 if column == _ACCURACY else 1)


def validation_points(view: View, look: Look, column: int) -> tuple[Numbers, Numbers]:
    """Return places and values of all validations."""
    found = [one for one in view.happenings if one.kind == "validation"]
    x = np.array([float(getattr(one, AXES[look.axis])) for one in found])
    if column == _LOSS:
        return x, np.array([float(one.data["loss"]) for one in found])
    return x, np.array([100 * one.data["correct"] / max(1, one.data["cases"]) for one in found])


def gradient_traces(view: View | None, look: Look) -> list[Trace]:
    """Return a curve for the gradient of every layer, from the first to the last."""
    found = [one for one in view.happenings if one.kind == "vitals"] if view else []
    if not found:
        return []
    x = np.array([float(getattr(one, AXES[look.axis])) for one in found])
    names = list(found[-1].data["norms"])
    return [
        Trace(
            name or "all",
            x,
            np.array([float(one.data["norms"].get(name, np.nan)) for one in found]),
            LAYERS[place % len(LAYERS)],
            ("solid", "dashed", "dotted")[place % 3],
        )
        for place, name in enumerate(names)
    ]


def marked_places(view: View | None, look: Look) -> list[tuple[float, str]]:
    """Return what happened on the way: changes of the learning rate, the best validation, the early stop."""
    if view is None:
        return []
    marks = []
    best = [one for one in view.happenings if one.kind == "validation" and one.data.get("best")]
    before = 1.0
    for one in view.happenings:
        place = float(getattr(one, AXES[look.axis]))
        if one.kind == "rate":
            times = float(one.data["factor"]) / before
            marks.append((place, f"× {times:g}" if times >= 1 else f"÷ {1 / times:g}"))
            before = float(one.data["factor"])
        elif one.kind == "ended" and one.data.get("early"):
            marks.append((place, "early stop"))
    if best and not view.run.active:
        marks.append((float(getattr(best[-1], AXES[look.axis])), "best"))
    return marks


def quoted_level(view: View | None) -> tuple[float, str] | None:
    """Return the test accuracy that the lecture quotes, for runs that learn MNIST's digits."""
    task = view.run.config.get("task", {}) if view else {"data": "mnist"}
    if task.get("data", "mnist") != "mnist" or task.get("random_labels"):
        return None
    return QUOTED, f"lecture {QUOTED:.2f} %"


def test_dot(view: View | None, look: Look) -> tuple[float, float, str] | None:
    """Return the final score as a point at the end of the curve."""
    if view is None or not view.run.score:
        return None
    share = 100 * view.run.score["correct"] / max(1.0, view.run.score["cases"])
    return float(getattr(view.run, AXES[look.axis])), share, f"test {share:.2f} %"


def loss_words(view: View | None) -> str:
    """Return what the chart of the loss shows, for those who cannot see it."""
    if view is None or not len(view.rows):
        return "Loss: no update yet"
    return f"Loss, from {view.rows[0, _LOSS]:.2f} to {view.rows[-1, _LOSS]:.2f} after {view.run.step:,} updates"


def accuracy_words(view: View | None) -> str:
    """Return what the chart of accuracy shows, for those who cannot see it."""
    if view is None or not len(view.rows):
        return "Accuracy: no update yet"
    lately = float(view.rows[-50:, _ACCURACY].mean())
    return f"Accuracy in training, {lately:.0%} over the last updates"
