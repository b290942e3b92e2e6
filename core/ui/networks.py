"""The networks that people may choose from: the shipped ones."""

from core.inspection.chooser import Choice, networks


def choices(convolutional: bool = False) -> tuple[Choice, ...]:
    """Return every network that may be chosen, the lab's CNN first.

    Args:
        convolutional: only those made of layers with convolutions.

    Raises:
        BrokenWeights: a shipped file is missing or damaged.
    """
    return networks(convolutional, further=())
