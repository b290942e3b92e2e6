"""What was done to a word: letters put in, left out, changed, swapped. Knows no list of words."""

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA, Postfix, Prefix

Kind = Literal["same", "insert", "delete", "double", "single", "change", "swap"]


@dataclass(frozen=True)
class Edit:
    """One step from the right word to the typed one.

    Attributes:
        kind: what was done: `same` is nothing, `insert` and `double` put a letter in, `delete` and `single` left one
            out; `double` and `single` did so beside its like.
        typed: letters of the typed word, none, one, or the two that were swapped.
        right: letters of the right word.
    """

    kind: Kind
    typed: str
    right: str


def distance(typed: str, right: str) -> int:
    """Return how many letters were put in, left out, changed or swapped with their neighbour, at least.

    The optimal string alignment distance: a swap counts once, and what was
    swapped is not changed again.
    """
    return OSA.distance(typed, right)


def edits(typed: str, right: str) -> tuple[Edit, ...]:
    """Return the steps of one of the shortest ways from the right word to the typed one.

    What both begin and end with stays as it is. Among ways of the same length the
    one is taken that finds, from the end on, a swap before a change, and that
    before a letter more or less.
    """
    first = Prefix.similarity(typed, right)
    last = Postfix.similarity(typed[first:], right[first:])
    at, of = len(typed) - last, len(right) - last
    table = _table(typed[first:at], right[first:of])
    found: list[Edit] = []
    while at > first or of > first:
        here, letter, wanted = table[at - first][of - first], typed[at - 1 : at], right[of - 1 : of]
        both = at > first and of > first
        if (
            both
            and _swapped(typed[first:], right[first:], at - first, of - first)
            and (here == table[at - first - 2][of - first - 2] + 1)
        ):
            found.append(Edit("swap", typed[at - 2 : at], right[of - 2 : of]))
            at, of = at - 2, of - 2
        elif both and here == table[at - first - 1][of - first - 1] + (letter != wanted):
            found.append(Edit("same" if letter == wanted else "change", letter, wanted))
            at, of = at - 1, of - 1
        elif at > first and here == table[at - first - 1][of - first] + 1:
            found.append(Edit("double" if _beside_like(typed, at) else "insert", letter, ""))
            at -= 1
        else:
            found.append(Edit("single" if _beside_like(right, of) else "delete", "", wanted))
            of -= 1
    kept = [Edit("same", letter, letter) for letter in typed]
    return (*kept[:first], *reversed(found), *kept[len(typed) - last :])


def _swapped(typed: str, right: str, at: int, of: int) -> bool:
    return (
        at > 1
        and of > 1
        and typed[at - 1] == right[of - 2]
        and typed[at - 2] == right[of - 1]
        and typed[at - 1] != typed[at - 2]
    )


def _beside_like(word: str, at: int) -> bool:
    """Return whether the letter before place `at` stands beside its like."""
    return word[at - 1] in (word[at - 2 : at - 1], word[at : at + 1])


def _table(typed: str, right: str) -> list[list[int]]:
    """Return the distances of all beginnings, [len(typed) + 1][len(right) + 1]: `rapidfuzz` tells only the last one."""
    table = [list(range(len(right) + 1))]
    for at, letter in enumerate(typed, 1):
        above, row = table[-1], [at]
        for of, wanted in enumerate(right, 1):
            least = min(above[of] + 1, row[of - 1] + 1, above[of - 1] + (letter != wanted))
            if _swapped(typed, right, at, of):
                least = min(least, table[at - 2][of - 2] + 1)
            row.append(least)
        table.append(row)
    return table
