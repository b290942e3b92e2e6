"""A small recurrent network with random weights that reads a sentence: what the player is tested with."""

import zlib
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from core.models.cells import CELLS
from core.ui.components.player.player import Played

Cell = Literal["rnn", "gru", "lstm"]

HIDDEN, WIDTH = 20, 24


def network(cell: Cell) -> nn.RNNBase:
    """A layer whose weights are large enough for its gates to open and close."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        layer = CELLS[cell](WIDTH, HIDDEN, batch_first=True)
    with torch.no_grad():
        for weights in layer.parameters():
            weights.mul_(2.5)
    return layer


def vectors(words: tuple[str, ...]) -> Tensor:
    """A vector for every word, always the same for the same word: (T, WIDTH)."""
    if not words:
        return torch.zeros(0, WIDTH)
    return torch.stack(
        [torch.randn(WIDTH, generator=torch.Generator().manual_seed(zlib.crc32(word.encode()))) for word in words]
    )


def read(cell: Cell, words: tuple[str, ...]) -> Played:
    """Let the network read a sentence."""
    layer = network(cell)
    inputs = vectors(words)
    states, cells = [torch.zeros(HIDDEN)], [torch.zeros(HIDDEN)]
    kept = None
    with torch.no_grad():
        for vector in inputs:
            _, kept = layer(vector[None, None], kept)
            state, memory = kept if cell == "lstm" else (kept, kept)
            states.append(state[0, 0])
            cells.append(memory[0, 0])
    rows = torch.stack(states)
    mixed = torch.randn(HIDDEN, generator=torch.Generator().manual_seed(1))
    return Played(
        cell=cell,
        words=words,
        inputs=inputs.numpy(),
        states=rows.numpy(),
        cells=torch.stack(cells).numpy() if cell == "lstm" else None,
        weight_ih=layer.weight_ih_l0.detach().numpy(),
        weight_hh=layer.weight_hh_l0.detach().numpy(),
        bias_ih=layer.bias_ih_l0.detach().numpy(),
        bias_hh=layer.bias_hh_l0.detach().numpy(),
        verdicts=torch.sigmoid(rows @ mixed).numpy(),
        verdict_names=("negative", "positive"),
    )


def gates(played: Played) -> list[dict[str, np.ndarray]]:
    """Every gate of every step by torch's documented equations, written down without torch's layer."""

    def sigmoid(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-x))

    found = []
    for x, h in zip(played.inputs.astype(float), played.states[:-1].astype(float), strict=True):
        from_word = np.split(played.weight_ih @ x + played.bias_ih, len(played.bias_ih) // HIDDEN)
        from_state = np.split(played.weight_hh @ h + played.bias_hh, len(played.bias_hh) // HIDDEN)
        sums = [word + state for word, state in zip(from_word, from_state, strict=True)]
        if played.cell == "rnn":
            found.append({"h": np.tanh(sums[0])})
        elif played.cell == "gru":
            r, z = sigmoid(sums[0]), sigmoid(sums[1])
            found.append({"r": r, "z": z, "n": np.tanh(from_word[2] + r * from_state[2])})
        else:
            i, f, g, o = sigmoid(sums[0]), sigmoid(sums[1]), np.tanh(sums[2]), sigmoid(sums[3])
            found.append({"f": f, "i": i, "g": g, "o": o})
    return found
