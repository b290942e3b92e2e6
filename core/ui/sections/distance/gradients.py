"""The gradient on its way back: vanish, hold or explode."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.course.live import GradientsSeen
from core.figures.comparison import Band, Panel, comparison_chart
from core.figures.palette import colour_of, dash_of
from core.figures.training import Axis, Numbers, Trace, VerticalAxis
from core.inspection.memory.gradients import (
    ACTIVATIONS,
    GradientByLag,
    noise_gradients,
    story_gradients,
    transformer_noise_gradients,
    transformer_story_gradients,
)
from core.inspection.text.reading import CELLS
from core.models.cells import TITLES
from core.ui.state.lesson import report
from core.ui.widgets.side_by_side import side_by_side

STEPS = 60
DRAWS, STORIES = 5, 12
CLIP = 1.0
"""The norm that the gradient of all weights is scaled down to."""
_SMALLEST, _LARGEST = 1e-8, 1e12
"""What is less or more is drawn as these: a logarithm has no zero, and a screen has an end."""
_TRANSFORMER = "story-sinusoidal"
_UNTRAINED, _TRAINED = "Untrained, reading noise", "Trained, reading a story"


@dataclass(frozen=True)
class _Curve:
    """The gradients of one network in several draws or stories; its colour is that of the shipped one with its name."""

    name: str
    title: str
    every: Sequence[GradientByLag]

    def band(self, clip: bool) -> Band:
        """Return the least, the median and the largest norm by lag."""
        norms = np.array([(one.clipped(CLIP) if clip else one).norms for one in self.every])
        return Band(np.arange(norms.shape[1], dtype=float), norms.min(0), np.median(norms, axis=0), norms.max(0))


def show_lags() -> None:
    """Show the norm of the gradient by lag for RNN, GRU, LSTM and a Transformer, untrained or trained."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        which = st.segmented_control(
            "Networks",
            [_UNTRAINED, _TRAINED],
            default=_UNTRAINED,
            required=True,
            key="distance-which",
            wrap=True,
            bind="query-params",
            help="Untrained: random weights that you scale. Trained: this page's networks at the end of a story.",
        )
        clip = st.toggle(
            "Clip the gradient",
            key="distance-clip",
            bind="query-params",
            help=f"Where the gradient of all weights is longer than {CLIP:g}, it is scaled down to that as a whole.",
        )
    curves = _trained() if which == _TRAINED else _untrained()
    bands = [curve.band(bool(clip)) for curve in curves]
    panel = Panel(
        [
            Trace(one.title, band.x, _shown(band.mean), colour_of(one.name), dash_of(one.name))
            for one, band in zip(curves, bands, strict=True)
        ],
        VerticalAxis("norm of the gradient", log=True),
        bands=[
            (Band(band.x, _shown(band.low), _shown(band.mean), _shown(band.high)), colour_of(one.name))
            for one, band in zip(curves, bands, strict=True)
        ],
    )
    st.echarts_chart(
        comparison_chart(panel, Axis("steps back from the loss", 0, STEPS)),
        height=380,
        key="distance-lags",
        alt="The norm of the gradient against the number of steps back, for RNN, GRU, LSTM and a Transformer.",
    )
    _say(curves, bands, bool(clip))
    factors = {one.title: _factor(band) for one, band in zip(curves, bands, strict=True) if one.name != _TRANSFORMER}
    report(lambda: GradientsSeen(factors, bool(clip), which == _TRAINED))


def _say(curves: Sequence[_Curve], bands: Sequence[Band], clip: bool) -> None:
    """Say in numbers what the curves show."""
    columns = side_by_side(len(curves), key="gradients")
    for column, curve, band in zip(columns, curves, bands, strict=True):
        first, last = float(band.mean[0]), float(band.mean[-1])
        a_step = _factor(band)
        length = float(np.median([one.weights for one in curve.every]))
        scaled = f", clipped to {min(length, CLIP):.3g}" if clip else ""
        fades = f", a factor of {a_step:.3g} a step"
        if curve.name == _TRANSFORMER:
            fades = f", {_number(float(np.median(band.mean)))} at the median place: no step stands between"
        with column:
            st.markdown(
                f"**{curve.title}{'' if curve.name == _TRANSFORMER else ' ' + _verdict(a_step)}**: {_number(first)} at "
                f"the end, {_number(last)} after {len(band.mean) - 1} steps back{fades}. All weights together: "
                f"{_number(length)}{scaled}."
            )
    st.caption(
        "The norm of the loss's gradient with respect to the state that many steps before the end (for the LSTM h and "
        "c together; the Transformer has no state, so there it is the vector of the word that many words "
        "back). A straight line down is a gradient that vanishes exponentially, a line up one that explodes. "
        "Clipping scales all lags by one factor: it cures exploding, but what had vanished stays just as small beside "
        "the others." + _beyond(bands)
    )


def _beyond(bands: Sequence[Band]) -> str:
    """Return what is said where a curve runs along the edge of the picture: it does not stay there."""
    low = min(float(band.mean.min()) for band in bands) < _SMALLEST
    high = max(float(band.mean.max()) for band in bands) > _LARGEST
    edges = [f"below {_number(_SMALLEST)} at the lower"] * low + [f"above {_number(_LARGEST)} at the upper"] * high
    return f" What is {' and '.join(edges)} edge is drawn there, however far beyond it is." if edges else ""


def _factor(band: Band) -> float:
    """Return by what factor the median norm changes with each step back."""
    first, last = float(band.mean[0]), float(band.mean[-1])
    return (last / first) ** (1 / (len(band.mean) - 1)) if first else 0.0


def _shown(norms: Numbers) -> Numbers:
    return np.clip(norms, _SMALLEST, _LARGEST)


def _verdict(a_step: float) -> str:
    if a_step < 0.9:
        return "vanishes"
    return "explodes" if a_step > 1.1 else "holds"


def _number(value: float) -> str:
    return f"{value:.2g}" if 1e-3 <= value < 1e4 else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e+")


def _untrained() -> list[_Curve]:
    left, middle, right, last = st.columns([3, 3, 3, 2])
    with left:
        radius = st.slider(
            "Spectral radius of W_h",
            0.2,
            2.0,
            1.0,
            0.05,
            key="distance-radius",
            bind="query-params",
            help="The largest absolute eigenvalue: below 1 a linear memory fades, above 1 it grows.",
        )
    with middle:
        activation = st.segmented_control(
            "Activation of the RNN",
            list(ACTIVATIONS),
            default="tanh",
            required=True,
            key="distance-activation",
            bind="query-params",
            help="GRU and LSTM keep theirs.",
        )
    with right:
        bias = st.slider(
            "Forget-gate bias of the LSTM",
            -2.0,
            6.0,
            1.0,
            0.5,
            key="distance-bias",
            bind="query-params",
            help="The larger, the more the gate stays open, and the longer the memory.",
        )
    with last:
        seed = st.number_input(
            "Seed", 0, 9999, 0, key="distance-noise", bind="query-params", help="Of the first of five draws."
        )
    chosen = next((name for name in ACTIVATIONS if name == activation), "tanh")
    st.caption(
        f"Line: the median of {DRAWS} draws of weights and noise; band: from the smallest to the largest. 32 units, "
        f"{STEPS} steps."
    )
    return [
        *(
            _Curve(
                f"story-{cell}",
                TITLES[cell],
                noise_gradients(cell, STEPS, float(radius), chosen, float(bias), int(seed), DRAWS),
            )
            for cell in CELLS
        ),
        _Curve(_TRANSFORMER, "Transformer", transformer_noise_gradients(STEPS, int(seed), DRAWS)),
    ]


def _trained() -> list[_Curve]:
    st.caption(
        f"Line: the median of {STORIES} held-out stories whose question comes {STEPS} words after the country; band: "
        "from the smallest to the largest. The loss is that of the right language."
    )
    return [
        *(_Curve(f"story-{cell}", TITLES[cell], story_gradients(cell, STEPS, STORIES)) for cell in CELLS),
        _Curve(_TRANSFORMER, "Transformer", transformer_story_gradients(_TRANSFORMER, STEPS, STORIES)),
    ]
