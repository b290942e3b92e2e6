"""Who sits before the browser: somebody in a room, or an anonymous number that outlives reloads."""

import hashlib
import uuid

import streamlit as st

from core.classroom import badge
from core.classroom.admission import admitted, is_over, was_taken_out
from core.classroom.badge import Badge
from core.rate_limit import counted_as
from core.runs.store.rights import Person

COOKIE = "playground_person"
_KEY = "person"


def person() -> Person:
    """Return somebody in a room, else this browser, or this session where cookies are off; nothing personal."""
    address, member = number_of(counted_as(st.context.ip_address or "")), member_here()
    return member.person(address) if member else Person(_session(), address)


def member_here() -> Badge | None:
    """Return who this is in a room that is open now, or None: read from a cookie that only the server can write."""
    return admitted(st.context.cookies.get(badge.COOKIE))


def taken_out_here() -> bool:
    """Return whether the teacher of an open room has taken out whoever sits here."""
    return was_taken_out(st.context.cookies.get(badge.COOKIE))


def room_is_over_here() -> bool:
    """Return whether whoever sits here was a student in a room that is closed now."""
    return is_over(st.context.cookies.get(badge.COOKIE))


def _session() -> str:
    cookie = st.context.cookies.get(COOKIE)
    return number_of(cookie) or str(st.session_state.setdefault(_KEY, uuid.uuid4().hex[:16]))


def number_of(secret: object) -> str:
    """Return a number from which nobody can tell of what text it was made; empty where there is none."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16] if isinstance(secret, str) and secret else ""
