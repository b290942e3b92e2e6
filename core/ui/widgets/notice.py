"""A sentence that a page says after a click.

It stays for a while: a canvas and other components make the page run again by themselves, and would take it away
before anybody has read it.
"""

import time

import streamlit as st

from core.ui.plain_text import plain

STAYS = 20.0
"""Seconds after which it is not shown any more."""
_NEW = "-unseen"


def say(key: str, sentence: str) -> None:
    """Have the page say a sentence, people's own text within it included, in place of the one before."""
    st.session_state[key] = (sentence, time.monotonic())
    st.session_state[key + _NEW] = True


def hush(key: str) -> None:
    """Take the sentence away, as something else is being done."""
    st.session_state.pop(key, None)


def show_notice(key: str) -> None:
    """Say the sentence, if there is one. Its place is there without one, too: nothing below it moves up or down.

    What moves is made anew by the browser, and a canvas would lose what was drawn on it.
    """
    st.session_state.pop(key + _NEW, None)
    sentence, said = st.session_state.get(key, ("", 0.0))
    with st.container():
        if sentence and time.monotonic() - said < STAYS:
            st.info(plain(sentence), icon=":material/info:")


def show_page_for_notice(key: str) -> None:
    """Show the whole page anew where a click in a part of it has left a sentence that stands outside that part."""
    if st.session_state.get(key + _NEW):
        st.rerun()
