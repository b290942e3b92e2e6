"""The movement of the pen, read beside the picture: a recurrent network follows the pen while it draws."""

import streamlit as st

from core.inspection.pen.reading import DIGITS
from core.ui.components.movement.movement import Follower, OnSheet, follow_pen
from core.ui.sections.draw_digit import hands
from core.ui.sections.draw_digit.experiments import BUTTONS, run_experiment, show_result
from core.ui.sections.draw_digit.readers import address_of, choose_reader
from core.ui.state.drawing import SIDE, Drawing, Sheet

_NO_STROKES = "A chosen or uploaded picture has no movement. Draw on the sheet, and this network follows your pen."
_FORGOTTEN = "How the pen moved is not known here. Clear the sheet and draw."


def show_movement(sheet: Sheet, digit: bool) -> None:
    """Show what a recurrent network makes of the movement, and experiments with it.

    Args:
        sheet: what is drawn on.
        digit: whether a digit is on it; otherwise a reader of digits only says what it would choose.
    """
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        st.header(
            "The movement of your pen",
            width="content",
            help="The CNN sees the finished picture. This network gets the steps of the pen, one after the other: how "
            "far to the right, how far down, on the paper or in the air. A column is a step: above, the probabilities "
            "of the answers if the pen stopped there; below, the numbers of its state, blue below zero and red above.",
        )
        reader = choose_reader()
    drawing = sheet.drawings[-1]
    known = digit or tuple(reader.classes) != DIGITS  # whoever learnt letters is not judged by what is no digit
    follow_pen(
        Follower(address_of(reader.network), reader.title, reader.classes),
        OnSheet(sheet.number, drawing.number, drawing.strokes, sheet.version, _none(drawing), known),
        SIDE,
        ask="Change the movement and leave the picture alone, or the other way round: who notices?",
        experiments=BUTTONS,
        on_try=lambda name, sent: run_experiment(sheet, reader, name, sent),
        replay=hands.wanted(),
    )
    show_result(sheet)


def _none(drawing: Drawing) -> str:
    if drawing.picture is not None:
        return _FORGOTTEN
    return "Draw, and this network follows your pen." if drawing.prepared.blank else _NO_STROKES
