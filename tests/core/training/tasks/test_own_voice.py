"""One person's voice is learnt: by the last layer alone, or from scratch."""

import pytest
import torch

from core.data.audio.own_voice import Take, Voice, store_voice
from core.models.shipped import load_shipped
from core.training.control import Control
from core.training.events import FinalScore
from core.training.loop import train
from core.training.task import NotEnough, Task
from core.training.tasks.own_voice import BATCH, VoiceTask, as_batch

CPU = torch.device("cpu")


def learn(way: str) -> tuple[Task, int]:
    """Return the task after its training on the imitated voice, and how many recordings are read right."""
    config = VoiceTask().with_network(way)
    task = config.prepare(BATCH, 0, CPU)
    assert config.suggested is not None
    scores = [event.score for event in train(task, config.suggested, Control()) if isinstance(event, FinalScore)]
    return task, scores[0].correct


def test_only_the_last_layer_learns_and_the_voice_is_read_better() -> None:
    shipped = load_shipped("speech-cnn").network
    task, right = learn("last-layer")
    for name, value in task.network.state_dict().items():
        same = torch.equal(value, shipped.state_dict()[name])
        assert same == (not name.startswith("dense.")), name
    pictures, digits = next(task.test())
    with torch.inference_mode():
        before = int((shipped(pictures).argmax(1) == digits).sum())
    assert right > before


def test_from_scratch_everything_learns() -> None:
    task, _ = learn("scratch")
    shipped = load_shipped("speech-cnn").network.state_dict()
    assert all(not torch.equal(value, shipped[name]) for name, value in task.network.named_parameters())


def test_a_network_in_training_keeps_its_statistics() -> None:
    network = VoiceTask().build(10)
    assert network.training and [name for name, one in network.named_modules() if name and one.training] == ["dense"]
    assert [name for name, one in network.named_parameters() if one.requires_grad] == ["dense.weight", "dense.bias"]
    assert not network.eval().training


def test_too_few_recordings_are_said() -> None:
    one = VoiceTask().prepare(BATCH, 0, CPU)
    picture = next(one.test())[0][0, :9].numpy()
    name = store_voice(Voice((Take(3, picture), Take(3, picture))))
    with pytest.raises(NotEnough, match="different digits"):
        VoiceTask(data=name).prepare(BATCH, 0, CPU)
    with pytest.raises(LookupError, match="no longer"):
        VoiceTask(data="voice:0123456789abcdef").prepare(BATCH, 0, CPU)
    with pytest.raises(NotEnough, match="larger than"):
        VoiceTask().prepare(64, 0, CPU)


def test_few_recordings_make_small_batches() -> None:
    pictures, digits = next(VoiceTask().prepare(BATCH, 0, CPU).test())
    takes = [Take(int(digit), picture[:9].numpy()) for picture, digit in zip(pictures, digits, strict=True)]
    name = store_voice(Voice((*takes[:2], *takes[:2])))
    task = VoiceTask(data=name).prepare(BATCH, 0, CPU)
    assert task.sizes == (2, 0, 2) and task.steps_per_epoch == 1
    assert as_batch(tuple(takes[:2]), CPU)[1].tolist() == [0, 1]
