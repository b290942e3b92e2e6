"""Spoken digits of five people (Free Spoken Digit Dataset), parted by index or by speaker.

Zohar Jackson and others, "Free Spoken Digit Dataset", CC BY-SA 4.0. The index
parts known voices: 0-4 are the publisher's test part, spoken by the people of
the other recordings. Only leaving out a speaker tells how a stranger is understood.
"""

import io
from dataclasses import dataclass
from functools import cache

import numpy as np
import soundfile
from numpy.typing import NDArray

from core.data.audio.spectrum import SAMPLE_RATE, Floats
from core.data.sources import FSDD_SPEAKERS, NotHere, folder_of, published, read_file

SPEAKERS = FSDD_SPEAKERS
KEPT_APART = 5
"""Recordings of each digit by each speaker, the first ones, that are measured on."""


@dataclass(frozen=True)
class Spoken:
    """One recording of a digit.

    Attributes:
        samples: (N,) in -1 to 1, `SAMPLE_RATE` a second.
        digit: 0-9.
        speaker: one of `SPEAKERS`.
        index: 0-49.
    """

    samples: Floats
    digit: int
    speaker: str
    index: int

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return f"{self.digit}_{self.speaker}_{self.index}"


@cache
def spoken_digits() -> tuple[Spoken, ...]:
    """Return all 2,500 recordings, in the order of their files.

    Raises:
        NotHere: the collection is not on this machine, or a file of it is damaged.
    """
    folder = folder_of("fsdd")
    if folder is None:
        raise NotHere("The spoken digits (Free Spoken Digit Dataset) are not on this machine.")
    try:
        return tuple(_read(file, read_file(folder, file)) for file in published("fsdd").files)
    except (OSError, ValueError, soundfile.LibsndfileError):
        raise NotHere("A file of the spoken digits is damaged; put it in its place again.") from None


def _read(file: str, data: bytes) -> Spoken:
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    if rate != SAMPLE_RATE or samples.ndim != 1:
        raise ValueError(f"{file} is not a recording of the collection.")
    digit, speaker, index = file.rpartition("/")[2].removesuffix(".wav").split("_")
    return Spoken(samples, int(digit), speaker, int(index))


def known_voices() -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
    """Return what is learnt from and what is measured on, by the same five people.

    Raises:
        NotHere: the collection is not on this machine.
    """
    everything = spoken_digits()
    learnt = tuple(one for one in everything if one.index >= KEPT_APART)
    return learnt, tuple(one for one in everything if one.index < KEPT_APART)


def left_out(speaker: str) -> tuple[tuple[Spoken, ...], tuple[Spoken, ...]]:
    """Return the recordings of the four others, and those of `speaker`.

    Raises:
        NotHere: the collection is not on this machine.
    """
    everything = spoken_digits()
    others = tuple(one for one in everything if one.speaker != speaker)
    return others, tuple(one for one in everything if one.speaker == speaker)


def labels_of(spoken: tuple[Spoken, ...]) -> NDArray[np.int64]:
    """Return the digits (N,)."""
    return np.array([one.digit for one in spoken], np.int64)
