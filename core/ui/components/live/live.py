"""The network at work in the browser while the pen is down: what it is told. The work itself is in the scripts."""

import base64
import time
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike
from torch import nn

from core.figures.palette import DIVERGING, colour_grey, colour_of
from core.figures.probabilities import STYLE, bars
from core.inspection.images.forward import probabilities_of
from core.inspection.images.serialisation import NotSerialisable, serialise
from core.inspection.networks import Choice
from core.ui.components.concatenated import loader
from core.ui.components.live.serving import publish, published, script_address
from core.ui.plain_text import plain

_HERE = Path(__file__).parent

_LIVE = st.components.v2.component(
    "live-network",
    html='<div class="live"></div>\n<!-- filled by live.js -->',
    css=STYLE.removeprefix("<style>").removesuffix("</style>") + (_HERE / "live.css").read_text("utf-8"),
    js=loader(script_address(), missing=""),  # without it the page stays as it was
)

# The view lies over the answers and is seen while they are covered; `data-live` is set by live.js.
_OVER = """<style>
.st-key-{over} {{ position: relative; }}
.st-key-{over} > div:has(> .st-key-{key}) {{ position: absolute; inset: 0; visibility: hidden; pointer-events: none; }}
.st-key-{over}[data-live] > div {{ visibility: hidden; }}
.st-key-{over}[data-live] > div:has(> .st-key-{key}) {{ visibility: visible; }}
</style>"""

_files: WeakKeyDictionary[nn.Module, str] = WeakKeyDictionary()


def show_live(
    choice: Choice,
    pixels: ArrayLike,
    *,
    over: str | None = None,
    canvas: str = "canvas",
    key: str = "live",
) -> None:
    """Show a network reading what is drawn, in the browser and without asking the server, in the container `key`.

    Call it after what it covers, in every run: it learns so that the server has answered.
    A network with a layer that the browser does not know answers after the stroke.

    Args:
        choice: the network.
        pixels: (28, 28) in 0-1, what the server has read; shown while the pen is up.
        over: key of the container around this call whose answers are covered while the pen is down; without one the
            view has a place of its own and is always seen.
        canvas: key of the container with the canvas that is watched.
        key: of the container; one on a page.
    """
    names = list(choice.classes)
    colour = colour_of(choice.name)
    try:
        address = _address(choice.network)
    except NotSerialisable as problem:
        if over is None:
            with st.container(key=key):
                title = plain(choice.title)
                st.caption(f"{problem} The browser cannot compute that: {title} answers after the stroke.")
                st.html(STYLE + bars(probabilities_of(choice.network, pixels), colour, names))
        return
    with st.container(key=key):
        if over is not None:
            st.html(_OVER.format(over=over, key=key))
        _LIVE(
            key=f"{key}-network",
            data={
                "network": address,
                "title": choice.title,
                "classes": names,
                "colour": colour,
                "palette": _palette(),
                "pixels": _base64(colour_grey(np.asarray(pixels, np.float32))),
                "canvas": canvas,
                "over": over,
                "run": str(time.monotonic_ns()),  # an answer is an answer, even if it is the same as before
            },
        )


def _address(network: nn.Module) -> str:
    """Return where the browser finds the network; it is written down once, and again when it was forgotten."""
    address = _files.get(network)
    if address is None or not published(address):
        address = _files[network] = publish(serialise(network))
    return address


@cache
def _palette() -> str:
    return _base64(DIVERGING)


def _base64(bytes_: np.ndarray) -> str:
    return base64.b64encode(bytes_.tobytes()).decode()
