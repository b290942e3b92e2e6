"""The sections of the page "Letters", of which the chosen one alone is imported and run."""

from importlib import import_module

from core.ui.widgets.sections import choose_section

SECTIONS = {
    "Next letter": "core.ui.sections.letters.next_letter",
    "Autocorrect": "core.ui.sections.letters.autocorrect",
    "Names": "core.ui.sections.letters.names",
}
"""What is chosen at the top of the page, and the module whose `show` shows it."""


def show_sections() -> None:
    """Show the choice of a section and the section."""
    chosen = choose_section(
        "Section",
        list(SECTIONS),
        key="letters-section",
        help="What networks that read letter by letter are good for. The address keeps your choice.",
    )
    import_module(SECTIONS[chosen]).show()
