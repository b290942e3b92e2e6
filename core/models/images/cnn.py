"""The convolutional network of the lab: two convolutions, two poolings, two dense layers."""

from collections import OrderedDict

from torch import nn

from core.models.architecture import Architecture


class DigitCNN(nn.Sequential):
    """Read a 28x28 digit with 121,930 parameters.

    The network is a plain list of named layers, walked in order, so that a
    reader of this file and `core.inspection` see the same thing. It takes
    images (B, 1, 28, 28) in 0-1 and returns logits (B, 10). It knows nothing
    of softmax: the loss and the inspector apply it themselves.
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv1=nn.Conv2d(1, 32, kernel_size=3),  # (B, 32, 26, 26)
                relu1=nn.ReLU(),
                pool1=nn.MaxPool2d(2),  # (B, 32, 13, 13)
                conv2=nn.Conv2d(32, 64, kernel_size=3),  # (B, 64, 11, 11)
                relu2=nn.ReLU(),
                pool2=nn.MaxPool2d(2),  # (B, 64, 5, 5)
                flatten=nn.Flatten(),  # (B, 1600)
                dense1=nn.Linear(1600, 64),  # (B, 64)
                relu3=nn.ReLU(),
                dense2=nn.Linear(64, 10),  # (B, 10)
            )
        )


class StridedDigitCNN(nn.Sequential):
    """The lab's network without pooling: strides thin the maps out instead (121,930 parameters).

    Where `DigitCNN` keeps the largest of every 2x2 cells, this one computes only
    the first of them: a convolution with stride 2, as in Springenberg et al.,
    "Striving for simplicity: the all convolutional net", 2015. The second
    convolution would give 6x6 cells; the last row and column are cut off as
    pooling does, so that all shapes and all parameter counts stay the same and
    pooling is the only difference. Takes images (B, 1, 28, 28) in 0-1 and
    returns logits (B, 10).
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv1=nn.Conv2d(1, 32, kernel_size=3, stride=2),  # (B, 32, 13, 13)
                relu1=nn.ReLU(),
                conv2=nn.Conv2d(32, 64, kernel_size=3, stride=2),  # (B, 64, 6, 6)
                relu2=nn.ReLU(),
                crop=nn.ZeroPad2d((0, -1, 0, -1)),  # (B, 64, 5, 5)
                flatten=nn.Flatten(),  # (B, 1600)
                dense1=nn.Linear(1600, 64),  # (B, 64)
                relu3=nn.ReLU(),
                dense2=nn.Linear(64, 10),  # (B, 10)
            )
        )


class DigitOrNot(nn.Sequential):
    """Tell digits from everything else that can be drawn (76,369 parameters).

    Two convolutions after one another see further than one before the picture is
    halved again: a bracket and a one, or a seven and a larger-than sign, differ by
    how their ends and corners lie to each other. Takes images (B, 1, 28, 28) in
    0-1 and returns one logit each (B, 1): above zero it is rather a digit. It does
    not know which digit.
    """

    def __init__(self) -> None:
        super().__init__(
            OrderedDict(
                conv1=nn.Conv2d(1, 16, kernel_size=3),  # (B, 16, 26, 26)
                relu1=nn.ReLU(),
                pool1=nn.MaxPool2d(2),  # (B, 16, 13, 13)
                conv2=nn.Conv2d(16, 32, kernel_size=3, padding=1),  # (B, 32, 13, 13)
                relu2=nn.ReLU(),
                conv3=nn.Conv2d(32, 48, kernel_size=3),  # (B, 48, 11, 11)
                relu3=nn.ReLU(),
                pool2=nn.MaxPool2d(2),  # (B, 48, 5, 5)
                flatten=nn.Flatten(),  # (B, 1200)
                dense1=nn.Linear(1200, 48),  # (B, 48)
                relu4=nn.ReLU(),
                dense2=nn.Linear(48, 1),  # (B, 1)
            )
        )


ARCHITECTURES = {
    "digit-cnn": Architecture(DigitCNN, "CNN", "convolutional network", "Digits"),
    "digit-cnn-strided": Architecture(
        StridedDigitCNN, "CNN without pooling", "convolutional network, strides instead of pooling", "Digits"
    ),
    "digit-or-not": Architecture(DigitOrNot, "digit or not", "convolutional network", "Digits"),
}
