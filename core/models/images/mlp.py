"""The multilayer perceptron: every pixel is joined to every hidden unit."""

from collections import OrderedDict

from torch import nn

from core.models.architecture import Architecture


class DigitMLP(nn.Sequential):
    """Read a 28x28 digit as 784 numbers in no particular order (235,146 parameters).

    Takes images (B, 1, 28, 28) in 0-1 and returns logits (B, 10). It does not
    know which pixels are neighbours.
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                flatten=nn.Flatten(),  # (B, 784)
                dense1=nn.Linear(784, 256),  # (B, 256)
                relu1=nn.ReLU(),
                dense2=nn.Linear(256, 128),  # (B, 128)
                relu2=nn.ReLU(),
                dense3=nn.Linear(128, 10),  # (B, 10)
            )
        )


ARCHITECTURES = {"digit-mlp": Architecture(DigitMLP, "MLP", "multilayer perceptron", "Digits")}
