"""The digit among others: the activations before the last layer on a plane."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.data.images.datasets import ImageSet
from core.figures.interactive.plane import cloud_on_plane
from core.figures.interactive.space import cloud_in_space
from core.figures.percent import percent
from core.inspection.images.embedding import (
    MAX_IMAGES,
    Embedding,
    NoEmbedding,
    Projection,
    embed,
    embedded_images,
)
from core.inspection.networks import Choice
from core.ui.components.figure_tools.figure_tools import Clicked, Pictures
from core.ui.components.pick.pick import Item, pick
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_network
from core.ui.state.drawing import Drawing
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.downloads import offer_csv
from core.ui.widgets.examples import describe, open_example
from core.ui.widgets.figure import choose_count, point_of, show_fewer, show_figure

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_OPENED = "inside-others-opened"
_SPACE = "PCA, in space"
_TITLES: dict[str, Projection] = {"PCA": "PCA", "t-SNE": "t-SNE", _SPACE: "PCA in space"}


@st.fragment
def show(drawing: Drawing) -> None:
    """Show this digit among the held-out ones, on a plane or in space, and its nearest neighbours."""
    if st.session_state.pop(_OPENED, False):
        st.rerun()  # another digit is on the sheet: the whole page shows it
    with st.container(horizontal=True, gap="medium"):
        choice = choose_network("inside-others-network", note=False)
        method = choose_option(
            "Projection",
            tuple(_TITLES),
            key="inside-projection",
            help="PCA keeps the two, or three, directions in which the pictures differ most. "
            "t-SNE keeps neighbours together, and gives up distances and directions.",
        )
        most = choose_count(f"inside-points-{choice.name}") if method == _SPACE else MAX_IMAGES
    examples = embedded_images(choice, most)
    what = "digit" if choice.examples is None else "picture"
    try:
        with st.spinner(f"Laying out the {what}s; t-SNE takes some seconds the first time ..."):
            plane = embed(choice, drawing.prepared.pixels, _TITLES.get(method, "PCA"), most)
    except NoEmbedding as problem:
        st.info(plain(str(problem)))
        return
    st.markdown(
        f"Before its last layer the {plain(choice.title)} has turned every {what} into "
        f"**{plane.dimensions:,} numbers**. Here are "
        f"{len(examples):,} held-out {what}s by these numbers, squeezed into {'three' if method == _SPACE else 'two'}. "
        f"Yours is the yellow {'ball on a needle' if method == _SPACE else 'star'}. "
        f"Point at a dot to see the {what}; click it to open it here."
    )
    if method == _SPACE:
        _in_space(choice, examples, plane, what)
    else:
        _on_plane(choice, examples, plane, what, method)
    st.caption(_honestly(plane, what))
    st.header(f"Its {len(plane.neighbours)} nearest in all {plane.dimensions:,} numbers")
    mine = np.round(drawing.prepared.pixels * 255)  # its own numbers alone do not say so: a dead layer makes all equal
    items = [
        Item(
            examples.images[place],
            f"{'a ' if choice.examples is None else ''}{choice.held_out_classes[int(examples.labels[place])]}",
            "itself" if np.array_equal(examples.images[place], mine) else f"distance {far:.2f}",
            id=str(place),
        )
        for place, far in zip(plane.neighbours, plane.distances, strict=True)
    ]
    pick(
        items,
        key="inside-neighbours",
        chosen=None,
        on_pick=lambda number: open_example(choice, examples, int(plane.neighbours[number])),
        side=84,
    )
    offer_csv("The points", plane.points, f"{choice.name}-{method.lower()}", "inside-plane-csv")


def _on_plane(choice: Choice, examples: ImageSet, plane: Embedding, what: str, method: str) -> None:
    figure = cloud_on_plane(
        plane.points,
        examples.labels,
        _captions(choice, examples),
        choice.held_out_classes,
        _axes(plane),
        name=f"plane-{choice.name}-{method}",
        mine=plane.point,
        mine_caption=f"this {what}",
    )
    _show(
        figure,
        choice,
        examples,
        name="plane",
        alt=f"{len(examples)} held-out {what}s in the plane, a colour a class, and this one as a star",
    )


def _in_space(choice: Choice, examples: ImageSet, found: Embedding, what: str) -> None:
    names = [f"component {one}, {percent(share, 0)}" for one, share in enumerate(found.explained_variance or (), 1)]
    figure = cloud_in_space(
        found.points,
        examples.labels,
        _captions(choice, examples),
        choice.held_out_classes,
        (names[0], names[1], names[2]),
        name=f"embedding-{choice.name}",
        mine=found.point,
        mine_caption=f"this {what}",
    )
    _show(
        figure,
        choice,
        examples,
        name="embedding",
        alt=f"{len(examples)} held-out {what}s in space, a colour a class, and this one as a ball",
        on_slow=partial(show_fewer, f"inside-points-{choice.name}"),
    )


def _show(
    figure: "Figure",
    choice: Choice,
    examples: ImageSet,
    *,
    name: str,
    alt: str,
    on_slow: Callable[[float], None] | None = None,
) -> None:
    """Show a figure whose points are examples: a click opens one."""

    def open_clicked(clicked: Clicked) -> None:
        place = point_of(figure, clicked, len(examples))
        if place is not None:
            open_example(choice, examples, place)
            st.session_state[_OPENED] = True

    show_figure(
        figure,
        name=name,
        alt=alt,
        height=620,
        on_click=open_clicked,
        pictures=_sprite(examples.source, len(examples), examples),
        on_slow=on_slow,
    )


def _captions(choice: Choice, examples: ImageSet) -> list[str]:
    return [describe(choice, examples, place) for place in range(len(examples))]


def _axes(plane: Embedding) -> tuple[str, str]:
    if plane.explained_variance is None:
        return "t-SNE, first axis (no unit)", "t-SNE, second axis"
    first, second = (f"{percent(share, 0)} of the variance" for share in plane.explained_variance[:2])
    return f"first component, {first}", f"second component, {second}"


def _honestly(plane: Embedding, what: str) -> str:
    if plane.explained_variance is not None:
        kept = sum(plane.explained_variance)
        return (
            f"PCA was fitted to the held-out {what}s; the axes keep {percent(kept, 0)} of their variance, "
            f"so {what}s that overlap here may still stand apart in the other directions."
        )
    return (
        f"t-SNE has no rule for a new {what}. Its layout was computed once without yours, and the star is placed at "
        f"the weighted mean of its {len(plane.neighbours)} nearest neighbours. Distances between groups mean nothing "
        "here."
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _sprite(source: str, count: int, _examples: ImageSet) -> Pictures:
    """Return all examples in one picture; source and count tell sets apart."""
    return Pictures.of(_examples.images)
