import numpy as np
import pytest
import torch

from core.data.audio import fsdd
from core.data.audio.fsdd import SPEAKERS, Spoken
from core.training.control import Control
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks import speech
from core.training.tasks.speech import SpeechTask


def tones(index: int) -> tuple[Spoken, ...]:
    """Return "digits" that differ in pitch alone, by every speaker."""
    time = np.arange(2400) / 8000
    return tuple(
        Spoken(np.sin(2 * np.pi * (300 + 300 * digit) * time).astype(np.float32), digit, speaker, index)
        for digit in range(10)
        for speaker in SPEAKERS
    )


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = tones(0) + tones(7)
    monkeypatch.setattr(fsdd, "spoken_digits", lambda: everything)


def test_a_stranger_is_tested_on_and_not_learnt_from() -> None:
    task = SpeechTask(stranger="theo").prepare(8, 0, torch.device("cpu"))
    assert task.sizes == (160, 0, 20)
    assert "80 recordings of 4 people, each in 2 voices" in task.notes[0]
    assert SpeechTask(stranger="nobody").prepare(8, 0, torch.device("cpu")).sizes == (100, 0, 50)


def test_a_batch_larger_than_everything_is_a_sentence() -> None:
    with pytest.raises(NotEnough, match="larger than the 2 recordings"):
        SpeechTask(recordings=1).prepare(64, 0, torch.device("cpu"))


@pytest.mark.parametrize("kind", speech.TITLES)
def test_every_kind_learns_ten_tones(kind) -> None:
    begin = SpeechTask(stranger="nobody", voices=2)
    chosen = begin.model_copy(update={"network": begin.network.model_copy(update={"kind": kind, "hidden_size": 32})})
    task = chosen.prepare(10, 0, torch.device("cpu"))
    training = Training(optimizer="adamw", schedule="one-cycle", learning_rate=1e-2, batch_size=10, epochs=8)
    for _ in train(task, training, Control()):
        pass
    assert evaluate(task, task.test).accuracy > 0.5
