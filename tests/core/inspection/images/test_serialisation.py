"""Networks written down: what stands in the file, and what is refused. That the browser computes the same from it
as PyTorch is tested in `tests/browser/test_live.py`."""

import json

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import load
from torch import nn

from core.inspection.images.serialisation import NotSerialisable, serialise
from core.inspection.networks import networks


def layers_of(file: bytes, tmp_path) -> list[dict]:
    (tmp_path / "network").write_bytes(file)
    with safe_open(tmp_path / "network", "np") as opened:
        return json.loads(opened.metadata()["layers"])


def test_the_shipped_cnn_is_written_down_with_the_very_numbers_of_its_weights(tmp_path) -> None:
    network = networks()[0].network
    file = serialise(network)
    assert len(file) < 500_000
    layers, tensors = layers_of(file, tmp_path), load(file)
    assert [layer["name"] for layer in layers] == [name for name, _ in network.named_children()]
    assert layers[0] == {
        "name": "conv1",
        "kind": "Conv2d",
        "input": [1, 28, 28],
        "output": [32, 26, 26],
        "kernel": [3, 3],
        "stride": [1, 1],
        "padding": [0, 0],
        "dilation": [1, 1],
    }
    assert np.array_equal(tensors["3.weight"][1, 2, 5, 7], network.conv2.weight[7, 5, 1, 2])
    assert np.array_equal(tensors["9.weight"].T, network.dense2.weight)
    assert sum(tensor.size for tensor in tensors.values()) == sum(one.numel() for one in network.parameters())


def test_weights_that_lie_transposed_in_memory_are_written_in_their_order() -> None:
    layer = nn.Linear(3, 2)
    layer.weight.data = torch.arange(6.0).reshape(3, 2).T  # not contiguous
    tensors = load(serialise(nn.Sequential(nn.Flatten(), nn.Linear(784, 3), layer)))
    assert np.array_equal(tensors["2.weight"].T, [[0, 2, 4], [1, 3, 5]])


def test_all_shipped_networks_but_the_recurrent_one_are_known() -> None:
    refused = []
    for choice in networks():
        try:
            assert serialise(choice.network)
        except NotSerialisable as problem:
            refused.append(choice.name)
            assert str(problem).endswith(".")
    assert refused == ["digit-gru"]


def test_batch_norm_is_a_factor_and_an_offset_and_is_left_as_it_was() -> None:
    norm = nn.BatchNorm2d(2)
    norm.running_mean.copy_(torch.tensor([1.0, -2.0]))
    norm.running_var.copy_(torch.tensor([4.0, 0.25]))
    with torch.no_grad():
        norm.weight.copy_(torch.tensor([3.0, 1.0]))
        norm.bias.copy_(torch.tensor([0.5, 0.0]))
    network = nn.Sequential(nn.Conv2d(1, 2, 1), norm, nn.Flatten(), nn.Linear(2 * 784, 3))
    tensors = load(serialise(network))
    # (x - 1) / 2 * 3 + 0.5 = 1.5 x - 1 and (x + 2) / 0.5 = 2 x + 4, but for the eps of 1e-5
    assert np.allclose(tensors["1.factor"], [1.5, 2.0], atol=1e-4)
    assert np.allclose(tensors["1.offset"], [-1.0, 4.0], atol=1e-4)
    assert norm.running_mean.tolist() == [1.0, -2.0]


def test_dropout_is_nothing_and_lists_within_lists_are_walked(tmp_path) -> None:
    network = nn.Sequential(
        nn.Sequential(nn.Flatten(), nn.Dropout(0.5)), nn.Sequential(nn.Linear(784, 4, bias=False), nn.ReLU())
    )
    layers = layers_of(serialise(network), tmp_path)
    assert [(layer["name"], layer["kind"]) for layer in layers] == [
        ("0.0", "Flatten"),
        ("1.0", "Linear"),
        ("1.1", "ReLU"),
    ]


class Linear(nn.Linear):
    """Someone's own, that may do anything."""


class Backwards(nn.Sequential):
    def forward(self, value):
        return super().forward(value.flip(-1))


@pytest.mark.parametrize(
    "network",
    [
        nn.GRU(28, 10),
        nn.Linear(784, 10),
        nn.Sequential(),
        nn.Sequential(nn.Flatten(), nn.LSTM(784, 10)),
        nn.Sequential(nn.Flatten(), Linear(784, 10)),
        Backwards(nn.Flatten(), nn.Linear(784, 10)),
        nn.Sequential(nn.Conv2d(1, 2, 3)),
        nn.Sequential(nn.Linear(28, 10), nn.Flatten()),
        nn.Sequential(nn.Flatten(0), nn.Linear(784, 10)),
        nn.Sequential(nn.Conv2d(1, 2, 3, padding=1, padding_mode="reflect"), nn.Flatten()),
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.Conv2d(2, 4, 3, groups=2), nn.Flatten()),
        nn.Sequential(nn.MaxPool2d(3, ceil_mode=True), nn.Flatten()),
        nn.Sequential(nn.AvgPool2d(3, padding=1, count_include_pad=False), nn.Flatten()),
        nn.Sequential(nn.BatchNorm2d(1, track_running_stats=False), nn.Flatten()),
        nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.MaxPool2d(29), nn.Flatten()),
        nn.Sequential(nn.Flatten(), nn.Linear(100, 10)),
    ],
    ids=str,
)
def test_what_is_not_known_is_refused_with_a_sentence(network: nn.Module) -> None:
    with pytest.raises(NotSerialisable, match=r"^The network .*\.$"):
        serialise(network)
