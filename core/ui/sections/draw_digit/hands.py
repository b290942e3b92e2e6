"""How other people write: hands of real people that can be drawn on the canvas again, stroke by stroke."""

from functools import cache
from itertools import count

import numpy as np
import streamlit as st

from core.data.images.digits import prepare
from core.data.images.pictures import encode_data_url
from core.data.pen.drawing import draw_strokes
from core.data.pen.hands import hands_of
from core.data.pen.path import PenPath, place
from core.data.pen.unipen import Character
from core.figures.palette import colour_grey
from core.inspection.pen.reading import DIGITS
from core.ui.components.pick.pick import Item, pick
from core.ui.state.drawing import SIDE, Drawing, Sheet

_REPLAY = "hand-replay"
_numbers = count(1)


def wanted() -> tuple[int, PenPath] | None:
    """Return the path that was last chosen to be drawn on the canvas, and its number."""
    replay: tuple[int, PenPath] | None = st.session_state.get(_REPLAY)
    return replay


def show_hands(sheet: Sheet) -> None:
    """Show one digit in the hands of people whom no network learnt from; a click has it drawn on the canvas."""
    st.header(
        "How other people write",
        help="Digits that 20 people wrote with a pen (UNIPEN, International Unipen Foundation 1999, CC BY 4.0). No "
        "network learnt from these people. They have numbers here; their names are not known.",
    )
    digit = st.segmented_control(
        "Digit", DIGITS, default="7", key="hands-digit", required=True, label_visibility="collapsed"
    )
    shown = hands_of(digit or "7")
    pick(
        _items(digit or "7"),
        key="hands",
        chosen=None,
        on_pick=lambda at: draw_again(sheet, shown[at]),
    )
    st.caption("Click one: it is drawn on the sheet stroke by stroke, and both networks watch.")


def draw_again(sheet: Sheet, character: Character) -> None:
    """Clear the sheet and have the browser draw a character on it as it was written."""
    sheet.replace(Drawing(prepare(np.zeros((28, 28))), origin=f"hand {character.writer}"))
    st.session_state[_REPLAY] = (next(_numbers), place(character.strokes, SIDE))


@cache
def _items(digit: str) -> list[Item]:
    """Return the hands of a digit; with every stroke of everybody they are shown again."""
    return [
        Item(encode_data_url(_picture(one)), f"Hand {one.writer}", id=f"{digit}-{number}")
        for number, one in enumerate(hands_of(digit))
    ]


def _picture(character: Character) -> np.ndarray:
    return colour_grey(draw_strokes(character.strokes, 0.08, side=96).astype(np.float32) / np.float32(255))
