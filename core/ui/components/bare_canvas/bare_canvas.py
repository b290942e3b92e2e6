"""Takes the drawable canvas's own toolbar away.

The toolbar lies invisible over the top of the canvas until the mouse has rested
there, and on a touch screen for good, where it swallows strokes. Undo and Clear
stand below the canvas instead. A stroke is sent at once when a person clicks elsewhere, and
one that is drawn before the answer to Undo or Clear is here is drawn again on what was laid.
"""

from core.ui.components.component import component

_show = component("bare_canvas", missing="")


def bare_canvas(laid: str, brush: int) -> None:
    """Strip the canvas in the container with the key ``canvas``; harmless where there is none.

    Args:
        laid: another text with everything that is laid on the sheet.
        brush: width of the pen in pixels.
    """
    _show(key="bare-canvas", data={"laid": laid, "brush": brush}, height="content", width="content")
