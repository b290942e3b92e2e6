"""Class: a room that a class joins by a code; its wall, its votes, and what is trained there."""

import streamlit as st

from core.classroom.rooms import rooms
from core.runs.store.database import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.classroom.room import show_outside, show_room
from core.ui.state.person import member_here

if st.session_state.get("class-said"):
    st.info(plain(st.session_state.pop("class-said")), icon=":material/info:")
try:
    me = member_here()
    room = rooms().room(me.room) if me else None
    if me is None or room is None:
        show_outside()
    else:
        show_room(room, me)
except StoreProblem as problem:
    st.warning(f"{plain(str(problem))} The other pages work.", icon=":material/save:")
