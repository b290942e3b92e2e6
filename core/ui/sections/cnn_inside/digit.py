"""The digit that all sections look at, what the CNN says of it, and the ways to another one."""

from html import escape

import numpy as np
import streamlit as st

from core.data.images.pictures import encode_data_url
from core.figures.palette import colour_grey
from core.figures.percent import percent
from core.inspection.images.families import read
from core.inspection.images.recognition import recognise
from core.ui.state.drawing import Drawing, Sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.canvas import read_canvas
from core.ui.widgets.page_links import link_to

_STYLE = """<style>
.inside-digit { display: flex; gap: 1rem; align-items: center; }
.inside-digit img { width: 112px; height: 112px; image-rendering: pixelated; }
.inside-digit img { border: 1px solid #8a949e; border-radius: 3px; }
.inside-digit .says { font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
.inside-digit p { margin: .2rem 0 0 0; }
</style>"""


def show_digit_bar(paper: Sheet) -> Drawing:
    """Show the digit on the sheet, what the CNN says, and where others come from; return the drawing."""
    digit_sources.open_with_sample(paper)
    read_canvas(paper)
    digit_sources.read_upload(paper)
    drawing = paper.drawing
    assert drawing is not None  # a sample was laid on the sheet
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        with st.container(width=400, key="prediction"):
            st.html(_STYLE + _words(drawing))
        with st.container(width="stretch", key="sources", gap="small"):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
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
    return drawing


def _sample(paper: Sheet) -> None:
    asked = st.session_state.get("inside-sample")
    if asked in set("0123456789"):
        paper.replace(digit_sources.sample_digit(int(asked)))
    st.session_state["inside-sample"] = None


def _words(drawing: Drawing) -> str:
    pixels = drawing.prepared.pixels
    readings = read(pixels)
    verdict = recognise(drawing.prepared, readings[0].probabilities)
    if verdict.digit is None:
        says, lines = "No digit recognised", [verdict.reason, "The sections below show what happens all the same."]
    else:
        says, lines = f"The CNN says {verdict.digit}, {percent(verdict.probability)}", []
    if drawing.label is not None:
        lines.append(f"True label: {drawing.label}.")
    lines.append(f"{drawing.origin[:1].upper()}{drawing.origin[1:]}.")
    picture = encode_data_url(np.ascontiguousarray(colour_grey(pixels)))
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<div class="inside-digit" role="status"><img src="{picture}" alt="the digit that is read">'
        f'<div><span class="says">{escape(says)}</span>{words}</div></div>'
    )
