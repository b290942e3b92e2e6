"""Weights and outputs of layers, and their histograms over the same bins."""

import numpy as np
import torch
from torch import nn

from core.inspection.images.evolution import layers_with_weights, outputs_of, spreads, weights_of


def test_outputs_are_those_of_the_layer_before_its_activation_and_nothing_is_left_behind() -> None:
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(1352, 4)).eval()
    pictures = torch.rand(3, 1, 28, 28)
    assert layers_with_weights(network) == ["0", "3"]
    assert weights_of(network, "0").shape == (18,)
    with torch.no_grad():
        np.testing.assert_allclose(outputs_of(network, "0", pictures), network[0](pictures).flatten(), rtol=1e-5)
    assert not network[0]._forward_hooks


def test_a_recurrent_layer_puts_out_its_states() -> None:
    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.gru = nn.GRU(28, 5, batch_first=True)

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            return self.gru(pictures[:, 0])[0][:, -1]

    assert outputs_of(Reader(), "gru", torch.rand(2, 1, 28, 28)).shape == (2 * 28 * 5,)


def test_all_moments_share_their_bins_and_count_every_number() -> None:
    found = spreads([np.array([0.0, 1.0], np.float32), np.array([3.0, np.nan], np.float32)], bins=3)
    np.testing.assert_allclose(found.edges, [0, 1, 2, 3])
    assert found.counts.tolist() == [[1, 1, 0], [0, 0, 1]]
    assert spreads([np.zeros(4, np.float32)]).counts.sum() == 4
    assert spreads([np.array([np.nan], np.float32)]).counts.sum() == 0
