"""The curves of the run on show, with earlier runs behind them."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from core.figures.comparison import comparison_chart
from core.figures.interactive.curves import curves_figure
from core.figures.percent import exact_percent
from core.figures.run_charts import (
    CurveOptions,
    accuracy_words,
    gradient_panel,
    horizontal_axis,
    loss_words,
    measure_panel,
    rate_panel,
)
from core.runs.store.record import Run
from core.runs.store.watching import RunView, watch
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.renewed_key import renewed_key
from core.ui.widgets.run_actions import current_runner, run_label
from core.ui.widgets.run_curves import choose_curve_options, curves_of
from core.ui.widgets.side_by_side import side_by_side

QUOTED = 98.60
"""Test accuracy that the lecture quotes for its lab, %."""
OVERLAID = 5
"""Earlier runs that can be drawn behind."""

_TALL, _LOW = 270, 200
_BETWEEN = 17  # pixels between two rows of charts, which the figure of an ended run fills: nothing below it moves
_OVERLAID, _OVERLAID_ON, _PARTNER, _RENEWED = "train-behind", "train-behind-of", "train-partner", "train-behind-renewed"


def choose_view(run: str | None, earlier: Sequence[Run], partner: Sequence[str]) -> tuple[CurveOptions, list[str]]:
    """Show in a popover how the curves can be drawn; return the choice, and the runs that are drawn behind.

    Args:
        run: on show.
        earlier: runs that may be drawn behind.
        partner: ids of those that are drawn behind it at first.
    """
    titles = {one.id: run_label(one) for one in earlier}
    renewed = st.session_state.get(_RENEWED, 0)
    before = st.session_state.get(renewed_key(_OVERLAID, renewed))
    chosen = [one for one in before or () if one in titles]
    if st.session_state.get(_OVERLAID_ON) != run:
        st.session_state[_OVERLAID_ON] = run
        asked_for = [one for one in chosen if one not in st.session_state.get(_PARTNER, ())]
        chosen = list(dict.fromkeys([*partner, *asked_for]))[:OVERLAID]
        st.session_state[_PARTNER] = tuple(partner)
    if chosen != before:
        if before is not None:  # there is a control, which would go on with what it has
            renewed = st.session_state[_RENEWED] = renewed + 1
        st.session_state[renewed_key(_OVERLAID, renewed)] = chosen
    with st.popover("View", icon=":material/show_chart:", key="train-view"), st.container(width=420):
        options = choose_curve_options("train")
        overlaid = st.multiselect(
            "Earlier runs behind",
            list(titles),
            format_func=lambda one: titles.get(one, one),
            max_selections=OVERLAID,
            key=renewed_key(_OVERLAID, renewed),
            persist_state="session",
            help="Up to five of your runs, drawn pale: solid for training, dashed for validation.",
        )
    return options, [one for one in overlaid if one in titles]


def show_curves(view: RunView | None, options: CurveOptions, overlaid: Sequence[str], live: bool) -> None:
    """Show loss, accuracy, learning rate and gradients, always in the same place; without a run, their empty axes.

    Args:
        view: the run, or None.
        options: how its curves are drawn.
        overlaid: runs that are drawn behind.
        live: whether it goes on, or is shown before anything was trained; otherwise it is a figure to explore.
    """
    run = curves_of(view, options) if view else None
    earlier = [curves_of(one, options) for name in overlaid if (one := _earlier_view(name)) is not None]
    axis = horizontal_axis([one for one in (run, *earlier) if one], options)
    charts = (
        ("loss", measure_panel("loss", run, earlier, options), _TALL, loss_words(run)),
        ("accuracy", measure_panel("accuracy", run, earlier, options, _quoted_level(view)), _TALL, accuracy_words(run)),
        ("rate", rate_panel(run), _LOW, "The learning rate of every update"),
        ("gradients", gradient_panel(run), _LOW, "The norm of the loss gradient of every layer"),
    )
    if not live:
        heights = (_TALL, _LOW + _BETWEEN - TOOLS)
        show_figure(
            curves_figure([panel for _, panel, _, _ in charts], axis, name="curves", heights=heights, columns=2),
            name="curves",
            alt=". ".join(words for *_, words in charts),
            height=_TALL + _LOW + _BETWEEN,
            wide=True,
        )
        return
    with st.container(key="curves-live"):  # one element, as the figure: nothing is left beside that
        places = [place for row in ("upper", "lower") for place in side_by_side(2, key=f"curves-{row}", gap="medium")]
    for place, (name, panel, height, alt) in zip(places, charts, strict=True):
        with place, st.container(key=f"live-{name}"):
            st.echarts_chart(comparison_chart(panel, axis), height=height, key=f"train-chart-{name}", alt=alt)


def _earlier_view(run: str) -> RunView | None:
    """Return an earlier run with its curves; one that has ended is read once."""
    record = current_runner().store.get(run)
    return _ended_view(run, record.status, record.ended) if record else None


@lru_cache(maxsize=64)
def _ended_view(run: str, _status: str, _ended: float | None) -> RunView | None:
    return watch(current_runner().store, run)


def _quoted_level(view: RunView | None) -> tuple[float, str] | None:
    """Return the test accuracy that the lecture quotes, for runs that learn MNIST's digits."""
    if view and (view.run.data != "mnist" or view.run.raw_config["task"].get("random_labels")):
        return None
    return QUOTED, f"lecture {exact_percent(QUOTED / 100, 2)}"
