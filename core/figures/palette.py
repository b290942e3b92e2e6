"""The colours of the house: one signed palette, one for activations, one colour a network."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FAMILY_COLOURS = {
    "digit-cnn": "#0072B2",
    "digit-cnn-strided": "#CC79A7",
    "digit-mlp": "#D55E00",
    "digit-gru": "#009E73",
    "sentence-rnn": "#D55E00",
    "sentence-gru": "#009E73",
    "sentence-lstm": "#0072B2",
    "sentence-bilstm": "#56B4E9",
    "sentence-cnn": "#CC79A7",
    "sentence-window": "#A67C00",
    "sentence-bag": "#6B7680",
    "sentence-transformer": "#E69F00",
    "sentence-sinusoidal": "#E69F00",
    "sentence-learned": "#CC79A7",
    "sentence-rotary": "#56B4E9",
    "tagger-forward": "#0072B2",
    "tagger-bilstm": "#56B4E9",
    "translate-gru": "#009E73",
    "translate-gru-attention": "#0072B2",
    "translate-transformer": "#CC79A7",
}
"""A network keeps its colour on every page (Okabe and Ito's palette, safe for colour-blind eyes)."""

TRAINED_HERE = "#7A4FBF"
"""The colour of a network that is not shipped."""
CLASS_COLOURS = (
    "#7F7F7F", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#8B4513", "#9467BD", "#E8384F",
)  # fmt: skip
"""Ten colours; the classes stand in the tooltip and the legend too, since no ten colours suit every eye."""


def colour_of(name: str) -> str:
    """Return the colour of a network by its name."""
    if name.startswith("window-"):
        name = "sentence-window"
    for kind in ("story-", "letters-", "tunes-"):
        name = name.replace(kind, "sentence-")
    return FAMILY_COLOURS.get(name, TRAINED_HERE)


Dash = str | tuple[int, ...]
"""How a line is drawn, so that curves are told apart without colour too: an ECharts line type, or lengths in pixels."""
_DASHES = {
    "digit-gru": "solid",
    "cnn-strided": "dashed",
    "mlp": "dotted",
    "rnn": "dotted",
    "gru": "dashed",
    "window": "dashed",
    "learned": "dotted",
    "rotary": "dashed",
}
_DASH_TRAINED_HERE = (18, 5, 4, 5)  # a long stroke, a gap, a dot, a gap


def dash_of(name: str) -> Dash:
    """Return how the line of a network is drawn, by its name."""
    if colour_of(name) == TRAINED_HERE:
        return _DASH_TRAINED_HERE
    return _DASHES.get(name) or _DASHES.get(name.partition("-")[2], "solid")


# ColorBrewer's RdBu, reversed: blue below zero, white at zero, red above. Red and blue stay apart for
# all common forms of colour blindness.
_DIVERGING = np.array(
    [
        (5, 48, 97),
        (33, 102, 172),
        (67, 147, 195),
        (146, 197, 222),
        (209, 229, 240),
        (247, 247, 247),
        (253, 219, 199),
        (244, 165, 130),
        (214, 96, 77),
        (178, 24, 43),
        (103, 0, 31),
    ],
    np.float32,
)

SEQUENTIAL = ("#00224E", "#213D6B", "#4C556C", "#6C6E72", "#8C8878", "#AFA473", "#D4C265", "#FEE838")
"""The colours for shares of 0-1: cividis, made for colour-blind eyes (Nunez, Anderton and Renslow, 2018)."""

PAPER = 255
"""Index of the grey of gaps, which stands out from white in both themes."""
_ZERO = 127


def _ramp(colours: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return 255 colours that run evenly through the given ones, and the grey of gaps as the last."""
    places = np.linspace(0, len(colours) - 1, 255)
    ramp = np.stack([np.interp(places, np.arange(len(colours)), colours[:, i]) for i in range(3)], 1)
    return np.vstack([ramp, [(128, 134, 140)]]).astype(np.uint8)


DIVERGING = _ramp(_DIVERGING)
"""The palette for signed values, (256, 3): 0 is -limit, 127 is zero, 254 is +limit, 255 is `PAPER`."""

SHARES = _ramp(np.array([tuple(bytes.fromhex(colour[1:])) for colour in SEQUENTIAL], np.float32))
"""The palette for shares of 0-1, (256, 3): 0 is nothing, 254 is all, 255 is `PAPER`."""


def index_signed(values: NDArray[np.float32], limit: float) -> NDArray[np.uint8]:
    """Return places in `DIVERGING` (...,) for signed values; `limit` and beyond are the ends of the palette."""
    if limit <= 0:
        return np.full(values.shape, _ZERO, np.uint8)
    return (np.nan_to_num(values * (_ZERO / limit)).clip(-_ZERO, _ZERO) + (_ZERO + 0.5)).astype(np.uint8)


def index_share(values: NDArray[np.float32], limit: float = 1.0) -> NDArray[np.uint8]:
    """Return places in `SHARES` (...,) for values from 0 to `limit`; what is beyond has the colour of the ends."""
    if limit <= 0:
        return np.zeros(values.shape, np.uint8)
    top = PAPER - 1
    return (np.nan_to_num(values * (top / limit)).clip(0, top) + 0.5).astype(np.uint8)


def colour_signed(values: NDArray[np.float32], limit: float) -> NDArray[np.uint8]:
    """Return RGB (..., 3) for signed values; `limit` and beyond are the ends of the palette."""
    return DIVERGING[index_signed(values, limit)]


def colour_grey(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return greys (...,) 0-255 for values in 0-1."""
    return (np.nan_to_num(values).clip(0, 1) * 255 + 0.5).astype(np.uint8)


def ink_on(colour: Sequence[int]) -> str:
    """Return the colour of text that can be read on an RGB colour, as CSS."""
    red, green, blue = colour
    return "#fff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#14202b"
