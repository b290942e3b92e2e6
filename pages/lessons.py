"""Lessons: paths through the pages, and what was found on them."""

import streamlit as st

from core.ui.sections.lessons.choice import show_lessons
from core.ui.sections.lessons.findings import show_findings
from core.ui.sections.lessons.handout import show_handout
from core.ui.state.lesson import running

with st.container(key="lesson-intro"):
    st.markdown(
        "A lesson leads you through the pages: a bar above each page says what to do, and ticks off what you have "
        "done. Leave it at any time; it waits for you here."
    )

if running():
    show_findings()
    show_handout()
show_lessons()
