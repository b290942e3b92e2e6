"""The sections of the page "Neurons", of which the chosen one alone is imported and run."""

from importlib import import_module

from core.ui.widgets.sections import choose_section

SECTIONS = {
    "One neuron": "core.ui.sections.neurons.one_neuron",
    "A network learns": "core.ui.sections.neurons.playground",
    "Is it luck?": "core.ui.sections.neurons.luck",
}
"""What is chosen at the top of the page, and the module whose `show` shows it."""


def show_sections() -> None:
    """Show the choice of a section and the section."""
    chosen = choose_section(
        "Section",
        list(SECTIONS),
        key="neurons-section",
        help="From one neuron to a network that learns in your browser. The address keeps your choice.",
    )
    import_module(SECTIONS[chosen]).show()
