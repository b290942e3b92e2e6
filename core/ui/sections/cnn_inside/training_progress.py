"""Random, half-trained, trained: the digit in the same network at moments of its training."""

from collections.abc import Sequence

import streamlit as st

from core.figures.curves import Series, curves
from core.figures.maps import tile
from core.figures.palette import DIVERGING, FAMILY_COLOURS
from core.figures.percent import exact_percent, percent
from core.figures.probabilities import STYLE, bars
from core.inspection.images.blocks import forward_blocks
from core.inspection.images.softmax import softmax
from core.models.images.checkpoints import SeriesCheckpoint, load_checkpoints
from core.ui.state.drawing import Drawing
from core.ui.widgets.downloads import offer_png
from core.ui.widgets.gallery import Picture, gallery


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the slider through the training, and filters, maps and answer at the chosen moment."""
    series = load_checkpoints()
    names = [_name(checkpoint) for checkpoint in series]
    st.markdown(
        "The filters begin as **random numbers**. After every batch of 64 digits the loss says in which direction to "
        "change them. Move the slider through one training."
    )
    chosen = st.select_slider(
        "Moment of the training",
        names,
        value=names[0],
        key="inside-moment",
        bind="query-params",
        help="A step is one update after a batch of 64 training digits; an epoch is one pass through all of them, "
        f"{_steps_per_epoch(series):,} steps.",
    )
    place = names.index(chosen) if chosen in names else 0
    checkpoint = series[place]
    blocks = {block.name: block for block in forward_blocks(checkpoint.network, drawing.prepared.pixels)}
    probabilities = softmax(blocks["dense2"].output)
    best = int(probabilities.argmax())
    test = checkpoint.moment.test
    left, right = st.columns([1, 1], gap="large")
    weights = blocks["conv1"].weight
    assert weights is not None  # a convolution
    # One scale for all moments, the trained network's, so that a pale filter is a weak filter.
    limit = float(max(one.network.state_dict()["conv1.weight"].abs().max() for one in series))
    filters = tile(weights[:, 0].repeat(4, 1).repeat(4, 2), limit=limit)
    with left:
        gallery(
            [
                Picture(
                    filters,
                    "The 32 filters of conv1",
                    "3 x 3 weights each, one scale for all moments",
                    palette=DIVERGING,
                    signed=True,
                )
            ],
            "inside-kernels",
        )
        maps = tile(blocks["conv1"].output)
        gallery(
            [
                Picture(
                    maps,
                    "What they make of your digit",
                    "32 maps of 26 x 26 after the ReLU",
                    palette=DIVERGING,
                    signed=True,
                )
            ],
            "inside-learnt-maps",
        )
    with right:
        st.markdown(
            f"**{_when(checkpoint)}** it says **{best}** with {percent(float(probabilities[best]))}, "
            f"and reads {test.correct:,} of {test.cases:,} test digits right (**{exact_percent(test.accuracy, 2)}**)."
        )
        st.html(STYLE + bars(probabilities, FAMILY_COLOURS["digit-cnn"]))
        scores = [one.moment.test.accuracy * 100 for one in series]
        st.echarts_chart(
            curves(
                range(len(series)),
                [Series("test digits right", scores, FAMILY_COLOURS["digit-cnn"])],
                axis_name="step (not to scale)",
                value_name="test digits right, %",
                mark=place,
                labels=[f"{one.moment.step:,}" for one in series],
            ),
            height=230,
            key="inside-learning-scores",
            alt=f"Test digits right at each moment, from {scores[0]:.0f} to {scores[-1]:.1f} percent",
        )
    offer_png("The filters", lambda: DIVERGING[filters], f"conv1-step-{checkpoint.moment.step}", "inside-filters-png")
    st.caption(
        f"One training of the lab's CNN, kept {len(series)} times. Each moment is scored on MNIST's test digits, which "
        "it never learns from. The weights are stored in half precision, and scored as stored; "
        "but for this rounding the last moment is the network that the other sections use."
    )


def _steps_per_epoch(series: Sequence[SeriesCheckpoint]) -> int:
    last = series[-1].moment
    return round(last.step / last.epochs)


def _name(checkpoint: SeriesCheckpoint) -> str:
    return f"step {checkpoint.moment.step}"


def _when(checkpoint: SeriesCheckpoint) -> str:
    step, epochs = checkpoint.moment.step, checkpoint.moment.epochs
    if step == 0:
        return "Before the first step"
    return (
        f"After {step:,} steps ({epochs:.2f} epochs)" if epochs % 1 else f"After {step:,} steps ({epochs:.0f} epochs)"
    )
