"""The sections of the page "Letters", of which the chosen one alone is imported and run."""

from importlib import import_module

import streamlit as st

SECTIONS = (
    ("Next letter", "core.ui.sections.letters.next_letter"),
    ("Autocorrect", "core.ui.sections.letters.autocorrect"),
    ("Names", "core.ui.sections.letters.names"),
)
"""What is chosen at the top of the page, and the module whose `show` shows it."""


def show_sections() -> None:
    """Show the choice of a section, kept in the address, and the section."""
    names = [name for name, _ in SECTIONS]
    chosen = st.segmented_control(
        "Section",
        names,
        default=names[0],
        required=True,
        key="letters-section",
        bind="query-params",
        wrap=True,
        label_visibility="collapsed",
        help="What networks that read letter by letter are good for. The address keeps your choice.",
    )
    module = dict(SECTIONS).get(str(chosen), SECTIONS[0][1])
    import_module(module).show()
