import numpy as np
import pytest
import torch
from scipy.signal import ShortTimeFFT
from scipy.signal.windows import hann

from core.data.audio.spectrum import (
    SAMPLE_RATE,
    USUAL,
    SpectrumSettings,
    frames_of,
    from_mel,
    log_mel,
    mel_centres,
    mel_filters,
    power_spectrum,
    to_mel,
    to_picture,
)

WAVE = np.random.default_rng(0).normal(0, 0.1, 4000).astype(np.float32)
ALL = [USUAL, SpectrumSettings(25, 10, 40), SpectrumSettings(64, 5, 80), SpectrumSettings(10, 30, 8)]


def tone(frequency: float, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * np.pi * frequency * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE).astype(np.float32)


@pytest.mark.parametrize("settings", ALL)
def test_power_spectra_are_those_of_torch(settings) -> None:
    expected = (
        torch.stft(
            torch.from_numpy(np.pad(WAVE, (0, settings.fft_length))),
            settings.fft_length,
            settings.hop_length,
            settings.window_length,
            torch.nn.functional.pad(
                torch.hann_window(settings.window_length), (0, settings.fft_length - settings.window_length)
            ),
            center=False,
            return_complex=True,
        )
        if settings.window_length == settings.fft_length
        else None
    )
    frames = frames_of(WAVE, settings)
    power = power_spectrum(frames, settings)
    assert power.shape == (
        1 + (len(WAVE) - settings.window_length) // settings.hop_length,
        settings.fft_length // 2 + 1,
    )
    if expected is not None:
        np.testing.assert_allclose(power, expected.abs().numpy().T[: len(power)] ** 2, rtol=1e-3, atol=1e-4)
    single = np.abs(np.fft.rfft(frames[1] * hann(settings.window_length, sym=False), settings.fft_length)) ** 2
    np.testing.assert_allclose(power[1], single, rtol=1e-3, atol=1e-4)


def test_power_spectra_are_those_of_scipy() -> None:
    transform = ShortTimeFFT(hann(USUAL.window_length, sym=False), USUAL.hop_length, SAMPLE_RATE)
    power = power_spectrum(frames_of(WAVE))
    middle = USUAL.window_length // 2  # scipy's slices are centred
    places = [p for p in range(len(power)) if (p * USUAL.hop_length + middle) % USUAL.hop_length == 0]
    expected = np.abs(transform.stft(WAVE.astype(np.float64))) ** 2
    shift = middle // USUAL.hop_length - transform.p_min
    for place in places:
        np.testing.assert_allclose(power[place], expected[:, place + shift], rtol=1e-3, atol=1e-4)
    assert len(places) == len(power)


def test_mels_are_those_of_the_formula() -> None:
    assert to_mel(0) == 0
    assert to_mel(1000) == pytest.approx(999.99, abs=0.01)  # 2595 log10(17 / 7)
    assert to_mel(700) == pytest.approx(2595 * np.log10(2))
    assert from_mel(to_mel(3210.0)) == pytest.approx(3210)


def test_three_filters_by_hand() -> None:
    settings = SpectrumSettings(window=2, hop=1, mels=3)  # 16 samples: frequencies 0, 500, ... 4000 Hz
    corners = from_mel(np.linspace(to_mel(60), to_mel(4000), 5))
    np.testing.assert_allclose(mel_centres(3), corners[1:4])
    filters = mel_filters(settings)
    assert filters.shape == (3, 9)
    for number in range(3):
        left, centre, right = corners[number : number + 3]
        for place, frequency in enumerate(np.arange(9) * 500.0):
            rising, falling = (frequency - left) / (centre - left), (right - frequency) / (right - centre)
            assert filters[number, place] == pytest.approx(max(0.0, min(rising, falling)), abs=1e-6)


def test_neighbouring_filters_add_up_to_one() -> None:
    frequencies = np.fft.rfftfreq(USUAL.fft_length, 1 / SAMPLE_RATE)
    centres = mel_centres(USUAL.mels)
    between = (frequencies >= centres[0]) & (frequencies <= centres[-1])
    np.testing.assert_allclose(mel_filters().sum(0)[between], 1, atol=1e-5)


@pytest.mark.parametrize("frequency", [200, 440, 1000, 3000])
def test_a_tone_is_brightest_at_its_own_filter(frequency) -> None:
    picture = log_mel(tone(frequency))
    nearest = int(np.abs(to_mel(mel_centres(USUAL.mels)) - to_mel(frequency)).argmin())
    assert set(picture.argmax(1).tolist()) <= {nearest - 1, nearest, nearest + 1}


def test_loudness_makes_no_difference_and_ten_decibels_are_a_fifth() -> None:
    np.testing.assert_allclose(log_mel(WAVE), log_mel(0.01 * WAVE), atol=1e-4)
    np.testing.assert_allclose(to_picture(np.array([[1.0, 0.1, 1e-7]], np.float32)), [[1, 0.8, 0]], atol=1e-6)


@pytest.mark.parametrize("length", [0, 1, 255, 256, 257])
def test_the_shortest_waves_have_a_frame(length) -> None:
    picture = log_mel(np.zeros(length, np.float32))
    assert picture.shape == (1, USUAL.mels) and np.isfinite(picture).all()
