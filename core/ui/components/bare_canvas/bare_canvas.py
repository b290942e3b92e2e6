"""Takes the drawable canvas's own toolbar away.

The toolbar lies invisible over the top of the canvas until the mouse has rested
there, and on a touch screen for good, where it swallows strokes. Undo and Clear
stand below the canvas instead. A stroke is sent at once when a person clicks elsewhere, and
one that is drawn before the answer to Undo or Clear is here is drawn again on what was laid.

On a slow network the canvas is there seconds before the script that does this. Until then Undo, Clear and what else
lays something on the sheet cannot be clicked, or the answer would wipe away what is drawn meanwhile.
"""

import streamlit as st

from core.ui.components.component import component

LAYS = ("undo", "clear", "class-hand-in", "teach-add", "random-test-digit", "misread-digit")
"""Keys of the buttons that lay something on the sheet."""

_NOT_YET = ", ".join(f":root:not([data-strokes-kept]) .st-key-{key} button" for key in LAYS)

_show = component("bare_canvas", missing="")


def bare_canvas(laid: str, brush: int) -> None:
    """Strip the canvas in the container with the key ``canvas``; harmless where there is none.

    Args:
        laid: another text with everything that is laid on the sheet.
        brush: width of the pen in pixels.
    """
    st.html(f"<style>{_NOT_YET} {{ pointer-events: none }}</style>")
    _show(key="bare-canvas", data={"laid": laid, "brush": brush, "lays": list(LAYS)}, height="content", width="content")
