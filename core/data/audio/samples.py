"""The recordings that the app carries: each digit by two people, none of them learnt from by the shipped networks."""

import io

import soundfile

from core.data.audio.fsdd import Spoken, known_voices
from core.data.audio.recording import Recording, read_recording
from core.paths import ASSETS

FOLDER = ASSETS / "speech"
SPEAKERS = ("jackson", "theo")
"""Whose recordings they are."""
INDEX = 0
"""Which of their recordings; 0 to 4 are measured on."""


def sample_bytes(digit: int, speaker: str) -> bytes:
    """Return the file of a sample, FLAC."""
    return (FOLDER / f"{digit}_{speaker}_{INDEX}.flac").read_bytes()


def sample(digit: int, speaker: str) -> Recording:
    """Return a digit as one of `SPEAKERS` said it."""
    return read_recording(sample_bytes(digit, speaker))


def write_samples() -> int:
    """Write the samples from the collection and return how many there are.

    Raises:
        NotHere: the collection is not on this machine.
    """
    chosen = [one for one in known_voices()[1] if one.speaker in SPEAKERS and one.index == INDEX]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for one in chosen:
        (FOLDER / f"{one.name}.flac").write_bytes(_flac(one))
    return len(chosen)


def _flac(one: Spoken) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, one.samples, 8000, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()
