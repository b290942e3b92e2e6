"""The room itself: the way in, who is there, and its end."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from core.classroom.badge import Badge
from core.classroom.invitation import Invitation, invitation, qr_code
from core.classroom.rooms import OUT, Member, Room, rooms
from core.runs.store.database import StoreProblem
from core.ui.components.serving import prefix
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID, attempt, switch
from core.ui.state.person import person, room_is_over_here, taken_out_here
from core.ui.widgets.notice import say, show_page_for_notice

BEAT = 2.0
"""Seconds between two looks at who is there."""

_STYLE = """<style>
.way-in { display: inline-block; padding: .55rem 1.1rem; margin: 0 .6rem .6rem 0; border-radius: .5rem;
  font-weight: 600; text-decoration: none; color: inherit !important;
  border: 2px solid var(--st-primary-color, #00568a); }
.way-in.first { background: var(--st-primary-color, #00568a); color: #fff !important; }
.invitation { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: center; }
.invitation img { width: min(22rem, 80vw); height: auto; border-radius: .5rem; background: #fff; }
.invitation .address { font-size: clamp(1.2rem, 3.2vw, 2.2rem); font-weight: 600; overflow-wrap: anywhere; }
.invitation .code { font-size: clamp(2.6rem, 9vw, 6rem); font-weight: 800; letter-spacing: .12em; line-height: 1.1; }
.members { display: flex; flex-wrap: wrap; gap: .35rem; }
.members span { padding: .1rem .6rem; border: 1px solid #8a949e88; border-radius: 1rem; overflow-wrap: anywhere; }
</style>"""


def show_outside() -> None:
    """Show how to get into a room."""
    if taken_out_here():
        st.warning(OUT, icon=":material/door_front:")
    elif room_is_over_here():
        st.info("The room that you were in is closed.", icon=":material/door_front:")
    st.markdown(
        "A teacher opens a room, and the class joins it with a code: no account, no e-mail, only a nickname. Then "
        "everybody's drawings hang on one wall, and all can vote on what a network will say before it does."
    )
    base = escape(prefix())
    st.html(
        f'{_STYLE}<a class="way-in first" href="{base}/room/join" target="_self">Join a room</a>'
        f'<a class="way-in" href="{base}/room/open" target="_self">Open a room (teacher)</a>'
    )
    st.caption("Everything else works without a room; only this page stays empty.")


def show_room(room: Room, me: Badge) -> None:
    """Show the room to its teacher, or to a member."""
    if me.teaches:
        _invite(room)
        st.fragment(_members, run_every=BEAT)(me)
        _offer_end(room)
    else:
        _member(room, me)


def _invite(room: Room) -> None:
    listens = str(st.get_option("server.address") or "")
    how = invitation(room.code, st.context.url or "", listens, int(st.get_option("server.port")), prefix())
    st.html(_STYLE + _invitation_html(how, room.code))
    if not how.reachable:
        st.warning(
            "This server answers on this machine only. Start it with `--server.address 0.0.0.0` and others can join.",
            icon=":material/wifi_off:",
        )
    st.caption(f"The room ends by itself at {_clock(room.expires)}; all that was made in it, runs too, goes with it.")


def _invitation_html(how: Invitation, code: str) -> str:
    return (
        f'<div class="invitation"><img src="{qr_code(how.link)}" alt="QR code of {escape(how.link)}">'
        f'<div><div>Scan, or open</div><div class="address">{escape(how.address)}</div><div>and type</div>'
        f'<div class="code">{escape(code)}</div></div></div>'
    )


def _members(me: Badge) -> None:
    """Show the teacher who is there, and let them lock the door, and take people out."""
    show_page_for_notice(SAID)
    try:
        room, there, out = rooms().room(me.room), rooms().members(me.room), rooms().taken_out(me.room)
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    if room is None or not room.open:
        st.rerun()
    joined = f"{len(there)} {'has' if len(there) == 1 else 'have'} joined" if there else "Nobody has joined yet."
    st.markdown(f"**{joined}**")
    if room.shut:
        st.caption("The door is locked: nobody new can join.")
    names = "".join(f"<span>{escape(member.nickname)}</span>" for member in there)
    st.html(f'{_STYLE}<div class="members">{names}</div>')
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Unlock the door" if room.shut else "Lock the door",
            icon=":material/lock_open:" if room.shut else ":material/lock:",
            key="class-door",
            on_click=lambda: switch("class-door", lambda: rooms().set(me.person(), shut=not room.shut)),
            help="Everybody with the code may join." if room.shut else "Nobody new can join; those inside stay.",
        )
        if there:
            _offer_to_take_out(me, there)
        for member in out:
            st.button(
                f"Let {plain(member.nickname)} in again",
                icon=":material/undo:",
                key=f"class-let-in-{member.id}",
                on_click=partial(attempt, partial(rooms().let_in, me.person(), member.id)),
                help="You have taken them out; what they made here is gone.",
            )


def _offer_to_take_out(me: Badge, there: Sequence[Member]) -> None:
    names = {member.id: member.nickname for member in reversed(there)}
    with st.popover("Take somebody out", icon=":material/person_remove:", help="Somebody who disrupts the lesson."):
        chosen = st.pills(
            "Who?",
            list(names),
            selection_mode="multi",
            format_func=lambda one: plain(names.get(one, "")),
            key="class-out",
            help="The latest to join come first.",
        )
        st.caption("Their drawings, sentences, votes and runs in this room are deleted.")
        st.button(
            "Take them out",
            key="class-take-out",
            type="primary",
            disabled=not chosen,
            on_click=_take_out,
            args=(me, names),
            help="They can come back only if you let them in again.",
        )


def _take_out(me: Badge, names: Mapping[str, str]) -> None:
    chosen = [one for one in st.session_state["class-out"] if one in names]
    st.session_state["class-out"] = []
    attempt(lambda: rooms().take_out(me.person(), chosen))
    if chosen and SAID not in st.session_state:
        gone = ", ".join(names[one] for one in chosen)
        say(
            SAID,
            f"{gone}: taken out. Another browser with the code is a new person; a locked door keeps them out.",
        )


def _offer_end(room: Room) -> None:
    with st.popover("Close the room", icon=":material/door_front:", help="For everybody; you are asked once."):
        keep = st.checkbox("Keep the runs that were trained here", key="class-keep-runs", help="And our data set, too.")
        runs = "" if keep else ", and all runs that were trained here, yours too"
        st.markdown(f"Everybody leaves. Deleted are drawings, votes, names and symbols{runs}.")
        if st.button("Yes, close it", key="class-close", type="primary", help="This cannot be undone."):
            try:
                rooms().close(person(), keep_runs=keep)
                say(SAID, f"The room {room.code} is closed.")
            except StoreProblem as problem:
                say(SAID, str(problem))
            st.rerun()


def _member(room: Room, me: Badge) -> None:
    st.markdown(f"You are in room **{room.code}** as **{plain(me.nickname)}**, until {_clock(room.expires)} at most.")
    word = next((one.word for one in rooms().members(room.id) if one.id == me.member), "")
    if word:
        st.caption(f"On another device, this nickname and the return word **{word}** let you in as the same person.")
    st.html(f'{_STYLE}<a class="way-in" href="{escape(prefix())}/room/leave" target="_self">Leave the room</a>')


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M", time.localtime(seconds))
