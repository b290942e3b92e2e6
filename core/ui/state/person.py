"""Who sits before the browser: an anonymous number that outlives reloads."""

import hashlib
import uuid

import streamlit as st

COOKIE = "playground_person"
_KEY = "person"


def person() -> str:
    """Return a number for this browser, or for this session where cookies are off. It says nothing about a person."""
    cookie = st.context.cookies.get(COOKIE)
    if isinstance(cookie, str) and cookie:
        return hashlib.sha256(cookie.encode()).hexdigest()[:16]
    return str(st.session_state.setdefault(_KEY, uuid.uuid4().hex[:16]))
