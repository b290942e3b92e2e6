"""Links between pages."""

import streamlit as st

from core.ui.components.serving import card_address
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


_CARDS = """<style>
.st-key-page-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.25rem, 1fr)); gap: .6rem;
  align-items: stretch; }
.st-key-page-cards > div { width: auto !important; }
@media (max-width: 640px) {
  .st-key-page-cards { grid-auto-flow: column; grid-template: repeat(2, auto) / none; grid-auto-columns: 46%;
    overflow-x: auto; scroll-snap-type: x proximity; padding: 2px; gap: .6rem; }
  .st-key-page-cards > div { scroll-snap-align: start; }
  [class*="st-key-page-card-"] { padding: .5rem; }
}
[class*="st-key-page-card-"] { position: relative; height: 100%; transition: border-color .15s; }
[class*="st-key-page-card-"]:hover { border-color: var(--house-accent); }
[class*="st-key-page-card-"] *:has(> a), [class*="st-key-page-card-"] a { position: static; }
[class*="st-key-page-card-"] [data-testid="stElementContainer"] { position: static; }
[class*="st-key-page-card-"] a:not([href="#word"])::after { content: ""; position: absolute; inset: 0; }
[class*="st-key-page-card-"] a[href="#word"] { position: relative; z-index: 1; }
[class*="st-key-page-card-"] a :is([data-testid="stMarkdownContainer"], :has(> [data-testid="stMarkdownContainer"])) {
  white-space: normal; overflow: visible; line-height: 1.3; /* a long title is two lines, not cut off */
}
[class*="st-key-page-card-"] [data-testid="stPageLink-NavLink"] { padding-inline: 0; }
[class*="st-key-page-card-"] img { width: 100%; height: auto; border-radius: .3rem; }
html[data-theme-shown="dark"] .st-key-page-cards .dark,
html[data-theme-shown="light"] .st-key-page-cards .light { display: block !important; } /* Streamlit hides so */
[class*="st-key-page-card-"]:has(a:not([href="#word"]):focus-visible) {
  outline: 3px solid var(--house-accent); outline-offset: 2px;
}
</style>"""


def show_page_cards() -> None:
    """Show a card for every page but the first: all of it is a link, with what a person can do there."""
    with st.container(key="page-cards"):
        st.html(_CARDS)
        for page in PAGES.values():
            if page.url_path:
                with st.container(border=True, gap="xxsmall", key=f"page-card-{page.url_path}"):
                    _show_picture(page.name)
                    link_to(page.name, f"**{page.title}**")
                    st.caption(page.summary)


def _show_picture(name: str) -> None:
    """Show what a page looks like; the picture for the theme that is shown is fetched alone, and when it comes near.

    Both are hidden by themselves: the style may reach the browser's page after them, which would fetch both.
    """
    st.html(
        "".join(
            f'<img class="{scheme}" src="{card_address(name, scheme)}" width="480" height="200" loading="lazy" alt="" '
            "hidden>"
            for scheme in ("light", "dark")
        )
    )
