"""What a shipped network is called, and how it is built. Each module of networks lists its own."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn


@dataclass(frozen=True)
class Architecture:
    """A network before its trained weights are filled in.

    Attributes:
        build: makes it, with random weights.
        title: for people, short.
        family: what it is, in a few words.
        topic: what it reads; networks with the same topic stand in one table.
    """

    build: Callable[[], nn.Module]
    title: str
    family: str
    topic: str
