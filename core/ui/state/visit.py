"""Whether somebody has just come to a page: what its address asks for then counts, as with a link from outside."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

_PAGE, _CHANGES, _VISIT, _ASKED = "visited-page", "page-changes", "visit", "visit-asked"


def note_page(path: str) -> None:
    """Count a visit where another page is shown than before.

    Args:
        path: address of the page.
    """
    if st.session_state.get(_PAGE) != path:
        st.session_state[_PAGE] = path
        st.session_state[_CHANGES] = page_changes() + 1
        _count(None)


def page_shown() -> str:
    """Return the address of the page that was shown last; until another one is noted, callbacks belong to that."""
    return str(st.session_state.get(_PAGE, ""))


def page_changes() -> int:
    """Return how often another page was shown than before."""
    return int(st.session_state.get(_CHANGES, 0))


def newly_visited(key: str) -> bool:
    """Return, once a visit, whether there has been one since it was asked for last.

    Args:
        key: of whoever asks.
    """
    kept, now = f"{key}-visit", st.session_state.get(_VISIT, 0)
    new = st.session_state.get(kept) != now
    st.session_state[kept] = now
    return new


def asked_for(query: Mapping[str, str]) -> dict[str, str]:
    """Return what the newest visit asks for, of what stands in the address.

    Who comes from elsewhere brings a whole address. Where a page stays and takes settings over, the address holds also
    what the page wrote there before, which nobody asks for.
    """
    names = st.session_state.get(_ASKED)
    return {name: text for name, text in query.items() if names is None or name in names}


def take_over(settings: Mapping[str, str]) -> None:
    """Have the page that is shown take over settings, as if it was opened by a link; what they do not name stays.

    Streamlit reads an address for a control that is new on the page, and lets nobody write one for a control that is
    there. So these are told themselves, before they are shown.
    """
    _count(frozenset(settings))
    for name, text in settings.items():
        if name in st.session_state:
            st.session_state[name] = _like(st.session_state[name], text)
        else:
            st.query_params[name] = text


def forget(settings: Mapping[str, str]) -> None:
    """Forget what controls had on another page, which is about to be opened with settings of its own."""
    for name in settings:
        if name in st.session_state:
            del st.session_state[name]


def _count(asked: frozenset[str] | None) -> None:
    st.session_state[_ASKED] = asked
    st.session_state[_VISIT] = st.session_state.get(_VISIT, 0) + 1


def _like(before: Any, text: str) -> Any:
    """Return the value that a text means for a control that has had another value; that one where it means none."""
    if isinstance(before, bool):
        return text.lower() == "true"
    try:
        return type(before)(text) if isinstance(before, int | float) else text
    except ValueError:
        return before
