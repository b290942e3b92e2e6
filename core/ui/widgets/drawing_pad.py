"""The canvas with the answers beside it: all that changes with a stroke, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.inspection.images.families import FAMILIES, predict_by_family
from core.inspection.images.recognition import Recognition, recognise
from core.inspection.networks import Choice, shipped
from core.ui.state.drawing import Drawing, Sheet
from core.ui.state.lesson import report
from core.ui.widgets import digit_sources
from core.ui.widgets.canvas import read_canvas, show_canvas
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.live_network import show_live
from core.ui.widgets.share_drawing import share_drawing
from core.ui.widgets.verdicts import seen_digit, show_probabilities, show_verdict


@dataclass(frozen=True)
class ReadDrawing:
    """What is on the sheet, and whether it is a digit."""

    drawing: Drawing
    recognition: Recognition


def show_pad(sheet: Sheet, further: tuple[Choice, ...] = (), below: Callable[[], None] = lambda: None) -> ReadDrawing:
    """Show the canvas, what every network says of it, and the CNN at work while the pen is down.

    On a phone the answer stands right under the canvas.

    Args:
        sheet: what is drawn on.
        further: networks that read beside the shipped ones; they are shown first.
        below: shows what stands under the answers.
    """
    read_canvas(sheet)
    digit_sources.read_upload(sheet)
    drawing = digit_sources.open_digit(sheet)
    with st.container(horizontal=True, gap="medium"):
        show_canvas(sheet)
        readings = predict_by_family(drawing.prepared.pixels, further)
        recognition = recognise(drawing.prepared, readings[0].probabilities)
        with st.container(width="stretch", key="answers"):
            show_verdict(recognition, readings, drawing.label)
            own_first = (*readings[len(FAMILIES) :], *readings[: len(FAMILIES)])
            show_probabilities(own_first, recognition.digit is not None)
            below()
            show_live(shipped("digit-cnn"), drawing.prepared.pixels, over="answers")
    keep_drawing(sheet)
    report(lambda: seen_digit(drawing, recognition, readings))
    share_drawing(drawing, recognition, readings[: len(FAMILIES)])
    return ReadDrawing(drawing, recognition)
