"""The maps of layers as pictures with captions, painted by the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.ui.components.component import component
from core.ui.components.encoding import diverging_palette, pixels_of

_show = component("maps")


@dataclass(frozen=True, eq=False)
class LayerMaps:
    """All maps of a layer: a picture (H, W) of places in `core.figures.palette.DIVERGING`, a title, a caption."""

    picture: NDArray[np.uint8]
    title: str
    caption: str


def maps(layers: Sequence[LayerMaps], *, key: str) -> None:
    """Show the maps of layers, a picture a layer, side by side where there is room."""
    shown = [{**pixels_of(one.picture), "title": one.title, "caption": one.caption} for one in layers]
    _show(key=key, data={"layers": shown, "palette": diverging_palette()})
