"""Curves of several runs in the same charts, followed while one of them goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.figures.comparison import Band, comparison_chart, spread
from core.figures.training import Axis, Numbers, Scale, Trace, smooth, step_up
from core.runs.store.record import Run
from core.runs.store.store import COLUMNS, StoreProblem
from core.runs.store.watching import View, watch
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import the_runner
from core.ui.widgets.run_curves import AXES, Look, validation_points

BEAT = 2.0
"""Seconds between two looks while a run is on its way."""
_LOSS, _ACCURACY = COLUMNS.index("loss"), COLUMNS.index("accuracy")
_PEAK = 10.0  # a cross-entropy above it is a peak: guessing among ten classes has 2.3


@dataclass(frozen=True)
class Group:
    """Runs that differ in their seed alone, often only one; what they are called, and their colour."""

    runs: tuple[Run, ...]
    name: str
    colour: str


def show_curves(groups: Sequence[Group]) -> None:
    """Show loss and accuracy of all runs over updates, epochs or seconds."""
    active = any(run.active for group in groups for run in group.runs)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="runs-look"):
        axis = st.segmented_control(
            "Horizontal axis",
            list(AXES),
            default="update",
            required=True,
            key="runs-axis",
            persist_state="session",
            help="Over updates, runs of different batch sizes look different; over seconds, cost is seen.",
        )
        smoothing = st.slider(
            "Smoothing",
            0.0,
            0.99,
            0.9,
            0.01,
            key="runs-smoothing",
            persist_state="session",
            width=200,
            help="Weight of the past in the moving average of the training curves. Validation is never smoothed.",
        )
        log = st.toggle("Logarithmic loss", key="runs-log", persist_state="session", help="Equal steps, equal factors.")
    look = Look(str(axis), log, float(smoothing))
    st.fragment(_charts, run_every=BEAT if active else None)(groups, look, active)


def _charts(groups: Sequence[Group], look: Look, active: bool) -> None:
    store = the_runner().store
    try:
        views = [[view for run in group.runs if (view := watch(store, run.id)) is not None] for group in groups]
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    every = [view for group in views for view in group if len(view.rows)]
    name = {"update": "update", "epoch": "epoch", "second": "seconds of training"}[look.axis]
    column = COLUMNS.index(AXES[look.axis])
    longest = max((float(view.rows[-1, column]) for view in every), default=1.0)
    axis = Axis(name, 0, longest if look.axis == "update" else step_up(longest))
    scales = {
        _LOSS: Scale("loss (cross-entropy)", ceiling=_PEAK, empty=2.5, log=look.log),
        _ACCURACY: Scale("accuracy, %", 0, 100),
    }
    for place, (measured, scale) in zip(st.columns(2, gap="medium"), scales.items(), strict=True):
        traces, bands = _drawn(groups, views, look, measured)
        with place:
            st.echarts_chart(
                comparison_chart(traces, bands, axis, scale),
                height=330,
                key=f"runs-curves-{measured}",
                alt=f"{scale.name} of {len(every)} runs, training solid, validation dashed",
            )
    st.caption(
        "Solid: training, smoothed. Dashed: validation. A band reaches from the lowest to the highest run of a group."
    )
    if active and not any(view.run.active for group in views for view in group):
        st.rerun()


def _drawn(
    groups: Sequence[Group], views: Sequence[Sequence[View]], look: Look, measured: int
) -> tuple[list[Trace], list[tuple[Band, str]]]:
    """Return a curve for the training and one for the validation of every group, and the bands of those with seeds."""
    traces, bands = [], []

    def draw(group: Group, found: list[tuple[Numbers, Numbers]], dash: str, points: bool) -> None:
        found = [(x, y) for x, y in found if len(x)]
        if found:
            band = spread(found)
            traces.append(Trace(group.name, band.x, band.mean, group.colour, dash, points))
            if len(found) > 1:
                bands.append((band, group.colour))

    for group, seen in zip(groups, views, strict=True):
        draw(group, [_training(view, look, measured) for view in seen], "solid", False)
        draw(group, [_finite(*validation_points(view, look, measured)) for view in seen], "dashed", True)
    return traces, bands


def _training(view: View, look: Look, measured: int) -> tuple[Numbers, Numbers]:
    times = 100 if measured == _ACCURACY else 1
    x, y = _finite(view.rows[:, COLUMNS.index(AXES[look.axis])], view.rows[:, measured])
    return x, smooth(y, look.smoothing) * times


def _finite(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    kept = np.isfinite(y)
    return x[kept], y[kept]
