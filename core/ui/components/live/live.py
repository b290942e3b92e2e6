"""A network at work in the browser while the pen is down: what it is told. The work itself is in the modules."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from core.figures.palette import colour_grey
from core.figures.probabilities import STYLE
from core.ui.components.component import component
from core.ui.components.encoding import base64_of, diverging_palette

# Without the module the page stays as it was, so nothing is said in its place.
_show = component("live", missing="", css=STYLE.removeprefix("<style>").removesuffix("</style>"))

# The view lies over the answers and is seen while they are covered; `data-live` is set by live.js.
_OVER = """<style>
.st-key-{over} {{ position: relative; }}
.st-key-{over} > div:has(> .st-key-{key}) {{ position: absolute; inset: 0; visibility: hidden; pointer-events: none; }}
.st-key-{over}[data-live] > div {{ visibility: hidden; }}
.st-key-{over}[data-live] > div:has(> .st-key-{key}) {{ visibility: visible; }}
</style>"""


@dataclass(frozen=True)
class LiveNetwork:
    """A network for the browser.

    Attributes:
        address: where its file is (`core.ui.components.serving.publish`), in the format that
            `core.inspection.images.serialisation` describes.
        title: how people call it.
        classes: names of its outputs.
        colour: of its bars, as CSS.
    """

    address: str
    title: str
    classes: Sequence[str]
    colour: str


def show_network(
    network: LiveNetwork, pixels: ArrayLike, *, over: str | None = None, canvas: str = "canvas", key: str = "live"
) -> None:
    """Show a network that reads what is drawn, frame by frame and without asking the server.

    Call it after what it covers, in every run: it learns so that the server has answered.

    Args:
        network: the network.
        pixels: (28, 28) in 0-1, what the server has read; shown while the pen is up.
        over: key of the container around this call whose answers are covered while the pen is down; without one the
            view has a place of its own and is always seen.
        canvas: key of the container with the canvas that is watched.
        key: of the container that this call makes; one on a page.
    """
    with st.container(key=key):
        if over is not None:
            st.html(_OVER.format(over=over, key=key))
        _show(
            key=f"{key}-network",
            data={
                "network": network.address,
                "title": network.title,
                "classes": network.classes,
                "colour": network.colour,
                "palette": diverging_palette(),
                "pixels": base64_of(colour_grey(np.asarray(pixels, np.float32))),
                "canvas": canvas,
                "over": over,
                "run": str(time.monotonic_ns()),  # an answer is an answer, even if it is the same as before
            },
        )
