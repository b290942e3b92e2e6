"""The field for the beginning of a tune, with samples, a file, Undo and Clear."""

from dataclasses import dataclass

import streamlit as st

from core.data.columns import decode_text
from core.data.tunes.beginnings import first_tune
from core.data.tunes.notation import MOST_CHARACTERS
from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.state.person import person
from core.ui.state.text_history import TextHistory
from core.ui.widgets.sections import controlled
from core.ui.widgets.uploads import TOO_MANY, file_in, may_upload

FIRST = 'M:6/8\nL:1/8\nK:D\nA|"D"d2f fdf|"G"g2b "A7"a2g|'
SAMPLES = {
    "A jig in D": FIRST,
    "A reel in G": 'M:4/4\nL:1/4\nK:G\nD|"G"G/2A/2B/2G/2 dB|"C"c/2B/2A/2G/2 "D7"FD|',
    "A waltz in C": 'M:3/4\nL:1/4\nK:C\nG|"C"c2e|"F"f2a|"G7"g3/2f/2d|',
    "A minor key": 'M:4/4\nL:1/4\nK:Am\n"Am"A/2B/2c/2d/2 e2|"Dm"f/2e/2d/2c/2 "E7"B2|',
    "Only the metre": "M:9/8\n",
    "Nothing at all": "",
    "Bars that do not add up": "M:3/4\nL:1/4\nK:G\nGBd|g2|gfe d|",
}
"""Beginnings that show something, by what they are."""
MOST_IN_ADDRESS = 600
_FILE = "tunes-file"


@dataclass
class TunesState(TextHistory):
    """The beginning of a tune in one session, with what there is to say about a file."""

    text: str = FIRST
    complaint: str = ""


TUNES = PageState(
    "tunes",
    TunesState,
    {"text": text("tune", MOST_IN_ADDRESS)},
    shown=lambda state: ("text",) if len(state.text) <= MOST_IN_ADDRESS else (),
)


def show_field(state: TunesState) -> None:
    """Show the field with what stands below it."""
    controlled(
        st.text_area,
        "How the tune begins",
        value=state.text,
        on_change=lambda typed: _replace(state, str(typed or "")),
        key="tunes-text",
        height=170,
        max_chars=MOST_CHARACTERS,
        placeholder="M:6/8",
        help="M: is the metre, L: the length of a plain letter, K: the key. Then notes: d2 is a d twice as long, d/2 "
        "one half as long, | ends a bar, a name in quotation marks is a chord. Empty: the network begins by itself.",
    )
    with st.container(horizontal=True, gap="small"):
        with st.popover("Samples", icon=":material/list:", help="Beginnings that show something"):
            for number, (name, sample) in enumerate(SAMPLES.items()):
                st.button(
                    name,
                    key=f"tunes-sample-{number}",
                    type="tertiary",
                    on_click=_replace,
                    args=(state, sample),
                    help="Begin with it; Undo brings yours back.",
                )
        with st.popover("Open a file", icon=":material/upload:", help="A tune of your own in ABC notation"):
            st.file_uploader(
                "A file in ABC notation",
                type=["abc", "txt"],
                max_upload_size=1,
                key=_FILE,
                on_change=lambda: _open(state),
                help="Its first tune is taken. It is read for you alone and not kept.",
            )
        st.button(
            "Undo",
            icon=":material/undo:",
            key="tunes-undo",
            on_click=state.undo,
            disabled=not state.before,
            help="Bring back the beginning before your last change.",
        )
        st.button(
            "Clear",
            icon=":material/backspace:",
            key="tunes-clear",
            on_click=_replace,
            args=(state, ""),
            disabled=not state.text,
            help="Empty the field; Undo brings the beginning back.",
        )
    if state.complaint:
        st.warning(state.complaint, icon=":material/error:")


def _replace(state: TunesState, beginning: str) -> None:
    state.complaint = ""
    state.replace(beginning[:MOST_CHARACTERS])


def _open(state: TunesState) -> None:
    """Take the first tune of the file."""
    file = file_in(_FILE)
    if file is None:
        return
    if not may_upload(person()):
        state.complaint = TOO_MANY
        return
    tune = first_tune(decode_text(file.getvalue()) or "")
    if tune:
        _replace(state, tune)
    else:
        state.complaint = (
            "There is no tune in this file: a tune in ABC notation has lines like M:6/8, K:D and abc def|."
        )
