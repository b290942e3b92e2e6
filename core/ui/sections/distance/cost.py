"""What a sequence costs on this machine, by its length."""

from functools import cache

import numpy as np
import streamlit as st

from core.figures.comparison import Panel
from core.figures.interactive.curves import curves_figure
from core.figures.palette import colour_of
from core.figures.training import Axis, Trace, VerticalAxis
from core.inspection.memory.cost import BATCH, KINDS, Cost, measure_cost
from core.ui.sections.distance.story import STORY
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

_NAMES = dict(zip(KINDS, [f"sentence-{one}" for one in ("cnn", "rnn", "gru", "lstm", "transformer")], strict=True))


def show_cost() -> None:
    """Show milliseconds against length for all kinds, forward and with the way back."""
    state = STORY.open()
    if st.button(
        "Measure again",
        icon=":material/timer:",
        key="distance-measure",
        help="About two seconds, more on a busy machine.",
    ):
        with st.spinner("Measuring ...", show_time=False):
            state.cost = measure_cost()
    if state.cost is None:
        with st.spinner("Measuring ...", show_time=False):
            state.cost = _once()
    cost = state.cost
    for place, title, times in zip(
        side_by_side(2, key="cost"), ("Reading", "Training: there and back"), (cost.forward, cost.training), strict=True
    ):
        with place:
            st.markdown(f"**{title}**, ms a sequence")
            traces = [
                Trace(kind, np.array(cost.lengths, float), np.array(times[kind]), colour_of(_NAMES[kind]), points=True)
                for kind in KINDS
            ]
            heights = (280 + 26 * len(KINDS),)
            panel, axis = Panel(traces, VerticalAxis("time, ms a sequence")), Axis("steps", 0, cost.lengths[-1])
            slowest = max(KINDS, key=lambda kind: times[kind][-1])
            name = f"cost-{title.partition(':')[0].lower()}"
            show_figure(
                curves_figure([panel], axis, name=name, heights=heights),
                name=name,
                height=sum(heights) + TOOLS,
                alt=f"{title}: milliseconds against the number of steps. At {cost.lengths[-1]} the {slowest} takes "
                f"longest, {times[slowest][-1]:.3g} ms.",
            )
    slow, fast = cost.training["GRU"][-1], cost.training["1-D CNN"][-1]
    st.caption(
        f"Measured here in {cost.seconds:.1f} s with {counted(cost.threads, 'thread')}"
        f"{', processor time alone' if cost.threads == 1 else ''}: "
        f"{BATCH} sequences at once, 64 numbers a step, 32 units. At {cost.lengths[-1]} steps the GRU takes "
        f"{slow / fast:.1f} times as long to train as the 1-D CNN, which computes all places at once; a recurrent "
        "layer has to wait for the step before. PyTorch hands the LSTM to oneDNN as a whole."
    )
    longer = cost.lengths[-1] / cost.lengths[-2]
    st.caption(
        f"From {cost.lengths[-2]} to {cost.lengths[-1]} steps, {longer:g} times as many, training takes the GRU "
        f"{cost.growth('GRU'):.1f} times as long and the Transformer {cost.growth('Transformer'):.1f} times. The GRU "
        "goes step by step: its time grows with the length. In the Transformer every step looks at every other, so the "
        f"weights of its attention grow with the square of the length: at {cost.lengths[-1]} steps they are "
        f"{cost.lengths[-1] ** 2:,} per head."
    )


@cache
def _once() -> Cost:
    """Return times that are measured once per process, for all who have not asked for their own."""
    return measure_cost()
