"""How sweeps end early: stopped by a person, or left behind by their server."""

from collections.abc import Callable

from core.runs.store.record import ACTIVE, SweepStatus
from core.runs.store.store import Store

SILENCE = 15.0
"""Seconds without a heartbeat after which a sweep counts as interrupted."""
SERVER_ENDED = "The server that drove it has ended. Its trials are kept."


def end_sweep(
    store: Store, stop: Callable[[str], None], sweep: str, status: SweepStatus = "stopped", reason: str = ""
) -> None:
    """End a sweep, whichever server drives it, and its active trials; do nothing where it has ended.

    Args:
        store: with the sweep.
        stop: ends a run.
        sweep: its id.
        status: how it ended.
        reason: a sentence.
    """
    if store.set_sweep_status(sweep, status, reason):  # from here on no trial can be added
        for run in store.runs(sweep=sweep, statuses=tuple(ACTIVE)):
            stop(run.id)


def end_silent_sweeps(store: Store, stop: Callable[[str], None]) -> None:
    """Mark sweeps whose server is gone as interrupted, and take their trials out of the queue."""
    for sweep in store.silent_sweeps(SILENCE):
        end_sweep(store, stop, sweep, "interrupted", SERVER_ENDED)
