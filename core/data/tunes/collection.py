"""The Nottingham Music Database: 1,037 folk tunes in ABC notation, as networks read them letter by letter.

Of every tune only the music is kept, in one form: metre, unit of length, key, then the notes. Titles, sources and
remarks are left out, and so are repeats of a tune and tunes with signs that hardly any other tune has.
"""

import re
from collections import Counter
from functools import cache
from random import Random
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.sources import TEXTS, NotHere, folder_of, read_file
from core.data.tunes.notation import BadTune, parse_tune

NAME = "tunes"
"""The folder of the collection, as `core.data.sources` knows it."""
ALPHABET = "\n \"#'()+,-/123456789:<=>ABCDEFGKLM[]^_abcdefgimz|"
"""Every character of the tunes; its place here is its number."""
START = ALPHABET.index("\n")
"""What is read before the first letter: the end of a line."""
END = "\n\n"
"""How every tune ends."""
LONGEST = 1000
"""Letters of the longest tune that is kept."""

Part = Literal["train", "validation", "test"]
PARTS: dict[Part, tuple[float, float]] = {"train": (0.0, 0.8), "validation": (0.8, 0.9), "test": (0.9, 1.0)}
"""The shares of the tunes that are trained on, that recipes are chosen by, and that are scored once."""

_NUMBERS = {letter: number for number, letter in enumerate(ALPHABET)}
_HEAD = re.compile(r"^([A-Za-z]):(.*)$")


def encode(text: str) -> NDArray[np.int64]:
    """Return the number of every letter (T,).

    Raises:
        KeyError: there is a character outside the alphabet.
    """
    return np.array([_NUMBERS[letter] for letter in text], np.int64)


def decode(numbers: NDArray[np.integer]) -> str:
    """Return the letters with these numbers as a text."""
    return "".join(ALPHABET[number] for number in numbers.tolist())


@cache
def tunes() -> tuple[str, ...]:
    """Return all tunes that are kept, in an order drawn once and for all; each ends with an empty line.

    Raises:
        NotHere: the collection has not been downloaded, or a file of it is damaged.
    """
    folder = folder_of(NAME)
    if folder is None:
        raise NotHere("The collection of folk tunes is not here.")
    try:
        books = [read_file(folder, file).decode("ascii", "replace") for file in TEXTS[NAME].files]
    except OSError:
        raise NotHere("The collection of folk tunes cannot be read.") from None
    found: dict[str, str] = {}
    for book in books:
        for written in re.split(r"^X:.*$", book.replace("\r", ""), flags=re.MULTILINE)[1:]:
            tune = plain_tune(written)
            if tune is not None:
                found.setdefault(_notes_of(tune), tune)
    kept = sorted(found.values())
    Random(0).shuffle(kept)
    return tuple(kept)


def plain_tune(written: str) -> str | None:
    """Return a tune of the collection in the one form that networks read, None where it does not fit.

    Args:
        written: its lines below `X:`.
    """
    metre = unit = key = ""
    music: list[str] = []
    for line in written.split("\n"):
        field = _HEAD.match(line)
        if field:
            letter, value = field[1], field[2].split("%")[0].strip()
            if letter == "M" and not music:
                metre = value
            elif letter == "L" and not music:
                unit = value
            elif letter == "K" and not music:
                key = value
            elif letter in "MLK":
                if not music[-1].endswith("\n"):
                    music.append("\n")
                music.append(f"{letter}:{value}\n")
        elif not line.startswith("%") and line.strip():
            music.append(_plain_line(line))
    if not unit and metre:
        top, _, bottom = metre.partition("/")
        unit = "1/16" if bottom.isdigit() and top.isdigit() and int(top) / int(bottom) < 0.75 else "1/8"
    text = f"M:{metre}\nL:{unit}\nK:{key}\n{''.join(music).strip()}{END}"
    if len(text) > LONGEST or not set(text) <= set(ALPHABET):
        return None
    try:
        parse_tune(text)
    except BadTune:
        return None
    return text


def _plain_line(line: str) -> str:
    """Return a line of music without remarks and marks; a line that goes on below ends with a blank."""
    bare = re.sub(r"![^!]*!", "", line.split("%", maxsplit=1)[0])
    bare = re.sub(r"(?<=[|:])\s*\[(?=\d)", "", re.sub(r"[ \t]+", " ", bare)).strip()
    return bare[:-1].rstrip() if bare.endswith("\\") else f"{bare}\n"


def _notes_of(tune: str) -> str:
    """Return by what two tunes are the same: their notes without chords, lengths and bar lines."""
    music = tune.split("\n", 3)[3]
    return re.sub(r"[^A-Ga-g]", "", re.sub(r'"[^"]*"|[KML]:.*', "", music))


def part(name: Part) -> tuple[str, ...]:
    """Return the tunes that are trained on, validated with or tested on: whole tunes, none in two parts.

    Raises:
        NotHere: see `tunes`.
    """
    everything = tunes()
    first, stop = (round(share * len(everything)) for share in PARTS[name])
    return everything[first:stop]


def describe(name: Part) -> str:
    """Return in words what a part of the collection is."""
    chosen = part(name)
    which = {"train": "tunes to train on", "validation": "tunes for validation", "test": "tunes kept for the test"}
    return f"Nottingham Music Database, {len(chosen)} {which[name]} ({sum(map(len, chosen)):,} letters)"


def most_common(field: str) -> list[tuple[str, int]]:
    """Return the values of a field, ``M`` for the metre, in the tunes to train on, the most common first."""
    values = Counter(
        line[2:] for tune in part("train") for line in tune.split("\n")[:3] if line.startswith(f"{field}:")
    )
    return values.most_common()
