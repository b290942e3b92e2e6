"""Several digits on the sheet: "Read a number" is offered, and takes the drawing over."""

import streamlit as st

from core.data.numbers.line import prepare_line
from core.inspection.images.recognition import digit_margin
from core.inspection.numbers.reading import UNSURE, answer_line, read_line
from core.ui.state.drawing import Sheet
from core.ui.state.number_sheet import TAKEN_FROM, drawn
from core.ui.widgets.page_links import link_to


def offer_number(sheet: Sheet) -> None:
    """Say so and link, where the sheet shows no digit but the network that reads numbers finds two or more."""
    drawing = sheet.drawings[-1]
    if drawing.prepared.blank or digit_margin(drawing.prepared.pixels) >= 0:
        return
    line = prepare_line(*drawn(drawing))
    reading = read_line(line.pixels)
    number = answer_line(line, reading).digits
    if len(number) < 2 or reading.probability < UNSURE:
        return
    with st.container(key="several-digits"):
        st.info(f"This looks like several digits: **{number}**.", icon=":material/pin:")
        link_to("read_number", f"Read the number {number}", **{"from": TAKEN_FROM})
