"""What starts and ends with the server: torch and the networks, and the processes that train."""

import asyncio
import atexit
import contextlib
import gc
import logging
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import streamlit as st

from core.ui.shell.collection import collect_when_idle
from core.ui.shell.late_address import expect_late_addresses
from core.ui.shell.late_values import keep_what_was_set
from core.ui.shell.torch_libraries import load_libraries
from core.ui.shell.turns import take_turns
from core.ui.shell.typed_first import hear_what_was_typed_first
from core.ui.shell.waiting_requests import keep_waiting_requests

log = logging.getLogger(__name__)

_loading = threading.Lock()
_loaded = threading.Event()
_runs = threading.Event()
_PATIENCE = 3.0  # seconds
_OFTEN = 0.0005  # seconds


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load the networks in the background, at once: who opens the page meanwhile spends that time in the browser."""
    take_turns()
    expect_late_addresses()
    keep_what_was_set()
    keep_waiting_requests()
    hear_what_was_typed_first()
    threading.Thread(target=_load, name="load-networks", daemon=True).start()
    yield
    if lessons := sys.modules.get("core.training.shared_lessons"):  # not imported just to be ended
        lessons.stop()
    if _runs.is_set():
        from core.runs.workers.local import runner

        await asyncio.to_thread(runner().close)


def _load() -> None:
    load_libraries()
    gc.disable()  # what is made until `settle` is there to stay; looking for garbage would take a tenth of the time
    try:
        with changing_places_often():
            load_networks()
        time.sleep(_PATIENCE)  # the first visitor's first answer comes before what later pages need
        _warm_up()
        _look_after_runs()
        settle()
    finally:
        gc.enable()
    collect_when_idle()


def _warm_up() -> None:
    """Load what a first stroke needs, and the networks of other pages."""
    try:
        from core.data.images.datasets import sample_digits
        from core.data.images.digits import prepare
        from core.inspection.letters import writing
        from core.inspection.tagging import tagging
        from core.inspection.text import reading

        prepare(sample_digits().images[0])
        reading.warm_up()
        tagging.warm_up()
        writing.warm_up()
    except Exception:  # the page that needs them will say so itself
        log.exception("What prepares drawings, or the networks that read sentences and letters, could not be loaded")


@contextmanager
def changing_places_often() -> Iterator[None]:
    """Let threads change places more often: importing torch would keep others waiting for 5 ms at every turn."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def settle() -> None:
    """Tell the garbage collector that what is in memory now is there to stay.

    With torch in memory there are so many objects that a full collection takes
    200 ms, in which nobody gets an answer (`tests/benchmarks/test_watching.py` measures it).
    """
    gc.collect()
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)  # libraries look for leaks at the end


def _look_after_runs() -> None:
    """Find the runs and rooms that an earlier server left behind, and have a process ready for the first Train."""
    from core.classroom.rooms import rooms
    from core.runs.store.database import StoreProblem
    from core.runs.workers.local import runner
    from core.ui.shell.voices import tidy_voices

    _runs.set()
    with contextlib.suppress(StoreProblem):  # pages say so themselves
        rooms().close_expired()
    runner().start(spare=True)
    threading.Thread(target=tidy_voices, args=(runner().store,), name="tidy-voices", daemon=True).start()


def networks_loaded() -> bool:
    """Whether torch and the networks are in memory."""
    return _loaded.is_set()


def load_networks() -> None:
    """Import torch and let every network read once; whoever calls meanwhile waits for it."""
    with _loading:
        if _loaded.is_set():
            return
        try:
            from core.data.images.datasets import sample_digits
            from core.inspection.images.families import warm_up
            from core.inspection.images.recognition import digit_margin

            warm_up()
            digit_margin(sample_digits().images[0] / 255)
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
