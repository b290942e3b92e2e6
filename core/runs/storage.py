"""What runs fill on disk: how much is whose, and which finished runs go when it is too much or too old."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.runs.store.rights import COMMAND_LINE, SERVER, Person, room_of
from core.runs.store.storage_rows import StoredRun
from core.runs.store.store import Store
from core.settings import settings

NEARLY = 0.75
"""Share of the space from which on people are told what goes next."""
DAY = 24 * 3600.0
_MEGABYTE = 2**20


@dataclass(frozen=True)
class SpaceUsed:
    """What the runs of somebody fill.

    Attributes:
        bytes: of all their runs.
        limit: from which on the oldest finished ones are dropped.
        next: the run that would be dropped first; None where there is none.
    """

    bytes: int
    limit: int
    next: StoredRun | None

    @property
    def nearly_full(self) -> bool:
        """Whether it is time to say what goes next."""
        return self.bytes >= NEARLY * self.limit


def space_of(store: Store, by: Person) -> SpaceUsed:
    """Return what the runs of somebody fill.

    Raises:
        StoreProblem: the store cannot be read.
    """
    mine = [run for run in store.stored_runs() if run.session == by.session]
    limit = settings().megabytes_per_person * _MEGABYTE
    return SpaceUsed(sum(run.bytes for run in mine), limit, next((run for run in mine if not run.active), None))


def drop_excess(store: Store) -> list[str]:
    """Delete the oldest finished runs of whoever fills too much, and those that are too old; return their ids.

    Runs of the command line stay: whoever sits at the machine sees to its disk.

    Raises:
        StoreProblem: the store cannot be read or written.
    """
    chosen = settings()
    for name in store.unmeasured():
        store.set_bytes(name, folder_bytes(store.folder / name))
    runs = [run for run in store.stored_runs() if not run.session.startswith(COMMAND_LINE)]
    by_person, by_room = defaultdict[str, list[StoredRun]](list), defaultdict[str, list[StoredRun]](list)
    for run in runs:
        by_person[run.session].append(run)
        by_room[room_of(run.session) or ""].append(run)
    outside = by_room.pop("", [])
    dropped = {run.id for run in runs if run.ended_before(chosen.keep_days * DAY)}
    for group, megabytes in (
        *((group, chosen.megabytes_per_person) for group in by_person.values()),
        *((group, chosen.megabytes_per_room) for group in by_room.values()),
        (outside, chosen.megabytes_in_all),
    ):
        dropped |= _too_much(group, megabytes * _MEGABYTE, dropped)
    for one in dropped:
        store.delete(one, SERVER)
    return sorted(dropped)


def _too_much(runs: Sequence[StoredRun], limit: int, gone: set[str]) -> set[str]:
    """Return the oldest ended runs without which the others fit, in the order of `runs`."""
    left = sum(run.bytes for run in runs if run.id not in gone)
    found = set()
    for run in runs:
        if left <= limit:
            break
        if not run.active and run.id not in gone:
            found.add(run.id)
            left -= run.bytes
    return found


def folder_bytes(folder: Path) -> int:
    """Return the size of all files in a folder, 0 where there is none."""
    try:
        return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    except OSError:
        return 0
