"""Which symbols there are, and how one begins."""

import contextlib
import re
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.classroom.symbols import FEWEST, MOST, SymbolSet, symbol_set, symbol_sets
from core.data.pen.drawing import Pen, picture
from core.data.pen.hands import LETTERS, hands_of_letters
from core.runs.store.database import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.teach.attempt import attempt, problem_of
from core.ui.sections.teach.owner import Desk

_FIELD = "teach-names"
_SHOWN, _REFUSED = f"{_FIELD}-of", f"{_FIELD}-refused"
_COMMA = re.compile("[,\uff0c\u3001\u060c]")  # of Latin, Chinese, Japanese and Arabic keyboards
BEAT = 2.0
"""Seconds between two looks whether a teacher has chosen."""
SUGGESTED = ("A", "B", "heart")
"""What an empty page suggests."""


@dataclass(frozen=True)
class Refused:
    """A list of symbols that was not taken: it stays in its field, so that it can be mended.

    Attributes:
        text: as it was typed.
        why: a sentence.
    """

    text: str
    why: str


def choose_names(desk: Desk, now: SymbolSet) -> None:
    """Show the names of the symbols to whoever decides on them."""
    if not desk.decides:
        return
    written = ", ".join(now.names)
    if st.session_state.get(_SHOWN) != (desk.owner, written):  # changed elsewhere, or another set
        st.session_state[_SHOWN] = (desk.owner, written)
        st.session_state[_FIELD] = written
        st.session_state.pop(_REFUSED, None)
    refused: Refused | None = st.session_state.get(_REFUSED)
    if _FIELD not in st.session_state:  # forgotten with a visit to another page
        st.session_state[_FIELD] = refused.text if refused else written
    st.text_input(
        f"Symbols, {FEWEST} to {MOST}, with commas between them",
        key=_FIELD,
        placeholder=", ".join(SUGGESTED),
        max_chars=300,
        on_change=partial(_choose, desk),
        help="Letters, names, whatever can be drawn. Drawings of a symbol you remove come back with its name.",
    )
    with st.container():  # its place is there without a sentence, too: nothing below it is made anew
        if refused:
            still = f" Until then they stay as they are: {', '.join(map(plain, now.names))}." if now.names else ""
            st.warning(plain(refused.why) + still, icon=":material/info:")


def show_beginning(desk: Desk) -> None:
    """Show on an empty page what to do first."""
    if not desk.decides:
        st.info("Your teacher has not chosen any symbols yet. They appear here.", icon=":material/hourglass_empty:")
        return
    st.info(
        "Nothing is taught yet. Choose some symbols, draw about five of each, and teach them: it takes seconds.",
        icon=":material/school:",
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Start with {SUGGESTED[0]}, {SUGGESTED[1]} and a {SUGGESTED[2]}",
            icon=":material/draw:",
            type="primary",
            key="teach-start",
            on_click=lambda: attempt(lambda: symbol_sets().choose(desk.me, desk.owner, SUGGESTED)),
            help="You draw all of them.",
        )
        st.button(
            f"Take {', '.join(LETTERS[:-1])} and {LETTERS[-1]} by other people",
            icon=":material/groups:",
            key="teach-samples",
            on_click=lambda: attempt(lambda: _take_samples(desk)),
            help="Letters that 20 and more people wrote with a pen (UNIPEN, CC BY 4.0). Then draw your own.",
        )


def wait_for_names(desk: Desk) -> None:
    """Show the page again as soon as a teacher has chosen the symbols."""
    if desk.shared:
        st.fragment(_look, run_every=BEAT)(desk)


def _look(desk: Desk) -> None:
    with contextlib.suppress(StoreProblem):
        if symbol_set(desk.owner).names:
            st.rerun()


def _choose(desk: Desk) -> None:
    text = str(st.session_state.get(_FIELD) or "")
    why = problem_of(lambda: symbol_sets().choose(desk.me, desk.owner, _COMMA.split(text)))
    if why:
        st.session_state[_REFUSED] = Refused(text, why)
    else:
        st.session_state.pop(_REFUSED, None)
        st.session_state.pop(_SHOWN, None)  # shows what there is: without a name that was written twice, say


def _take_samples(desk: Desk) -> None:
    symbol_sets().choose(desk.me, desk.owner, LETTERS)
    draw = np.random.default_rng(0)
    for letter in LETTERS:
        these = [character for character in hands_of_letters() if character.label == letter]
        pictures = [picture(character, Pen(), draw) / 255 for character in these]
        symbol_sets().add(desk.me, desk.owner, letter, pictures, [f"hand {one.writer}" for one in these])
