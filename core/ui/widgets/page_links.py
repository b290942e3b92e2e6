"""Links between pages."""

import streamlit as st

from core.ui.page_registry import PAGES


def link_to(name: str, label: str = "", icon: str = "", **query: str) -> None:
    """Show a link to a page.

    Args:
        name: of the page in the registry.
        label: of the link; the page's title where it is empty.
        icon: a Material symbol; the page's where it is empty.
        query: what the address of the page asks for.
    """
    page = PAGES[name]
    st.page_link(page.path, label=label or page.title, icon=icon or page.icon, query_params=query or None)


def show_page_cards() -> None:
    """Show a card for every page but the first: a link, and what a person can do there."""
    with st.container(key="page-cards"):
        for page in PAGES.values():
            if page.url_path:
                with st.container(border=True):
                    link_to(page.name, f"**{page.title}**")
                    st.caption(page.summary)
