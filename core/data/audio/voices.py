"""One recording in other voices, rooms and noises, so that five people stand for many.

Speed, pitch and formants change separately: a wave played faster is higher in
all; a longer hop shortens it again; and the envelope of every spectrum, where
the shape of the mouth shows, is stretched without its harmonics (cepstral
smoothing, as in Jaitly and Hinton, "Vocal tract length perturbation", 2013).
"""

import numpy as np
import scipy
from numpy.typing import NDArray

from core.data.audio.spectrum import (
    SAMPLE_RATE,
    USUAL,
    Floats,
    mel_filters,
    power_spectrum,
    to_picture,
)

_ENVELOPE = 24
"""Quefrencies kept for the envelope of a spectrum: 3 ms, shorter than the period of any voice below 330 Hz."""
_FILTERS = mel_filters()


def another_voice(samples: Floats, draw: np.random.Generator) -> Floats:
    """Return the log-mel picture (T, mels) of a recording as somebody else might have said it elsewhere."""
    higher = float(np.clip(np.exp(draw.normal(0, 0.12)), 0.75, 1.35))  # pitch and formants together, and faster
    faster = float(np.exp(draw.normal(0, 0.15))) / higher
    mouth = float(np.clip(np.exp(draw.normal(0, 0.08)), 0.8, 1.25))
    wave = scipy.signal.resample(samples, max(1, round(len(samples) / higher)))
    wave = _with_margins(wave / max(float(np.abs(wave).max()), 1e-6), draw)
    if draw.random() < 0.35:
        wave = _in_room(wave, draw)
    if draw.random() < 0.8:
        wave = wave + _noise(len(wave), draw)
    if draw.random() < 0.1:
        wave = np.clip(wave, -0.3, 0.3)  # as a microphone does that is turned up too far
    hop = int(np.clip(round(USUAL.hop_length * faster), 80, 200))
    frames = np.lib.stride_tricks.sliding_window_view(wave, USUAL.window_length)[::hop]
    power = stretch_formants(power_spectrum(frames.astype(np.float32)), mouth)
    return to_picture((power @ _FILTERS.T) * _equalised(draw))


def stretch_formants(power: Floats, factor: float) -> Floats:
    """Return power spectra (T, F) whose envelopes lie `factor` times as high; harmonics stay in place."""
    logarithm = np.log(np.maximum(power, 1e-10))
    cepstrum = np.fft.irfft(logarithm, axis=1)
    cepstrum[:, _ENVELOPE : -_ENVELOPE + 1] = 0
    envelope = np.fft.rfft(cepstrum, axis=1).real
    places = np.minimum(np.arange(power.shape[1]) / factor, power.shape[1] - 1)
    below = places.astype(int)
    above, share = np.minimum(below + 1, power.shape[1] - 1), places - below
    stretched = envelope[:, below] * (1 - share) + envelope[:, above] * share
    return np.exp(logarithm - envelope + stretched).astype(np.float32)


def _with_margins(wave: Floats, draw: np.random.Generator) -> Floats:
    before, after = (draw.integers(0, SAMPLE_RATE // 10, 2) + USUAL.window_length // 4).tolist()
    padded = np.pad(wave, (before, after))
    return np.pad(padded, (0, max(0, USUAL.window_length - len(padded))))


def _in_room(wave: Floats, draw: np.random.Generator) -> Floats:
    """Return the wave with the echoes of a room: noise that fades by 60 dB within 0.1 to 0.5 seconds."""
    seconds = draw.uniform(0.1, 0.5)
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    response = draw.normal(0, 1, len(time)) * 10 ** (-3 * time / seconds)
    response *= draw.uniform(0.1, 0.6) / np.sqrt((response**2).sum())
    response[0] = 1.0
    return scipy.signal.fftconvolve(wave, response)[: len(wave)]


def _noise(length: int, draw: np.random.Generator) -> NDArray[np.float64]:
    """Return noise between white and brown, 10 to 50 dB below the loudest sample."""
    spectrum = np.fft.rfft(draw.normal(0, 1, length))
    spectrum /= np.maximum(np.arange(len(spectrum)), 1) ** draw.uniform(0, 1)
    noise = np.fft.irfft(spectrum, length)
    return noise / max(float(noise.std()), 1e-9) * 10 ** (-draw.uniform(10, 50) / 20) * 0.3


def _equalised(draw: np.random.Generator) -> Floats:
    """Return factors (mels,) of a microphone that hears some frequencies better than others."""
    place = np.linspace(-1, 1, USUAL.mels)
    tilt, bow = draw.normal(0, 3), draw.normal(0, 2)
    factors = 10 ** ((tilt * place + bow * (2 * place**2 - 1)) / 10)
    return factors.astype(np.float32)
