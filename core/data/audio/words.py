"""Where in a recording somebody speaks: loud stretches between quiet ones, and why there is no word."""

from dataclasses import dataclass

import numpy as np
import scipy

from core.data.audio.recording import Recording
from core.data.audio.spectrum import SAMPLE_RATE, Floats

STEP = SAMPLE_RATE // 100
"""Samples between two measurements of loudness: 10 ms."""
PAUSE = 0.28
"""Seconds of quiet that part two words; the t of "eight" is quiet for half of that."""
SHORTEST, LONGEST = 0.05, 2.5
"""Seconds that a word may last; longer is a song or a sentence."""
MARGIN = 0.05
"""Seconds that are kept before and after the word."""
NEAR = 0.15
"""Seconds before or after the word that are too short to be cut off: they may be its quiet end."""

_BELOW_PEAK = 30.0  # decibels; quieter is no speech
_ABOVE_NOISE = 8.0  # decibels that speech is louder than what is always there
_QUIET = 24.0  # decibels below the loudest word at which another stretch is no word
_SILENCE = -50.0  # decibels of full scale
_STEADY = 6.0  # decibels between loud and quiet moments of noise
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


@dataclass(frozen=True)
class Speech:
    """What was found in a recording.

    Attributes:
        words: (begin, end) of every loud stretch, in samples.
        begin: where what networks hear begins, in samples.
        end: where it ends.
        reason: why there is no word to read, a sentence; empty where there is one.
        warning: a sentence about a word that can be read but not well; empty where there is none.
    """

    words: tuple[tuple[int, int], ...]
    begin: int
    end: int
    reason: str = ""
    warning: str = ""


def loudness(samples: Floats) -> Floats:
    """Return the loudness (T,) every 10 ms over 25 ms, in decibels of full scale, never below -100."""
    window = scipy.signal.windows.hann(2 * STEP + STEP // 2)
    window /= window.sum()
    power = np.convolve(samples.astype(np.float64) ** 2, window, "same")[STEP // 2 :: STEP]
    if not len(power):
        power = np.array([float((samples.astype(np.float64) ** 2).mean())])
    return (10 * np.log10(np.maximum(power, 1e-10))).astype(np.float32)


def find_speech(recording: Recording) -> Speech:
    """Return where the word is, or say in a sentence why there is none.

    Loud is what is within 30 decibels of the loudest moment and well above what is always there.
    """
    samples = recording.samples
    loud = loudness(samples)
    peak, floor = float(loud.max()), float(np.percentile(loud, 10))
    whole = (0, len(samples))
    if peak < _SILENCE:
        return Speech((), *whole, "I hear nothing. Is the microphone on? Speak a little louder.")
    if recording.clipped > 0.2:
        return Speech((), *whole, "This is so loud that most of the wave is cut off. Move away from the microphone.")
    if recording.seconds > 0.6 and float(np.percentile(loud, 98)) - floor < _STEADY:
        return Speech((), *whole, "I hear noise, or one steady sound, but no word stands out.")
    level = max(peak - _BELOW_PEAK, min(floor + _ABOVE_NOISE, peak - _STEADY))
    words = tuple(_stretches(loud, level, peak))
    begin, end = words[0][0] - _whole(MARGIN), words[-1][1] + _whole(MARGIN)
    begin = 0 if begin < _whole(NEAR) else begin
    end = len(samples) if len(samples) - end < _whole(NEAR) else end
    return Speech(words, begin, end, _refusal(words), _doubt(recording))


def _whole(seconds: float) -> int:
    """Return seconds in samples."""
    return round(seconds * SAMPLE_RATE)


def _stretches(loud: Floats, level: float, peak: float) -> list[tuple[int, int]]:
    """Return the loud stretches in samples, joined where the pause between them is short."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (loud >= level).astype(np.int8), [0]])))
    joined: list[list[int]] = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if joined and (begin - joined[-1][1]) * STEP < PAUSE * SAMPLE_RATE:
            joined[-1][1] = end
        else:
            joined.append([begin, end])
    lasting = [
        (begin, end)
        for begin, end in joined
        if loud[begin:end].max() == peak or (end - begin >= 6 and loud[begin:end].max() >= peak - _QUIET)
    ]
    return [(begin * STEP, end * STEP) for begin, end in lasting]


def _refusal(words: tuple[tuple[int, int], ...]) -> str:
    if len(words) > 1:
        count = _COUNTS.get(len(words), str(len(words)))
        return f"I hear {count} words; say one digit."
    seconds = (words[0][1] - words[0][0]) / SAMPLE_RATE
    if seconds < SHORTEST:
        return "I hear only a click. Say one digit, from zero to nine."
    if seconds > LONGEST:
        return f"I hear {seconds:.1f} seconds without a pause: a song, or a sentence? Say one digit."
    return ""


def _doubt(recording: Recording) -> str:
    if recording.clipped > 0.002:
        share = f"{recording.clipped:.1%}".replace("%", " %")
        return f"The loudest {share} of the wave is cut off (clipping). Speak a little farther from the microphone."
    return ""
