"""Any network that people can choose, at work in the browser while they draw."""

from weakref import WeakKeyDictionary

import streamlit as st
from numpy.typing import ArrayLike
from torch import nn

from core.figures.palette import colour_of
from core.figures.probabilities import STYLE, bars
from core.inspection.images.forward import probabilities_of
from core.inspection.images.serialisation import NotSerialisable, serialise
from core.inspection.networks import Choice
from core.ui.components.live.live import LiveNetwork, show_network
from core.ui.components.serving import is_published, publish
from core.ui.plain_text import plain

_addresses: WeakKeyDictionary[nn.Module, str] = WeakKeyDictionary()


def show_live(choice: Choice, pixels: ArrayLike, *, over: str | None = None, key: str = "live") -> None:
    """Show a network reading what is drawn, as `core.ui.components.live.live.show_network` does.

    A network with a layer that the browser does not know answers after the stroke.

    Args:
        choice: the network.
        pixels: (28, 28) in 0-1, what the server has read.
        over: key of the container around this call whose answers are covered while the pen is down, if any.
        key: of the container that this call makes; one on a page.
    """
    names = list(choice.classes)
    colour = colour_of(choice.name)
    try:
        network = LiveNetwork(_address(choice.network), choice.title, names, colour)
    except NotSerialisable as problem:
        if over is None:
            with st.container(key=key):
                title = plain(choice.title)
                st.caption(f"{problem} The browser cannot compute that: {title} answers after the stroke.")
                st.html(STYLE + bars(probabilities_of(choice.network, pixels), colour, names))
        return
    show_network(network, pixels, over=over, key=key)


def _address(network: nn.Module) -> str:
    """Return where the browser finds the network; it is written down once, and again when it was forgotten."""
    address = _addresses.get(network)
    if address is None or not is_published(address):
        address = _addresses[network] = publish(serialise(network))
    return address
