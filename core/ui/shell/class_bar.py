"""What a room shows on every page: where the class is and that a question waits; to the teacher a switch."""

import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from core.classroom.badge import Badge
from core.classroom.following import Place, lead_to, place_of
from core.classroom.votes import poll
from core.classroom.wall import board, forget_board
from core.runs.store.database import StoreProblem
from core.ui.page_registry import PAGES
from core.ui.shell.projector import PROJECTOR
from core.ui.state.person import member_here
from core.ui.state.presented import PRESENTED
from core.ui.state.visit import take_over
from core.ui.widgets.page_links import link_to

BEAT = 2.0
"""Seconds between two looks."""
CLASS = "classroom"
JUST_NOW = 10.0
"""Seconds after which somebody who opens a page is not taken elsewhere any more."""
_LEADER, _WAS, _REFUSED, _TAKEN = "class-leader", "class-was", "class-refused", "class-taken"
_LEAD_HELP = "Everybody in the room sees a link to your page, and to those you open next."
_TAKE_HELP = "Opens this page with its settings in every student's browser, once."
_STYLE = """<style>
.st-key-class-bar { border-radius: .5rem; padding: .15rem .8rem; background: #e69f0033; }
.st-key-class-bar p { margin: 0; }
</style>"""


def show_class_bar(address: str) -> None:
    """Show the bar to whoever is in a room; nothing to others.

    Args:
        address: path of the page that is shown.
    """
    me = member_here()
    page = next((entry.name for entry in PAGES.values() if entry.url_path == address), None)
    if me is None or page is None:
        return
    if me.teaches:
        with st.sidebar:
            st.fragment(_lead, run_every=BEAT)(me, page)
    else:
        st.fragment(_follow, run_every=BEAT)(me, page)


def _lead(me: Badge, page: str) -> None:
    """Let the teacher lead the class with this page, and say so where another of their pages does.

    Whichever was used last leads: opened, or given other settings.
    """
    if member_here() is None:
        st.rerun()
    with contextlib.suppress(StoreProblem):
        now = board(me.room)
        if now is None:
            return
        here, kept = _here(page), place_of(now.room)
        used, st.session_state[_WAS] = not here.same_as(st.session_state.get(_WAS)), here
        if used:
            st.session_state.pop(_REFUSED, None)
            if kept is not None and (here.leader != kept.leader or not here.same_as(kept)):
                _lead_to(me, here)
                kept = kept if _REFUSED in st.session_state else here
        if refused := st.session_state.get(_REFUSED):
            st.caption(refused)
        elif kept is not None and kept.leader == here.leader:
            st.markdown("**The class follows this page.**")
        elif kept is not None:
            title = PAGES[kept.page].title if kept.page in PAGES else kept.page
            st.markdown(f"**The class follows another page of yours: {title}.**")
        if kept is None or kept.leader != here.leader:
            label = "Let the class follow me" if kept is None else "Lead from here"
            _button(label, "lead", _LEAD_HELP, partial(_lead_to, me, here))
        if kept is not None:
            _button("Stop leading", "stop-leading", "Nobody is shown where you are.", partial(_lead_to, me, None))
        _button("Take everybody here", "take", _TAKE_HELP, partial(_take, me, page), ":material/groups:")


def _button(label: str, name: str, words: str, act: Callable[[], None], icon: str | None = None) -> None:
    st.button(label, key=f"class-{name}", help=words, on_click=act, icon=icon)


def _lead_to(me: Badge, place: Place | None) -> None:
    """Say where the class is; the page says why where that is refused."""
    st.session_state.pop(_REFUSED, None)
    try:
        lead_to(me.person(), place)
    except StoreProblem as problem:
        st.session_state[_REFUSED] = str(problem)
    forget_board()


def _take(me: Badge, page: str) -> None:
    """Take everybody in the room to where the teacher is."""
    _lead_to(me, replace(_here(page), taken=time.time()))


def _follow(me: Badge, page: str) -> None:
    """Show a student where the class is, where they are somewhere else, and that a question waits."""
    if member_here() is None:
        st.rerun()  # the room has ended, or its teacher has taken them out: the page goes on without it
    with contextlib.suppress(StoreProblem):
        now, asked = board(me.room), poll(me.room)
        if now is None:
            return
        place = place_of(now.room)
        here = _here(page)
        if place is not None and _is_taken(place) and not place.same_as(here):
            if place.page == page:
                take_over(place.query)
                st.rerun()
            st.switch_page(PAGES[place.page].path, query_params=dict(place.query))
        elsewhere = place is not None and place.page in PAGES and not place.same_as(here)
        asks = asked is not None and not asked.question.revealed and me.member not in asked.votes and page != CLASS
        if not asks and not elsewhere:
            return
        st.html(_STYLE)
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="class-bar"):
            if place is not None and elsewhere:
                st.markdown(f"The class is at **{PAGES[place.page].title}**:")
                link_to(place.page, "Go there", **place.query)
            if asks:
                link_to(CLASS, "Your teacher asks: vote", ":material/how_to_vote:", **{"class-section": "Vote"})


def _is_taken(place: Place) -> bool:
    """Return, once, whether the teacher has just taken everybody there; whoever comes later is not moved."""
    known = st.session_state.get(_TAKEN, time.time() - JUST_NOW)
    st.session_state[_TAKEN] = max(place.taken, known)
    return place.taken > known and place.page in PAGES


def _here(page: str) -> Place:
    """Return where this browser is; that it shows the page or a figure large concerns nobody else."""
    leader = str(st.session_state.setdefault(_LEADER, secrets.token_hex(4)))
    large = {PROJECTOR, PRESENTED}
    return Place(page, {name: st.query_params[name] for name in st.query_params if name not in large}, leader=leader)
