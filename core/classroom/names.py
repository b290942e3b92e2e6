"""Nicknames: made up, or chosen and cleaned. Nothing personal is asked for."""

import random
import unicodedata
from collections.abc import Collection

from core.runs.store.labels import one_line

LONGEST = 24
"""Characters of a nickname."""

_COLOURS = (
    "Amber", "Azure", "Blue", "Bronze", "Copper", "Coral", "Golden", "Green", "Indigo", "Ivory", "Jade", "Lilac",
    "Mint", "Olive", "Orange", "Pearl", "Pink", "Purple", "Red", "Ruby", "Silver", "Teal", "Violet", "Yellow",
)  # fmt: skip
_ANIMALS = (
    "Badger", "Beaver", "Bee", "Bison", "Crane", "Deer", "Dolphin", "Eagle", "Falcon", "Ferret", "Finch", "Fox",
    "Gecko", "Hare", "Hawk", "Heron", "Ibex", "Jay", "Koala", "Lark", "Lemur", "Lynx", "Marten", "Moose",
    "Newt", "Orca", "Otter", "Owl", "Panda", "Puffin", "Raven", "Robin", "Seal", "Stork", "Swift", "Tapir",
    "Tern", "Tiger", "Whale", "Wren",
)  # fmt: skip


def suggest(taken: Collection[str], chance: random.Random | None = None) -> str:
    """Return a colour and an animal that nobody in the room is called yet."""
    chance = chance or random.Random()
    free = [name for colour in _COLOURS for animal in _ANIMALS if (name := f"{colour} {animal}") not in taken]
    return chance.choice(free) if free else unique("Otter", taken)


def clean(text: str) -> str:
    """Return a nickname as one line of at most `LONGEST` characters; empty where nothing is left. May hold markup."""
    return one_line(text, LONGEST)


def unique(name: str, taken: Collection[str]) -> str:
    """Return a name as it is, or with the first number that makes it the only one, also to the eye."""
    looks = set(map(look, taken))
    if look(name) not in looks:
        return name
    number = 2
    while look(numbered := f"{name[: LONGEST - 4].strip()} {number}") in looks:
        number += 1
    return numbered


def look(name: str) -> str:
    """Return what two names that look the same to a class have in common: capitals and invisible signs do not count."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return " ".join(seen.casefold().split())
