"""One picture read again at every checkpoint of a run, and the first filters as they change."""

from functools import lru_cache

import numpy as np
import streamlit as st

from core.data.images.datasets import load_images
from core.data.sources import NotHere
from core.figures.maps import tile
from core.figures.palette import DIVERGING
from core.figures.percent import percent
from core.figures.probabilities import STYLE, bars
from core.figures.run_charts import probability_chart
from core.figures.training import TRAINING
from core.inspection.images.snapshots import Array, Snapshot, take_snapshot
from core.runs.networks import NoNetwork, checkpoints, network_at
from core.runs.store.watching import RunView, watch
from core.ui.sections.train.drawing import open_canvas, show_live_canvas
from core.ui.state.drawing import sheet
from core.ui.widgets import digit_sources
from core.ui.widgets.digit_pictures import show_read_picture
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.side_by_side import side_by_side

FILTERS = 32
"""Filters shown at most."""

_PICTURE = "train-picture"


def show_checkpoints(run: str) -> None:
    """Show the picture, the answer of the network at the chosen checkpoint, and its filters then."""
    view = watch(current_runner().store, run)
    if view is None:
        return
    if view.run.learns != "images":
        st.caption(f"This run learns {view.run.learns}: there is no picture that its checkpoints could read.")
        return
    st.header(
        "Your picture at every checkpoint",
        help="About once a second the weights are saved, with 16 bits each. Each of these networks reads the picture.",
    )
    drawing = view.run.data == "mnist" and open_canvas()
    found = _picture(view)
    steps = checkpoints(current_runner().store, view.run.id)
    if found is None or not steps:
        missing = "The pictures of this data set are not on this server, so there are none to read."
        st.caption(missing if found is None else "The first checkpoint comes as soon as it learns.")
        return
    pixels, origin, label = found
    step = _choose_step(view, steps)
    names = list(view.run.setup.outputs)
    moments = {one: moment for one in steps if (moment := _look(view, one, pixels.tobytes())) is not None}
    if step not in moments:
        st.caption("The weights of this checkpoint are gone or damaged.")
        return
    moment = moments[step]
    limit = (
        max(float(np.abs(one.filters).max(initial=0)) for one in moments.values() if one.filters is not None)
        if (moment.filters is not None)
        else 1.0
    )
    probabilities = np.stack([one.probabilities for one in moments.values()]).astype(np.float64)
    if drawing:
        show_live_canvas(view, step, pixels)
    left, middle, right = side_by_side([1, 1, 1], key="checkpoints", gap="medium")
    with left, st.container(key="train-reading"):
        _show_reading(pixels, moment, step, names, origin, label)
        st.html(STYLE + bars(moment.probabilities, TRAINING, names))
    with middle:
        _show_filters(moment, limit)
    with right, st.container(key="train-probabilities"):
        st.echarts_chart(
            probability_chart(list(moments), probabilities, names, step, _end(view)),
            height=300,
            key="train-chart-probabilities",
            alt="The probability of the likeliest classes at every checkpoint",
        )


def _choose_step(view: RunView, steps: list[int]) -> int:
    """Show the slider and return the chosen checkpoint; while the run goes on, it follows the newest one."""
    run = view.run
    total = max(1, _end(view))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        follow = run.active and st.toggle(
            "Follow the newest",
            value=True,
            key="train-follow",
            persist_state="session",
            help="Off: go back through the checkpoints while it learns.",
        )
        key = f"train-moment-{'follow' if follow else run.id}"
        if follow or key not in st.session_state:
            st.session_state[key] = steps[-1]
        st.session_state[key] = min(int(st.session_state[key]), total)
        wanted = int(
            st.slider("Update", 0, total, key=key, disabled=follow, help="Goes to the nearest checkpoint there is.")
        )
        if run.data != "mnist":
            st.button(
                "Another picture",
                icon=":material/casino:",
                key="train-another",
                on_click=_another,
                help="Another test image, which was not trained on.",
            )
        else:
            link_to("draw_digit", "Draw your own")
    return min(steps, key=lambda one: abs(one - wanted))


def _end(view: RunView) -> int:
    return view.run.total_steps if view.run.active else view.run.step


def _another() -> None:
    st.session_state[_PICTURE] = int(st.session_state.get(_PICTURE, 0)) + 1


def _picture(view: RunView) -> tuple[Array, str, str | None] | None:
    """Return the picture (28, 28) in 0-1, where it comes from, and its true class where that is known."""
    data = view.run.data or "mnist"
    if data == "mnist":
        drawing = digit_sources.open_digit(sheet())
        label = None if drawing.label is None else str(drawing.label)
        return drawing.prepared.pixels.astype(np.float32), drawing.origin, label
    try:
        test = load_images(data, "test")
    except NotHere:
        return None
    place = int(st.session_state.get(_PICTURE, 0)) % len(test)
    name = test.classes[int(test.labels[place])]
    return test.images[place].astype(np.float32) / 255, f"test image no. {place:,}", name


def _look(view: RunView, step: int, pixels: bytes) -> Snapshot | None:
    """Return the answer of the network of a checkpoint, or None where its weights were deleted to save space."""
    run = view.run
    try:
        return _looked(str(current_runner().store.folder), run.id, run.created, step, pixels)
    except NoNetwork:
        return None


@lru_cache(maxsize=1024)
def _looked(_folder: str, run: str, _created: float, step: int, pixels: bytes) -> Snapshot:
    store = current_runner().store
    record = store.get(run)
    if record is None:
        raise NoNetwork("This run is not there any more.")
    return take_snapshot(network_at(store, record, step), np.frombuffer(pixels, np.float32).reshape(28, 28))


def _show_reading(pixels: Array, moment: Snapshot, step: int, names: list[str], origin: str, label: str | None) -> None:
    best = int(moment.probabilities.argmax())
    truth = "" if label is None else f" True: {label}."
    lines = [f"after update {step:,}.{truth}", origin[:1].upper() + origin[1:]]
    show_read_picture(pixels, f"{names[best]}, {percent(float(moment.probabilities[best]))}", lines, 84)


def _show_filters(moment: Snapshot, limit: float) -> None:
    if moment.filters is None:
        st.caption("This network reads rows. It has no filters that look like pictures: its weights mix every row "
                   "with what it remembers.")  # fmt: skip
        return
    shown = moment.filters[:FILTERS]
    small = shown.shape[-1] < 14
    picture = tile(shown.repeat(2, 1).repeat(2, 2) if small else shown, limit=limit)
    many = f"{len(shown)} of {len(moment.filters)}" if len(moment.filters) > len(shown) else str(len(shown))
    kind = "filters" if small else "units"
    size = f"{shown.shape[1]} x {shown.shape[2]} weights each"
    gallery(
        [
            Picture(
                picture,
                f"{many} {kind} of {moment.layer}",
                f"{size}; blue below zero, red above, one scale",
                palette=DIVERGING,
                signed=True,
            )
        ],
        "train-filters",
    )
