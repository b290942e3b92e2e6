"""Commands to runs, whichever process trains them."""

from core.runs.store.record import Command
from core.runs.store.rights import SERVER, NotAllowed, Person
from core.runs.store.store import Store


def send(store: Store, run: str, command: Command, by: Person, value: float = 0.0) -> None:
    """Do what `core.runs.runner.Runner.command` says, for runs of this machine."""
    store.require_right_to(run, by)
    record = store.get(run)
    if command in {"resume", "step"} and not by.teaches and record and store.held(record.session):
        raise NotAllowed("Your teacher has paused all trainings of the room.")
    if command == "stop" and store.set_status(run, "stopped", "It was stopped before it began.", ("queued",)):
        return
    if record and record.active:
        store.command(run, command, value)


def stop(store: Store, run: str) -> None:
    """End a run, as the server does by itself."""
    send(store, run, "stop", SERVER)
