"""What three networks make of a recording: ten probabilities, the opinion along the time, and where the CNN looked."""

import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.audio.prepare import PreparedSound
from core.data.audio.spectrum import SAMPLE_RATE, USUAL, Floats
from core.models.audio.readers import READERS, TITLES, SpeechCNN, SpeechCNNGRU, SpeechGRU, SpeechKind, frames_in
from core.models.cards import Card
from core.models.shipped import load_shipped

KINDS: tuple[SpeechKind, ...] = tuple(READERS)
"""The shipped networks that read spoken digits."""
SURE = 0.9
"""The probability from which on an answer counts as sure."""
DOUBTFUL = 0.5
"""Mean probability of the three networks below which no digit is named."""

_FRAMES_A_STATE: dict[SpeechKind, int] = {"gru": 1, "cnn-gru": 2}


@dataclass(frozen=True)
class SoundReading:
    """What one network says of a recording.

    Attributes:
        kind: of the network.
        probabilities: of the digits 0 to 9, (10,).
        milliseconds: that it took.
    """

    kind: SpeechKind
    probabilities: Floats
    milliseconds: float

    @property
    def title(self) -> str:
        """The network's name for people."""
        return TITLES[self.kind]

    @property
    def digit(self) -> int:
        """The likeliest digit."""
        return int(self.probabilities.argmax())


@dataclass(frozen=True)
class SoundEvidence:
    """Where in a picture of a sound the CNN found evidence for a digit.

    Attributes:
        values: (T, mels) in 0-1, 0 where nothing counts for it.
        total: of all cells of the last maps, those that count against it too.
        logit: of the digit; what `total` lacks of it are the biases of the layers behind.
    """

    values: Floats
    total: float
    logit: float


@dataclass(frozen=True)
class SoundAnswer:
    """What the three networks say together.

    Attributes:
        digit: 0-9, or None where no digit was recognised.
        probability: the mean of the three for the likeliest digit, 0-1.
        reason: why there is no digit, a sentence; empty where there is one.
    """

    digit: int | None
    probability: float
    reason: str = ""


@dataclass(frozen=True)
class Hearing:
    """How a recurrent network hears a recording of T steps.

    Attributes:
        seconds: when each step ends (T,), from the beginning of what is heard.
        states: (T, hidden_size).
        probabilities: of the ten digits after each step (T, 10): what it would say if the sound stopped there.
    """

    seconds: NDArray[np.float64]
    states: Floats
    probabilities: Floats

    @property
    def digit(self) -> int:
        """The answer after the last step."""
        return int(self.probabilities[-1].argmax())

    @property
    def sure_from(self) -> float | None:
        """The second from which on the final answer stays at `SURE` or above; None if it never does."""
        sure = self.probabilities[:, self.digit] >= SURE
        if not sure[-1]:
            return None
        doubtful = np.flatnonzero(~sure)
        return float(self.seconds[doubtful[-1] + 1 if len(doubtful) else 0])


def speech_card(kind: SpeechKind) -> Card:
    """Return the card of a shipped network."""
    return load_shipped(f"speech-{kind}").card


def read_sound(picture: Floats) -> tuple[SoundReading, ...]:
    """Return what every shipped network says of a log-mel picture (T, mels)."""
    readings = []
    for kind in KINDS:
        network = load_shipped(f"speech-{kind}").network
        begun = time.perf_counter()
        probabilities = probabilities_of(network, picture)
        readings.append(SoundReading(kind, probabilities, 1000 * (time.perf_counter() - begun)))
    return tuple(readings)


def probabilities_of(network: nn.Module, picture: Floats) -> Floats:
    """Return what a network says of a log-mel picture (T, mels): the probabilities (10,) of the digits."""
    with torch.inference_mode():
        found: Floats = network(_batch(picture)).softmax(1)[0].numpy()
    return found


def agreed(readings: tuple[SoundReading, ...]) -> tuple[int, float]:
    """Return the likeliest digit in the mean of the networks, and its mean probability."""
    mean = np.mean([reading.probabilities for reading in readings], 0)
    return int(mean.argmax()), float(mean.max())


def answer(prepared: PreparedSound, readings: tuple[SoundReading, ...]) -> SoundAnswer:
    """Return the digit that the networks name together, or why there is none."""
    digit, probability = agreed(readings)
    if prepared.speech.reason:
        return SoundAnswer(None, probability, prepared.speech.reason)
    if probability < DOUBTFUL:
        return SoundAnswer(None, probability, "The networks do not agree on any digit. Is it a digit, in English?")
    return SoundAnswer(digit, probability)


def hear(kind: SpeechKind, picture: Floats) -> Hearing:
    """Return how the GRU, or CNN + GRU, hears a log-mel picture (T, mels) step by step.

    Raises:
        ValueError: the CNN hears no steps.
    """
    network = load_shipped(f"speech-{kind}").network
    if not isinstance(network, SpeechGRU | SpeechCNNGRU):
        raise ValueError(f"The network {kind} hears no steps.")
    sound, each = _batch(picture), _FRAMES_A_STATE[kind]
    steps = max(1, len(picture) // each)
    with torch.inference_mode():
        states = network.encode(sound)[0, :steps]
        probabilities = network.classify(states).softmax(1)
    ends = ((np.arange(steps) + 1) * each - 1) * USUAL.hop_length + USUAL.window_length
    return Hearing(ends / SAMPLE_RATE, states.numpy(), probabilities.numpy())


def maps_of(picture: Floats) -> Floats:
    """Return the last maps (48, mels // 4, T // 4) of the CNN, low frequencies at the bottom row 0."""
    with torch.inference_mode():
        return _cnn().encode(_batch(picture))[0].transpose(1, 2).numpy()


def hirescam(picture: Floats, digit: int) -> SoundEvidence:
    """Return where the CNN found evidence for a digit.

    Every cell of the last maps times its own gradient, added up over the maps (HiResCAM: Draelos and Carin, 2020).
    Grad-CAM would take one mean gradient a map; but this network weighs what a map finds at each height in another
    way, and with the mean, nothing at all would be left of every second answer that is right.
    """
    network, sound = _cnn(), _batch(picture)
    maps = network.encode(sound).detach().requires_grad_()
    score = network.classify(maps, frames_in(sound).clamp(min=4) // 4)[0, digit]
    (gradient,) = torch.autograd.grad(score, maps)
    coarse = (gradient * maps).sum(1, keepdim=True).detach()
    large = F.interpolate(torch.relu(coarse), picture.shape, mode="bilinear", align_corners=False)[0, 0]
    return SoundEvidence((large / large.max().clamp(min=1e-9)).numpy(), float(coarse.sum()), float(score.detach()))


def _cnn() -> SpeechCNN:
    network = load_shipped("speech-cnn").network
    assert isinstance(network, SpeechCNN)
    return network


def _batch(picture: Floats) -> Tensor:
    return torch.from_numpy(picture)[None]
