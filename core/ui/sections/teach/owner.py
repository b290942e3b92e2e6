"""Whose symbols the page shows: one's own, or in a room those of the class."""

from dataclasses import dataclass

import streamlit as st

from core.classroom.symbols import SymbolSet, owner_in, symbol_set
from core.runs.store.database import StoreProblem
from core.runs.store.rights import Person, may_change, member_of
from core.ui.plain_text import plain
from core.ui.state.person import person
from core.ui.widgets.bound_controls import choose_option

_OURS, _MINE = "The class's", "Mine"


@dataclass(frozen=True)
class Desk:
    """Who is at work on which set.

    Attributes:
        me: who looks at the page.
        owner: of the set.
        shared: whether it is that of a class.
    """

    me: Person
    owner: str
    shared: bool

    @property
    def decides(self) -> bool:
        """Whether they choose the symbols and when they are taught."""
        return may_change(self.me, self.owner)

    @property
    def writer(self) -> str:
        """Under which name their drawings are kept."""
        return member_of(self.me.session)


def look(desk: Desk) -> SymbolSet | None:
    """Return the set as it is now; others may have drawn meanwhile. The page says where it cannot be read."""
    try:
        return symbol_set(desk.owner)
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return None


def choose_desk() -> Desk:
    """Show in a room whose symbols there are to be shown; elsewhere there are one's own."""
    me = person()
    if me.room is None:
        return Desk(me, me.session, shared=False)
    whose = choose_option("Whose symbols?", (_OURS, _MINE), key="whose", help="Those of the class are drawn by all.")
    return Desk(me, owner_in(me.room), True) if whose == _OURS else Desk(me, me.session, False)
