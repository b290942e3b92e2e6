"""The networks that come with the app: one safetensors file and one card each, in `assets/weights`."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import RLock

import torch
from safetensors.torch import load
from torch import nn

from core.models import numbers, pen, series
from core.models.audio import readers as speech
from core.models.cards import Card
from core.models.images import cnn, mlp
from core.models.images import recurrent as rows
from core.models.text import letters, sentences, tagging, translation
from core.paths import ASSETS

WEIGHTS = ASSETS / "weights"

ARCHITECTURES = {
    name: architecture
    for module in (cnn, mlp, rows, pen, numbers, speech, series, sentences, tagging, letters, translation)
    for name, architecture in module.ARCHITECTURES.items()
}
"""Every network in `assets/weights`, by the name of its files."""


class BrokenWeights(RuntimeError):
    """Shipped weights that are missing or are not what their card says."""


@dataclass(frozen=True)
class Shipped:
    """A trained network, shared by everyone: ask it, but do not train or change it."""

    name: str
    title: str
    family: str
    network: nn.Module
    card: Card


_loading = RLock()


def card(name: str, folder: Path = WEIGHTS) -> Card:
    """Return the card of a shipped network.

    Raises:
        BrokenWeights: there is no such card, or it cannot be read.
    """
    try:
        return Card.model_validate_json((folder / f"{name}.json").read_bytes())
    except (OSError, ValueError) as error:
        raise BrokenWeights(f"The card of the network {name} cannot be read: {error}") from None


def load_shipped(name: str, folder: Path = WEIGHTS) -> Shipped:
    """Return a shipped network in evaluation mode, loaded once per process.

    Raises:
        BrokenWeights: unknown name, missing file, or a checksum unlike the card's.
    """
    with _loading:  # a class opens a page at once, and each network would be loaded by all of them
        return _load(name, folder)


@cache
def _load(name: str, folder: Path) -> Shipped:
    if name not in ARCHITECTURES:
        raise BrokenWeights(f"There is no network named {name}.")
    description = card(name, folder)
    try:
        data = (folder / f"{name}.safetensors").read_bytes()
    except OSError as error:
        raise BrokenWeights(f"The weights of the network {name} cannot be read: {error}") from None
    if hashlib.sha256(data).hexdigest() != description.weights_sha256:
        raise BrokenWeights(f"The weights of the network {name} are not those of its card.")
    architecture = ARCHITECTURES[name]
    # Under inference mode the weights would never have gradients; and to load a network must not change what chance
    # does next, or a training would depend on what was loaded before.
    with torch.inference_mode(False), torch.random.fork_rng(devices=[]):
        network = architecture.build()
        network.load_state_dict(load(data))
    network.eval().requires_grad_(False)
    return Shipped(name, architecture.title, architecture.family, network, description)


def count_parameters(network: nn.Module) -> int:
    """Return how many numbers are trained."""
    return sum(parameter.numel() for parameter in network.parameters())
