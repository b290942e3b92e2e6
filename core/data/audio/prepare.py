"""From a recording to the picture that networks read, with every stage kept."""

from dataclasses import dataclass

from core.data.audio.recording import Recording
from core.data.audio.spectrum import USUAL, Floats, SpectrumSettings, frames_of, log_mel, mel_filters, power_spectrum
from core.data.audio.words import Speech, find_speech


@dataclass(frozen=True)
class PreparedSound:
    """A recording on its way to the networks.

    Attributes:
        recording: as it was read.
        speech: where the word was found.
        samples: what is kept (N,), and what networks hear.
        picture: its log-mel picture (T, mels) in 0-1, with the settings that the shipped networks know.
    """

    recording: Recording
    speech: Speech
    samples: Floats
    picture: Floats


@dataclass(frozen=True)
class Stages:
    """The steps from a wave to its picture, with any settings.

    Attributes:
        settings: window, hop and number of filters.
        frames: (T, window_length), before the Hann window.
        spectra: power (T, fft_length // 2 + 1).
        filters: (mels, fft_length // 2 + 1).
        picture: (T, mels) in 0-1.
    """

    settings: SpectrumSettings
    frames: Floats
    spectra: Floats
    filters: Floats
    picture: Floats


def prepare_sound(recording: Recording) -> PreparedSound:
    """Find the word, cut off the rest, and make the picture that networks read."""
    speech = find_speech(recording)
    samples = recording.samples[speech.begin : speech.end]
    return PreparedSound(recording, speech, samples, log_mel(samples))


def stages_of(samples: Floats, settings: SpectrumSettings = USUAL) -> Stages:
    """Return every step from a wave (N,) to its picture."""
    frames = frames_of(samples, settings)
    return Stages(settings, frames, power_spectrum(frames, settings), mel_filters(settings), log_mel(samples, settings))
