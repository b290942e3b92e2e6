"""The recurrent cells: PyTorch's layers by name, and one step of each written out.

Every gate is computed by its equation, with the weights of PyTorch's own layer.

The equations are those of `torch.nn.RNN`, `torch.nn.GRU` and `torch.nn.LSTM`
(Elman 1990; Cho and others 2014; Hochreiter and Schmidhuber 1997, with the
forget gate of Gers, Schmidhuber and Cummins 2000).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor, nn

Cell = Literal["rnn", "gru", "lstm"]

CELLS: MappingProxyType[Cell, type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]] = MappingProxyType(
    {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
)
"""PyTorch's recurrent layers by name."""

TITLES: MappingProxyType[Cell, str] = MappingProxyType({"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"})
"""What people call them."""

FAMILIES: MappingProxyType[Cell, str] = MappingProxyType(
    {"rnn": "plain recurrent network", "gru": "gated recurrent unit", "lstm": "long short-term memory"}
)
"""What the letters stand for."""


@dataclass(frozen=True)
class LayerWeights:
    """The weights of one direction of one recurrent layer, one block of hidden_size rows a gate.

    Attributes:
        weight_ih: what multiplies the input (gates * H, I).
        weight_hh: what multiplies the state before (gates * H, H).
        bias_ih: added to the first product (gates * H,).
        bias_hh: added to the second (gates * H,).
    """

    weight_ih: Tensor
    weight_hh: Tensor
    bias_ih: Tensor
    bias_hh: Tensor

    @property
    def hidden_size(self) -> int:
        """Numbers in the state."""
        return self.weight_hh.shape[1]


@dataclass(frozen=True)
class Step:
    """What a recurrent layer makes of one input.

    Attributes:
        state: h_t (H,).
        cell: the LSTM's c_t (H,), None for the others.
        gates: by name, (H,) each. LSTM: input, forget, candidate, output; GRU: reset, update, new.
    """

    state: Tensor
    cell: Tensor | None = None
    gates: dict[str, Tensor] = field(default_factory=dict)


def weights_of(layer: nn.RNNBase, *, reverse: bool = False) -> LayerWeights:
    """Return the weights of a layer's first level, forwards or, of a bidirectional one, backwards."""
    ending = "_l0_reverse" if reverse else "_l0"
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return LayerWeights(*(getattr(layer, name + ending).detach() for name in names))


def rnn_step(weights: LayerWeights, inputs: Tensor, before: Step) -> Step:
    """h_t = tanh(W_ih x_t + b_ih + W_hh h_{t-1} + b_hh)."""
    return Step(torch.tanh(_from_input(weights, inputs) + _from_state(weights, before.state)))


def gru_step(weights: LayerWeights, inputs: Tensor, before: Step) -> Step:
    """h_t = (1 - z) * n + z * h_{t-1}: the update gate z says how much of the old state stays.

    The reset gate r says how much of it the new state n looks at:
    n = tanh(W_in x_t + b_in + r * (W_hn h_{t-1} + b_hn)).
    """
    of_input, of_state = _from_input(weights, inputs).chunk(3), _from_state(weights, before.state).chunk(3)
    reset = torch.sigmoid(of_input[0] + of_state[0])
    update = torch.sigmoid(of_input[1] + of_state[1])
    new = torch.tanh(of_input[2] + reset * of_state[2])
    state = (1 - update) * new + update * before.state
    return Step(state, None, {"reset": reset, "update": update, "new": new})


def lstm_step(weights: LayerWeights, inputs: Tensor, before: Step) -> Step:
    """c_t = f * c_{t-1} + i * g and h_t = o * tanh(c_t): forget, store a candidate, let out."""
    assert before.cell is not None
    blocks = (_from_input(weights, inputs) + _from_state(weights, before.state)).chunk(4)
    store, forget, candidate, output = *map(torch.sigmoid, blocks[:2]), torch.tanh(blocks[2]), torch.sigmoid(blocks[3])
    cell = forget * before.cell + store * candidate
    gates = {"forget": forget, "input": store, "candidate": candidate, "output": output}
    return Step(output * torch.tanh(cell), cell, gates)


STEPS: dict[str, Callable[[LayerWeights, Tensor, Step], Step]] = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}
"""The step of each cell of `CELLS`."""


def unroll(cell: str, weights: LayerWeights, inputs: Tensor) -> list[Step]:
    """Return the state before the first input, all zero, and what becomes of it with each of the inputs (T, I)."""
    nothing = inputs.new_zeros(weights.hidden_size)
    steps = [Step(nothing, nothing if cell == "lstm" else None)]
    for row in inputs:
        steps.append(STEPS[cell](weights, row, steps[-1]))
    return steps


def _from_input(weights: LayerWeights, inputs: Tensor) -> Tensor:
    return weights.weight_ih @ inputs + weights.bias_ih


def _from_state(weights: LayerWeights, state: Tensor) -> Tensor:
    return weights.weight_hh @ state + weights.bias_hh
