"""The chance of the right language against the distance from clue to question."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from core.data.text.stories import LANGUAGES, TRAINED_TO
from core.figures.comparison import Panel, spread
from core.figures.interactive.curves import curves_figure
from core.figures.palette import colour_of, dash_of
from core.figures.percent import exact_percent
from core.figures.training import Axis, Marks, Trace, VerticalAxis
from core.inspection.measurements import NotMeasured
from core.inspection.memory.recall import DISTANCES, MEMORIES, RecallMeasurement, load_recall
from core.models.attention import positions
from core.models.shipped import ARCHITECTURES
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.side_by_side import side_by_side


def show_reach() -> None:
    """Show one curve a network with the spread over its trainings, in the containers `curve` and `curve-attention`."""
    try:
        reach = load_recall()
    except NotMeasured as problem:
        st.info(str(problem))
        return
    positioned = {f"story-{kind}": title for kind, title in positions.TITLES.items()}
    memories, transformers = side_by_side(2, key="reach")
    with memories, st.container(key="curve"):
        st.markdown("**With a memory, or a window**")
        _show(
            reach,
            {name: ARCHITECTURES[name].title for name in MEMORIES},
            "distance-reach",
            "four networks that read word by word or through a window",
        )
    with transformers, st.container(key="curve-attention"):
        st.markdown("**With attention**, with three ways to encode where words stand")
        _show(reach, positioned, "distance-reach-attention", "three Transformers with different positions")
    cases = reach.trained[0].cases
    trainings = len(reach.of(MEMORIES[0]))
    st.caption(
        f"The mean probability of the right language over {min(cases)} to {max(cases)} stories at each of "
        f"{len(DISTANCES)} distances, with cities and sentences that were not trained on. A line is the mean of "
        f"{trainings} trainings from different first weights, the band reaches from the worst to the best of them."
    )
    said = ", ".join(
        f"{exact_percent(float(reach.of(name)[:, -1].mean()))} ({title.lower()})" for name, title in positioned.items()
    )
    st.caption(
        "Attention reaches any distance in one step. But beyond the longest story of the training it meets positions "
        f"that it has never seen. At {DISTANCES[-1]} words: {said}. Sines and rotations of unseen positions are new "
        "numbers to a network. Learned vectors begin small beside those of words, and in this task they stay small: "
        "the country can be found without knowing where it stands. So those of unseen positions, which were never "
        "trained, do little harm."
    )


def _show(reach: RecallMeasurement, titles: Mapping[str, str], key: str, what: str) -> None:
    """Show the curves of some networks, each by its title."""
    places = np.array(DISTANCES, float)
    bands = {name: spread([(places, 100 * row) for row in reach.of(name)]) for name in titles}
    panel = Panel(
        [Trace(titles[name], places, bands[name].mean, colour_of(name), dash_of(name)) for name in titles],
        VerticalAxis("chance of the right language, %", 0, 100),
        Marks([(float(TRAINED_TO), f"trained to {TRAINED_TO}")], (100 / len(LANGUAGES), "pure chance")),
        [(bands[name], colour_of(name)) for name in titles],
    )
    axis = Axis("words from the country to the question", 0, DISTANCES[-1] + 10)
    heights = (320 + 26 * len(titles),)
    show_figure(
        curves_figure([panel], axis, name=key, heights=heights),
        name=key,
        height=sum(heights) + TOOLS,
        alt=f"The chance of the right language against the distance, for {what}.",
    )
