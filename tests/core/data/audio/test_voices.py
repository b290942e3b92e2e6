import numpy as np
import torch

from core.data.audio.examples import PADDING, many_voices, padded, voice_batches
from core.data.audio.fsdd import Spoken
from core.data.audio.spectrum import SAMPLE_RATE, USUAL, frames_of, power_spectrum
from core.data.audio.voices import another_voice, stretch_formants

DRAW = np.random.default_rng(0)


def vowel(pitch: float, formant: float) -> np.ndarray:
    """Return half a second of harmonics of `pitch`, loudest at `formant` Hz."""
    time = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    harmonics = np.arange(1, int(3900 / pitch)) * pitch
    loud = np.exp(-(((harmonics - formant) / 400) ** 2)) + 0.01
    return (loud[:, None] * np.sin(2 * np.pi * harmonics[:, None] * time)).sum(0).astype(np.float32) / 10


def test_formants_move_and_harmonics_stay() -> None:
    power = power_spectrum(frames_of(vowel(125, 1500)))
    frequencies = np.fft.rfftfreq(USUAL.fft_length, 1 / SAMPLE_RATE)
    stretched = stretch_formants(power, 1.25)
    mean = lambda some: (frequencies * some.mean(0)).sum() / some.mean(0).sum()  # noqa: E731
    assert 1.12 < mean(stretched) / mean(power) < 1.35
    peaks = {round(float(frequencies[place])) % 125 for place in np.argsort(stretched.mean(0))[-3:]}
    assert all(min(peak, 125 - peak) <= 32 for peak in peaks)  # still at multiples of 125 Hz
    np.testing.assert_allclose(stretch_formants(power, 1.0), power, rtol=0.02, atol=1e-9)


def test_another_voice_is_another_picture_every_time() -> None:
    wave = vowel(120, 700)
    pictures = [another_voice(wave, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(pictures[0], pictures[1])
    assert pictures[0].shape != pictures[2].shape or not np.allclose(pictures[0], pictures[2])
    for picture in pictures:
        assert picture.shape[1] == USUAL.mels and picture.min() >= 0 and picture.max() == 1


def test_very_short_recordings_have_voices_too() -> None:
    for length in (1, 50, 300):
        assert len(another_voice(np.ones(length, np.float32), np.random.default_rng(0)))


def test_voices_of_a_recording_do_not_depend_on_the_others() -> None:
    spoken = [Spoken(vowel(100 + 40 * number, 700), number, "theo", number) for number in range(3)]
    pictures, labels = many_voices(spoken, 2, seed=3)
    assert labels.tolist() == [0, 0, 1, 1, 2, 2]
    alone, _ = many_voices(spoken[1:2], 2, seed=3)
    np.testing.assert_array_equal(pictures[2], alone[0])


def test_an_epoch_has_every_picture_once_with_gaps_and_padding() -> None:
    pictures = [np.full((length, USUAL.mels), 0.5, np.float32) for length in (5, 9, 30, 31)]
    epoch, steps = voice_batches(pictures, np.arange(4), 2)
    batches = list(epoch(torch.Generator().manual_seed(0)))
    assert steps == len(batches) == 2
    assert sorted(int(digit) for _, digits in batches for digit in digits) == [0, 1, 2, 3]
    for sound, digits in batches:
        for picture, digit in zip(sound, digits.tolist(), strict=True):
            length = len(pictures[digit])
            assert (picture[length:] == PADDING).all()
            assert set(picture[:length].unique().tolist()) <= {0.0, 0.5}
    again = list(epoch(torch.Generator().manual_seed(0)))
    assert all(torch.equal(one[0], other[0]) for one, other in zip(batches, again, strict=True))


def test_padding_goes_behind_the_end() -> None:
    batch = padded([np.ones((2, 3), np.float32), np.ones((4, 3), np.float32)])
    assert batch[0, :2].min() == 1 and batch[0, 2:].max() == PADDING
