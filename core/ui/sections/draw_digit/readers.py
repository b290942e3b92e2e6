"""The networks that may follow the pen: the shipped ones, and those that this person trained here."""

from dataclasses import dataclass
from typing import cast
from weakref import WeakKeyDictionary

import streamlit as st
from torch import nn

from core.data.pen.unipen import LABELS
from core.inspection.pen.reading import CELLS, DIGITS, pen_reader
from core.inspection.pen.serialisation import serialise_reader
from core.models.cells import TITLES, Cell
from core.models.pen import PenReader
from core.ui.components.serving import is_published, publish
from core.ui.widgets.train_here import networks_trained_here

_addresses: WeakKeyDictionary[nn.Module, str] = WeakKeyDictionary()


@dataclass(frozen=True)
class FollowingNetwork:
    """A network that follows the pen, how people call it, and what its outputs stand for."""

    title: str
    network: PenReader
    classes: tuple[str, ...]


def choose_reader() -> FollowingNetwork:
    """Show the networks that can follow the pen and return the chosen one."""
    known = {reader.title: reader for reader in readers()}
    titles = list(known)
    title = st.segmented_control(
        "The network that follows the pen",
        titles,
        default=TITLES["gru"],
        key="pen-reader",
        label_visibility="collapsed",
        required=True,
        help="They read where the pen goes, step by step, and never see the picture. What you train below joins them.",
    )
    return known[title if title in known else TITLES["gru"]]


def readers() -> list[FollowingNetwork]:
    """Return the shipped readers of digits, and what this person trained here, digits or capitals."""
    found = [FollowingNetwork(TITLES[cell], pen_reader(cell), DIGITS) for cell in CELLS]
    for kind, network in networks_trained_here("movements"):
        if isinstance(network, PenReader):
            letters = network.dense.out_features != len(DIGITS)
            title = f"{TITLES[cast(Cell, kind)]}, trained here{' on letters' if letters else ''}"
            found.append(FollowingNetwork(title, network, tuple(LABELS["capitals"]) if letters else DIGITS))
    return found


def address_of(reader: PenReader) -> str:
    """Return where the browser finds a network; it is written down once, and again when it was forgotten."""
    address = _addresses.get(reader)
    if address is None or not is_published(address):
        address = _addresses[reader] = publish(serialise_reader(reader))
    return address
