"""Draw a digit: three trained networks read it after every stroke."""

import streamlit as st

from core.inspection.images.cnn import walk_shipped_cnn
from core.inspection.images.families import read
from core.inspection.images.recognition import recognise
from core.inspection.networks import shipped
from core.ui.components.live.live import show_live
from core.ui.state.drawing import sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.canvas import canvas, take_in_strokes
from core.ui.widgets.digit_pictures import show_feature_maps, show_stages
from core.ui.widgets.networks import keep_networks_in_address, show_put_away, trained_here
from core.ui.widgets.verdicts import explain_refusals, show_probabilities, show_verdict

st.markdown(
    "Three networks were trained on the same 60,000 digits. Watch each of them read **yours**, and the CNN think "
    "while you draw."
)

keep_networks_in_address()
paper = sheet()
digit_sources.open_with_sample(paper)


@st.fragment
def reading() -> None:
    """Canvas and answers: all that changes with a stroke, and nothing else."""
    take_in_strokes(paper)
    digit_sources.take_in_file(paper)
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=296):
            place = st.container()
            digit_sources.undo_and_clear(paper)
            brush = digit_sources.brush_width()
            with place:
                canvas(paper, brush)
        drawing = paper.drawing
        assert drawing is not None  # a sample was laid on the sheet above
        readings = read(drawing.prepared.pixels, trained_here())
        with st.container(width="stretch", key="answers"):
            show_verdict(recognise(drawing.prepared, readings[0].probabilities), readings, drawing.label)
            show_probabilities(readings)
            explain_refusals()
            show_put_away()
            show_live(shipped("digit-cnn"), drawing.prepared.pixels, over="answers")
    digit_sources.other_ways_in(paper)
    digit_sources.keep_address(paper)
    show_stages(drawing)
    show_feature_maps(walk_shipped_cnn(drawing.prepared.pixels))


reading()
