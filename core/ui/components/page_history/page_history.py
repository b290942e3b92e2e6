"""Lets Back lead to the page before, instead of through every setting that was changed on this one.

Streamlit makes an entry in the browser's history whenever the address changes. A
person calls another page another place, but not another digit, slider or tab: what
changes within a page replaces the address.
"""

from core.ui.components.component import component

_show = component("page_history", missing="")


def page_history() -> None:
    """Keep the rule; once on a page is enough."""
    _show(key="page-history", height="content", width="content")
