"""What a network says at one moment, and its first weights as pictures."""

import numpy as np
import pytest
import torch

from core.inspection.images.snapshots import take_snapshot
from core.models.images.design import CNN, MLP, ColumnReader, RowReader, build

PIXELS = np.random.default_rng(0).random((28, 28), np.float32)


@pytest.mark.parametrize(
    ("design", "layer", "shape"),
    [
        (CNN(), "conv1", (32, 3, 3)),
        (CNN(scaling="standardised"), "conv1", (32, 3, 3)),
        (MLP(hidden=(5,)), "dense1", (5, 28, 28)),
        (ColumnReader(), "steps.conv1", (32, 3, 3)),
        (RowReader(hidden_size=4), "", None),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_probabilities_and_first_filters(design, layer, shape) -> None:
    torch.manual_seed(0)
    network = build(design).eval()
    moment = take_snapshot(network, PIXELS)
    expected = network(torch.from_numpy(PIXELS)[None, None])[0].softmax(0)
    assert moment.probabilities == pytest.approx(expected.detach().numpy())
    assert moment.layer == layer
    assert (moment.filters.shape if moment.filters is not None else None) == shape
    if layer == "dense1":
        weight = dict(network.named_parameters())["dense1.weight"]
        assert (moment.filters[3].ravel() == weight[3].detach().numpy()).all()
