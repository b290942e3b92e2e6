"""The loss around the weights where a training ended, as a surface to turn, with the way that led there."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
import torch
from torch import nn

from core.figures.interactive.loss_surface import loss_surface
from core.figures.percent import percent
from core.inspection.images.landscape import GRID, PICTURES, Directions, LossLandscape
from core.inspection.images.shared_landscapes import LandscapeJob, TooManyLandscapes, landscape_of
from core.ui.plain_text import plain
from core.ui.sections.runs.examined_network import ExaminedNetwork
from core.ui.sections.runs.moments import network_of_moment, steps_of
from core.ui.widgets.figure import show_figure
from core.wording import counted

BEAT = 1.0
"""Seconds between two looks while it is computed."""
_DIRECTIONS: dict[str, Directions] = {"Along its way": "way", "Random, filter-normalised": "random"}
_MOST = 12  # moments of the way
_ROOM = 1.3  # the surface is cut off at so many times the highest loss of the way


def show_landscape(examined: ExaminedNetwork) -> None:
    """Show the landscape of a network of whose training moments are kept; it is computed once for everyone."""
    steps = steps_of(examined)
    if len(steps) < 3:
        st.info("A loss landscape needs a network of whose training at least three moments are kept.")
        return
    st.markdown(
        "The loss in a plane that cuts through all the weights; its last kept moment stands at (0, 0). "
        "**How did it get there, and how wide is the valley?**"
    )
    chosen = st.segmented_control(
        "Directions",
        list(_DIRECTIONS),
        default=next(iter(_DIRECTIONS)),
        required=True,
        key="runs-landscape-directions",
        help="The main directions of the path are its principal components. Random directions are scaled to the "
        "weights of each filter, so valleys of different networks can be compared (Li and others, 2018).",
    )
    directions = _DIRECTIONS.get(str(chosen), "way")
    try:
        job = _job(examined, steps, directions)
    except TooManyLandscapes as problem:
        st.info(str(problem))
        return
    if job.failed:
        st.warning("The landscape could not be computed: a moment of the training cannot be read any more.")
    elif job.result is None:
        st.fragment(_wait, run_every=BEAT)(job)
    else:
        _figure(examined, job.result, len(_taken(steps)))


def _taken(steps: Sequence[int]) -> list[int]:
    return [steps[place] for place in np.unique(np.linspace(0, len(steps) - 1, _MOST).round().astype(int))]


def _job(examined: ExaminedNetwork, steps: Sequence[int], directions: Directions) -> LandscapeJob:
    pictures, taken = examined.images.spread(PICTURES), _taken(steps)
    ended = examined.run.ended if examined.run else None

    def way() -> list[nn.Module]:
        return [network_of_moment(examined, step) for step in taken]

    return landscape_of(
        f"{examined.choice.name} {ended} {taken} {pictures.source}",
        way,
        torch.from_numpy(pictures.images.copy()).unsqueeze(1).float() / 255,
        torch.from_numpy(pictures.labels.copy()),
        directions,
    )


def _wait(job: LandscapeJob) -> None:
    if job.result is not None or job.failed:
        st.rerun()
    st.progress(min(1.0, job.share), f"Measuring the loss at {GRID * GRID:,} places ...")


def _figure(examined: ExaminedNetwork, found: LossLandscape, moments: int) -> None:
    pictures = min(PICTURES, len(examined.images))
    if not np.isfinite(found.losses).all() or not np.isfinite(found.way_losses).all():
        st.info("This network's losses are not numbers: its training has diverged, so there is no landscape to show.")
        return
    ceiling = max(0.1, _ROOM * float(found.way_losses.max()))
    begin, end = float(found.way_losses[0]), float(found.way_losses[-1])
    show_figure(
        loss_surface(found.first, found.second, found.losses, [("its way", found.places, found.way_losses)], ceiling),
        name="run-landscape",
        alt=f"The loss of {examined.choice.title} over two directions as a surface. Its path leads from a loss of "
        f"{begin:.3f} to {end:.4f}.",
        height=560,
    )
    st.caption(
        f"{plain(examined.choice.title)} went from a loss of {begin:.3f} to {end:.4f}, seen at "
        f"{counted(moments, 'moment')} of its training; the plane holds {percent(found.held)} of its path. "
        f"Cross-entropy on {counted(pictures, 'picture')} that it was not trained on. Where its path leaves the plane, "
        "the line does not lie on the surface."
    )
