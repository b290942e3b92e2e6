"""How much one person, and all together, may ask of a server. The numbers are settings, for a class on one laptop."""

from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.settings import settings
from core.wording import counted

MINUTE = 60.0
"""Seconds over which submissions are counted."""


class OverLimit(RuntimeError):
    """More was asked for than this server allows; the message is for people."""


def refuse_excess(store: Store, by: Person) -> None:
    """Do nothing where somebody may put one more run into the queue.

    A school often has one address for all, so the first `people_per_address` who joined a room from one are not
    counted by it. A script may be as many people as it likes: those after the first share what one address gets.

    Raises:
        OverLimit: they are not in their room any more, the queue is full, they were too fast, or too many runs from
            their address are active.
        StoreProblem: the store cannot be read.
    """
    chosen = settings()
    if by.room is not None and not store.is_inside(by):
        raise OverLimit("You are not in this room any more, or it has been closed: nothing can be trained there.")
    waiting = len(store.queue())
    if waiting >= chosen.queue_length:
        raise OverLimit(f"The queue is full: {waiting} trainings wait. Try again when some of them have finished.")
    if store.submitted(by.session, MINUTE) >= chosen.submissions_per_minute:
        raise OverLimit(
            f"You have started {counted(chosen.submissions_per_minute, 'training')} within a minute. "
            "Wait a moment, then try again."
        )
    if by.room is not None:
        active = store.active_of_latecomers(by, chosen.people_per_address)
    else:
        active = store.active_from(by.address) if by.address else 0
    if active >= chosen.active_per_address:
        raise OverLimit(
            f"{chosen.active_per_address} trainings from your network address are waiting or running already. "
            "Try again when one of them has finished."
        )
