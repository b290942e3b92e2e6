"""The data sets that rooms have made of their drawings: they go with the room."""

from core.data.images.own_sets import OWN, OwnCard, OwnSet, own_file, own_sets, remove_own, store_own


def store_set_of(code: str, own: OwnSet) -> str:
    """Keep a data set of the room with a code, and return the name by which it is trained on.

    Raises:
        NotStored: there is no room for it.
    """
    return OWN + store_own(own, _title(code))


def newest_set_of(code: str) -> str | None:
    """Return the name of the data set that the room with a code has made last, None where it has made none."""
    made = {file.stat().st_mtime: card.name for card in _sets_of(code) if (file := own_file(card.id))}
    return made[max(made)] if made else None


def remove_sets_of(code: str) -> None:
    """Remove all data sets of the room with a code."""
    for card in _sets_of(code):
        remove_own(card.id)


def _sets_of(code: str) -> list[OwnCard]:
    return [card for card in own_sets() if card.title == _title(code)]


def _title(code: str) -> str:
    return f"Our drawings, room {code}"
