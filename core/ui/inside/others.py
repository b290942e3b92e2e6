"""Where does it stand among others? The numbers before the last layer on a plane."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from core.data.images import ImageSet
from core.data.pictures import encode_data_url
from core.figures.cloud import cloud
from core.figures.enlarge import grey
from core.inspection.embedding import NEIGHBOURS, Plane, lay_out, shown
from core.ui import choosing
from core.ui.components.pick import Item, pick
from core.ui.inside.choice import choose_network
from core.ui.inside.downloads import offer_csv
from core.ui.state import Drawing, sheet

_WAYS = ("PCA", "t-SNE")


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the plane with this digit among the held-out ones, and its nearest neighbours."""
    with st.container(horizontal=True, gap="medium"):
        choice = choose_network("inside-others-network", convolutional=True, note=False)
        way = st.segmented_control(
            "Projection",
            _WAYS,
            default="PCA",
            required=True,
            key="inside-projection",
            bind="query-params",
            help="PCA keeps the two directions in which the digits differ most. "
            "t-SNE keeps neighbours together, and gives up distances and directions.",
        )
    digits = shown()
    with st.spinner("Laying out the digits; t-SNE takes some seconds the first time ..."):
        plane = lay_out(choice, drawing.prepared.pixels, "t-SNE" if way == "t-SNE" else "PCA")
    st.markdown(
        f"Before its last layer the {choice.title} has turned every digit into **{plane.numbers} numbers**. "
        f"Here are {len(digits):,} held-out digits by these numbers, squeezed into two. Yours is the yellow star. "
        "Point at a dot to see the digit; click it to open it here."
    )
    pictures, captions = _hover(digits.source, len(digits))
    key = f"inside-plane-{choice.name}-{way}"
    event = st.echarts_chart(
        cloud(plane.points, digits.labels, pictures, captions, plane.mine, _axes(plane)),
        height=560,
        key=key,
        on_select="rerun",
        alt=f"{len(digits)} held-out digits in the plane, ten clusters, and this digit as a star",
    )
    _open_clicked(event, digits, key)
    st.caption(_honestly(plane))
    st.subheader(f"Its {NEIGHBOURS} nearest in all {plane.numbers} numbers")
    items = [
        Item(
            grey(digits.images[place].astype(np.float32) / 255, 3),
            f"a {digits.labels[place]}",
            "itself" if far < 1e-3 else f"distance {far:.2f}",
        )
        for place, far in zip(plane.neighbours, plane.distances, strict=True)
    ]
    pick(
        items,
        key="inside-neighbours",
        chosen=None,
        on_pick=lambda number: _open(digits, int(plane.neighbours[number])),
        side=84,
    )
    offer_csv("The points", plane.points, f"{choice.name}-{str(way).lower()}", "inside-plane-csv")


def _axes(plane: Plane) -> tuple[str, str]:
    if plane.explained is None:
        return "t-SNE, first axis (no unit)", "t-SNE, second axis"
    first, second = (f"{share:.0%} of the variance" for share in plane.explained)
    return f"first component, {first}", f"second component, {second}"


def _honestly(plane: Plane) -> str:
    if plane.explained is not None:
        kept = sum(plane.explained)
        return (
            f"PCA was fitted to the held-out digits; the two axes keep {kept:.0%} of their variance, so digits that "
            "overlap here may still stand apart in the other directions."
        )
    return (
        "t-SNE has no rule for a new digit. Its layout was computed once without yours, and the star is put at the "
        f"weighted mean of its {NEIGHBOURS} nearest neighbours. Distances between groups mean nothing here."
    )


@lru_cache(maxsize=2)
def _hover(source: str, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a picture and a line for every digit on show; they are the same for everyone."""
    digits = shown()
    pictures = tuple(encode_data_url(image) for image in digits.images)
    captions = tuple(
        f"a {label}, test digit no. {index:,}" for label, index in zip(digits.labels, digits.indices, strict=True)
    )
    return pictures, captions


def _open_clicked(event: Any, digits: ImageSet, key: str) -> None:
    """Lay the digit that was clicked on the sheet, once."""
    seen = f"{key}-seen"
    for group in getattr(getattr(event, "selection", None), "selected", None) or []:
        label, places = group.get("series_index"), group.get("data_indices") or []
        if isinstance(label, int) and 0 <= label <= 9 and places and isinstance(places[0], int):
            members = np.flatnonzero(digits.labels == label)
            if 0 <= places[0] < len(members) and st.session_state.get(seen) != (label, places[0]):
                st.session_state[seen] = (label, places[0])
                _open(digits, int(members[places[0]]))
                st.rerun()


def _open(digits: ImageSet, place: int) -> None:
    sheet().replace(choosing.test_digit(digits, place))
