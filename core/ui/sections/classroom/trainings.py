"""The trainings of a room: who waits how long; the teacher reorders, stops, clears and holds them."""

from functools import partial

import streamlit as st

from core.classroom.badge import Badge
from core.classroom.rooms import TEACHER_NAME, Room, rooms
from core.classroom.trainings import RoomRun, clear_queue, hold, stop, trainings
from core.runs.store.database import StoreProblem
from core.runs.store.rights import TEACHER
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID, attempt, show_page_for_change
from core.ui.widgets.notice import show_page_for_notice
from core.ui.widgets.run_actions import current_runner
from core.wording import about_minutes

BEAT = 2.0
"""Seconds between two looks at the queue."""


def show_trainings(room: Room, me: Badge) -> None:
    """Show the trainings of the room; to its teacher also what can be done with them."""
    if me.teaches:
        st.session_state["class-held"] = room.held  # another tab of theirs may have changed it
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.toggle(
                "Pause everything",
                key="class-held",
                on_change=_hold,
                args=(me,),
                help="What runs pauses, what waits keeps its place; nobody else can resume it. Off: all resume.",
            )
            with st.popover("Clear the queue", icon=":material/playlist_remove:", help="Asked once."):
                st.button(
                    "Yes, stop all that wait",
                    key="class-clear-queue",
                    on_click=lambda: attempt(lambda: clear_queue(current_runner(), me.person())),
                    help="What is running continues.",
                )
    st.fragment(_live, run_every=BEAT)(me, room.held)


def _hold(me: Badge) -> None:
    attempt(lambda: hold(current_runner(), me.person(), bool(st.session_state["class-held"])))


def _live(me: Badge, held: bool) -> None:
    show_page_for_notice(SAID)
    try:
        show_page_for_change(me.room, held=held)
        found = trainings(current_runner().store, me.room)
        names = {member.id: member.nickname for member in rooms().members(me.room)} | {TEACHER: TEACHER_NAME}
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    if not found:
        st.info("Nobody in the room is training anything. “Train” starts a run.", icon=":material/hourglass_empty:")
        return
    for one in found:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"class-run-{one.run}"):
            st.markdown(
                f"**{plain(names.get(one.member, 'gone'))}**: {plain(one.title)}, {_where(one)}", width="stretch"
            )
            if me.teaches:
                _buttons(one, me)


def _where(one: RoomRun) -> str:
    if not one.waits:
        left = f", {about_minutes(one.seconds)} left" if one.seconds is not None else ""
        return f"{one.status}{left}"
    if one.place is None:
        return "held"
    return f"place {one.place + 1}" + (f", starts in {about_minutes(one.seconds)}" if one.seconds is not None else "")


def _buttons(one: RoomRun, me: Badge) -> None:
    runner = current_runner()
    store = runner.store
    for label, name, words, on, action in (
        ("First", "first", "Its turn comes next.", one.waits, lambda: store.set_turn(one.run, -1, me.person())),
        ("Last", "last", "All others come before it.", one.waits, lambda: store.set_turn(one.run, 1, me.person())),
        ("Stop", "stop", "End it; what it learnt is kept.", True, lambda: stop(runner, me.person(), one)),
    ):
        key = f"class-{name}-{one.run}"
        st.button(label, key=key, help=words, disabled=not on, on_click=partial(attempt, action))
