"""What starts with the server: torch and the networks, loaded while the first page is being drawn."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

log = logging.getLogger(__name__)

_loading = threading.Lock()
_loaded = threading.Event()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load the networks in the background; the server answers meanwhile."""
    threading.Thread(target=load_networks, name="load-networks", daemon=True).start()
    yield


def networks_loaded() -> bool:
    """Whether torch and the networks are in memory."""
    return _loaded.is_set()


def load_networks() -> None:
    """Import torch and let every network read once; whoever calls meanwhile waits for it."""
    with _loading:
        if _loaded.is_set():
            return
        try:
            from core.data.images import sample_digits
            from core.inspection.families import warm_up
            from core.inspection.recognition import likeness

            warm_up()
            likeness(sample_digits().images[0] / 255)
        except Exception:  # a page that needs the networks will say so itself
            log.exception("The networks could not be loaded")
        _loaded.set()


def on_script_error(error: BaseException) -> bool:
    """Show a sentence instead of a traceback; the traceback goes to the server's log."""
    log.error("A page failed", exc_info=error)
    st.error(
        "Something went wrong on this page, and it has been noted in the server's log. "
        "Your drawing is kept: reload the page, or choose another one on the left.",
        icon=":material/error:",
    )
    return True
