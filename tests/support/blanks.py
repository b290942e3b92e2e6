"""Blanks at which a line never ends, as they are written in tests."""


def spaced(text: str) -> str:
    """Return a text with plain blanks in place of those at which no line ends: ``45.7 %``."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
