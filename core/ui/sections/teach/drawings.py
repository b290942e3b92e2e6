"""The drawings of every symbol: a click leaves one out, and it can be put back."""

from functools import partial

import streamlit as st

from core.classroom.symbols import SymbolSet, as_zip, symbol_set, symbol_sets
from core.classroom.wall import as_url
from core.training.shared_lessons import Lesson
from core.ui.components.pick.pick import Item, pick
from core.ui.plain_text import plain
from core.ui.sections.teach.attempt import attempt, changed
from core.ui.sections.teach.owner import Desk, look
from core.ui.widgets.side_by_side import row_on_phone

BEAT = 2.0
"""Seconds between two looks at what a class draws."""
SHOWN = 20
"""Drawings of each symbol that are shown, the newest ones."""
MANY = 3
"""From more symbols on, the drawings get a scroll bar of their own."""


def show_drawings(desk: Desk, now: SymbolSet, lesson: Lesson | None) -> None:
    """Show the drawings; in a room they follow what everybody draws, and the canvas answers once it is taught."""
    st.header("The drawings", help="What the network learns from. A click on a drawing leaves it out.")
    answered = lesson is not None and lesson.answers
    waits = lesson is not None and not lesson.done and not answered
    st.fragment(_live, run_every=BEAT if desk.shared or waits else None)(desk, now, lesson, answered)


def _live(desk: Desk, before: SymbolSet, lesson: Lesson | None, answered: bool) -> None:
    if changed() or (lesson is not None and lesson.answers and not answered):
        st.rerun()
    now = look(desk)
    if now is None:
        return
    if (now.names, now.taught) != (before.names, before.taught):
        st.rerun()  # other symbols, or another network: the whole page shows them
    if not now.drawings:
        st.caption("None yet. Draw a symbol above and add it.")
    many = len(now.names) > MANY
    place = st.container(height=420 if many else "content", border=many, key="teach-all")
    for number, name in enumerate(now.names):
        drawings = now.of(name)
        if not drawings:
            continue
        with place:
            shown = drawings[-SHOWN:]
            first = len(drawings) - len(shown) + 1
            earlier = f", the last {SHOWN} are shown" if len(drawings) > SHOWN else ""
            st.markdown(f"**{plain(name)}**: {len(drawings)}{earlier}")
            pick(
                [
                    Item(as_url(one.picture), "", name=f"Drawing {at} of {name}", id=str(one.number))
                    for at, one in enumerate(shown, first)
                ],
                key=f"teach-drawings-{number}",
                chosen=None,
                on_pick=partial(_drop, desk, [one.number for one in shown]),
                side=48,
            )
    _show_tools(desk, now)


def _drop(desk: Desk, numbers: list[int], place: int) -> None:
    attempt(lambda: symbol_sets().drop(desk.me, desk.owner, [numbers[place]]))


def _show_tools(desk: Desk, now: SymbolSet) -> None:
    mine = [one.number for one in now.drawings if one.writer == desk.writer]
    with row_on_phone("teach-tools", horizontal=True, gap="small"):
        st.button(
            "Take back my last one",
            icon=":material/undo:",
            key="teach-undo",
            disabled=not mine,
            on_click=lambda: attempt(lambda: symbol_sets().drop(desk.me, desk.owner, mine[-1:])),
            help="The drawing that you added last.",
        )
        if not desk.decides:
            return
        st.button(
            "Put back what was left out",
            icon=":material/redo:",
            key="teach-put-back",
            disabled=not now.dropped,
            on_click=lambda: attempt(lambda: symbol_sets().put_back(desk.me, desk.owner)),
            help="The drawing that was left out last.",
        )
        st.download_button(
            "Download",
            lambda: as_zip(symbol_set(desk.owner).drawings),
            "symbols.zip",
            "application/zip",
            icon=":material/download:",
            key="teach-download",
            disabled=not now.drawings,
            on_click="ignore",
            help="A zip with a folder for each symbol: “Train” takes it as a data set of your own.",
        )
        with st.popover(
            "Begin again", icon=":material/delete:", help="Removes symbols and drawings; you are asked once."
        ):
            st.button(
                "Yes, delete everything",
                key="teach-reset",
                on_click=lambda: attempt(lambda: symbol_sets().reset(desk.me, desk.owner)),
                help="Symbols, drawings and network. This cannot be undone.",
            )
