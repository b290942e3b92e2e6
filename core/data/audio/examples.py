"""Spoken digits to learn from: each recording in several voices, as log-mel pictures, in batches."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.audio.fsdd import Spoken
from core.data.audio.spectrum import Floats, log_mel
from core.data.audio.voices import another_voice
from core.data.like_length import batches_of_like_length

PADDING = -1.0
"""What fills a batch up beyond the end of a recording (`core.models.audio.readers`)."""
LOOK = 125
"""Recordings that are only looked at go through a network in batches of this size."""
MASKED_FRAMES, MASKED_MELS = 6, 6
"""The widest gaps that are torn into pictures in training (SpecAugment; Park and others, 2019)."""


def many_voices(spoken: Sequence[Spoken], voices: int, seed: int) -> tuple[list[Floats], NDArray[np.int64]]:
    """Return every recording in `voices` voices as pictures (T, mels), and the digits (N,) of all.

    The voices of one recording do not depend on which others are asked for.
    """
    pictures = [picture for one in spoken for picture in _voices_of(one.name, one.samples.tobytes(), voices, seed)]
    return pictures, np.repeat(np.array([one.digit for one in spoken], np.int64), voices)


@lru_cache(maxsize=4000)
def _voices_of(name: str, samples: bytes, voices: int, seed: int) -> tuple[Floats, ...]:
    digit, speaker, index = name.split("_")
    draw = np.random.default_rng([seed, int(digit), int.from_bytes(speaker.encode()), int(index)])
    return tuple(another_voice(np.frombuffer(samples, np.float32), draw) for _ in range(voices))


def padded(pictures: Sequence[Floats]) -> Floats:
    """Return pictures (T, mels) as one array (B, longest T, mels), filled up with `PADDING`."""
    longest = max(len(picture) for picture in pictures)
    batch = np.full((len(pictures), longest, pictures[0].shape[1]), PADDING, np.float32)
    for row, picture in zip(batch, pictures, strict=True):
        row[: len(picture)] = picture
    return batch


def voice_batches(
    pictures: Sequence[Floats], labels: NDArray[np.int64], batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order with gaps, and the batches in an epoch.

    Pictures of like length come together; each gets a gap in time and one in frequency, drawn anew every time.
    """
    lengths = torch.tensor([len(picture) for picture in pictures])
    targets = torch.from_numpy(labels)
    steps = len(pictures) // batch_size

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator):
            batch = torch.from_numpy(padded([pictures[one] for one in chosen.tolist()]))
            yield _with_gaps(batch, generator).to(device), targets[chosen].to(device)

    return epoch, steps


def _with_gaps(batch: Tensor, generator: torch.Generator) -> Tensor:
    """Return pictures (B, T, mels) with a stretch of frames and a band of mels made silent."""
    silent = torch.zeros(batch.shape, dtype=torch.bool)
    for axis, widest in ((1, MASKED_FRAMES), (2, MASKED_MELS)):
        places = torch.arange(batch.shape[axis])
        width = torch.randint(widest + 1, (len(batch), 1), generator=generator)
        begin = torch.randint(batch.shape[axis], (len(batch), 1), generator=generator)
        inside = (places >= begin) & (places < begin + width)
        silent |= inside[:, :, None] if axis == 1 else inside[:, None, :]
    return torch.where(silent & (batch >= 0), 0.0, batch)


class Recordings:
    """Recordings as they are, in order: call it for batches of pictures and digits.

    Args:
        spoken: the recordings.
        device: where batches are put.
    """

    def __init__(self, spoken: Sequence[Spoken], device: torch.device) -> None:
        pictures = [log_mel(one.samples) for one in spoken]
        digits = torch.tensor([one.digit for one in spoken])
        begins = range(0, len(pictures), LOOK)
        self.batches = [
            (torch.from_numpy(padded(pictures[at : at + LOOK])).to(device), digits[at : at + LOOK].to(device))
            for at in begins
        ]

    def __call__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches."""
        yield from self.batches
