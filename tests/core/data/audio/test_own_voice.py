"""A person's own recordings: what is learnt from, what is kept apart, and how they wait on the disk."""

import io
import os
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.audio.own_voice import (
    SAMPLES,
    Take,
    Voice,
    as_zip,
    imitated_voice,
    missing,
    out_of_zip,
    read_voice,
    remove_old_voices,
    remove_voices,
    store_voice,
)
from core.data.audio.recording import UnreadableRecording, read_recording
from core.data.sources import NotHere
from core.settings import settings


def take(digit: int, frames: int = 7) -> Take:
    picture = np.random.default_rng([digit, frames]).random((frames, 32)).astype(np.float32)
    return Take(digit, picture, np.full(800, 0.1, np.float32))


def said(*digits: int) -> Voice:
    return Voice(tuple(take(digit, 5 + place) for place, digit in enumerate(digits)))


def place(voice: Voice, takes: tuple[Take, ...]) -> list[int]:
    return [voice.takes.index(one) for one in takes]


def test_the_last_recording_of_what_was_said_twice_is_kept_apart() -> None:
    voice = said(3, 5, 3, 8, 5, 3)
    assert place(voice, voice.kept_apart) == [5, 4]
    assert place(voice, voice.learnt) == [0, 1, 2, 3]


@given(st.lists(st.integers(0, 9), max_size=30))
def test_nothing_is_learnt_and_tested(digits: list[int]) -> None:
    voice = said(*digits)
    learnt, kept = place(voice, voice.learnt), place(voice, voice.kept_apart)
    assert sorted(learnt + kept) == list(range(len(digits)))
    assert {digits[one] for one in kept} <= {digits[one] for one in learnt}


def test_one_recording_is_taken_out_and_the_same_one_is_recognised() -> None:
    voice = said(3, 5, 3)
    assert [one.digit for one in voice.without(1).takes] == [3, 3] and len(voice.without(-1)) == 2
    again = Take(3, voice.takes[0].picture.copy())
    assert voice.holds(again) and not voice.without(0).holds(again)


def test_what_was_downloaded_can_be_brought_again() -> None:
    voice = said(3, 5, 3)
    brought = out_of_zip(as_zip(voice))
    assert [name for name, _ in brought] == ["3_1.wav", "5_1.wav", "3_2.wav"]
    for (_, data), one in zip(brought, voice.takes, strict=True):
        np.testing.assert_allclose(read_recording(data).samples, one.samples, atol=1e-4)


@pytest.mark.parametrize("data", [b"", b"no zip", as_zip(Voice()), as_zip(said(1))[:-30]])
def test_a_zip_without_recordings_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableRecording, match=r"\.$"):
        out_of_zip(data)


def test_what_is_missing_is_said() -> None:
    assert "two different digits" in missing(said(3, 3, 3))
    assert "twice" in missing(said(3, 5, 3))
    assert missing(said(3, 5, 3, 5)) == ""


def test_a_voice_is_kept_and_read_again() -> None:
    voice = said(3, 5, 3, 5)
    read = read_voice(store_voice(voice))
    assert [one.digit for one in read.takes] == [3, 5, 3, 5]
    for one, other in zip(read.takes, voice.takes, strict=True):
        np.testing.assert_array_equal(one.picture, other.picture)
        assert not len(one.samples), "no sound is written to the disk"
    assert read.name == voice.name
    remove_voices([voice.name, "voice:../../runs"])
    with pytest.raises(NotHere, match="no longer on this machine"):
        read_voice(voice.name)
    remove_voices([voice.name])


def test_other_recordings_have_another_name() -> None:
    assert len({said(3, 5).name, said(5, 3).name, said(3, 5, 5).name}) == 3


@pytest.mark.parametrize("name", ["voice:../../etc/passwd", "voice:", "own:0123456789abcdef", "voice:0123456789ABCDEF"])
def test_no_other_file_is_opened(name: str) -> None:
    with pytest.raises(NotHere, match="no such voice"):
        read_voice(name)


@pytest.mark.parametrize(
    "arrays",
    [
        {"pictures": np.zeros((2, 4, 31), np.float32), "digits": np.array([1, 2])},
        {"pictures": np.zeros((2, 4, 32), np.float32), "digits": np.array([1, 12])},
        {"pictures": np.full((2, 4, 32), np.nan, np.float32), "digits": np.array([1, 2])},
        {"pictures": np.zeros((2, 4, 32), np.float32)},
        {"pictures": np.array([object()]), "digits": np.array([1])},
    ],
    ids=["other mels", "no digit", "no numbers", "no digits", "a pickle"],
)
def test_a_damaged_file_is_said(arrays: dict[str, np.ndarray]) -> None:
    name = store_voice(said(1, 2))
    np.savez(settings().home / "voices" / f"{name.removeprefix('voice:')}.npz", **arrays)
    with pytest.raises(NotHere):
        read_voice(name)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_calmly(data: bytes) -> None:
    file = settings().home / "voices" / "0123456789abcdef.npz"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    with pytest.raises(NotHere):
        read_voice("voice:0123456789abcdef")


def test_what_nobody_removes_is_removed() -> None:
    old, new = store_voice(said(1, 2)), store_voice(said(2, 1))
    file = settings().home / "voices" / f"{old.removeprefix('voice:')}.npz"
    os.utime(file, (0, 0))
    remove_old_voices()
    assert not file.exists() and read_voice(new)


def test_a_download_can_be_brought_again() -> None:
    with zipfile.ZipFile(io.BytesIO(as_zip(said(3, 5, 3)))) as archive:
        assert archive.namelist() == ["3_1.wav", "5_1.wav", "3_2.wav"]
        assert len(read_recording(archive.read("3_2.wav")).samples) == 800


def test_the_imitated_voice_says_every_digit_twice() -> None:
    voice = imitated_voice()
    assert [one.digit for one in voice.takes] == [*range(10)] * 2
    assert missing(voice) == "" and len(voice.learnt) == len(voice.kept_apart) == 10
    assert read_voice(SAMPLES).name == voice.name
