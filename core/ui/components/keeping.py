"""What the components share that have the browser keep something for its tab (`lib/kept.js`)."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def show_kept(
    show: Callable[..., Any], key: str, kept: dict[str, str | None], on_return: Callable[[object], None]
) -> None:
    """Tell the browser what to keep; it takes no room on the page.

    Args:
        show: the component.
        key: under which it stands on the page.
        kept: what `lib/kept.js` calls `Kept`.
        on_return: told what an earlier session of the tab has kept before the page runs again. It may be anything.
    """

    def pass_on() -> None:
        if key in st.session_state:  # gone where another page was chosen at the same moment
            on_return(st.session_state[key].get("returned"))

    show(key=key, data=kept, on_returned_change=pass_on, height="content", width="content")
