"""The frame around every page: page settings, navigation, and a badge that names the machine and the data."""

import streamlit as st

from core.ui.doors import DOORS, ROOT

st.set_page_config(page_title="Deep Learning Playground", page_icon=str(ROOT / "assets" / "icon.png"), layout="wide", initial_sidebar_state=250)

pages: dict[str, list[st.Page]] = {}
for door in DOORS:
    page = st.Page(
        ROOT / door.script, title=door.title, icon=door.icon, url_path=door.url_path, default=not door.url_path
    )
    pages.setdefault(door.section, []).append(page)
chosen = st.navigation(pages)

with st.sidebar:
    badges = st.container(key="machine")

chosen.run()

with badges:
    # Last, because naming the GPU needs torch, and the page should not wait for it.
    from core.ui.machine import show_machine

    show_machine()
