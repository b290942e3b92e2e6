"""What the folders around somebody's pictures mean: classes, the parts of a split, or people."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Layout = Literal["outer", "split", "people", "merged"]
"""How folders are read: `split` and `people` keep parts or people apart; else every fifth picture of a class is tested.

Without parts and people, the classes are the outermost folders (`outer`) or those inside them (`merged`).
"""
Folders = tuple[str, ...]
"""The names on the way to a picture, from the outermost on."""

_TEST = {"test", "tests", "testing", "testset", "tst"}
_VALIDATION = {"val", "valid", "validation", "validate", "dev"}
_TRAIN = {"train", "training", "trainset", "trn"}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

Part = Literal["train", "validation", "test"]


@dataclass(frozen=True)
class Meaning:
    """One way to read folders.

    Attributes:
        layout: its name.
        classes: which folder on the way to a picture is its class, 0 for the outermost.
        owners: which is the part of the split, or the person; None where there is none.
    """

    layout: Layout
    classes: int
    owners: int | None = None

    @property
    def deepest(self) -> int:
        """The deepest folder that is needed."""
        return max(self.classes, self.owners or 0)


def part_of(folder: str) -> Part | None:
    """Return which part of a split a folder is by its name, ``trainingSet`` or ``mnist_test``; None for others."""
    words = {word.lower() for word in _WORD.findall(folder)}
    names: dict[Part, set[str]] = {"test": _TEST, "train": _TRAIN, "validation": _VALIDATION}
    found: list[Part] = [part for part, known in names.items() if words & known]
    return found[0] if len(found) == 1 else None


def without_wrappers(paths: Sequence[Folders]) -> list[Folders]:
    """Return the folders without those that lie around all others; nothing is left of what lies beside these.

    Also without those within the parts of a split that add nothing: ``train/train/0``.
    """
    found = list(paths)
    while len(_names(found, 0)) == 1 and any(len(path) > 1 for path in found):
        # One folder around all others is no class, and what lies in it beside them belongs to none.
        found = [path[1:] for path in found]
    while _are_parts(_names(found, 0)) and (wrappers := _wrappers(found)):
        found = [path[:1] + path[2:] if path[:2] in wrappers else path for path in found]
    return found


def _wrappers(paths: Sequence[Folders]) -> set[Folders]:
    """Return the folders, each with its part of a split before it, that add nothing to their part."""
    parts = {part: [path[1:] for path in paths if path[:1] == (part,)] for part in _names(paths, 0)}
    found: set[Folders] = set()
    for part, inside in parts.items():
        others = set().union(*(_names(other, 0) for name, other in parts.items() if name != part))
        names, deeper = _names(inside, 0), _names(inside, 1)
        if len(names) != 1:
            continue
        (name,) = names
        foreign = name not in others and (not deeper or bool(deeper & others))
        everywhere = names == others and all(_names(other, 1) for other in parts.values())
        if part_of(name) or everywhere or foreign:
            found.add((part, name))
    return found


def meanings(paths: Sequence[Folders]) -> tuple[Meaning, ...]:
    """Return how folders without wrappers may be read, the likeliest first; none for a split without classes."""
    parts = next((level for level in (0, 1) if _are_parts(_names(paths, level)) and _everywhere(paths, level)), None)
    if parts is None:
        return _people(paths, 0, 1) or (Meaning("outer", 0),)
    levels = [level for level in (0, 1, 2) if level != parts]
    longer = [path for path in paths if len(path) > levels[0]]
    if not longer:
        return ()
    people = _people(longer, *levels)
    classes = people[0].classes if people else levels[0]
    tested = {part_of(path[parts]) for path in longer if len(path) > max(classes, parts)}
    split = (Meaning("split", classes, parts),) if len(tested) > 1 else ()
    apart = people[:1] if people else ()
    mixed = Meaning("outer" if classes == 0 else "merged", classes)
    rest = () if mixed.layout == "outer" else (Meaning("outer", 0),)
    return (*split, *apart, mixed, *rest)


def _are_parts(names: set[str]) -> bool:
    """Return whether folders are the parts of a split: all of them by name, and at least two kinds."""
    kinds = {part_of(name) for name in names}
    return len(kinds) > 1 and None not in kinds


def _names(paths: Sequence[Folders], level: int) -> set[str]:
    return {path[level] for path in paths if len(path) > level}


def _everywhere(paths: Sequence[Folders], level: int) -> bool:
    """Return whether at least two outermost folders have several folders at a level, so that these repeat."""
    inside: dict[str, set[str]] = {}
    for path in paths:
        inside.setdefault(path[0] if path else "", set()).update(path[level : level + 1])
    return level == 0 or sum(len(names) > 1 for names in inside.values()) > 1


def _people(paths: Sequence[Folders], first: int, second: int) -> tuple[Meaning, ...]:
    """Return how to read two levels of folders where most outer ones have the same inside; none for others.

    Not everybody has to have drawn everything.
    """
    inside: dict[str, set[str]] = {}
    for path in paths:
        if len(path) > first:
            inside.setdefault(path[first], set()).update(path[second : second + 1])
    having = Counter(name for names in inside.values() for name in names)
    if len(inside) < 2 or sum(count > len(inside) / 2 for count in having.values()) < 2:
        return ()
    if _like_classes(set(inside)) and not _like_classes(set().union(*inside.values())):
        return Meaning("people", first, second), Meaning("outer", first), Meaning("merged", second)
    return Meaning("people", second, first), Meaning("merged", second), Meaning("outer", first)


def _like_classes(names: set[str]) -> bool:
    """Return whether names are those of digits or letters: numbers, or single characters."""
    return all(name.isdecimal() or len(name) == 1 for name in names)
