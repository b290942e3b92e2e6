"""The canvas on which people draw a digit, white on black."""

import contextlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from core.data.digits import prepare
from core.data.pictures import UnreadableImage, decode_data_url, encode_data_url
from core.figures.palette import colour_grey
from core.ui.state import Drawing, Sheet

_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)

SIDE = 280
"""Width and height of the canvas, pixels."""


def canvas(sheet: Sheet, brush: int) -> None:
    """Show the sheet's canvas and take in what was drawn on it since the last run.

    A digit that was chosen lies behind the canvas and makes room for the first
    stroke; a person's own strokes stay and are drawn on. What the browser sends
    is checked before it is decoded; a picture that cannot be read is said so,
    and the drawing before it stays.
    """
    if sheet.seen is not None and _key(sheet) not in st.session_state:
        sheet.new_canvas()  # another page was shown meanwhile: Streamlit has dropped the canvas's value
    key = _key(sheet)
    # A tampered value makes the canvas's own parsing fail, after it has been shown: it is judged below.
    with st.container(key="canvas", height=SIDE + 8, border=False), contextlib.suppress(*_MALFORMED):
        st_canvas(
            stroke_width=brush,
            stroke_color="#ffffff",
            background_image=_behind(sheet.drawing),
            initial_drawing=_strokes(sheet.start),
            width=SIDE,
            height=SIDE,
            return_image_data=True,
            key=key,
        )
    try:
        url = sent_picture(st.session_state.get(key))
        if url is not None and url != sheet.seen:
            sheet.add_stroke(Drawing(prepare(decode_data_url(url), "light"), picture=url))
    except UnreadableImage as problem:
        st.warning(f"{problem} The drawing before it is kept.", icon=":material/draw:")


def sent_picture(value: object) -> str | None:
    """Return the picture in what the canvas sent, a data URL, or None before the first stroke.

    Raises:
        UnreadableImage: the value does not have the shape in which the canvas sends.
    """
    if value is None:
        return None
    drawing = value.get("drawing") if isinstance(value, Mapping) else value
    if drawing is None:
        return None
    if not isinstance(drawing, Mapping):
        raise UnreadableImage("The drawing did not arrive as a PNG picture.")
    url = drawing.get("data")
    if url is None:
        return None
    if not isinstance(url, str):
        raise UnreadableImage("The drawing did not arrive as a PNG picture.")
    return url


def _key(sheet: Sheet) -> str:
    return f"canvas-{sheet.number}"


def _strokes(start: str | None) -> dict[str, Any]:
    """Return a Fabric drawing with the strokes that a new canvas starts with."""
    if start is None:
        return {"objects": []}
    picture = {"type": "Image", "src": start, "originX": "left", "originY": "top", "left": 0, "top": 0}
    return {"objects": [picture | {"width": SIDE, "height": SIDE}]}


def _behind(drawing: Drawing | None) -> str:
    """Return the picture behind the canvas: a chosen digit, somewhat dimmed, or black."""
    if drawing is None or drawing.picture is not None or drawing.prepared.blank:
        return _black()
    grey = colour_grey(drawing.prepared.pixels * 0.75)
    return encode_data_url(np.asarray(Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.NEAREST)))


@lru_cache(maxsize=1)
def _black() -> str:
    return encode_data_url(np.zeros((SIDE, SIDE), np.uint8))
