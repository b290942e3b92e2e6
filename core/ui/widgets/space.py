"""What a person's runs fill on the server, said before the oldest of them has to go."""

import streamlit as st

from core.runs.storage import space_of
from core.runs.store.rights import Person
from core.runs.store.store import StoreProblem
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import current_runner

_MEGABYTE = 2**20


def show_space(me: Person) -> None:
    """Say which run would be dropped next, where there is not much space left; nothing otherwise."""
    try:
        space = space_of(current_runner().store, me)
    except StoreProblem:
        return  # the page says so itself
    if space.nearly_full and space.next is not None:
        st.info(
            f"Your runs fill {space.bytes / _MEGABYTE:,.0f} of {space.limit / _MEGABYTE:,.0f} MB on this server. When "
            f"that is full, your oldest ended runs are dropped, starting with “{plain(space.next.title)}”. Download "
            "what you want to keep, or delete what you do not.",
            icon=":material/save:",
        )
