"""The steps written out are those of PyTorch's own layers."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from core.models.cells import CELLS, LayerWeights, Step, gru_step, lstm_step, unroll, weights_of
from core.models.shipped import load_shipped
from core.models.text.recurrent import SentenceReader

GATES = {
    "rnn": [],
    "gru": ["reset", "update", "new"],
    "lstm": ["forget", "input", "candidate", "output"],
}
OPEN = {"reset", "update", "forget", "input", "output"}


def torchs(layer: nn.RNNBase, inputs: Tensor) -> tuple[Tensor, Tensor | None]:
    """PyTorch's states after every input, and its last cell state."""
    with torch.no_grad():
        states, last = layer(inputs)
    return states, last[1][0] if isinstance(last, tuple) else None


def check(cell: str, layer: nn.RNNBase, inputs: Tensor, atol: float) -> None:
    steps = unroll(cell, weights_of(layer), inputs)
    states, last = torchs(layer, inputs)
    assert len(steps) == len(inputs) + 1
    assert not steps[0].state.any() and steps[0].gates == {}
    torch.testing.assert_close(torch.stack([step.state for step in steps[1:]]), states, atol=atol, rtol=0)
    for step in steps[1:]:
        assert list(step.gates) == GATES[cell]
        for name, gate in step.gates.items():
            assert gate.shape == step.state.shape
            assert gate.abs().max() <= 1
            assert name not in OPEN or gate.min() >= 0
        assert (step.cell is not None) == (cell == "lstm")
    if last is not None:
        torch.testing.assert_close(steps[-1].cell, last, atol=atol, rtol=0)


@given(
    cell=st.sampled_from(sorted(CELLS)),
    width=st.integers(1, 9),
    hidden=st.integers(1, 9),
    length=st.integers(1, 12),
    size=st.sampled_from([0.1, 1.0, 5.0, 100.0]),
    seed=st.integers(0, 2**31),
)
def test_every_step_is_torchs(cell, width: int, hidden: int, length: int, size: float, seed: int) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layer = CELLS[cell](width, hidden).double()  # sums of hundreds: in single precision they end before 1e-5
        for parameter in layer.parameters():
            nn.init.normal_(parameter, std=0.7)
        check(cell, layer, size * torch.randn(length, width, dtype=torch.float64), 1e-10)


@pytest.mark.parametrize("cell", CELLS)
def test_every_step_of_the_shipped_networks_is_torchs(cell) -> None:
    network = load_shipped(f"sentence-{cell}").network
    assert isinstance(network, SentenceReader)
    inputs = 2 * torch.randn(200, 64, generator=torch.Generator().manual_seed(1))
    check(cell, network.recurrent, inputs, 1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_a_bidirectional_layer_has_weights_of_both_directions(cell) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layer = CELLS[cell](4, 3, bidirectional=True)
        inputs = torch.randn(6, 4)
    states, _ = torchs(layer, inputs)
    forwards = unroll(cell, weights_of(layer), inputs)
    backwards = unroll(cell, weights_of(layer, reverse=True), inputs.flip(0))
    torch.testing.assert_close(torch.stack([step.state for step in forwards[1:]]), states[:, :3], atol=1e-6, rtol=0)
    there = torch.stack([step.state for step in backwards[1:]]).flip(0)
    torch.testing.assert_close(there, states[:, 3:], atol=1e-6, rtol=0)


def test_two_steps_of_a_plain_network_by_hand() -> None:
    weights = LayerWeights(
        torch.tensor([[1.0, 0.0], [0.5, -1.0]]),
        torch.tensor([[0.0, 2.0], [1.0, 0.0]]),
        torch.tensor([0.1, 0.0]),
        torch.tensor([0.1, -0.5]),
    )
    assert weights.hidden_size == 2
    _, first, second = unroll("rnn", weights, torch.tensor([[1.0, 2.0], [0.0, 1.0]]))
    h = [math.tanh(1 + 0.2), math.tanh(0.5 - 2 - 0.5)]
    assert first.state.tolist() == pytest.approx(h, abs=1e-6)
    assert second.state.tolist() == pytest.approx([math.tanh(0.2 + 2 * h[1]), math.tanh(-1 - 0.5 + h[0])], abs=1e-6)


def test_one_step_of_an_lstm_by_hand() -> None:
    """One unit; PyTorch's order of the blocks is input, forget, candidate, output."""

    def sigmoid(value: float) -> float:
        return 1 / (1 + math.exp(-value))

    weights = LayerWeights(
        torch.tensor([[1.0], [2.0], [3.0], [4.0]]),
        torch.tensor([[0.5], [-0.5], [1.0], [0.0]]),
        torch.zeros(4),
        torch.tensor([0.0, 1.0, 0.0, -1.0]),
    )
    step = lstm_step(weights, torch.tensor([0.5]), Step(torch.tensor([0.2]), torch.tensor([-0.8])))
    store, forget = sigmoid(0.5 + 0.1), sigmoid(1 - 0.1 + 1)
    candidate, output = math.tanh(1.5 + 0.2), sigmoid(2 - 1)
    cell = forget * -0.8 + store * candidate
    assert {name: gate.item() for name, gate in step.gates.items()} == pytest.approx(
        {"forget": forget, "input": store, "candidate": candidate, "output": output}, abs=1e-6
    )
    assert step.cell is not None
    assert (step.cell.item(), step.state.item()) == pytest.approx((cell, output * math.tanh(cell)), abs=1e-6)


def test_a_gru_with_a_shut_update_gate_keeps_its_state_and_with_an_open_one_forgets_it() -> None:
    """PyTorch's update gate says how much of the old state stays, unlike that of many books."""
    inputs = torch.tensor([[1.0]])
    for bias, kept in ((50.0, 0.7), (-50.0, math.tanh(1.0))):
        weights = LayerWeights(
            torch.tensor([[0.0], [0.0], [1.0]]), torch.zeros(3, 1), torch.tensor([0.0, bias, 0.0]), torch.zeros(3)
        )
        step = gru_step(weights, inputs[0], Step(torch.tensor([0.7])))
        assert step.state.item() == pytest.approx(kept, abs=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_no_inputs_leave_the_first_state(cell) -> None:
    (only,) = unroll(cell, weights_of(CELLS[cell](3, 2)), torch.zeros(0, 3))
    assert only.state.tolist() == [0, 0]
    assert (only.cell is not None) == (cell == "lstm")
