"""What starts with the server: torch and the networks, loaded while the first page is being drawn."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm the networks up in the background; the server answers meanwhile."""
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    yield


def _warm_up() -> None:
    from core.inspection.families import warm_up

    try:
        warm_up()
    except Exception:
        log.exception("The networks could not be loaded; the pages will say so.")


def on_script_error(error: BaseException) -> bool:
    """Show a sentence instead of a traceback; the traceback goes to the server's log."""
    log.error("A page failed", exc_info=error)
    st.error(
        "Something went wrong on this page, and it has been noted in the server's log. "
        "Your drawing is kept: reload the page, or choose another one on the left.",
        icon=":material/error:",
    )
    return True
