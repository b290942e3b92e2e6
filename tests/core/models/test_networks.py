import pytest
import torch
from torch import nn

from core.models.images.cnn import DigitCNN, DigitOrNot
from core.models.images.mlp import DigitMLP
from core.models.images.recurrent import Columns, RowGRU, SequenceReader
from core.models.shipped import count_parameters


def test_digit_cnn_is_the_lab() -> None:
    """CLAIMS A1: the shapes 26, 13, 11, 5, 1600 and 121,930 parameters, layer by layer."""
    network = DigitCNN()
    value = torch.zeros(2, 1, 28, 28)
    shapes = {}
    for name, layer in network.named_children():
        value = layer(value)
        shapes[name] = tuple(value.shape[1:])
    assert shapes == {
        "conv1": (32, 26, 26),
        "relu1": (32, 26, 26),
        "pool1": (32, 13, 13),
        "conv2": (64, 11, 11),
        "relu2": (64, 11, 11),
        "pool2": (64, 5, 5),
        "flatten": (1600,),
        "dense1": (64,),
        "relu3": (64,),
        "dense2": (10,),
    }
    counts = {name: count_parameters(layer) for name, layer in network.named_children() if count_parameters(layer)}
    assert counts == {
        "conv1": 3 * 3 * 1 * 32 + 32,
        "conv2": 3 * 3 * 32 * 64 + 64,
        "dense1": 1600 * 64 + 64,
        "dense2": 64 * 10 + 10,
    }
    assert count_parameters(network) == 121_930


@pytest.mark.parametrize(
    ("build", "parameters", "outputs"),
    [(DigitCNN, 121_930, 10), (DigitMLP, 235_146, 10), (RowGRU, 161_034, 10), (DigitOrNot, 76_369, 1)],
)
def test_sizes_and_shapes(build: type[nn.Module], parameters: int, outputs: int) -> None:
    network = build()
    assert count_parameters(network) == parameters
    assert f"{parameters:,}" in (build.__doc__ or "")
    assert network(torch.zeros(3, 1, 28, 28)).shape == (3, outputs)


def test_the_gru_reads_rows_from_top_to_bottom() -> None:
    torch.manual_seed(0)
    network = RowGRU()
    image = torch.rand(1, 1, 28, 28)
    state = None
    for row in range(28):
        output, state = network.gru(image[:, 0, row : row + 1], state)
    assert torch.allclose(network(image), network.dense(output[:, -1]), atol=1e-5)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_reader_of_columns_takes_them_from_left_to_right(cell) -> None:
    torch.manual_seed(0)
    maps = torch.rand(1, 3, 4, 5)
    columns = Columns()(maps)
    assert all(torch.equal(columns[:, step], maps[..., step].flatten(1)) for step in range(5))
    network = SequenceReader(Columns(), 12, cell, hidden_size=6, classes=2)
    state = None
    for step in range(5):
        output, state = network.get_submodule(cell)(columns[:, step : step + 1], state)
    assert torch.allclose(network(maps), network.dense(output[:, -1]), atol=1e-6)
