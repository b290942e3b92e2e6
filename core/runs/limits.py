"""How much one person, and all together, may ask of a server. The numbers are settings, for a class on one laptop."""

from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.settings import settings

MINUTE = 60.0
"""Seconds over which submissions are counted."""


class OverLimit(RuntimeError):
    """More was asked for than this server allows; the message is for people."""


def refuse_excess(store: Store, by: Person) -> None:
    """Do nothing where somebody may put one more run into the queue.

    Members of a room are not counted by address: a school often has one for all.

    Raises:
        OverLimit: their room is closed, the queue is full, they were too fast, or too many runs from their address are
            active.
        StoreProblem: the store cannot be read.
    """
    chosen = settings()
    if by.room is not None and not store.room_is_open(by.room):
        raise OverLimit("The room has been closed, so nothing can be trained there any more.")
    waiting = len(store.queue())
    if waiting >= chosen.queue_length:
        raise OverLimit(f"The queue is full: {waiting} trainings wait. Try again when some of them have finished.")
    if store.submitted(by.session, MINUTE) >= chosen.submissions_per_minute:
        raise OverLimit(
            f"You have started {chosen.submissions_per_minute} trainings within a minute. Wait a moment, then try "
            "again."
        )
    if by.address and by.room is None and store.active_from(by.address) >= chosen.active_per_address:
        raise OverLimit(
            f"{chosen.active_per_address} trainings from your network address are waiting or running already. "
            "Try again when one of them has finished."
        )
