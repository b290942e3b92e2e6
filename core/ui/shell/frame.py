"""The frame around every page: page settings, navigation, title, and badges for the machine and its data."""

import streamlit as st

from core.paths import ROOT
from core.ui.components.connection.connection import connection
from core.ui.components.glossary.glossary import show_words
from core.ui.components.kept_lessons.kept_lessons import kept_lessons
from core.ui.components.page_history.page_history import page_history
from core.ui.components.presenting.presenting import presenting
from core.ui.page_registry import PAGES
from core.ui.shell import startup
from core.ui.shell.class_bar import show_class_bar
from core.ui.shell.component_data import keep_pandas_out
from core.ui.shell.explaining import explain_words
from core.ui.shell.projector import project, projecting
from core.ui.shell.style import house_style
from core.ui.shell.theme_message import remember_themes
from core.ui.state.lesson import LESSONS, QUESTIONS, kept_under, read_address, running, take_back
from core.ui.state.visit import note_page

st.set_page_config(
    page_title="Deep Learning Playground",
    page_icon=str(ROOT / "assets" / "icon.png"),
    layout="wide",
    initial_sidebar_state=250,
)

explain_words()
keep_pandas_out()
remember_themes()
pages: dict[str, list[st.Page]] = {}
headings: dict[str, str] = {}
for entry in PAGES.values():
    page = st.Page(entry.path, title=entry.title, icon=entry.icon, url_path=entry.url_path, default=not entry.url_path)
    pages.setdefault(entry.section, []).append(page)
    headings[page.title] = entry.heading or entry.title
large = projecting()
chosen = st.navigation(pages, position="top" if large else "sidebar", expanded=True)
note_page(chosen.url_path)  # before its title is seen: what is clicked from then on belongs to it
st.html(house_style(large))
connection()  # comes first: a browser hides what a run, lost half-way, had still to show again

with st.sidebar:
    badges = st.container(key="machine")
with st.container(horizontal=True, vertical_alignment="center", key="heading"):
    st.title(headings[chosen.title], width="stretch")
    presenting(large, project)

if not startup.networks_loaded():
    with st.spinner("Loading PyTorch and the trained networks ..."):
        startup.load_networks()

with st.container():  # it stays when the bar goes: a canvas below that moved up would be made anew, without its strokes
    show_class_bar(chosen.url_path)
read_address()
with st.container():  # for the same reason
    if running():
        from core.ui.shell.lesson_bar import show_lesson_bar  # only where a lesson runs

        show_lesson_bar(chosen.url_path)
    if running() or chosen.url_path in (LESSONS, QUESTIONS):
        kept_lessons(*kept_under(), on_return=take_back)
chosen.run()
page_history()
show_words()

with badges:
    from core.ui.shell.badges import show_machine  # here, because naming the GPU needs torch

    show_machine()
