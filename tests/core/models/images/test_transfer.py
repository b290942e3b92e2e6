"""The parts of the CNN that are kept and that are learnt."""

import torch
from torch import nn

from core.models.images.transfer import FEATURES, convolutions, from_scratch, joined, last_layer
from core.models.shipped import load_shipped


def test_the_convolutions_are_the_shipped_ones_and_stay_so() -> None:
    cnn = load_shipped("digit-cnn").network
    kept = convolutions(cnn)  # type: ignore[arg-type]
    assert [name for name, _ in kept.named_children()] == [
        "conv1",
        "relu1",
        "pool1",
        "conv2",
        "relu2",
        "pool2",
        "flatten",
    ]
    pixels = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    features = kept(pixels)
    assert features.shape == (3, FEATURES)
    rest = nn.Sequential(*[layer for name, layer in cnn.named_children() if name in {"dense1", "relu3", "dense2"}])
    assert torch.equal(rest(features), cnn(pixels))
    network = joined(kept, last_layer(4, torch.Generator().manual_seed(0)))
    assert network(pixels).shape == (3, 4)


def test_random_weights_come_from_ones_own_generator() -> None:
    before = torch.get_rng_state()
    first, again, other = (from_scratch(3, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    last_layer(3, torch.Generator().manual_seed(1))
    assert torch.equal(torch.get_rng_state(), before)
    for name, weight in first.state_dict().items():
        assert torch.equal(weight, again.state_dict()[name])
        assert not torch.equal(weight, other.state_dict()[name])
        fan_in = first.state_dict()[f"{name.split('.')[0]}.weight"][0].numel()
        assert weight.abs().max() <= fan_in**-0.5  # as PyTorch draws them
        assert weight.numel() < 10 or weight.abs().max() > 0.8 * fan_in**-0.5
