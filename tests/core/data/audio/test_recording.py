import io

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import MOST_SECONDS, UnreadableRecording, read_recording, to_wav
from core.data.audio.spectrum import SAMPLE_RATE


def file_of(samples: np.ndarray, rate: int = SAMPLE_RATE, format: str = "WAV", subtype: str | None = None) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format=format, subtype=subtype)
    return buffer.getvalue()


def tone(rate: int, frequency: float = 440, seconds: float = 0.5) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize("format", ["WAV", "FLAC", "OGG"])
@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_a_tone_stays_a_tone_whatever_the_file(format, rate) -> None:
    recording = read_recording(file_of(tone(rate), rate, format))
    assert recording.seconds == pytest.approx(0.5, abs=0.002)
    spectrum = np.abs(np.fft.rfft(recording.samples))
    assert np.fft.rfftfreq(len(recording.samples), 1 / SAMPLE_RATE)[spectrum.argmax()] == pytest.approx(440, abs=3)
    assert np.abs(recording.samples[400:-400]).max() == pytest.approx(0.5, abs=0.03)


def test_channels_become_their_mean() -> None:
    left, right = tone(8000), np.zeros(4000)
    recording = read_recording(file_of(np.stack([left, right], 1)))
    assert recording.channels == 2
    np.testing.assert_allclose(recording.samples, left / 2, atol=1e-3)


def test_what_is_too_high_for_the_networks_is_not_folded_down() -> None:
    heard = read_recording(file_of(tone(48_000, 9000), 48_000)).samples
    assert np.abs(heard[400:-400]).max() < 0.005


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a sound file"),
        (b"RIFF", "not a sound file"),
        (b"\x89PNG" + bytes(300), "not a sound file"),
        (bytes(6 * 2**20), "larger than 5 MB"),
        (file_of(np.zeros(0)), "empty"),
        (file_of(np.zeros(600 * 100), 4000, "FLAC"), "lasts 15 seconds"),
        (file_of(np.zeros(600 * 4000), 4000, "FLAC"), "lasts 10 minutes"),
        (file_of(np.full(100, np.nan), subtype="FLOAT"), "not numbers"),
        (file_of(np.zeros(100), 192_000), "192,000 samples a second"),
        (file_of(np.zeros(100), 8000, "AIFF"), "Only WAV, FLAC and OGG"),
    ],
    ids=["nothing", "a header", "a picture", "large", "empty", "long", "ten minutes", "not numbers", "rate", "aiff"],
)
def test_what_is_no_recording_is_a_sentence(data, sentence) -> None:
    with pytest.raises(UnreadableRecording, match=sentence):
        read_recording(data)


def test_what_is_played_is_what_was_heard() -> None:
    heard = read_recording(file_of(0.5 * tone(8000)))
    np.testing.assert_allclose(read_recording(to_wav(heard.samples)).samples, heard.samples, atol=1e-4)
    assert not read_recording(to_wav(np.zeros(100, np.float32))).samples.any()


def test_clipping_is_measured_and_huge_numbers_are_scaled() -> None:
    assert read_recording(file_of(np.clip(4 * tone(8000), -1, 1))).clipped > 0.3
    assert read_recording(file_of(0.9 * tone(8000))).clipped == 0
    huge = read_recording(file_of(1e30 * tone(8000), subtype="FLOAT"))
    assert np.abs(huge.samples).max() == pytest.approx(1, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(data) -> None:
    whole = bytearray(file_of(tone(8000, seconds=0.1), 8000, data.draw(st.sampled_from(["WAV", "FLAC", "OGG"]))))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)):
        whole[place] = value
    try:
        prepared = prepare_sound(read_recording(bytes(whole[: data.draw(st.integers(0, len(whole)))])))
    except UnreadableRecording as problem:
        assert str(problem).endswith(".")
    else:
        assert prepared.recording.seconds <= MOST_SECONDS * 2
        assert np.isfinite(prepared.picture).all() and 0 <= prepared.picture.min() <= prepared.picture.max() <= 1


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_a_sentence(data) -> None:
    with pytest.raises(UnreadableRecording, match=r"\.$"):
        read_recording(b"RIFF" + data)
