"""Curves of several runs on the same axes: refreshed while one of them goes on, then to zoom into and to keep."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.figures.comparison import comparison_chart
from core.figures.interactive.curves import curves_figure
from core.figures.run_charts import CurveOptions, Measure, RunGroup, groups_panel, horizontal_axis
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.runs.store.watching import watch
from core.ui.plain_text import plain
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.run_curves import choose_curve_options, curves_of
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

MEASURES: tuple[Measure, ...] = ("loss", "accuracy")
BEAT = 2.0
"""Seconds between two updates while a run is in progress."""


@dataclass(frozen=True)
class SeedGroup:
    """Runs that differ in their seed alone, often only one, with a name and a colour."""

    runs: tuple[Run, ...]
    name: str
    colour: str


def show_curves(groups: Sequence[SeedGroup]) -> None:
    """Show loss and accuracy of all runs over updates, epochs or seconds."""
    active = any(run.active for group in groups for run in group.runs)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="runs-look"):
        options = choose_curve_options("runs")
    st.fragment(_charts, run_every=BEAT if active else None)(groups, options, active)


def _charts(groups: Sequence[SeedGroup], options: CurveOptions, active: bool) -> None:
    store = current_runner().store
    try:
        views = [[view for run in group.runs if (view := watch(store, run.id)) is not None] for group in groups]
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    drawn = [
        RunGroup(group.name, group.colour, [curves_of(view, options) for view in found])
        for group, found in zip(groups, views, strict=True)
    ]
    panels = [groups_panel(measure, drawn, options) for measure in MEASURES]
    axis = horizontal_axis([run for group in drawn for run in group.runs], options)
    if active:
        for place, measure, panel in zip(side_by_side(2, key="overlaid", gap="medium"), MEASURES, panels, strict=True):
            with place:
                st.echarts_chart(
                    comparison_chart(panel, axis),
                    height=330,
                    key=f"runs-curves-{measure}",
                    alt=_in_words([measure], drawn),
                )
    else:
        heights = (280 + 26 * len(groups), 310)
        show_figure(
            curves_figure(panels, axis, name="runs-curves", heights=heights),
            name="runs-curves",
            alt=_in_words(MEASURES, drawn),
            height=sum(heights) + TOOLS,
        )
    st.caption(
        "Solid: training, smoothed. Dashed: validation. A band reaches from the lowest to the highest run of a group."
    )
    if active and not any(view.run.active for found in views for view in found):
        st.rerun()


def _in_words(measures: Sequence[str], groups: Sequence[RunGroup]) -> str:
    """Return what the curves show, for those who cannot see them."""
    shown = " and ".join(measures).capitalize()
    last = [
        f"{group.title} ends at a training loss of {run.training['loss'][-1]:.4g}"
        for group in groups
        for run in group.runs
        if len(run.x)
    ]
    runs = sum(len(group.runs) for group in groups)
    return f"{shown} of {counted(runs, 'run')}, training solid, validation dashed. {'; '.join(last)}."
