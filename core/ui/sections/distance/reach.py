"""The chance of the right language against the distance from clue to question."""

import numpy as np
import streamlit as st

from core.data.text.stories import LANGUAGES, TRAINED_TO
from core.figures.comparison import Panel, comparison_chart, spread
from core.figures.palette import colour_of, dash_of
from core.figures.training import Axis, Marks, Trace, VerticalAxis
from core.inspection.measurements import NotMeasured
from core.inspection.memory.recall import DISTANCES, READERS, load_recall
from core.models.shipped import ARCHITECTURES


def show_reach() -> None:
    """Show one curve a network with the spread over its trainings, in the container `curve`."""
    try:
        reach = load_recall()
    except NotMeasured as problem:
        st.info(str(problem))
        return
    places = np.array(DISTANCES, float)
    bands = {name: spread([(places, 100 * row) for row in reach.of(name)]) for name in READERS}
    traces = [
        Trace(ARCHITECTURES[name].title, places, bands[name].mean, colour_of(name), dash_of(name)) for name in READERS
    ]
    panel = Panel(
        traces,
        VerticalAxis("chance of the right language, %", 0, 100),
        Marks([(float(TRAINED_TO), f"trained to {TRAINED_TO}")], (100 / len(LANGUAGES), "pure chance")),
        [(bands[name], colour_of(name)) for name in READERS],
    )
    axis = Axis("words from the country to the question", 0, DISTANCES[-1] + 10)
    with st.container(key="curve"):
        st.echarts_chart(
            comparison_chart(panel, axis),
            height=380,
            key="distance-reach",
            alt="The chance of the right language against the distance, for four networks.",
        )
    cases = reach.trained[0].cases
    trainings = len(reach.of(READERS[0]))
    st.caption(
        f"The mean probability of the right language over {min(cases)} to {max(cases)} stories at each of "
        f"{len(places)} distances, with cities and sentences that were not trained on. A line is the mean of "
        f"{trainings} trainings from different first weights, the band reaches from the worst to the best of them."
    )
