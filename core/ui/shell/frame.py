"""The frame around every page: page settings, navigation, title, and badges for the machine and its data."""

import streamlit as st

from core.paths import ROOT
from core.ui.components.connection.connection import connection
from core.ui.components.page_history.page_history import page_history
from core.ui.page_registry import PAGES
from core.ui.shell import startup
from core.ui.shell.class_bar import show_class_bar

st.set_page_config(
    page_title="Deep Learning Playground",
    page_icon=str(ROOT / "assets" / "icon.png"),
    layout="wide",
    initial_sidebar_state=250,
)

pages: dict[str, list[st.Page]] = {}
headings: dict[str, str] = {}
for entry in PAGES.values():
    page = st.Page(entry.path, title=entry.title, icon=entry.icon, url_path=entry.url_path, default=not entry.url_path)
    pages.setdefault(entry.section, []).append(page)
    headings[page.title] = entry.heading or entry.title
chosen = st.navigation(pages)
st.html(  # on a phone the first picture and its answer fit on one screen
    "<style>@media (max-width: 640px) { [data-testid=stMainBlockContainer] { padding: 2.6rem .9rem 2rem } "
    "h1 { padding-top: 0; font-size: 1.6rem } } .st-key-kept-drawing { position: absolute }</style>"
)

with st.sidebar:
    badges = st.container(key="machine")
st.title(headings[chosen.title])

if not startup.networks_loaded():
    with st.spinner("Loading PyTorch and the trained networks ..."):
        startup.load_networks()

show_class_bar(chosen.url_path)
chosen.run()
page_history()
connection()

with badges:
    from core.ui.shell.badges import show_machine  # here, because naming the GPU needs torch

    show_machine()
