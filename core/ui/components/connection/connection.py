"""Says in the app's own words that the server does not answer.

Streamlit would cover the page with a dialog that tells a class to type ``streamlit run yourscript.py``.
"""

from core.ui.components.component import component

_show = component("connection", missing="")


def connection() -> None:
    """Watch the connection; once on a page is enough."""
    _show(key="connection", height="content", width="content")
