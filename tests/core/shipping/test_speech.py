"""How the readers of spoken digits are trained and scored, on tones instead of voices."""

import numpy as np
import pytest
import torch

from core.data.audio import fsdd, samples
from core.data.audio.fsdd import SPEAKERS, Spoken
from core.data.audio.recording import read_recording
from core.models.audio.readers import SpeechGRU
from core.shipping import build, speech
from core.shipping.build import TRAININGS
from core.shipping.training import one_cycle


@pytest.fixture
def tones(monkeypatch: pytest.MonkeyPatch) -> tuple[Spoken, ...]:
    time = np.arange(1600) / 8000
    everything = tuple(
        Spoken(np.sin(2 * np.pi * (300 + 300 * digit) * time).astype(np.float32), digit, speaker, index)
        for digit in range(10)
        for speaker in SPEAKERS
        for index in (0, 7)
    )
    monkeypatch.setattr(fsdd, "spoken_digits", lambda: everything)
    return everything


def test_a_card_counts_known_voices_and_five_strangers(tones, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def trained_on(network, spoken, title, training, voices) -> None:
        asked.append({one.speaker for one in spoken})

    monkeypatch.setattr(speech, "_trained_on", trained_on)
    network = SpeechGRU().eval()
    with torch.random.fork_rng(devices=[]):
        results = TRAININGS["speech-gru"].score(network, voices=1)
    assert asked == [{*SPEAKERS} - {speaker} for speaker in SPEAKERS]
    assert results["test"].cases == 50 and [score.cases for score in results["also"]] == [20] * 5
    shares = [100 * score.accuracy for score in results["also"]]
    assert results["figures"] == {
        "mean accuracy on a voice left out, %": pytest.approx(sum(shares) / 5, abs=0.01),
        "lowest accuracy on a voice left out, %": pytest.approx(min(shares), abs=0.01),
    }


def test_training_does_not_touch_what_is_measured_on(tones, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    monkeypatch.setattr(speech, "many_voices", lambda spoken, voices, seed: heard.extend(spoken) or ([], None))
    monkeypatch.setattr(speech, "voice_batches", lambda *_: (None, 0))
    monkeypatch.setattr(speech, "fit", lambda *_: None)
    speech.train_speech_reader(SpeechGRU(), "", one_cycle(learning_rate=1e-3), voices=1)
    assert {one.index for one in heard} == {7}


def test_very_many_files_have_one_checksum(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "read_file", lambda folder, file: file.encode())
    found = build._checksums_of("fsdd", tmp_path)
    assert list(found) == ["fsdd, 2,500 files in order"] and len(found["fsdd, 2,500 files in order"]) == 64


def test_samples_are_the_recordings_sample_by_sample(tones, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "FOLDER", tmp_path)
    assert samples.write_samples() == 20
    written = read_recording(samples.sample_bytes(3, "theo")).samples
    said = next(one for one in tones if one.name == "3_theo_0")
    np.testing.assert_allclose(written, said.samples, atol=1e-4)
