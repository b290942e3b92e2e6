"""Three buttons beside the title: projector size, the whole screen, light or dark."""

from collections.abc import Callable

import streamlit as st

from core.ui.components.component import component

_KEY = "presenting"
_show = component("presenting", missing="")


def presenting(projecting: bool, on_project: Callable[[bool], None]) -> None:
    """Show the buttons.

    Args:
        projecting: whether the page is shown in projector size.
        on_project: told whether it shall be, before the page runs again.
    """

    def changed() -> None:
        asked = getattr(st.session_state.get(_KEY), "projector", None)
        if isinstance(asked, bool):
            on_project(asked)

    _show(key=_KEY, data={"projecting": projecting}, on_projector_change=changed, width="content", height="content")
