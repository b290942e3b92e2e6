"""Commands to runs, whichever process trains them."""

from core.runs.store.record import Command
from core.runs.store.store import Store


def send(store: Store, run: str, command: Command, value: float = 0.0) -> None:
    """Leave a command for the process of a run; nothing where the run is not active."""
    record = store.get(run)
    if record and record.active:
        store.command(run, command, value)


def stop(store: Store, run: str) -> None:
    """End a run and keep what it learnt; a waiting run leaves the queue."""
    if not store.set_status(run, "stopped", "It was stopped before it began.", only_from=("queued",)):
        send(store, run, "stop")
