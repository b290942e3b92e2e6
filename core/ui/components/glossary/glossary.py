"""Shows the sentence of a word of the glossary on hover, focus and tap. The words are marked by `core.glossary`."""

from core.glossary import PLACE
from core.ui.components.component import component

_show = component("glossary", missing="")


def show_words() -> None:
    """Explain the words of a page; once on a page is enough."""
    _show(key="glossary", data={"place": PLACE}, height="content", width="content")
