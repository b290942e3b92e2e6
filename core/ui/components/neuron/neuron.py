"""One neuron by hand: all of it is in the browser."""

from core.ui.components.component import component

_show = component("neuron")


def show_neuron(key: str) -> None:
    """Show a neuron. All that is set stands in the address, which the browser writes and reads by itself."""
    _show(key=key)
