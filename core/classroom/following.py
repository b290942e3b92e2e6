"""Follow me: where the teacher is, so that the class can go there.

One page leads at a time: the one that the teacher used last, of all that they have open on all their devices.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from core.classroom.rooms import Room, rooms
from core.runs.store.rights import NotAllowed, Person

LONGEST = 2_000
"""Characters of a place that is kept."""


@dataclass(frozen=True)
class Place:
    """A page with what its address asks for.

    Attributes:
        page: the name of its script.
        query: by name, as in the address.
        taken: when the teacher took everybody there, seconds since 1970; 0 where they only showed the way.
        leader: which of the teacher's open pages said so.
    """

    page: str
    query: Mapping[str, str]
    taken: float = 0.0
    leader: str = ""

    def same_as(self, other: "Place | None") -> bool:
        """Whether it is the same page with the same settings."""
        return other is not None and (self.page, dict(self.query)) == (other.page, dict(other.query))


def lead_to(by: Person, place: Place | None) -> None:
    """Say where the class is; None: nowhere in particular.

    Raises:
        NotAllowed: they are no teacher, or the settings in the address are too long for a link.
    """
    text = json.dumps(asdict(place), sort_keys=True) if place else None
    if text is not None and len(text) > LONGEST:
        raise NotAllowed("The settings of this page are too long for a link, so the class cannot be led here.")
    rooms().set(by, follow=text)


def place_of(room: Room) -> Place | None:
    """Return where the teacher of a room is, or None where nobody is to follow."""
    if room.follow is None:
        return None
    kept = json.loads(room.follow)
    return Place(kept["page"], kept["query"], kept.get("taken", 0.0), kept.get("leader", ""))
