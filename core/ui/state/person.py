"""Who sits before the browser: an anonymous number that outlives reloads."""

import hashlib
import uuid

import streamlit as st

from core.runs.store.rights import Person

COOKIE = "playground_person"
_KEY = "person"


def person() -> Person:
    """Return this browser, or this session where cookies are off. It says nothing about a person."""
    return Person(_session(), _number(st.context.ip_address))


def _session() -> str:
    cookie = st.context.cookies.get(COOKIE)
    return _number(cookie) or str(st.session_state.setdefault(_KEY, uuid.uuid4().hex[:16]))


def _number(secret: object) -> str:
    """Return a number from which nobody can tell of what text it was made; empty where there is none."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16] if isinstance(secret, str) and secret else ""
