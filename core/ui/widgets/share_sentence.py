"""Hangs the sentence that somebody types on the wall of their room."""

import contextlib
import time
from collections.abc import Collection

import streamlit as st

from core.classroom.wall import Opinion, wall
from core.data.text.tokens import Sentence
from core.inspection.text.comparison import verdicts_by_network
from core.runs.store.database import StoreProblem
from core.ui.state.person import member_here

EVERY = 1.0
"""Seconds between two changes: a quick hand types ten letters in that time."""
FIRST = "sentence-lstm"
"""The network whose verdict is shown large."""
_LAST, _WAITING = "shared-sentence", "sentence-to-share"


def share_sentence(sentence: Sentence, text: str, samples: Collection[str] = ()) -> None:
    """Hang the sentence of a member of a room on its wall, unless it is one of the samples of the page.

    What comes too fast is hung up a second later.
    """
    written = "" if text in samples or not sentence.words else text
    known, _ = st.session_state.get(_LAST, ("", 0.0))
    if member_here() is None or written == known:
        st.session_state.pop(_WAITING, None)
        return
    st.session_state[_WAITING] = (written, sentence.words)
    _share_what_waits()
    if _WAITING in st.session_state:
        st.fragment(_share_what_waits, run_every=EVERY)()


def _share_what_waits() -> None:
    """Hang up the last sentence that was typed, if it does not hang there yet and a second has passed."""
    waiting, member = st.session_state.get(_WAITING), member_here()
    _, at = st.session_state.get(_LAST, ("", 0.0))
    if waiting is None or member is None or time.monotonic() - at < EVERY:
        return
    text, words = waiting
    with contextlib.suppress(StoreProblem):  # the next look tries again
        if wall().share_sentence(member.person(), text, _opinion(words)):
            st.session_state[_LAST] = (text, time.monotonic())
            del st.session_state[_WAITING]


def _opinion(words: tuple[str, ...]) -> Opinion:
    said = verdicts_by_network(words)
    positive = said.pop(FIRST)
    answers = tuple(int(share >= 0.5) for share in (positive, *said.values()))
    return Opinion(answers[0], max(positive, 1 - positive), answers)
