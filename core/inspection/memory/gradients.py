"""What is left of a gradient on its way back: how the loss at the end depends on the state so many steps before."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.text.stories import Story, encode_stories, stories
from core.models.attention.positions import sinusoids
from core.models.attention.transformer import EncoderBlock
from core.models.cells import STEPS, Cell, LayerWeights, Step, weights_of
from core.models.shipped import load_shipped
from core.models.text.embeddings import word_mask
from core.models.text.recurrent import SentenceReader
from core.models.text.transformer import TransformerReader

Activation = Literal["tanh", "relu", "linear"]
ACTIVATIONS: dict[Activation, Callable[[Tensor], Tensor]] = {"tanh": torch.tanh, "relu": F.relu, "linear": lambda x: x}
"""What a plain RNN puts its sum through."""


@dataclass(frozen=True)
class GradientByLag:
    """How much the loss at the end depends on the state so many steps before.

    Attributes:
        norms: the norm of d loss / d h_t by lag, from 0, the last state, on (T,); of d loss / d (h_t, c_t) for an LSTM,
            whose memory goes on in both; of d loss / d x_t for a Transformer, where the vectors of all words reach the
            last one directly.
        weights: the norm of the loss's gradient with respect to all weights of the layer: what clipping looks at.
    """

    norms: NDArray[np.float64]
    weights: float

    def clipped(self, most: float) -> "GradientByLag":
        """Return the same after clipping: where the gradient of the weights is longer than `most`, all is scaled down.

        Pascanu, Mikolov and Bengio, 2013; as `torch.nn.utils.clip_grad_norm_` does it. All lags get smaller by one
        factor, so what had vanished beside the others is as small beside them as before.
        """
        share = min(1.0, most / self.weights) if self.weights else 1.0
        return GradientByLag(self.norms * share, self.weights * share)


def noise_gradient(
    cell: Cell,
    *,
    steps: int,
    radius: float,
    activation: Activation = "tanh",
    forget_bias: float = 0.0,
    hidden_size: int = 32,
    seed: int = 0,
) -> GradientByLag:
    """Return the gradient by lag for an untrained layer that reads noise and whose last state is looked at.

    W_h is drawn at random and scaled to a spectral radius. With a linear activation a gradient goes, in the long run,
    like the radius to the power of the lag (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent
    neural networks", 2013).

    Args:
        cell: of the layer.
        steps: T.
        radius: the largest absolute eigenvalue of W_h; of every block of it for GRU and LSTM.
        activation: of the plain RNN; GRU and LSTM keep theirs.
        forget_bias: added before the LSTM's forget gate.
        hidden_size: numbers in the state, and in an input.
        seed: of weights and noise.
    """
    draw = torch.Generator().manual_seed(seed)
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    square = [torch.randn(hidden_size, hidden_size, generator=draw, dtype=torch.float64) for _ in range(blocks)]
    weight_hh = torch.cat([block * (radius / spectral_radius(block)) for block in square])
    weight_ih = torch.randn(blocks * hidden_size, hidden_size, generator=draw, dtype=torch.float64) / hidden_size**0.5
    bias = torch.zeros(blocks * hidden_size, dtype=torch.float64)
    if cell == "lstm":
        bias[hidden_size : 2 * hidden_size] = forget_bias
    inputs = torch.randn(steps, hidden_size, generator=draw, dtype=torch.float64)
    look = torch.randn(hidden_size, generator=draw, dtype=torch.float64) / hidden_size**0.5
    weights = LayerWeights(weight_ih, weight_hh, bias, torch.zeros_like(bias))
    return _back(cell, weights, inputs, lambda state: state @ look, ACTIVATIONS[activation])


def story_gradient(cell: Cell, story: Story) -> GradientByLag:
    """Return the gradient by lag of a trained network's loss at the end of a story."""
    network = cast(SentenceReader, load_shipped(f"story-{cell}").network)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories((story,)))
    with torch.no_grad():
        inputs = network.words(pieces)[0]

    def loss(state: Tensor) -> Tensor:
        return F.cross_entropy(network.dense(state).unsqueeze(0), answers)

    return _back(cell, weights_of(network.recurrent), inputs, loss, torch.tanh)


def transformer_noise_gradient(steps: int, width: int = 32, seed: int = 0) -> GradientByLag:
    """Return the gradient by lag for an untrained block of a Transformer that reads noise; the last place is looked at.

    Weights are PyTorch's, positions sinusoidal.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        block = EncoderBlock(width, heads=2, inner=2 * width).double()
        vectors = torch.randn(1, steps, width, dtype=torch.float64)
        look = torch.randn(width, dtype=torch.float64) / width**0.5
    places = sinusoids(steps, width).double()
    return _back_at_once(block, vectors, lambda some: block(some + places).vectors[0, -1] @ look)


def transformer_story_gradient(name: str, story: Story) -> GradientByLag:
    """Return the gradient by lag of a shipped Transformer's loss at the end of a story."""
    network = deepcopy(cast(TransformerReader, load_shipped(name).network)).requires_grad_()
    pieces, answers = (torch.from_numpy(part) for part in encode_stories((story,)))
    present = word_mask(pieces)
    vectors = network.words(pieces).detach()
    return _back_at_once(
        network.blocks, vectors, lambda some: F.cross_entropy(network.classify_vectors(some, present), answers)
    )


def spectral_radius(matrix: Tensor) -> float:
    """Return the largest absolute eigenvalue of a square matrix."""
    return float(torch.linalg.eigvals(matrix).abs().max())


def _back(
    cell: Cell,
    weights: LayerWeights,
    inputs: Tensor,
    loss: Callable[[Tensor], Tensor],
    activation: Callable[[Tensor], Tensor],
) -> GradientByLag:
    """Go through all steps, then back from the loss, and keep what arrives at every state."""
    leaves = [part.detach().requires_grad_() for part in (weights.weight_ih, weights.weight_hh, weights.bias_ih)]
    weights = LayerWeights(leaves[0], leaves[1], leaves[2], weights.bias_hh)
    with torch.enable_grad():
        nothing = inputs.new_zeros(weights.hidden_size).requires_grad_()
        memory = inputs.new_zeros(weights.hidden_size).requires_grad_() if cell == "lstm" else None
        reached = [Step(nothing, memory)]
        nudges: list[Step] = []  # zeros added to both halves of a state, so that c_t's own share has no way through h_t
        for row in inputs:
            if cell == "rnn":
                total = weights.weight_ih @ row + weights.bias_ih + weights.weight_hh @ reached[-1].state
                step = Step(activation(total + weights.bias_hh))
            else:
                step = STEPS[cell](weights, row, reached[-1])
            held = None if step.cell is None else torch.zeros_like(step.cell).requires_grad_()
            nudges.append(Step(torch.zeros_like(step.state).requires_grad_(), held))
            moved = None if step.cell is None or held is None else step.cell + held
            reached.append(Step(step.state + nudges[-1].state, moved))
        states = [step.state for step in nudges]
        memories = [step.cell for step in nudges if step.cell is not None]
        found = torch.autograd.grad(loss(reached[-1].state), [*states, *memories, *leaves], allow_unused=True)
    squares = [0.0 if part is None else float((part.double() ** 2).sum()) for part in found]
    of_weights = sum(squares[len(states) + len(memories) :])
    per_step = np.array(squares[: len(states)])
    if memories:
        per_step = per_step + np.array(squares[len(states) : len(states) + len(memories)])
    return GradientByLag(np.sqrt(per_step)[::-1].copy(), of_weights**0.5)


def _back_at_once(layer: nn.Module, vectors: Tensor, loss: Callable[[Tensor], Tensor]) -> GradientByLag:
    """Go back from the loss to vectors (1, T, width), which all reach it through `layer`."""
    with torch.enable_grad():
        leaves = vectors.requires_grad_()
        found = torch.autograd.grad(loss(leaves), [leaves, *layer.parameters()])
    of_weights = sum(float((part.double() ** 2).sum()) for part in found[1:])
    return GradientByLag(found[0][0].double().norm(dim=1).flip(0).numpy(), of_weights**0.5)


@lru_cache(maxsize=256)
def noise_gradients(
    cell: Cell, steps: int, radius: float, activation: Activation, forget_bias: float, seed: int, draws: int
) -> tuple[GradientByLag, ...]:
    """Return `noise_gradient` for `draws` seeds, from `seed` on."""
    return tuple(
        noise_gradient(
            cell, steps=steps, radius=radius, activation=activation, forget_bias=forget_bias, seed=seed + draw
        )
        for draw in range(draws)
    )


@lru_cache(maxsize=64)
def story_gradients(cell: Cell, distance: int, count: int) -> tuple[GradientByLag, ...]:
    """Return `story_gradient` for `count` held-out stories of a distance."""
    return tuple(story_gradient(cell, story) for story in stories(count, (distance, distance), 0, held_out=True))


@lru_cache(maxsize=64)
def transformer_noise_gradients(steps: int, seed: int, draws: int) -> tuple[GradientByLag, ...]:
    """Return `transformer_noise_gradient` for `draws` seeds, from `seed` on."""
    return tuple(transformer_noise_gradient(steps, seed=seed + draw) for draw in range(draws))


@lru_cache(maxsize=64)
def transformer_story_gradients(name: str, distance: int, count: int) -> tuple[GradientByLag, ...]:
    """Return `transformer_story_gradient` for `count` held-out stories of a distance."""
    told = stories(count, (distance, distance), 0, held_out=True)
    return tuple(transformer_story_gradient(name, story) for story in told)
