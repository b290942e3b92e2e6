"""From a wave to its log-mel picture: frames, power spectra, mel filters, decibels.

The steps are those of every introduction to speech recognition (Davis and
Mermelstein, "Comparison of parametric representations for monosyllabic word
recognition", 1980), each kept so that a page can show it.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts are imported when they are first used, `signal` takes half a second
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SAMPLE_RATE = 8000
"""Samples a second of everything that networks hear."""
LOWEST, HIGHEST = 60.0, 4000.0
"""Frequencies between which the mel filters lie, Hz."""
RANGE = 50.0
"""Decibels below the loudest place of a recording at which its picture is black."""


@dataclass(frozen=True)
class SpectrumSettings:
    """How a wave is cut into frames and how finely its frequencies are told apart.

    Attributes:
        window: length of a frame, milliseconds.
        hop: from the beginning of one frame to the next, milliseconds.
        mels: number of mel filters.
    """

    window: float = 32.0
    hop: float = 16.0
    mels: int = 32

    @property
    def window_length(self) -> int:
        """Samples in a frame."""
        return round(self.window * SAMPLE_RATE / 1000)

    @property
    def hop_length(self) -> int:
        """Samples from one frame to the next."""
        return round(self.hop * SAMPLE_RATE / 1000)

    @property
    def fft_length(self) -> int:
        """Samples that the Fourier transform is computed of: a power of two, the rest of it zeros."""
        return 1 << (self.window_length - 1).bit_length()


USUAL = SpectrumSettings()
"""What the shipped networks read."""


def frames_of(samples: Floats, settings: SpectrumSettings = USUAL) -> Floats:
    """Return overlapping frames (T, window_length) of a wave (N,); a wave shorter than a frame is filled up with 0."""
    length = settings.window_length
    if len(samples) < length:
        samples = np.pad(samples, (0, length - len(samples)))
    return np.lib.stride_tricks.sliding_window_view(samples, length)[:: settings.hop_length]


def hann_window(settings: SpectrumSettings = USUAL) -> Floats:
    """Return the Hann window (window_length,), by which a frame fades in and out."""
    window: Floats = scipy.signal.windows.hann(settings.window_length, sym=False).astype(np.float32)
    return window


def power_spectrum(frames: Floats, settings: SpectrumSettings = USUAL) -> Floats:
    """Return the squared magnitudes (T, fft_length // 2 + 1) of the Fourier transform of frames under a Hann window."""
    transformed = np.fft.rfft(frames * hann_window(settings), settings.fft_length, axis=1)
    return (transformed.real**2 + transformed.imag**2).astype(np.float32)


def to_mel(hertz: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return frequencies in mel, m = 2595 log10(1 + f / 700) (O'Shaughnessy, 1987): equal steps sound equally far."""
    return 2595 * np.log10(1 + np.asarray(hertz, np.float64) / 700)


def from_mel(mel: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return in Hz what is given in mel."""
    return 700 * (10 ** (np.asarray(mel, np.float64) / 2595) - 1)


def mel_centres(mels: int) -> NDArray[np.float64]:
    """Return the frequencies (mels,) in Hz at which the filters are 1: equal steps in mel."""
    return from_mel(np.linspace(to_mel(LOWEST), to_mel(HIGHEST), mels + 2))[1:-1]


def mel_filters(settings: SpectrumSettings = USUAL) -> Floats:
    """Return triangles (mels, fft_length // 2 + 1): each rises from its neighbour's centre to its own and falls again.

    With many filters and short windows some triangles lie between two frequencies of the spectrum and are all 0.
    """
    corners = from_mel(np.linspace(to_mel(LOWEST), to_mel(HIGHEST), settings.mels + 2))
    frequencies = np.fft.rfftfreq(settings.fft_length, 1 / SAMPLE_RATE)
    left, centre, right = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    rising, falling = (frequencies - left) / (centre - left), (right - frequencies) / (right - centre)
    return np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)


def to_picture(energies: Floats) -> Floats:
    """Return mel energies (T, mels) as a picture in 0-1: 1 at the loudest place, 0 from `RANGE` decibels below it.

    How loud the recording was makes no difference.
    """
    decibels = 10 * np.log10(np.maximum(energies, 1e-10))
    return np.clip((decibels - decibels.max()) / RANGE + 1, 0, 1).astype(np.float32)


def log_mel(samples: Floats, settings: SpectrumSettings = USUAL) -> Floats:
    """Return the log-mel picture (T, mels), in 0-1, of a wave (N,)."""
    return to_picture(power_spectrum(frames_of(samples, settings), settings) @ mel_filters(settings).T)
