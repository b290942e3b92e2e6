"""Characters that many people wrote with a real pen (UNIPEN), split by writer.

UNIPEN `train_r01_v07` (International Unipen Foundation 1999; Guyon, Schomaker,
Plamondon, Liberman and Janet, "UNIPEN project of on-line data exchange and
recognizer benchmarks", ICPR 1994), CC BY 4.0, about half of its writers.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.sources import NotHere, folder_of, read_file

Kind = Literal["digits", "capitals", "small_letters", "symbols"]
"""What kind of characters a file of the collection holds."""
Part = Literal["train", "validation", "test"]
"""Trained on, used to choose settings, or measured on once at the end."""
Stroke = NDArray[np.float32]
"""Points (P, 2) in the order of writing, x to the right and y downwards."""

TEST_WRITERS = 20
"""Writers of each kind whom no network learns from and no setting is chosen by."""
VALIDATION_WRITERS = 20
"""Writers of each kind by whom settings are chosen."""
PROLIFIC = 300
"""Who wrote more characters of a kind is learnt from: among those measured on, one hand would outweigh all others."""
LABELS: dict[Kind, str] = {
    "digits": "0123456789",
    "capitals": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "small_letters": "abcdefghijklmnopqrstuvwxyz",
    "symbols": "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum() and chr(code) != '"'),
}
"""The characters of each kind."""

_SEED = 0  # of the choice of writers; another seed mixes those trained on with those measured on
LARGEST = 1000
"""The larger side of every character in the files."""


@dataclass(frozen=True)
class Character:
    """One character as somebody wrote it.

    Attributes:
        strokes: from each touch of the pen to its lift; the character's larger side is 1.
        label: what the writer was asked for; a few are wrong.
        writer: a number; the same number in files of two kinds need not be the same person.
    """

    strokes: tuple[Stroke, ...]
    label: str
    writer: int


@cache
def characters(kind: Kind) -> tuple[Character, ...]:
    """Return all characters of a kind, in the order of the collection.

    Raises:
        NotHere: the collection is not on this machine, or its file is damaged.
    """
    folder = folder_of("unipen")
    if folder is None:
        raise NotHere("The pen strokes of UNIPEN are not on this machine.")
    try:
        return read_characters(kind, read_file(folder, f"{kind}.npz"))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        raise NotHere(f"The file of UNIPEN's {kind.replace('_', ' ')} is damaged; put it in its place again.") from None


def read_characters(kind: Kind, data: bytes) -> tuple[Character, ...]:
    """Return the characters in a file of the collection.

    Raises:
        ValueError, KeyError, EOFError, zipfile.BadZipFile: it is damaged.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return _characters(
            kind,
            file["points"],
            file["points_per_stroke"],
            file["strokes_per_character"],
            file["labels"],
            file["writers"],
        )


def _characters(
    kind: Kind,
    points: NDArray[np.generic],
    points_per_stroke: NDArray[np.generic],
    strokes_per_character: NDArray[np.generic],
    labels: NDArray[np.generic],
    writers: NDArray[np.generic],
) -> tuple[Character, ...]:
    """Return the characters in the arrays of a file.

    Raises:
        ValueError: the arrays do not belong together.
    """
    counts = (points_per_stroke, strokes_per_character, writers)
    integers = all(array.dtype.kind in "iu" and array.ndim == 1 for array in counts)
    if not integers or labels.ndim != 1 or labels.dtype.kind != "U" or points.dtype.kind not in "iu":
        raise ValueError("The arrays have other kinds of values.")
    characters_match = len(strokes_per_character) == len(labels) == len(writers)
    positive = min(points_per_stroke.min(initial=1), strokes_per_character.min(initial=1)) > 0
    if not characters_match or not positive or points.shape != (points_per_stroke.sum(), 2):
        raise ValueError("The arrays do not belong together.")
    if strokes_per_character.sum() != len(points_per_stroke) or not set(labels.tolist()) <= set(LABELS[kind]):
        raise ValueError("The arrays do not belong together.")
    if points.min(initial=0) < 0 or points.max(initial=0) > LARGEST:
        raise ValueError("A point lies outside.")
    scaled = points.astype(np.float32) / np.float32(LARGEST)
    strokes: list[Stroke] = np.split(scaled, np.cumsum(points_per_stroke)[:-1])
    ends = np.cumsum(strokes_per_character).tolist()
    begins = [0, *ends[:-1]]
    return tuple(
        Character(tuple(strokes[begin:end]), str(label), int(writer))
        for begin, end, label, writer in zip(begins, ends, labels, writers, strict=True)
    )


def of_part(kind: Kind, part: Part) -> tuple[Character, ...]:
    """Return the characters of a kind whose writers belong to one part; no writer is in two.

    Raises:
        NotHere: the collection is not on this machine, or its file is damaged.
    """
    everything = characters(kind)
    chosen = split_writers([character.writer for character in everything])[part]
    return tuple(character for character in everything if character.writer in chosen)


def split_writers(writers: Sequence[int]) -> dict[Part, frozenset[int]]:
    """Return which writers belong to which part: 20 to measure on, 20 to choose by, the others to learn from.

    Args:
        writers: of every character of a kind.
    """
    wrote = Counter(writers)
    others = sorted(writer for writer, count in wrote.items() if count <= PROLIFIC)
    order = np.random.default_rng(_SEED).permutation(others).tolist()
    chosen_by = TEST_WRITERS + VALIDATION_WRITERS
    test, validation = frozenset(order[:TEST_WRITERS]), frozenset(order[TEST_WRITERS:chosen_by])
    return {"test": test, "validation": validation, "train": frozenset(wrote) - test - validation}
