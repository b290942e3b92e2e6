"""The digit that all sections look at, the answer of the CNN, and other digits to choose."""

import streamlit as st

from core.figures.percent import percent
from core.inspection.images.families import predict_by_family
from core.inspection.images.recognition import recognise
from core.ui.state.drawing import Drawing, Sheet
from core.ui.state.lesson import report
from core.ui.widgets import digit_sources
from core.ui.widgets.canvas import read_canvas
from core.ui.widgets.digit_pictures import show_read_picture
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.page_links import link_to
from core.ui.widgets.verdicts import seen_digit


def show_digit_bar(paper: Sheet) -> Drawing:
    """Show the digit on the sheet, the answer of the CNN and the sources of other digits; return the drawing."""
    read_canvas(paper)
    digit_sources.read_upload(paper)
    drawing = digit_sources.open_digit(paper)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        with st.container(width="stretch", key="prediction"):
            _show_reading(drawing)
        with st.popover("Another digit", icon=":material/swap_horiz:", key="sources"):
            st.pills(
                "A sample",
                list("0123456789"),
                key="inside-sample",
                label_visibility="collapsed",
                on_change=_sample,
                args=(paper,),
                wrap=True,
                help="A handwritten sample of each digit, from MNIST's test part.",
            )
            link_to("draw_digit", "Draw your own")
            digit_sources.show_sources(paper)
    digit_sources.keep_address(paper)
    keep_drawing(paper)
    return drawing


def _sample(paper: Sheet) -> None:
    asked = st.session_state.get("inside-sample")
    if asked in set("0123456789"):
        paper.replace(digit_sources.sample_digit(int(asked)))
    st.session_state["inside-sample"] = None


def _show_reading(drawing: Drawing) -> None:
    pixels = drawing.prepared.pixels
    readings = predict_by_family(pixels)
    verdict = recognise(drawing.prepared, readings[0].probabilities)
    report(lambda: seen_digit(drawing, verdict, readings))
    if verdict.digit is None:
        says, lines = "No digit recognised", [verdict.reason, "The sections below show what happens anyway."]
    else:
        says, lines = f"The CNN says {verdict.digit}, {percent(verdict.probability)}", []
    label = f"True label: {drawing.label}. " if drawing.label is not None else ""
    lines.append(f"{label}{drawing.origin[:1].upper()}{drawing.origin[1:]}.")
    show_read_picture(pixels, says, lines, 72)
