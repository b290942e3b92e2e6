"""Takes the drawable canvas's own toolbar away.

The toolbar lies invisible over the top of the canvas until the mouse has rested
there, and on a touch screen for good, where it swallows strokes. Undo and Clear
stand below the canvas instead. A stroke is sent at once when a person clicks elsewhere.
"""

from core.ui.components.component import component

_show = component("bare_canvas", missing="")


def bare_canvas() -> None:
    """Strip the canvas in the container with the key ``canvas``; harmless where there is none."""
    _show(key="bare-canvas", height="content", width="content")
