"""The lesson that runs as a sheet of paper: what it is about, its steps, and which of them are still open."""

import streamlit as st

from core.course.conditions import CONDITIONS
from core.course.lessons import CourseLesson, CourseStep, lessons
from core.ui.components.print_button.print_button import print_button
from core.ui.page_registry import PAGES, PATHS, page_at
from core.ui.plain_text import plain
from core.ui.sections.lessons.choice import in_short
from core.ui.state.lesson import LessonProgress, running

_LINES = "\n\n".join(["---"] * 2)
"""Room to write by hand: rules, which are as long as the paper is wide."""


def show_handout() -> None:
    """Offer to print the lesson that runs; what is printed is on the page already, for paper only."""
    progress = running()
    lesson = lessons(PATHS).entries.get(progress.name) if progress else None
    if progress is None or lesson is None or progress.step == len(lesson.steps):
        return
    with st.container(key="lesson-keep"):
        print_button("lesson-print", "Print this lesson")
    with st.container(key="lesson-handout", gap="small"):
        _show_sheet(lesson, progress)


def _show_sheet(lesson: CourseLesson, progress: LessonProgress) -> None:
    st.header(plain(lesson.title))
    st.caption(in_short(lesson))
    st.markdown(lesson.about)
    for at, step in enumerate(lesson.steps):
        with st.container(gap="xsmall", key=f"lesson-sheet-{at + 1}"):
            st.markdown(f"**{at + 1}. {step.title}**")
            st.markdown(step.text)
            _show_rest(step, progress.found.get(at, ""), progress.notes.get(at, ""))


def _show_rest(step: CourseStep, found: str, note: str) -> None:
    """Show where a step is done, whether it has been, and its question with the answer or room for one."""
    if step.link is not None:
        title = PAGES[page_at(step.link.path)].title
        label = f": {plain(step.label)}" if step.label != title else ""
        st.markdown(f":material/my_location: On the page “{plain(title)}”{label}")
    if step.condition:
        open_mark = f":material/radio_button_unchecked: {CONDITIONS[step.condition].sentence}"
        st.markdown(f":material/check_circle: **Done:** {plain(found)}" if found else open_mark)
    if step.question:
        st.markdown(f"{step.question}\n\n" + (f"*{plain(note)}*" if note.strip() else _LINES))
