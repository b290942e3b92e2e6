"""Hangs what somebody draws on the wall of their room."""

import contextlib
from collections.abc import Sequence

import streamlit as st

from core.classroom.wall import Opinion, wall
from core.inspection.images.families import Prediction
from core.inspection.images.recognition import Recognition
from core.runs.store.database import StoreProblem
from core.ui.state.drawing import Drawing
from core.ui.state.person import member_here

_SHARED = "shared-drawing"


def share_drawing(drawing: Drawing, recognition: Recognition, readings: Sequence[Prediction]) -> None:
    """Hang a drawing of a member of a room on its wall, with what the networks say, if it is another than before.

    Only what somebody has drawn by hand is shared; an empty sheet takes the last drawing down.
    """
    member = member_here()
    by_hand = drawing.picture is not None and not drawing.prepared.blank
    now = drawing.picture if by_hand else None
    if member is None or st.session_state.get(_SHARED) == now:
        return
    with contextlib.suppress(StoreProblem):  # the next stroke tries again
        if by_hand:
            answers = tuple(reading.predicted for reading in readings)
            said = Opinion(recognition.digit, readings[0].confidence, answers)
            if not wall().share(member.person(), drawing.prepared.pixels, said):
                return
        else:
            wall().take_down(member.person())
        st.session_state[_SHARED] = now
