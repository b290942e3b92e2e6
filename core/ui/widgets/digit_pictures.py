"""Pictures of what happens to a digit: on its way to the network, and inside it."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.images.pictures import encode_data_url
from core.figures.maps import tile
from core.figures.palette import colour_grey
from core.inspection.images.forward import LayerOutput
from core.ui.components.maps.maps import LayerMaps, maps
from core.ui.state.drawing import Drawing
from core.ui.widgets.gallery import Picture, gallery

_STAGE_HEIGHT = 112
_STYLE = """<style>
.read { display: flex; gap: 1rem; align-items: center; min-height: 84px; }
.read img { flex: none; image-rendering: pixelated; border: 1px solid #8a949e; border-radius: 3px; }
.read .says { font-size: 1.5rem; font-weight: 600; line-height: 1.25; } .read p { margin: .15rem 0 0 0; }
@media (max-width: 640px) { .read { gap: .6rem; } .read .says { font-size: 1.2rem; } .read p { font-size: .85rem; } }
</style>"""


def show_read_picture(pixels: NDArray[np.float32], headline: str, lines: Sequence[str], side: int) -> None:
    """Show a picture that a network reads, `side` pixels wide, with the answer beside it and lines of text below."""
    picture = encode_data_url(np.ascontiguousarray(colour_grey(pixels)))
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(
        f'{_STYLE}<div class="read" role="status"><img src="{picture}" width="{side}" height="{side}" '
        'alt="the picture that is read">'
        f'<div><span class="says">{escape(headline)}</span>{text}</div></div>'
    )


def show_stages(drawing: Drawing) -> None:
    """Show every stage of the preparation as a strip in the container `stages`."""
    st.header(
        "From your drawing to 28 x 28",
        help="The networks learnt from digits prepared the way MNIST was made, so yours is prepared like them.",
    )
    images = []
    for number, stage in enumerate(drawing.prepared.stages, 1):
        height, width = stage.image.shape
        shown = max(24, min(220, round(_STAGE_HEIGHT * width / height)))
        images.append(Picture(colour_grey(stage.image), f"{number}. {stage.name}", stage.note, max(shown, 112)))
    gallery(images, key="stages")


def show_feature_maps(layers: Sequence[LayerOutput]) -> None:
    """Show what every layer of the CNN makes of the digit, one picture a layer, in `feature-maps`."""
    st.header(
        "What each layer of the CNN sees",
        help="Every small picture is one channel. Blue is below zero, red is above, zero is as pale as the page; "
        "the strongest colour is the largest magnitude in that layer.",
    )
    images = []
    for layer in layers:
        if layer.kind == "Flatten":
            continue
        shape = " x ".join(str(size) for size in layer.output.shape)
        trained = f", {layer.parameters:,} parameters" if layer.parameters else ""
        spread = f"{layer.output.min():.2f} to {layer.output.max():.2f}"
        images.append(LayerMaps(tile(layer.output), f"{layer.name}: {shape}", f"{layer.kind}{trained}; {spread}"))
    with st.container(key="feature-maps"):
        maps(images, key="feature-maps-pictures")
