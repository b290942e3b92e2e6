import math

import pytest
import torch
from torch import nn

from core.models.images.design import CNN, MLP, ConvBlock, RowReader, build
from core.models.initialisation import initialise


def test_default_leaves_what_torch_has_drawn() -> None:
    layer = nn.Linear(4, 3)
    before = layer.weight.clone()
    initialise(layer, "default")
    assert torch.equal(layer.weight, before) and layer.bias.any()


@pytest.mark.parametrize(
    ("way", "deviation"),
    [
        ("xavier", math.sqrt(2 / (400 + 300))),  # Glorot and Bengio, 2010: Var = 2 / (fan in + fan out)
        ("kaiming", math.sqrt(2 / 400)),  # He et al., 2015: Var = 2 / fan in
        ("normal", 0.05),
        ("zeros", 0.0),
    ],
)
def test_weights_have_the_spread_of_the_formula_and_biases_are_zero(way, deviation) -> None:
    torch.manual_seed(0)
    layer = nn.Linear(400, 300)
    initialise(layer, way)
    assert float(layer.weight.detach().std()) == pytest.approx(deviation, rel=0.02)
    assert not layer.bias.any()


def test_every_gate_is_a_matrix_of_its_own() -> None:
    torch.manual_seed(0)
    layer = nn.LSTM(200, 200)
    initialise(layer, "xavier")
    for gate in layer.weight_ih_l0.detach().chunk(4):
        assert float(gate.std()) == pytest.approx(math.sqrt(2 / 400), rel=0.02)
    assert not layer.bias_ih_l0.any() and not layer.bias_hh_l0.any()


@pytest.mark.parametrize(
    "design", [CNN(blocks=(ConvBlock(channels=2, batch_norm=True),)), MLP(), RowReader(cell="rnn")]
)
def test_zeros_leave_only_the_factors_of_batch_norm(design) -> None:
    network = build(design.model_copy(update={"initialisation": "zeros"}))
    for name, parameter in network.named_parameters():
        assert bool((parameter == (1 if name == "norm1.weight" else 0)).all()), name
    assert not network(torch.rand(2, 1, 28, 28)).any()
