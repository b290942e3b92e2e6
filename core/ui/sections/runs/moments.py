"""The moments of a training at which its network was kept."""

from torch import nn

from core.models.images.checkpoints import load_checkpoints
from core.runs.networks import checkpoints, network_at
from core.ui.sections.runs.examined_network import ExaminedNetwork
from core.ui.widgets.run_actions import current_runner

_SERIES = "digit-cnn"
"""The shipped network of whose training moments are kept."""


def steps_of(examined: ExaminedNetwork) -> list[int]:
    """Return the updates after which a network was kept, in order.

    Raises:
        BrokenWeights: the files of a shipped network are damaged.
    """
    if examined.run is not None:
        return checkpoints(current_runner().store, examined.run.id)
    if examined.choice.name == _SERIES:
        return [one.moment.step for one in load_checkpoints()]
    return []


def network_of_moment(examined: ExaminedNetwork, step: int) -> nn.Module:
    """Return a network as it was after an update, rounded to half precision.

    Raises:
        NoNetwork: its files are gone or damaged.
    """
    if examined.run is not None:
        return network_at(current_runner().store, examined.run, step)
    return next(one.network for one in load_checkpoints() if one.moment.step == step)
