"""From a configuration to a task that can be trained."""

import torch

from core.models.device import best_device
from core.training.config import TrainConfig
from core.training.task import Task


def prepare(config: TrainConfig) -> Task:
    """Load data and network of a run, on the device that it asks for.

    Raises:
        LookupError, NotEnough, ImpossibleShape, NoDevice: that is not possible; the message is for people.
    """
    training = config.training
    return config.task.prepare(training.batch_size, training.seed, choose_device(training.device))


class NoDevice(ValueError):
    """A device that this machine does not have; the message is for people."""


def choose_device(name: str) -> torch.device:
    """Return the device of a configuration: "auto" is the first GPU, or the CPU where there is none.

    Raises:
        NoDevice: "cuda" without a GPU.
    """
    if name == "auto":
        return best_device()
    if name == "cuda" and not torch.cuda.is_available():
        raise NoDevice("There is no GPU on this machine. Choose the device “auto” or “cpu”.")
    return torch.device(name)
