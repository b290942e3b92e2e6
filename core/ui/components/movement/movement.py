"""A recurrent network that follows the pen in the browser: what it is told. The work itself is in the modules."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from core.data.pen.path import PenPath
from core.ui.components.component import component
from core.ui.components.encoding import diverging_palette

_KEY = "movement"
_show = component("movement")


@dataclass(frozen=True)
class Follower:
    """A network for the browser.

    Attributes:
        network: address of its file (`core.inspection.pen.serialisation`).
        title: how people call it.
        classes: names of its outputs.
    """

    network: str
    title: str
    classes: Sequence[str]


@dataclass(frozen=True)
class OnSheet:
    """What is on the sheet, so that the path in the browser fits it (`core.ui.state.drawing`).

    Attributes:
        sheet: tells it from other sheets.
        drawing: tells the drawing from others.
        strokes: that a person has drawn; None where it is not known how.
        version: of what the server has laid on the sheet.
        none: said where there is no movement.
        known: whether it is something that the network has learnt to name; otherwise it says what it would choose.
    """

    sheet: str
    drawing: int
    strokes: int | None
    version: int
    none: str
    known: bool


@dataclass(frozen=True)
class Experiment:
    """A button that sends the path: its name, what it says, what it does."""

    name: str
    label: str
    help: str


def follow_pen(
    follower: Follower,
    on_sheet: OnSheet,
    side: float,
    *,
    ask: str,
    experiments: Sequence[Experiment],
    on_try: Callable[[object, object], None],
    replay: tuple[int, PenPath] | None = None,
    canvas: str = "canvas",
    spared: Sequence[str] = ("pad-tools", "prediction"),
) -> None:
    """Show what a recurrent network makes of the movement of the pen, step by step and without asking the server.

    Args:
        follower: the network.
        on_sheet: what is on the sheet.
        side: of the canvas, pixels.
        ask: a sentence above the buttons.
        experiments: buttons.
        on_try: called before the page runs again with the name of the button that was clicked and with the path, a list
            of strokes of points [x, y, milliseconds]; both as the browser sent them, unchecked.
        replay: a path that is drawn on the canvas once, and a number that tells it from the one before.
        canvas: key of the container with the canvas that is watched.
        spared: keys of what the strip does not cover either while it is kept in sight below the canvas.
    """
    data = {
        **asdict(follower),
        **asdict(on_sheet),
        "classes": list(follower.classes),
        "side": side,
        "canvas": canvas,
        "spared": [canvas, *spared],
        "palette": diverging_palette(),
        "ask": ask,
        "experiments": [asdict(experiment) for experiment in experiments],
        "replay": replay and {"id": replay[0], "strokes": _as_lists(replay[1])},
    }

    def tried() -> None:
        sent = getattr(st.session_state.get(_KEY), "tried", None)
        if isinstance(sent, dict):
            on_try(sent.get("name"), sent.get("strokes"))

    _show(key=_KEY, data=data, on_tried_change=tried)


def _as_lists(path: PenPath) -> list[list[list[Any]]]:
    return [
        [[x, y, moment] for (x, y), moment in zip(stroke.tolist(), moments.tolist(), strict=True)]
        for stroke, moments in zip(path.strokes, path.times, strict=True)
    ]
