"""The lesson beside every page: a slim bar with the step, what to do, and whether it is done."""

import streamlit as st

from core.course.conditions import CONDITIONS
from core.course.lessons import CourseLesson, CourseStep, lessons
from core.course.links import CourseLink
from core.ui.page_registry import PAGES, PATHS, page_at
from core.ui.plain_text import plain
from core.ui.shell.projector import PROJECTOR
from core.ui.state.lesson import (
    LESSONS,
    LessonProgress,
    in_address,
    just_moved,
    leave,
    move,
    note_key,
    on_report,
    running,
)
from core.ui.state.visit import forget, take_over

NOTE = 500
"""Characters of an answer."""


def show_lesson_bar(address: str) -> None:
    """Show the bar of the lesson that runs, and go to the page of its step where somebody has just moved on.

    Args:
        address: path of the page that is shown.
    """
    progress = running()
    if progress is None:
        return
    lesson = lessons(PATHS).entries.get(progress.name)
    if lesson is None:
        leave()
        st.warning(
            "This link names a lesson that is not here. The page “Lessons” has them all.", icon=":material/link_off:"
        )
        return
    progress.go_to(min(progress.step, len(lesson.steps)))
    if just_moved(address):
        _go_there(lesson, progress, address)
    with st.container(key="lesson-bar", gap="xsmall"):
        _show_line(lesson, progress)
        if progress.step < len(lesson.steps):
            _show_step(lesson.steps[progress.step], progress)
    if progress.step == len(lesson.steps):
        on_report(lambda: None)


def _show_line(lesson: CourseLesson, progress: LessonProgress) -> None:
    at, steps = progress.step, len(lesson.steps)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="lesson-line"):
        st.button(
            "Previous",
            icon=":material/arrow_back:",
            key="lesson-previous",
            disabled=not at,
            on_click=move,
            args=(at - 1,),
            help="The previous step, with its page.",
        )
        where = f"Step {at + 1} of {steps}" if at < steps else "The end"
        st.markdown(f"**{where}** · {plain(lesson.title)}", width="stretch")
        st.button(
            "Next" if at + 1 < steps else "To the end",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="lesson-next",
            disabled=at >= steps,
            on_click=move,
            args=(at + 1,),
            help="The next step, with its page. You need not have done this one.",
        )
        st.button(
            "Leave",
            icon=":material/close:",
            key="lesson-leave",
            type="tertiary",
            on_click=leave,
            help="Ends the lesson for now. The page “Lessons” leads back to this step.",
        )


def _show_step(step: CourseStep, progress: LessonProgress) -> None:
    """Show what to do, whether it is done, the link and the question."""
    st.markdown(f"**{step.title}.** {step.text}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="lesson-more"):
        if step.condition:
            mark = st.empty()
            sentence = CONDITIONS[step.condition].sentence

            def tick() -> None:
                _tick(step.condition, progress)
                done = progress.step in progress.found
                with mark:
                    st.markdown(
                        f":material/check_circle: **Done:** {plain(progress.found[progress.step])}"
                        if done
                        else f":material/radio_button_unchecked: {sentence}"
                    )

            tick()
            on_report(tick)
        else:
            on_report(lambda: None)
        if step.link is not None:
            st.button(
                step.label,
                icon=":material/my_location:",
                key="lesson-place",
                type="tertiary",
                on_click=move,
                args=(progress.step,),
                help="Opens the page of this step with its settings, wherever you are.",
            )
        if step.question:
            with st.popover("Question", icon=":material/help:", key="lesson-question"):
                st.fragment(_ask)(step, progress)


def _ask(step: CourseStep, progress: LessonProgress) -> None:
    """Ask the question of a step, and keep what is answered for the end."""
    st.markdown(step.question)
    key = note_key(progress.name, progress.step)
    if key not in st.session_state:
        st.session_state[key] = progress.notes.get(progress.step, "")
    written = st.text_area(
        "Your answer", key=key, max_chars=NOTE, help="Kept for the page at the end, while this tab is open."
    )
    progress.notes[progress.step] = str(written)
    if step.answer and st.toggle("Show an answer", key=f"lesson-answer-{progress.name}-{progress.step}"):
        st.markdown(step.answer)


def _tick(condition: str, progress: LessonProgress) -> None:
    """Tick the step off where its condition is met; what is ticked off stays so."""
    if progress.step not in progress.found and (found := CONDITIONS[condition].found(progress.live)):
        progress.found[progress.step] = found


def _go_there(lesson: CourseLesson, progress: LessonProgress, address: str) -> None:
    """Go to the page of the step, with its settings; after the last one, to what was found."""
    link = CourseLink(LESSONS) if progress.step == len(lesson.steps) else lesson.steps[progress.step].link
    if link is None:
        return
    if link.path == address:
        take_over(link.settings)
        return
    query = {**link.settings, **in_address(progress)}
    if st.query_params.get(PROJECTOR):
        query[PROJECTOR] = st.query_params[PROJECTOR]
    forget(link.settings)
    st.switch_page(PAGES[page_at(link.path)].path, query_params=query)
