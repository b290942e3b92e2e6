"""Digits that one person said, a few times each: which are learnt from, which are kept apart, and where they wait.

Runs are trained by another process, so what they learn from lies on the disk meanwhile: the log-mel pictures, not the
sound, under ``PLAYGROUND_HOME/voices``.
"""

import hashlib
import io
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import scipy

from core.bounded_zip import BadZip, open_zip, read_member
from core.data.audio.examples import PADDING, padded
from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import FORMATS, MOST_BYTES, Recording, UnreadableRecording, to_wav
from core.data.audio.samples import SPEAKERS, sample
from core.data.audio.spectrum import USUAL, Floats
from core.data.sources import NotHere
from core.settings import settings

VOICE = "voice:"
"""How the names of voices begin."""
SAMPLES = f"{VOICE}samples"
"""The voice that the app can imitate without a microphone."""
HIGHER = 1.4
"""How many times as fast its recordings are played, which makes voices of men high and quick like a child's."""
MOST_TAKES = 60
"""More recordings of a voice are not taken."""
OLDEST = 2 * 3600
"""Seconds after which a voice is removed that nobody has removed."""

_NAME = re.compile(rf"{VOICE}[0-9a-f]{{16}}")


@dataclass(frozen=True, eq=False)
class Take:
    """A digit said once.

    Attributes:
        digit: 0-9.
        picture: its log-mel picture (T, mels) in 0-1.
        samples: what is heard (N,), `SAMPLE_RATE` a second; empty where it was read from the disk.
    """

    digit: int
    picture: Floats
    samples: Floats = field(default_factory=lambda: np.empty(0, np.float32))


@dataclass(frozen=True)
class Voice:
    """What one person said, in the order in which it was recorded."""

    takes: tuple[Take, ...] = ()

    def __len__(self) -> int:
        return len(self.takes)

    def of(self, digit: int) -> int:
        """Return how many times a digit was said."""
        return sum(take.digit == digit for take in self.takes)

    def with_take(self, take: Take) -> "Voice":
        """Return the same with another recording at the end."""
        return replace(self, takes=(*self.takes, take))

    def without(self, place: int) -> "Voice":
        """Return the same without one recording; -1 is the last one."""
        gone = self.takes[place]
        return replace(self, takes=tuple(take for take in self.takes if take is not gone))

    def holds(self, take: Take) -> bool:
        """Whether the same recording is there already: learnt from and tested on, it would make a network look good."""
        return any(np.array_equal(one.picture, take.picture) for one in self.takes)

    @property
    def kept_apart(self) -> tuple[Take, ...]:
        """The last recording of every digit that was said twice or more: nothing learns from them."""
        last = {take.digit: place for place, take in enumerate(self.takes)}
        return tuple(self.takes[place] for digit, place in sorted(last.items()) if self.of(digit) > 1)

    @property
    def learnt(self) -> tuple[Take, ...]:
        """All others."""
        apart = {id(take) for take in self.kept_apart}
        return tuple(take for take in self.takes if id(take) not in apart)

    @cached_property
    def name(self) -> str:
        """Stands for the content, and for nothing else."""
        content = hashlib.sha256(bytes(take.digit for take in self.takes))
        for take in self.takes:
            content.update(repr(take.picture.shape).encode() + take.picture.tobytes())
        return VOICE + content.hexdigest()[:16]


def missing(voice: Voice) -> str:
    """Return in a sentence what is missing before a voice can be learnt; empty where nothing is."""
    digits = {take.digit for take in voice.takes}
    if len(digits) < 2:
        return "Say at least two different digits."
    if len({take.digit for take in voice.kept_apart}) < 2:
        return (
            "Say at least two of the digits twice: one recording is learnt from, the other is kept apart for the test."
        )
    return ""


def imitated_voice() -> Voice:
    """Return the shipped samples, played faster: a voice that the shipped networks do not know.

    Both people say every digit once. The test is spoken by the second one.
    """
    return Voice(tuple(_higher(sample(digit, one), digit) for one in SPEAKERS for digit in range(10)))


def _higher(recording: Recording, digit: int) -> Take:
    samples = scipy.signal.resample(recording.samples, round(len(recording.samples) / HIGHER)).astype(np.float32)
    sound = prepare_sound(replace(recording, samples=samples))
    return Take(digit, sound.picture, sound.samples)


def out_of_zip(data: bytes) -> list[tuple[str, bytes]]:
    """Return the names and contents of the recordings in a zip, those of `as_zip` for example, as many as are taken.

    Raises:
        UnreadableRecording: it is no zip, or there are no recordings in it.
    """
    try:
        with open_zip(data) as archive:
            members = [one for one in archive.infolist() if one.filename.lower().endswith(FORMATS)]
            found = [
                (one.filename.rpartition("/")[2], read_member(archive, one, MOST_BYTES)) for one in members[:MOST_TAKES]
            ]
    except BadZip as problem:
        raise UnreadableRecording(str(problem)) from None
    if not found:
        raise UnreadableRecording("There are no recordings in this zip.")
    return found


def as_zip(voice: Voice) -> bytes:
    """Return the recordings as a zip of WAV files whose names begin with the digit: 3_2.wav is the second "three"."""
    packed, said = io.BytesIO(), Counter[int]()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for take in voice.takes:
            said[take.digit] += 1
            archive.writestr(zipfile.ZipInfo(f"{take.digit}_{said[take.digit]}.wav"), to_wav(take.samples))
    return packed.getvalue()


def store_voice(voice: Voice) -> str:
    """Keep a voice on the disk for the process that learns it, and return its name.

    Raises:
        OSError: it cannot be written.
    """
    folder = settings().home / "voices"
    folder.mkdir(parents=True, exist_ok=True)
    remove_old_voices()
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        pictures = padded([take.picture for take in voice.takes])
        np.savez(file, pictures=pictures, digits=np.array([take.digit for take in voice.takes], np.int64))
    Path(file.name).replace(_file(voice.name))
    return voice.name


def read_voice(name: str) -> Voice:
    """Return a voice that was kept.

    Raises:
        NotHere: it is not there, or its file is damaged.
    """
    if name == SAMPLES:
        return imitated_voice()
    try:
        with np.load(_file(name), allow_pickle=False) as file:
            pictures, digits = np.asarray(file["pictures"], np.float32), np.asarray(file["digits"], np.int64)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        raise NotHere("The recordings of this voice are no longer on this machine.") from None
    fits = pictures.ndim == 3 and pictures.shape[2] == USUAL.mels and digits.shape == (len(pictures),)
    if not fits or not np.isin(digits, np.arange(10)).all() or not np.isfinite(pictures).all():
        raise NotHere("The file of this voice is damaged.")
    whole = (picture[picture[:, 0] != PADDING] for picture in pictures)
    return Voice(tuple(Take(int(digit), picture) for digit, picture in zip(digits, whole, strict=True)))


def remove_voices(names: Sequence[str]) -> None:
    """Remove voices; those that are not there are no error."""
    for name in names:
        if _NAME.fullmatch(name):
            _file(name).unlink(missing_ok=True)


def remove_old_voices(older_than: float = OLDEST, needed: Collection[str] = ()) -> None:
    """Remove what nobody has removed, because the server or a browser was stopped; voices that are needed stay."""
    kept = {_file(name) for name in needed if _NAME.fullmatch(name)}
    for file in (settings().home / "voices").glob("*"):
        try:
            if file not in kept and time.time() - file.stat().st_mtime > older_than:
                file.unlink()
        except FileNotFoundError:  # somebody else was faster
            continue


def _file(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise NotHere("There is no such voice.")
    return settings().home / "voices" / f"{name.removeprefix(VOICE)}.npz"
