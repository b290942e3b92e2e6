"""What a sequence costs by its length: all places at once, or one step after another."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.models.attention.transformer import EncoderBlock

LENGTHS = (8, 16, 32, 64, 128, 256, 512)
"""Steps of the sequences that are timed."""
WIDTH, HIDDEN, BATCH = 64, 32, 8
"""Numbers in a step, units of every layer, sequences that are read at once."""
FEWEST = 3
"""Rounds that are timed at least, after one to warm up: of two a median would be no better than of one."""
KINDS = ("1-D CNN", "RNN", "GRU", "LSTM", "Transformer")


@dataclass(frozen=True)
class Cost:
    """Milliseconds a sequence.

    Attributes:
        lengths: steps of the sequences.
        forward: by kind, the median for each length.
        training: the same with the way back.
        threads: of the measurement.
        seconds: what all of it took.
    """

    lengths: tuple[int, ...]
    forward: dict[str, tuple[float, ...]]
    training: dict[str, tuple[float, ...]]
    threads: int
    seconds: float

    def growth(self, kind: str) -> float:
        """By what factor a kind takes longer to train on the longest sequences than on those before them."""
        return self.training[kind][-1] / self.training[kind][-2]


def measure_cost(
    lengths: tuple[int, ...] = LENGTHS,
    repeats: int = 5,
    budget: float = 2.0,
    clock: Callable[[], float] | None = None,
) -> Cost:
    """Time a 1-D CNN of two layers, three recurrent layers and a Transformer's block on random sequences, on the CPU.

    Kinds and lengths take turns, so that something else on this machine disturbs all alike. Where one thread computes,
    its processor time is taken: while others have the processor it stands still.

    Args:
        lengths: steps of the sequences.
        repeats: how often each is timed.
        budget: seconds after which no further round begins.
        clock: seconds.
    """
    clock = clock or (time.thread_time if torch.get_num_threads() == 1 else time.perf_counter)
    draw = torch.Generator().manual_seed(0)
    networks = {kind: build(kind) for kind in KINDS}
    inputs = {length: torch.randn(BATCH, length, WIDTH, generator=draw) for length in lengths}
    taken: dict[tuple[str, int, bool], list[float]] = {}
    begun, done = time.perf_counter(), 0
    while done <= repeats and (done <= FEWEST or time.perf_counter() - begun < budget):
        for length in lengths:
            for kind, network in networks.items():
                for training in (False, True):
                    before = clock()
                    _run(network, inputs[length], training)
                    if done:  # the first round is to warm up
                        taken.setdefault((kind, length, training), []).append(1000 * (clock() - before) / BATCH)
        done += 1
    forward, back = (
        {kind: tuple(median(taken[kind, length, training]) for length in lengths) for kind in KINDS}
        for training in (False, True)
    )
    return Cost(lengths, forward, back, torch.get_num_threads(), time.perf_counter() - begun)


class _Last(nn.Module):
    """A recurrent layer of which only the last state counts."""

    def __init__(self, layer: nn.RNNBase) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, steps: Tensor) -> Tensor:
        states, _ = self.layer(steps)
        return states[:, -1]


class _Largest(nn.Module):
    """Two convolutions along the steps, and of every channel the largest value."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(WIDTH, HIDDEN, 3, padding="same")
        self.conv2 = nn.Conv1d(HIDDEN, HIDDEN, 3, padding="same")

    def forward(self, steps: Tensor) -> Tensor:
        return F.relu(self.conv2(F.relu(self.conv1(steps.transpose(1, 2))))).amax(2)


class _Attending(nn.Module):
    """A block of a Transformer in which all steps look at all, and of which the last place counts."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = nn.Linear(WIDTH, HIDDEN)
        self.block = EncoderBlock(HIDDEN, heads=2, inner=2 * HIDDEN)

    def forward(self, steps: Tensor) -> Tensor:
        encoded: Tensor = self.block(self.narrow(steps)).vectors
        return encoded[:, -1]


def build(kind: str) -> nn.Module:
    """Return a network of a kind with fresh weights: steps (B, T, WIDTH) -> (B, HIDDEN)."""
    if kind == "1-D CNN":
        return _Largest()
    if kind == "Transformer":
        return _Attending()
    layer = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}[kind]
    return _Last(layer(WIDTH, HIDDEN, batch_first=True))


def _run(network: nn.Module, steps: Tensor, training: bool) -> None:
    """Read a batch, and where asked send a gradient back."""
    if not training:
        with torch.inference_mode():
            network(steps)
        return
    with torch.enable_grad():
        network.zero_grad(set_to_none=True)
        network(steps).square().mean().backward()
