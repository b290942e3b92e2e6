"""Which picture lies under the kernel: the digit on the sheet, a sample, a toy, a photograph."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from core.data.images.photos import PHOTO_SIDE, TOY, grey_photo, in_hundredths
from core.data.images.pictures import UnreadableImage, decode
from core.ui.state.drawing import sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.photo import take_photo
from core.ui.widgets.uploads import PHOTO_HELP

DRAWING, SAMPLE, SMALL, FILE, CAMERA = "your digit", "sample digit", "7 x 7 toy", "photo", "camera"
_PHOTOS = "convolution-photos"


@dataclass(frozen=True)
class InputImage:
    """A picture to convolve: (H, W) in 0-1, in hundredths, and where it comes from."""

    pixels: NDArray[np.float64]
    name: str


def choose_picture(below: DeltaGenerator) -> InputImage:
    """Show the choice of pictures and return the chosen one; there is always one.

    Args:
        below: where the uploader or the camera goes.
    """
    way = st.selectbox(
        "Input",
        [DRAWING, SAMPLE, SMALL, FILE, CAMERA],
        key="conv-input",
        bind="query-params",
        width=155,
        help="The picture under the kernel. 7 x 7 is small enough to read every number. A photo is made grey and "
        f"reduced to at most {PHOTO_SIDE} x {PHOTO_SIDE}. Brightness goes from 0 (black) to 1 (white), in hundredths.",
    )
    if way == SAMPLE:
        digit = st.selectbox(
            "Digit", list(range(10)), index=7, key="conv-digit", bind="query-params", width=90, help="An MNIST digit."
        )
        drawing = digit_sources.sample_digit(digit)
        return InputImage(in_hundredths(drawing.prepared.pixels), f"a {digit} from MNIST's test digits")
    if way == SMALL:
        return InputImage(TOY, "a toy seven")
    paper = sheet()
    drawing = digit_sources.open_digit(paper)
    digit_sources.keep_address(paper)
    with below:
        keep_drawing(paper)
    drawn = InputImage(in_hundredths(drawing.prepared.pixels), drawing.origin)
    if way == FILE:
        return _photo(
            lambda: st.file_uploader(
                "A PNG or JPEG photo, up to 20 MB", type=["png", "jpg", "jpeg"], key="conv-file", help=PHOTO_HELP
            ),
            "your photo",
            drawn,
            below,
        )
    if way == CAMERA:
        return _photo(lambda: take_photo("Take a photo", key="conv-camera"), "your camera", drawn, below)
    return drawn


def _photo(widget: Callable[[], object], name: str, otherwise: InputImage, place: DeltaGenerator) -> InputImage:
    """Show the widget; return the photo in it, the one before when it is gone or unreadable, or `otherwise`."""
    photos: dict[str, InputImage] = st.session_state.setdefault(_PHOTOS, {})
    with place.container(width=400):
        file = widget()
        if file is not None:
            try:
                pixels = grey_photo(decode(file.getvalue()))  # type: ignore[attr-defined]
            except UnreadableImage as problem:
                st.warning(f"{problem} The picture before it is kept.", icon=":material/broken_image:")
            else:
                photos[name] = InputImage(in_hundredths(pixels), f"{name}, made grey")
    if name not in photos:
        return InputImage(otherwise.pixels, f"until a photo is there: {otherwise.name}")
    return photos[name]
