"""Letters: networks that read and write one letter after the other."""

from core.ui.widgets.sections import show_one_section

SECTIONS = {
    "Next letter": "core.ui.sections.letters.next_letter",
    "Tunes": "core.ui.sections.letters.tunes",
    "Autocorrect": "core.ui.sections.letters.autocorrect",
    "Names": "core.ui.sections.letters.names",
}

show_one_section(
    SECTIONS,
    key="letters-section",
    help="What networks that read letter by letter are good for. The address keeps your choice.",
)
