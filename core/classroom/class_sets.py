"""The data sets that rooms have made of their drawings: they go with the room."""

from core.data.images.own_sets import OWN, OwnSet, own_sets, remove_own, store_own


def store_set_of(code: str, own: OwnSet) -> str:
    """Keep a data set of the room with a code, and return the name by which it is trained on.

    Raises:
        NotStored: there is no room for it.
    """
    return OWN + store_own(own, _title(code))


def remove_sets_of(code: str) -> None:
    """Remove all data sets of the room with a code."""
    for card in own_sets():
        if card.title == _title(code):
            remove_own(card.id)


def _title(code: str) -> str:
    return f"Our drawings, room {code}"
