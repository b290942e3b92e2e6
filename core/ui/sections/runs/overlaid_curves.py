"""Curves of several runs in the same charts, refreshed while one of them goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.figures.run_charts import CurveOptions, Measure, RunGroup, groups_chart
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.runs.store.watching import watch
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.run_curves import choose_curve_options, curves_of
from core.ui.widgets.side_by_side import side_by_side

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
    measures: tuple[Measure, Measure] = ("loss", "accuracy")
    for place, measure in zip(side_by_side(2, key="overlaid", gap="medium"), measures, strict=True):
        with place:
            st.echarts_chart(
                groups_chart(measure, drawn, options),
                height=330,
                key=f"runs-curves-{measure}",
                alt=f"{measure.capitalize()} of {sum(map(len, views))} runs, training solid, validation dashed",
            )
    st.caption(
        "Solid: training, smoothed. Dashed: validation. A band reaches from the lowest to the highest run of a group."
    )
    if active and not any(view.run.active for found in views for view in found):
        st.rerun()
