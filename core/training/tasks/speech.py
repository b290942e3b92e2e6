"""The task of reading spoken digits, with all five voices or with one left out."""

from typing import ClassVar, Literal

import torch
from pydantic import Field
from torch import nn

from core.data.audio.examples import Recordings, many_voices, voice_batches
from core.data.audio.fsdd import SPEAKERS, known_voices, left_out
from core.models.audio.readers import READERS, TITLES, SpeechDesign
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted

DIGITS = tuple("0123456789")
NOBODY = "nobody"
"""Who is left out where the test is spoken by the people of the training."""


class SpeechTask(TaskConfig):
    """Spoken digits of five people, and the network that reads them.

    Attributes:
        learns: "spoken-digits".
        data: "fsdd", the Free Spoken Digit Dataset.
        stranger: who is tested on and not learnt from; "nobody" tests other recordings of the same people.
        voices: in how many voices, rooms and noises each recording is learnt.
        recordings: how many are learnt from.
        network: that learns.
    """

    cases = "recordings"
    classes = len(DIGITS)
    kinds: ClassVar = {str(kind): title for kind, title in TITLES.items()}
    form = (
        FormField(
            "stranger",
            "Voice left out",
            "The test is spoken by this person, whom the network has never heard.",
            choices={NOBODY: "Nobody"} | {speaker: speaker.capitalize() for speaker in SPEAKERS},
        ),
        FormField(
            "voices",
            "Voices",
            "Each recording is learnt in this many voices, rooms and noises, made at random.",
            low=1,
            high=6,
        ),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=4e-3, batch_size=64, clip_norm=1, epochs=6
    )
    hidden_sizes = (32, 64, 96, 128)
    most_epochs = 12
    baseline = (1 / len(DIGITS), "pure chance")

    learns: Literal["spoken-digits"] = "spoken-digits"
    data: Literal["fsdd"] = "fsdd"
    stranger: Literal["nobody", "george", "jackson", "nicolas", "theo", "yweweler"] = "theo"
    voices: int = Field(default=2, ge=1, le=10)
    recordings: int = Field(default=2500, ge=1, le=2500)
    network: SpeechDesign = SpeechDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        stranger = "" if self.stranger == NOBODY else f", {self.stranger.capitalize()} left out"
        return f"Spoken digits{stranger}"

    @property
    def tested_on(self) -> str:
        """The voice of the test."""
        return f"{self.learns} {self.stranger}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        return READERS[self.network.kind](classes, self.network.hidden_size)

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return recordings and network on `device`.

        Raises:
            LookupError: the recordings are not here.
            NotEnough: a batch is larger than all recordings in all voices.
        """
        learnt, tested = known_voices() if self.stranger == NOBODY else left_out(self.stranger)
        if self.recordings < len(learnt):
            chosen = torch.randperm(len(learnt), generator=torch.Generator().manual_seed(seed))[: self.recordings]
            learnt = tuple(learnt[one] for one in chosen.tolist())
        if batch_size > len(learnt) * self.voices:
            raise batch_too_large(batch_size, len(learnt) * self.voices, "recording")
        epoch, steps = voice_batches(*many_voices(learnt, self.voices, seed), batch_size, device)
        torch.manual_seed(seed)
        network = self.build(len(DIGITS)).to(device)
        people = len({one.speaker for one in learnt})
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=nn.CrossEntropyLoss(label_smoothing=0.05),
            correct=count_right,
            validation=None,
            test=Recordings(tested, device),
            sizes=(len(learnt) * self.voices, 0, len(tested)),
            outputs=DIGITS,
            notes=(
                f"{counted(len(learnt), 'recording')} of {counted(people, 'person', 'people')}, "
                f"each in {counted(self.voices, 'voice')}",
            ),
        )

    def for_testing(self) -> "SpeechTask":
        """Return the same with as little training data as possible."""
        return self.model_copy(update={"recordings": 1, "voices": 1})
