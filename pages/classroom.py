"""Class: a room that a class joins by a code; its wall, its votes, and what is trained there."""

import streamlit as st

from core.classroom.rooms import rooms
from core.runs.store.database import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID
from core.ui.sections.classroom.data_set import show_data_set
from core.ui.sections.classroom.room import show_outside, show_room
from core.ui.sections.classroom.trainings import show_trainings
from core.ui.sections.classroom.vote import show_vote
from core.ui.sections.classroom.wall import show_wall
from core.ui.state.person import member_here
from core.ui.widgets.notice import show_notice
from core.ui.widgets.sections import choose_section

SECTIONS = {
    "Room": show_room,
    "Wall": show_wall,
    "Vote": show_vote,
    "Data set": show_data_set,
    "Trainings": show_trainings,
}

show_notice(SAID)
try:
    rooms().close_expired()
    me = member_here()
    room = rooms().room(me.room) if me else None
    if me is None or room is None or not room.open:
        show_outside()
    else:
        section = choose_section("Section", list(SECTIONS), key="class-section", help="What to do in the room.")
        SECTIONS[section](room, me)
except StoreProblem as problem:
    st.warning(f"{plain(str(problem))} The other pages work.", icon=":material/save:")
