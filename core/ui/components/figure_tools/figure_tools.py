"""The buttons of a Plotly figure: PNG, SVG, and the figure alone for a room; and what is clicked or drawn in it.

Streamlit reports selections in a plane only, and no clicks in space.
"""

import io
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from core.ui.components.component import component
from core.ui.components.serving import publish

_show = component("figure_tools", missing="")
FRAMES = 30
"""Frames a second with which a figure shall turn."""
THEMES = ("Light", "Dark")
_MOST = 64
"""Boxes that are read from one message."""


@dataclass(frozen=True)
class Clicked:
    """A point that was clicked: the number of its trace, and its place in it; (row, column) in a heat map or surface.

    The browser's word: whoever uses it looks whether there is such a point.
    """

    trace: int
    place: int | tuple[int, int]


@dataclass(frozen=True)
class Pictures:
    """Small pictures that are shown where a point is pointed at, all in one file: the address of it, and its grid.

    Which of them belongs to a point is in the point's `customdata`.
    """

    address: str
    side: int
    columns: int

    @classmethod
    def of(cls, images: NDArray[np.uint8]) -> "Pictures":
        """Publish grey pictures (N, side, side) of 0-255 as one file."""
        count, side, _ = images.shape
        columns = math.ceil(math.sqrt(count))
        sheet = np.zeros((math.ceil(count / columns) * columns, side, side), np.uint8)
        sheet[:count] = images
        rows = sheet.reshape(-1, columns, side, side).swapaxes(1, 2).reshape(-1, columns * side)
        file = io.BytesIO()
        Image.fromarray(rows).save(file, "PNG")
        return cls(publish(file.getvalue()), side, columns)


Box = tuple[float, float, float, float]
"""A box that was drawn in a figure: left, right, foot and top."""


def figure_tools(
    *,
    key: str,
    container: str,
    file: str,
    presented: bool,
    low: bool,
    on_present: Callable[[bool], None],
    on_theme: Callable[[str], None],
    on_low: Callable[[bool], None],
    on_click: Callable[[Clicked], None] | None = None,
    on_brush: Callable[[tuple[Box, ...]], None] | None = None,
    on_slow: Callable[[float], None] | None = None,
    pictures: Pictures | None = None,
) -> None:
    """Show the buttons.

    Args:
        key: of the component.
        container: key of the container in which the figure lies.
        file: name of the pictures, without ending.
        presented: whether the figure is shown alone.
        low: whether it is drawn for a screen that is wide and low.
        on_present: told whether it shall be.
        on_theme: told which theme is shown now, where it is another than the figure was drawn in.
        on_low: told whether the screen is low, where it is presented and drawn for another.
        on_click: told what was clicked, before the page runs again; None if nothing can be.
        on_brush: told all boxes that were drawn in it; None if none can be.
        on_slow: told once how many frames a second the browser draws, if it turns the figure with fewer than 30.
        pictures: shown where a point is pointed at.
    """

    def sent(name: str) -> Any:
        return getattr(st.session_state.get(key), name, None)

    def presented_changed() -> None:
        if isinstance(sent("present"), bool):
            on_present(sent("present"))

    def theme_changed() -> None:
        if sent("theme") in THEMES:
            on_theme(sent("theme"))

    def low_changed() -> None:
        if isinstance(sent("low"), bool):
            on_low(sent("low"))

    def clicked() -> None:
        found = read_click(sent("click"))
        if found is not None and on_click is not None:
            on_click(found)

    def brushed() -> None:
        found = read_boxes(sent("brush"))
        if found is not None and on_brush is not None:
            on_brush(found)

    def slow() -> None:
        frames = sent("slow")
        if on_slow is not None and isinstance(frames, (int, float)) and 0 < frames < FRAMES:
            on_slow(float(frames))

    data = {
        "container": container,
        "file": file,
        "presented": presented,
        "low": low,
        "clicks": on_click is not None,
        "brushes": on_brush is not None,
        "frames": FRAMES if on_slow is not None else 0,
        "pictures": None if pictures is None else asdict(pictures),
    }
    _show(
        key=key,
        data=data,
        on_present_change=presented_changed,
        on_theme_change=theme_changed,
        on_low_change=low_changed,
        on_click_change=clicked,
        on_brush_change=brushed,
        on_slow_change=slow,
        width="content",
        height="content",
    )


def read_click(sent: Any) -> Clicked | None:
    """Return what was clicked, or None for what no browser of ours sends."""
    match sent:
        case {"trace": trace, "place": [row, column]} if _count(trace) and _count(row) and _count(column):
            return Clicked(trace, (row, column))
        case {"trace": trace, "place": place} if _count(trace) and _count(place):
            return Clicked(trace, place)
    return None


def read_boxes(sent: Any) -> tuple[Box, ...] | None:
    """Return the boxes that were drawn, each in order, or None for what no browser of ours sends."""
    if not isinstance(sent, list) or len(sent) > _MOST or not all(map(_four_numbers, sent)):
        return None
    return tuple(
        (float(min(left, right)), float(max(left, right)), float(min(foot, top)), float(max(foot, top)))
        for left, right, foot, top in sent
    )


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _four_numbers(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(isinstance(one, (int, float)) and not isinstance(one, bool) and math.isfinite(one) for one in value)
    )
