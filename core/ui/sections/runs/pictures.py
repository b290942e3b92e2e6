"""Pictures that a network has read; a click opens one on the sheet."""

from collections.abc import Sequence

import streamlit as st

from core.figures.percent import percent
from core.inspection.images.evaluation import Evaluation
from core.ui.components.pick.pick import Item, pick
from core.ui.sections.runs.examined_network import ExaminedNetwork
from core.ui.state.drawing import sheet
from core.ui.widgets.examples import open_example
from core.ui.widgets.networks import use_network
from core.ui.widgets.page_links import link_to

SHOWN = 24
"""Pictures shown at most; the surest first."""


def show_pictures(examined: ExaminedNetwork, examination: Evaluation, places: Sequence[int], key: str) -> None:
    """Show pictures with the answer and its probability; a click lays one on the sheet.

    Args:
        examined: the network and its pictures.
        examination: what it says of them.
        places: of the pictures.
        key: of the component.
    """
    names = examination.classes
    shown = [int(place) for place in places[:SHOWN]]
    items = [
        Item(
            examined.images.images[place],
            f"{names[int(examination.answers[place])]}, {percent(float(examination.confidence[place]), 2)}",
            f"true: {names[int(examination.labels[place])]}",
            id=str(place),
        )
        for place in shown
    ]
    pick(items, key=key, chosen=None, on_pick=lambda number: _open(examined, shown[number]), side=72)
    if len(places) > SHOWN:
        st.caption(f"The {SHOWN} surest of {len(places):,}. Click one to open it on the sheet.")
    else:
        st.caption("Click one to open it on the sheet.")


def show_opened(key: str) -> None:
    """Link to the pages that show the picture that was clicked here."""
    origin = st.session_state.get(_OPENED)
    drawing = sheet().drawing
    if origin is None or drawing is None or drawing.origin != origin:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=key):
        st.markdown("**On the sheet now:**")
        link_to("draw_digit")
        link_to("cnn_inside")


_OPENED = "runs-opened-origin"


def _open(examined: ExaminedNetwork, place: int) -> None:
    open_example(examined.choice, examined.images, place)
    if examined.run is not None:
        use_network(examined.run.id)  # so that it reads the picture there, too
    drawing = sheet().drawing
    st.session_state[_OPENED] = drawing.origin if drawing else None
