"""Letters: networks that read and write one letter after the other."""

from core.ui.sections.letters.sections import show_sections

show_sections()
