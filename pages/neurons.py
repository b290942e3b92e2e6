"""Neurons: one of them by hand, a network of them that learns from points, and how much of it is luck."""

from core.ui.widgets.sections import show_one_section

SECTIONS = {
    "One neuron": "core.ui.sections.neurons.one_neuron",
    "A network learns": "core.ui.sections.neurons.playground",
    "Is it luck?": "core.ui.sections.neurons.luck",
}

show_one_section(
    SECTIONS,
    key="neurons-section",
    help="From one neuron to a network that learns in your browser. The address keeps your choice.",
)
