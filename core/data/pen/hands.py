"""Hands that come with the app: one of each digit, and of three letters, by writers whom no network learnt from."""

import io
from collections.abc import Sequence
from functools import cache

import numpy as np

from core.data.pen.unipen import LARGEST, Character, read_characters
from core.paths import ASSETS

FILE = ASSETS / "hands" / "hands.npz"
LETTERS_FILE = ASSETS / "hands" / "letters.npz"
LETTERS = "ABC"
"""The letters of which the app carries hands."""


@cache
def hands() -> tuple[Character, ...]:
    """Return the characters that come with the app; their writers are numbered from 1 and are never named."""
    return read_characters("digits", FILE.read_bytes())


@cache
def hands_of_letters() -> tuple[Character, ...]:
    """Return the letters that come with the app; their writers are numbered by themselves."""
    return read_characters("capitals", LETTERS_FILE.read_bytes())


def hands_of(digit: str) -> tuple[Character, ...]:
    """Return one digit as each of the writers wrote it, who have it, in the order of their numbers."""
    return tuple(character for character in hands() if character.label == digit)


def choose_hands(characters: Sequence[Character]) -> list[Character]:
    """Return the first of each character by every writer, the writers numbered anew from 1."""
    found: dict[tuple[int, str], Character] = {}
    for character in characters:
        found.setdefault((character.writer, character.label), character)
    numbers = {writer: number for number, writer in enumerate(sorted({writer for writer, _ in found}), 1)}
    return [
        Character(one.strokes, label, numbers[writer]) for (writer, label), one in sorted(found.items(), key=_place)
    ]


def _place(entry: tuple[tuple[int, str], Character]) -> tuple[int, str]:
    return entry[0]


def pack(characters: Sequence[Character]) -> bytes:
    """Return characters as a file of the same form as those of the collection (`core.data.pen.unipen`)."""
    strokes = [stroke for character in characters for stroke in character.strokes]
    file = io.BytesIO()
    np.savez_compressed(
        file,
        points=(np.concatenate(strokes) * LARGEST).round().astype(np.int16),
        points_per_stroke=np.array([len(stroke) for stroke in strokes], np.int16),
        strokes_per_character=np.array([len(character.strokes) for character in characters], np.int16),
        labels=np.array([character.label for character in characters]),
        writers=np.array([character.writer for character in characters], np.int16),
    )
    return file.getvalue()
