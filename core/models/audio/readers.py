"""Three networks for one picture of sound: convolutions, a memory, and both.

Each takes log-mel pictures (B, T, MELS) in 0-1, filled up at the end with
`PADDING`, and returns logits (B, classes).
"""

from functools import partial
from typing import Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.design import NetworkDesign
from core.models.initialisation import initialise_recurrent
from core.models.text.embeddings import last_state

MELS = 32
"""Numbers of a frame."""
PADDING = -1.0
"""What fills up the frames beyond the end of a recording."""


def frames_in(sound: Tensor) -> Tensor:
    """Return how many frames (B,) of pictures (B, T, MELS) are before their end."""
    return (sound[..., 0] >= 0).sum(1).clamp(min=1)


class SpeechCNN(nn.Module):
    """Look at the whole picture with small windows; what is found anywhere along the time counts.

    Three convolutions, each with half the places of the one before, then the
    strongest answer of each of `hidden_size` detectors over the time (global max pooling).
    """

    def __init__(self, classes: int = 10, hidden_size: int = 96, dropout: float = 0.3) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([_block(1, 16), _block(16, 32), _block(32, 48)])
        self.pool = nn.MaxPool2d((1, 2))
        self.detect = nn.Conv1d(48 * MELS // 8, hidden_size, 3, padding=1)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)

    def encode(self, sound: Tensor) -> Tensor:
        """Return the last maps (B, 48, T // 4, MELS // 4) of the convolutions; beyond the end they are 0."""
        maps, frames = _with_four_frames(sound)
        for block, shrink in zip(self.blocks, (2, 2, 1), strict=True):
            frames = frames // shrink
            maps = _until(F.max_pool2d(block(maps), shrink), frames)
        return maps

    def classify(self, maps: Tensor, columns: Tensor) -> Tensor:
        """Return logits (B, classes) for the last maps, of which the first `columns` (B,) count."""
        heights = self.pool(maps).transpose(2, 3).flatten(1, 2)  # every channel and height is one input
        found = _until(torch.relu(self.detect(heights))[..., None], columns)[..., 0]
        return self.dense(self.drop(found.amax(2)))

    def forward(self, sound: Tensor) -> Tensor:
        """Return logits (B, classes) for pictures (B, T, MELS)."""
        return self.classify(self.encode(sound), frames_in(sound).clamp(min=4) // 4)


class SpeechGRU(nn.Module):
    """Hear one frame after the other, and let the last state decide. It never looks back and never ahead."""

    def __init__(self, classes: int = 10, hidden_size: int = 128, dropout: float = 0.3) -> None:
        super().__init__()
        self.recurrent = nn.GRU(MELS, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)
        initialise_recurrent(self.recurrent)

    def encode(self, sound: Tensor) -> Tensor:
        """Return the state (B, T, hidden_size) after every frame; beyond the end it means nothing."""
        states, _ = self.recurrent(2 * sound - 1)
        return states

    def classify(self, states: Tensor) -> Tensor:
        """Return logits (..., classes) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, sound: Tensor) -> Tensor:
        """Return logits (B, classes) for pictures (B, T, MELS)."""
        return self.classify(last_state(self.encode(sound), frames_in(sound)))


class SpeechCNNGRU(nn.Module):
    """Convolutions describe every second frame with its neighbours, and a GRU hears the descriptions in order."""

    def __init__(self, classes: int = 10, hidden_size: int = 96, dropout: float = 0.3) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([_block(1, 16), _block(16, 32)])
        self.drop_maps = nn.Dropout2d(dropout / 2)
        self.recurrent = nn.GRU(32 * MELS // 4, hidden_size, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)
        initialise_recurrent(self.recurrent)

    def encode(self, sound: Tensor) -> Tensor:
        """Return the state (B, T // 2, hidden_size) after every two frames; beyond the end it means nothing."""
        maps, frames = _with_four_frames(sound)
        for block, shrink in zip(self.blocks, ((2, 2), (1, 2)), strict=True):
            frames = frames // shrink[0]
            maps = _until(F.max_pool2d(block(maps), shrink), frames)
        states, _ = self.recurrent(self.drop_maps(maps).transpose(1, 2).flatten(2))
        return states

    def classify(self, states: Tensor) -> Tensor:
        """Return logits (..., classes) for states (..., hidden_size)."""
        return self.dense(self.drop(states))

    def forward(self, sound: Tensor) -> Tensor:
        """Return logits (B, classes) for pictures (B, T, MELS)."""
        return self.classify(last_state(self.encode(sound), frames_in(sound).clamp(min=4) // 2))


def _block(in_channels: int, out_channels: int) -> nn.Sequential:
    convolution = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(out_channels), nn.ReLU())


def _with_four_frames(sound: Tensor) -> tuple[Tensor, Tensor]:
    """Return pictures as maps (B, 1, T, MELS) with at least four frames, silent beyond the end, and the frames (B,)."""
    short = max(0, 4 - sound.shape[1])
    return F.pad(sound.clamp(min=0), (0, 0, 0, short))[:, None], frames_in(sound).clamp(min=4)


def _until(maps: Tensor, frames: Tensor) -> Tensor:
    """Return maps (B, C, T, M) that are 0 beyond the end, so that no answer depends on what shares a batch."""
    inside = torch.arange(maps.shape[2], device=maps.device) < frames[:, None]
    return maps * inside[:, None, :, None]


SpeechKind = Literal["cnn", "gru", "cnn-gru"]
READERS: dict[SpeechKind, type[nn.Module]] = {"cnn": SpeechCNN, "gru": SpeechGRU, "cnn-gru": SpeechCNNGRU}
"""The networks that read spoken digits."""
TITLES: dict[SpeechKind, str] = {"cnn": "CNN", "gru": "GRU", "cnn-gru": "CNN + GRU"}
"""How each is called for people."""
_FAMILIES: dict[SpeechKind, str] = {
    "cnn": "convolutional network on the whole picture of the sound",
    "gru": "recurrent network, frame by frame",
    "cnn-gru": "convolutions over neighbouring frames, then a recurrent network",
}


SIZES: dict[SpeechKind, int] = {"cnn": 96, "gru": 128, "cnn-gru": 96}
"""Numbers in the state of each shipped network; detectors of the CNN."""


class SpeechDesign(NetworkDesign):
    """A network that reads spoken digits.

    Attributes:
        kind: which.
        hidden_size: numbers in the state of the GRU; detectors of the CNN.
    """

    kind: SpeechKind = "gru"
    hidden_size: int = Field(default=96, ge=2, le=256)


ARCHITECTURES = {
    f"speech-{kind}": Architecture(
        partial(READERS[kind], hidden_size=SIZES[kind]), TITLES[kind], _FAMILIES[kind], "Spoken digits"
    )
    for kind in READERS
}
"""The networks that come with the app: one safetensors file and one card each, in `assets/weights`."""
