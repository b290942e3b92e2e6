"""Sound files that people bring: bounded before they are decoded, then one channel at the rate that networks hear."""

import io
import math
from dataclasses import dataclass

import numpy as np
import scipy
import soundfile

from core.data.audio.spectrum import SAMPLE_RATE, Floats
from core.wording import counted

MOST_BYTES = 5 * 2**20
"""Largest file that is opened."""
MOST_SECONDS = 12
"""Longest recording that is decoded."""
FORMATS = ("wav", "flac", "ogg")
"""Endings of the files that can be read."""

_READ = {"WAV", "WAVEX", "FLAC", "OGG"}  # libsndfile knows more, but nobody records in them
_RATES = (4000, 96_000)
_MOST_CHANNELS = 8


class UnreadableRecording(ValueError):
    """A file that is no recording, or a much too long one; the message is a sentence for the person who brought it."""


@dataclass(frozen=True)
class Recording:
    """A recording as networks hear it.

    Attributes:
        samples: (N,) in -1 to 1, `SAMPLE_RATE` a second, N at least 1.
        rate: samples a second in the file.
        channels: in the file; their mean is heard.
        clipped: share of the samples at the limit of what the file can hold.
    """

    samples: Floats
    rate: int
    channels: int
    clipped: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / SAMPLE_RATE


def read_recording(data: bytes) -> Recording:
    """Decode a WAV, FLAC or OGG file.

    Raises:
        UnreadableRecording: too large, too long, empty, damaged, or no such file.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableRecording(
            f"This file is larger than {MOST_BYTES // 2**20} MB. Say one digit, in a second or two."
        )
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            if file.format not in _READ:
                raise UnreadableRecording("Only WAV, FLAC and OGG files can be read here.")
            if not _RATES[0] <= file.samplerate <= _RATES[1] or file.channels > _MOST_CHANNELS:
                raise UnreadableRecording(
                    f"This file has {counted(file.channels, 'channel')} of {file.samplerate:,} samples a second. "
                    f"Up to {_MOST_CHANNELS} channels of {_RATES[0]:,} to {_RATES[1]:,} samples can be read."
                )
            if file.frames > MOST_SECONDS * file.samplerate:
                raise UnreadableRecording(_too_long(file.frames / file.samplerate))
            # A header may say anything, so no more is read than may be.
            samples = file.read(MOST_SECONDS * file.samplerate, dtype="float32", always_2d=True)
            rate, channels = file.samplerate, file.channels
    except (soundfile.LibsndfileError, RuntimeError, OSError, MemoryError):
        raise UnreadableRecording("This is not a sound file that can be read, or it is damaged.") from None
    if not len(samples):
        raise UnreadableRecording("There is no sound in this file: it is empty.")
    if not np.isfinite(samples).all():
        raise UnreadableRecording("This file is damaged: some of its samples are not numbers.")
    return recording_of(samples, rate, channels)


def recording_of(samples: Floats, rate: int, channels: int = 1) -> Recording:
    """Return samples (N, channels) in -1 to 1 as a recording of one channel; what is beyond is scaled down."""
    peak = float(np.abs(samples).max())
    clipped = float((np.abs(samples) >= 0.999).mean()) if peak >= 0.999 else 0.0
    mono = (samples.astype(np.float64) / max(1.0, peak)).mean(1)
    divisor = math.gcd(rate, SAMPLE_RATE)
    if rate != SAMPLE_RATE:
        mono = scipy.signal.resample_poly(mono, SAMPLE_RATE // divisor, rate // divisor)
    return Recording(np.clip(mono, -1, 1).astype(np.float32), rate, channels, clipped)


def to_wav(samples: Floats) -> bytes:
    """Return samples (N,) in -1 to 1 as a WAV file of `SAMPLE_RATE`, 16 bits."""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def _too_long(seconds: float) -> str:
    length = f"{seconds / 60:,.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
    return f"This recording lasts {length}. Say one digit, in {MOST_SECONDS} seconds at most."
