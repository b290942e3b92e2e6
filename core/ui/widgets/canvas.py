"""The canvas on which people draw a digit, white on black."""

import contextlib
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from core.data.images.digits import prepare
from core.data.images.pictures import UnreadableImage, encode_data_url
from core.figures.palette import colour_grey
from core.ui.components.bare_canvas.bare_canvas import bare_canvas
from core.ui.state.drawing import SIDE, Drawing, Sheet
from core.ui.state.visit import page_changes

_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)

_NO_KEYS = (
    "<style>@media (pointer: coarse) { .st-key-undo kbd, .st-key-undo [class*=hortcut] { display: none } }</style>"
)


def read_canvas(sheet: Sheet) -> None:
    """Read what was drawn on the sheet's canvas since the last run; before anything is shown, so that all shows it.

    What the browser sends is checked before it is decoded. A picture that cannot
    be read is said so, and the drawing before it stays.
    """
    elsewhere, sheet.page_changes = sheet.page_changes != page_changes(), page_changes()
    if sheet.seen is not None and (elsewhere or sheet.canvas_key not in st.session_state):
        sheet.mount()  # another page was shown meanwhile, and the canvas with its strokes is gone
    try:
        sheet.read()
    except UnreadableImage as problem:
        st.warning(f"{problem} The drawing before it is kept.", icon=":material/draw:")


def show_canvas(sheet: Sheet) -> None:
    """Show the sheet's canvas with Undo, Clear and the brush under it.

    A digit that was chosen lies behind it and makes room for the first stroke; a
    person's own strokes stay and are drawn on.
    """
    with st.container(width=SIDE + 16):
        place = st.container()
        brush = _tools(sheet)
        # A tampered value makes the canvas's own parsing fail, after it has been shown; `read_canvas` judges it.
        with place.container(key="canvas", height=SIDE + 8, border=False), contextlib.suppress(*_MALFORMED):
            st_canvas(
                stroke_width=brush,
                stroke_color="#ffffff",
                background_image=_behind(sheet.drawing),
                initial_drawing=_strokes(sheet),
                width=SIDE,
                height=SIDE,
                return_image_data=True,
                key=sheet.canvas_key,
                on_change=sheet.read_last_stroke,  # one that comes together with a link is read by no run of this page
            )
        with place:
            bare_canvas(f"{sheet.canvas_key}/{sheet.version}", brush)


def _tools(sheet: Sheet) -> int:
    """Show Undo, Clear and the width of the brush; return that width in pixels.

    Undo also brings back what Clear or another digit has replaced.
    """
    with st.container(horizontal=True, gap="small", key="pad-tools"):
        st.html(_NO_KEYS)
        st.button(
            "Undo",
            icon=":material/undo:",
            key="undo",
            on_click=sheet.undo,
            disabled=not sheet.can_undo,
            help="Takes back the last stroke, or brings back the digit before.",
            shortcut="Ctrl+Z",
        )
        st.button(
            "Clear",
            icon=":material/delete:",
            key="clear",
            on_click=clear,
            args=(sheet,),
            help="An empty sheet. Undo brings the drawing back.",
        )
        with st.popover("", icon=":material/brush:", help="Width of your pen"):
            return int(st.slider("Brush width", 6, 36, 20, 2, key="brush", persist_state="session", help="In pixels."))


def _strokes(sheet: Sheet) -> dict[str, Any]:
    """Return a Fabric drawing with the strokes that the canvas starts with."""
    drawing: dict[str, Any] = {"objects": [], "version": str(sheet.version)}
    if sheet.start is not None:
        place = {"originX": "left", "originY": "top", "left": 0, "top": 0, "width": SIDE, "height": SIDE}
        drawing["objects"] = [{"type": "Image", "src": sheet.start} | place]
    return drawing


def _behind(drawing: Drawing | None) -> str:
    """Return the picture behind the canvas: a chosen digit, somewhat dimmed, or black."""
    if drawing is None or drawing.picture is not None or drawing.prepared.blank:
        return _black()
    grey = colour_grey(drawing.prepared.pixels * 0.75)
    return encode_data_url(np.asarray(Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.NEAREST)))


@lru_cache(maxsize=1)
def _black() -> str:
    return encode_data_url(np.zeros((SIDE, SIDE), np.uint8))


def clear(sheet: Sheet) -> None:
    """Lay an empty sheet; Undo brings the drawing back."""
    sheet.replace(Drawing(prepare(np.zeros((28, 28))), origin="an empty sheet"))
