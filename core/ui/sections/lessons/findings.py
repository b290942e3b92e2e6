"""What was found in a lesson, as a page to print or to download."""

from datetime import date

import streamlit as st

from core.course.lessons import CourseLesson, lessons
from core.course.report import Finding, as_page
from core.ui.components.print_button.print_button import print_button
from core.ui.page_registry import PATHS
from core.ui.plain_text import plain
from core.ui.state.lesson import LessonProgress, running


def show_findings() -> None:
    """Show what was found in the lesson that runs, once it is at its end."""
    progress = running()
    lesson = lessons(PATHS).entries.get(progress.name) if progress else None
    if progress is None or lesson is None or progress.step < len(lesson.steps):
        return
    found = findings(lesson, progress)
    with st.container(key="lesson-findings"):
        st.header("What I found")
        ticks = sum(1 for step in lesson.steps if step.condition)
        st.markdown(
            f"**{plain(lesson.title)}**, {date.today():%d %B %Y}. "
            + (f"{len(progress.found)} of {ticks} steps ticked themselves off." if ticks else "")
        )
        for one in found:
            st.markdown(
                f"{one.number}. **{one.title}**"
                + (f"  \n:material/check_circle: {plain(one.found)}" if one.found else "")
                + (f"  \n{plain(one.question)}  \n*{plain(one.note)}*" if one.note else "")
            )
    with st.container(horizontal=True, gap="small", key="lesson-keep"):
        print_button("lesson-print", "Print")
        st.download_button(
            "Download",
            as_page(lesson.title, date.today(), found),
            file_name=f"{progress.name}.html",
            mime="text/html",
            icon=":material/download:",
            key="lesson-download",
            help="One page of HTML, which every browser opens and prints. It is only kept while this tab is open.",
        )


def findings(lesson: CourseLesson, progress: LessonProgress) -> list[Finding]:
    """Return every step with what was found, and what was answered."""
    return [
        Finding(at + 1, step.title, progress.found.get(at, ""), step.question, progress.notes.get(at, ""))
        for at, step in enumerate(lesson.steps)
    ]
