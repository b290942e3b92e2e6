"""What lies on the sheet outlives its session: the browser keeps it, and sends it again to the next one."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.images.datasets import held_out_digits
from core.data.images.digits import SIDE, from_pixels, prepare
from core.data.images.pictures import UnreadableImage, decode_data_url, encode_data_url
from core.figures.palette import colour_grey
from core.ui.components.kept_drawing.kept_drawing import kept_drawing
from core.ui.state.drawing import Drawing, Sheet
from core.ui.widgets import digit_sources

_KEPT = "28 x 28: your browser keeps no more of a photo or file"
_ORIGIN = "your photo or file, of which your browser kept the 28 x 28 pixels that the networks read"


def keep_drawing(sheet: Sheet, name: str = "sheet") -> None:
    """Have the browser keep what is on the sheet; once on a page, after the sheet.

    A sheet that is not that of the digits has another `name`, so that neither comes back as the other.

    Of a person's drawing that is the strokes, of a test digit its number, and of a photo or file the 28 x 28 pixels
    that the networks read: less than a kilobyte, where the photo itself may have megabytes.
    """
    kept_drawing(
        sheet.number,
        _content(sheet.drawing),
        st.query_params.get("test") or st.query_params.get("digit", ""),
        on_return=partial(take_back, sheet),
        name=name,
    )


def _content(drawing: Drawing | None) -> str | None:
    if drawing is None:
        return None
    if drawing.picture or drawing.prepared.blank:
        return drawing.picture
    return encode_data_url(colour_grey(drawing.prepared.pixels)) if drawing.index is None else str(drawing.index)


def take_back(sheet: Sheet, content: object) -> None:
    """Lay on a new sheet what the browser has kept of an old one. What cannot be read leaves the sheet as it is."""
    if sheet.can_undo:
        return  # something was done on it meanwhile
    if isinstance(content, str) and content.isascii() and content.isdecimal() and len(content) <= 6:
        digits = held_out_digits()
        for place in np.flatnonzero(digits.indices == int(content)):
            sheet.replace(digit_sources.test_digit(digits, int(place)))
        return
    try:
        picture = decode_data_url(content)
    except UnreadableImage:
        return
    if picture.shape[:2] == (SIDE, SIDE):
        pixels = picture[..., 0].astype(np.float32) / 255
        sheet.replace(Drawing(from_pixels(pixels, "kept", _KEPT), origin=_ORIGIN))
    elif isinstance(content, str):
        sheet.replace(Drawing(prepare(picture, "light"), picture=content, strokes=None))
