"""The networks that may follow the pen: the shipped ones, and those that this person trained here."""

from collections.abc import Mapping
from typing import cast
from weakref import WeakKeyDictionary

import streamlit as st
from torch import nn

from core.inspection.pen.reading import CELLS, DIGITS, pen_reader
from core.inspection.pen.serialisation import serialise_reader
from core.models.cells import TITLES, Cell
from core.models.pen import PenReader
from core.ui.components.serving import is_published, publish
from core.ui.widgets.train_here import networks_trained_here

_addresses: WeakKeyDictionary[nn.Module, str] = WeakKeyDictionary()


def choose_reader() -> tuple[str, PenReader]:
    """Show the networks that can follow the pen; return the title of the chosen one and the network."""
    known = readers()
    titles = list(known)
    title = st.segmented_control(
        "The network that follows the pen",
        titles,
        default=next((one for one in titles if one == TITLES["gru"]), titles[0]),
        key="pen-reader",
        required=True,
        help="They read where the pen goes, step by step, and never see the picture. What you train below joins them.",
    )
    chosen = title if title in known else titles[0]
    return chosen, known[chosen]


def readers() -> Mapping[str, PenReader]:
    """Return the readers of digits by their titles."""
    found = {TITLES[cell]: pen_reader(cell) for cell in CELLS}
    for kind, network in networks_trained_here("movements"):
        if isinstance(network, PenReader) and network.dense.out_features == len(DIGITS):
            found[f"{TITLES[cast(Cell, kind)]}, trained here"] = network
    return found


def address_of(reader: PenReader) -> str:
    """Return where the browser finds a network; it is written down once, and again when it was forgotten."""
    address = _addresses.get(reader)
    if address is None or not is_published(address):
        address = _addresses[reader] = publish(serialise_reader(reader))
    return address
