"""Transfer learning on the lab's CNN: its convolutions are kept, and one dense layer is learnt on what they see."""

import math
from collections import OrderedDict

import torch
from torch import nn

from core.models.images.cnn import DigitCNN

FEATURES = 1600
"""Numbers that the convolutions make of a picture."""
_LAST = "last"


def convolutions(cnn: DigitCNN) -> nn.Sequential:
    """Return what of the CNN is kept, with its own weights: images (B, 1, 28, 28) to features (B, 1600)."""
    kept: OrderedDict[str, nn.Module] = OrderedDict()
    for name, layer in cnn.named_children():
        kept[name] = layer
        if isinstance(layer, nn.Flatten):
            break
    return nn.Sequential(kept)


def last_layer(classes: int, generator: torch.Generator) -> nn.Linear:
    """Return the layer that is learnt, with random weights: features (B, 1600) to logits (B, classes)."""
    layer = nn.utils.skip_init(nn.Linear, FEATURES, classes)
    _draw(layer, generator)
    return layer


def joined(kept: nn.Sequential, layer: nn.Linear) -> nn.Sequential:
    """Return convolutions and last layer as one list of layers: images (B, 1, 28, 28) to logits (B, classes)."""
    return nn.Sequential(OrderedDict([*kept.named_children(), (_LAST, layer)]))


def from_scratch(classes: int, generator: torch.Generator) -> nn.Sequential:
    """Return the same network with all weights random."""
    with torch.device("meta"):  # PyTorch would draw weights from the generator that everybody shares
        network = joined(convolutions(DigitCNN()), nn.Linear(FEATURES, classes))
    network.to_empty(device="cpu")
    for layer in network:
        if isinstance(layer, nn.Conv2d | nn.Linear):
            _draw(layer, generator)
    return network


def _draw(layer: nn.Conv2d | nn.Linear, generator: torch.Generator) -> None:
    """Draw weights as PyTorch does (Kaiming, uniform, a = sqrt 5), with a generator of one's own."""
    assert layer.bias is not None
    nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5), generator=generator)
    bound = 1 / math.sqrt(layer.weight[0].numel())
    nn.init.uniform_(layer.bias, -bound, bound, generator=generator)
