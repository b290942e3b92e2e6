"""Pictures that can be clicked: the maps of a layer, the stations of a network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.ui.components.component import component
from core.ui.components.encoding import diverging_palette, pixels_of

_show = component("pick")


@dataclass(frozen=True)
class Item:
    """One picture, grey (H, W) or a data URL, or None; a title; a caption, which may be empty.

    A `signed` picture has places in `core.figures.palette.DIVERGING` (H, W): white is zero; the dark theme shows it
    with a dark zero. A picture without a title needs a `name` for those who do not see it. Where the pictures or their
    order change by themselves, each has an `id`: a click means what it was made on, wherever that stands by then.
    """

    picture: NDArray[np.uint8] | str | None
    title: str
    caption: str = ""
    signed: bool = False
    name: str = ""
    id: str = ""


def pick(
    items: Sequence[Item],
    *,
    key: str,
    chosen: int | None,
    on_pick: Callable[[int], None],
    side: int = 56,
    wide: bool = False,
) -> None:
    """Show pictures as buttons; a click calls `on_pick` with the number of the picture before the page runs again.

    Args:
        items: what is shown.
        key: of the component.
        chosen: number of the picture that is marked, or None.
        on_pick: told which was clicked; numbers that are not on show, and pictures that are gone, never reach it.
        side: width of a picture on screen, CSS pixels.
        wide: buttons as cards that share the width, with captions.

    Raises:
        ValueError: a picture has neither title nor name.
    """
    if not all(item.title or item.name for item in items):
        raise ValueError(f"In {key} a picture that can be clicked has no name.")
    data = {
        "items": [
            {
                "picture": pixels_of(item.picture) if isinstance(item.picture, np.ndarray) else item.picture,
                "title": item.title,
                "caption": item.caption,
                "signed": item.signed,
                "name": item.name,
                "id": item.id,
            }
            for item in items
        ],
        "palette": diverging_palette(),
        "chosen": chosen,
        "side": side,
        "wide": wide,
    }
    ids = [item.id for item in items]
    _show(key=key, data=data, on_picked_change=partial(pass_on, key, len(items), on_pick, ids if any(ids) else None))


def pass_on(key: str, count: int, on_pick: Callable[[int], None], ids: Sequence[str] | None = None) -> None:
    """Pass on what the browser sent as `picked`, if it is the number of one of `count` things on show, or its id."""
    number = getattr(st.session_state.get(key), "picked", None)
    if ids is not None:
        if isinstance(number, str) and number in ids:
            on_pick(ids.index(number))
        return
    if isinstance(number, bool) or not isinstance(number, int | float) or not float(number).is_integer():
        return
    if 0 <= number < count:
        on_pick(int(number))
