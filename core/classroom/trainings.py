"""The runs of a room in the queue of the server, and what its teacher may do with all of them."""

from dataclasses import dataclass

from core.classroom.rooms import require_teacher, rooms
from core.runs.runner import Runner
from core.runs.store.record import ACTIVE, RunSummary
from core.runs.store.rights import Person, member_of, room_of
from core.runs.store.store import Store


@dataclass(frozen=True)
class RoomRun:
    """A run of a room that has not ended.

    Attributes:
        run: its id.
        member: whose it is.
        title: for people; their own text.
        status: what it is doing.
        waits: whether it is in the queue.
        place: how many runs of anybody come before it, where it waits and is not held.
        sweep: that it is a trial of, or None.
        seconds: until it starts, where it waits; until it ends, where it runs; None while nobody knows.
    """

    run: str
    member: str
    title: str
    status: str
    waits: bool
    place: int | None
    sweep: str | None
    seconds: float | None


def trainings(store: Store, room: str) -> list[RoomRun]:
    """Return the runs of a room that have not ended: those at work first, then in the order of the queue.

    Raises:
        StoreProblem: the store cannot be read.
    """
    active, queue = store.summaries(statuses=tuple(ACTIVE)), store.queue()
    places = {run: place for place, run in enumerate(queue)}
    found = []
    for run in reversed(active):  # the oldest first, for those that have no place while all rest
        if room_of(run.session) == room:
            waits, place = run.status == "queued", places.get(run.id)
            wait = None if place is None else store.expected_wait(place)
            seconds = wait if waits else seconds_left(run)
            member = member_of(run.session)
            found.append(RoomRun(run.id, member, run.title, run.status, waits, place, run.sweep, seconds))
    return sorted(found, key=lambda one: (one.waits, len(queue) if one.place is None else one.place))


def seconds_left(run: RunSummary) -> float | None:
    """Return the seconds that a run at work needs at its own speed so far, or None before there is any."""
    return run.seconds / run.step * max(0, run.total_steps - run.step) if run.step else None


def hold(runner: Runner, by: Person, held: bool) -> None:
    """Let everything in the teacher's room rest, also what waits; or let it all go on.

    Raises:
        NotAllowed: they are no teacher.
    """
    room = require_teacher(by)
    rooms().set(by, held=held)
    for one in trainings(runner.store, room):
        if not one.waits:
            runner.command(one.run, "pause" if held else "resume", by)


def stop(runner: Runner, by: Person, training: RoomRun) -> None:
    """End a training of the teacher's room; of a sweep all of it, or the next trial would take its place.

    Raises:
        NotAllowed: it is neither theirs nor of their room.
    """
    if training.sweep is None:
        runner.command(training.run, "stop", by)
    else:
        runner.stop_sweep(training.sweep, by)


def clear_queue(runner: Runner, by: Person) -> None:
    """Stop all runs of the teacher's room that wait, and the sweeps of those that are trials.

    Raises:
        NotAllowed: they are no teacher.
    """
    for one in trainings(runner.store, require_teacher(by)):
        if one.waits:
            stop(runner, by, one)
