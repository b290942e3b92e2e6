"""The held-out pictures that a network is shown: what they are called, and how one gets onto the sheet."""

import numpy as np

from core.data.images.datasets import ImageSet
from core.data.images.digits import from_pixels
from core.inspection.networks import Choice
from core.ui.state.drawing import Drawing, sheet
from core.ui.widgets import digit_sources


def describe(choice: Choice, pictures: ImageSet, place: int) -> str:
    """Return a line on one of the network's held-out pictures: ``a 7, test digit no. 1,234``, or the class."""
    name = choice.held_out_classes[int(pictures.labels[place])]
    index = int(pictures.indices[place])
    if choice.examples is not None:
        return f"{name}, no. {index:,}" if index >= 0 else name
    return f"a {name}, test digit no. {index:,}" if index >= 0 else f"a {name}"


def open_example(choice: Choice, pictures: ImageSet, place: int) -> None:
    """Lay one of the network's held-out pictures on the sheet; only a digit keeps its label there."""
    if choice.examples is None:
        sheet().replace(digit_sources.test_digit(pictures, place))
        return
    pixels = from_pixels(pictures.images[place].astype(np.float32) / 255, "example")
    origin = f"{choice.held_out_classes[int(pictures.labels[place])]}, from {pictures.source}"
    sheet().replace(Drawing(pixels, origin=origin))
