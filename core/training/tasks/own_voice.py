"""The task of reading digits as one person says them, from a few recordings."""

from typing import ClassVar, Literal

import numpy as np
import torch
from pydantic import Field
from torch import nn

from core.data.audio.examples import padded, voice_batches
from core.data.audio.own_voice import SAMPLES, Take, missing, read_voice
from core.models.audio.own_voice import WAYS, LastLayerCNN, VoiceDesign
from core.models.audio.readers import SpeechCNN
from core.models.shipped import load_shipped
from core.training.hyperparameters import Training
from core.training.task import Batch, NotEnough, Task, batch_too_large, count_right
from core.training.tasks.speech import DIGITS
from core.training.tasks.task_config import TaskConfig

BATCH = 10
"""Recordings in a batch, or all of them where there are fewer."""


class VoiceTask(TaskConfig):
    """Digits that one person said a few times, and the CNN that learns this voice.

    Attributes:
        learns: "own-voice".
        data: the name of a voice (`core.data.audio.own_voice`).
        network: the shipped CNN with a new last layer, or the same CNN from scratch.
    """

    cases = "recordings"
    classes = len(DIGITS)
    kinds: ClassVar = {str(way): title for way, title in WAYS.items()}
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=1e-2, batch_size=BATCH, clip_norm=1, epochs=50
    )
    hidden_sizes = (VoiceDesign().hidden_size,)
    most_epochs = 50
    baseline = (1 / len(DIGITS), "pure chance")

    learns: Literal["own-voice"] = "own-voice"
    data: str = Field(default=SAMPLES, pattern=r"^voice:([0-9a-f]{16}|samples)$")
    network: VoiceDesign = VoiceDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return "An imitated voice" if self.data == SAMPLES else "Your own voice"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        return (LastLayerCNN if self.network.kind == "last-layer" else SpeechCNN)(classes, self.network.hidden_size)

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return recordings and network on `device`. The last recording of each digit is the test.

        Raises:
            LookupError: the recordings are no longer here.
            NotEnough: there are too few of them.
        """
        voice = read_voice(self.data)
        if reason := missing(voice):
            raise NotEnough(reason)
        learnt, kept = voice.learnt, voice.kept_apart
        if batch_size > max(BATCH, len(learnt)):
            raise batch_too_large(batch_size, len(learnt), "recording")
        torch.manual_seed(seed)
        network = self.build(len(DIGITS))
        if self.network.kind == "last-layer":
            network.load_state_dict(load_shipped("speech-cnn").network.state_dict())
        return voice_task(network.to(device), learnt, kept, min(batch_size, len(learnt)))


def voice_task(network: nn.Module, learnt: tuple[Take, ...], kept: tuple[Take, ...], batch_size: int) -> Task:
    """Return the task of teaching `network`, on its device, some recordings and testing it on others."""
    device = next(network.parameters()).device
    digits = np.array([take.digit for take in learnt], np.int64)
    epoch, steps = voice_batches([take.picture for take in learnt], digits, batch_size, device)
    return Task(
        network=network,
        epoch=epoch,
        steps_per_epoch=steps,
        loss=nn.CrossEntropyLoss(label_smoothing=0.05),
        correct=count_right,
        validation=None,
        test=lambda: iter([as_batch(kept, device)]),
        sizes=(len(learnt), 0, len(kept)),
        outputs=DIGITS,
        notes=(f"{len(learnt)} recordings of one voice; the test are {len(kept)} others of the same voice",),
    )


def as_batch(takes: tuple[Take, ...], device: torch.device) -> Batch:
    """Return recordings (B, T, mels) and their digits (B,)."""
    pictures = torch.from_numpy(padded([take.picture for take in takes])).to(device)
    return pictures, torch.tensor([take.digit for take in takes], device=device)
