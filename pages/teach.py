"""Teach it your own: a network that reads digits learns symbols of one's own from a few drawings of each."""

import streamlit as st

from core.classroom.symbols import symbol_set
from core.runs.store.database import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.teach.attempt import changed, show_said
from core.ui.sections.teach.drawings import show_drawings
from core.ui.sections.teach.lesson import LEARNT, SECTION, current_lesson, show_lesson
from core.ui.sections.teach.names import choose_names, show_beginning, wait_for_names
from core.ui.sections.teach.owner import choose_desk
from core.ui.sections.teach.pad import show_pad
from core.ui.widgets.sections import choose_section

SECTIONS = ("The drawings", LEARNT)

st.markdown(
    "Five drawings of each are enough to teach a network new symbols, if it has already learnt to see. The CNN keeps "
    "what it learnt from digits, and only its last layer learns **yours**; beside it, the same network starts from "
    "scratch."
)

changed()  # all of it is shown anew in any case
try:
    desk = choose_desk()
    now = symbol_set(desk.owner)
    choose_names(desk, now)
    if now.names:
        lesson = current_lesson(now)
        show_pad(desk, now.names, lesson)
        section = choose_section(
            "What to look at", SECTIONS, key=SECTION, help="What the network learns from, and what came of it."
        )
        if section == LEARNT:
            show_lesson(lesson)
        else:
            show_drawings(desk, now, lesson)
    else:
        show_said()
        show_beginning(desk)
        wait_for_names(desk)
except StoreProblem as problem:
    st.warning(f"{plain(str(problem))} The other pages work.", icon=":material/save:")
