import numpy as np
import pytest

from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import Recording, recording_of
from core.data.audio.spectrum import SAMPLE_RATE
from core.data.audio.words import MARGIN, find_speech

DRAW = np.random.default_rng(0)


def heard(*parts: tuple[float, float], noise: float = 0.001) -> Recording:
    """Return a recording of sounds like voices: (seconds, loudness); loudness 0 is a pause."""
    waves = []
    for seconds, loud in parts:
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        waves.append(loud * sum(np.sin(2 * np.pi * 120 * one * time) / one for one in (1, 2, 3, 5, 8)) / 2)
    wave = np.concatenate(waves)
    return recording_of((wave + DRAW.normal(0, noise, len(wave)))[:, None].astype(np.float32), SAMPLE_RATE)


def test_a_word_between_pauses_is_cut_out_with_a_margin() -> None:
    speech = find_speech(heard((1.0, 0), (0.4, 0.5), (1.0, 0)))
    assert not speech.reason and len(speech.words) == 1
    assert speech.begin / SAMPLE_RATE == pytest.approx(1.0 - MARGIN, abs=0.03)
    assert speech.end / SAMPLE_RATE == pytest.approx(1.4 + MARGIN, abs=0.03)
    assert len(prepare_sound(heard((1.0, 0), (0.4, 0.5), (1.0, 0))).samples) == speech.end - speech.begin


@pytest.mark.parametrize("loud", [0.02, 0.1, 0.8])
@pytest.mark.parametrize("noise", [0, 0.0005])
def test_how_loud_it_is_makes_no_difference(loud, noise) -> None:
    assert not find_speech(heard((0.5, 0), (0.4, loud), (0.5, 0), noise=noise)).reason


def test_the_gap_within_a_word_parts_nothing() -> None:
    assert not find_speech(heard((0.3, 0), (0.2, 0.5), (0.15, 0), (0.1, 0.3), (0.3, 0))).reason


@pytest.mark.parametrize(
    ("recording", "sentence"),
    [
        (heard((1, 0), noise=0), "I hear nothing"),
        (heard((1, 0), noise=0.0005), "I hear nothing"),
        (heard((2, 0), noise=0.1), "no word stands out"),
        (heard((2, 0.5)), "no word stands out"),
        (heard((0.3, 0), (0.3, 0.5), (0.4, 0), (0.3, 0.5)), "I hear two words; say one digit."),
        (heard((0.3, 0.5), (0.4, 0), (0.3, 0.5), (0.4, 0), (0.3, 0.5), (0.2, 0)), "I hear three words; say one digit."),
        (heard((0.5, 0), (4, 0.5), (0.5, 0)), "a song, or a sentence"),
        (heard((0.5, 0), (0.01, 0.5), (0.5, 0)), "only a click"),
        (heard((0.5, 0), (0.5, 40.0), (0.5, 0)), "most of the wave is cut off"),
    ],
    ids=["silence", "almost silence", "noise", "hum", "two words", "three words", "a song", "a click", "much too loud"],
)
def test_what_is_no_digit_is_said(recording, sentence) -> None:
    if sentence.startswith("most"):
        recording = Recording(recording.samples, 8000, 1, 0.5)
    assert sentence in find_speech(recording).reason


def test_a_little_clipping_is_a_warning() -> None:
    recording = heard((0.5, 0), (0.4, 0.5), (0.5, 0))
    speech = find_speech(Recording(recording.samples, 8000, 1, 0.01))
    assert not speech.reason and "1.0 % of the wave is cut off (clipping)" in speech.warning
