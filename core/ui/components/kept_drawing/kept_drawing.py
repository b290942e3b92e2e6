"""Has the browser keep what lies on the sheet, and send it again to a server that has forgotten it.

A session is forgotten two minutes after its connection was lost (a phone in a pocket), and with every restart of the
server. The next session has another sheet; the browser sees that, and sends what it has kept.
"""

from collections.abc import Callable

from core.ui.components.component import component
from core.ui.components.keeping import show_kept

_show = component("kept_drawing", missing="")
_KEY = "kept-drawing"


def kept_drawing(
    sheet: str, content: str | None, asked: str, on_return: Callable[[object], None], name: str = "sheet"
) -> None:
    """Tell the browser what lies on the sheet; it takes no room on the page.

    Args:
        sheet: number of the sheet; every session has another.
        content: what lies on it, in words that `on_return` understands; None for nothing worth keeping.
        asked: what the address asks for, which comes before what was kept.
        on_return: told the content of an earlier sheet before the page runs again. It may be anything at all.
        name: of the kind of sheet; the browser keeps one of each.
    """
    kept = {"name": name, "sheet": sheet, "content": content, "asked": asked}
    show_kept(_show, _KEY, kept, on_return)
