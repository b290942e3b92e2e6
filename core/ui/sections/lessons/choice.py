"""The lessons to choose from."""

import streamlit as st

from core.course.lessons import CourseLesson, lessons
from core.ui.page_registry import PATHS
from core.ui.plain_text import plain
from core.ui.state.lesson import begin, begun, progress_of
from core.wording import counted, full_stop

_STYLE = """<style>
.st-key-lesson-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .8rem; }
.st-key-lesson-cards > div { width: auto !important; }
.st-key-lesson-cards h2 { padding: 0 0 1rem; font-size: 1.2rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] .st-key-lesson-cards[data-testid] { gap: .5rem; }
  .st-key-lesson-cards [class*="st-key-lesson-card-"] { gap: .5rem; padding: .2rem .7rem; }
  .st-key-lesson-cards h2 { padding-bottom: .65rem; font-size: 1.1rem; }
  .st-key-lesson-cards [data-testid="stMarkdownContainer"] p { line-height: 1.3; font-size: .95rem; }
  .st-key-lesson-cards [data-testid="stCaptionContainer"] { line-height: 1.3; }
  .st-key-lesson-cards [data-testid="stCaptionContainer"] p { font-size: .85rem; line-height: inherit; }
}
</style>"""


def show_lessons() -> None:
    """Show a card for every lesson, and which files were skipped."""
    shelf = lessons(PATHS)
    for problem in shelf.problems:
        st.warning(plain(problem), icon=":material/broken_image:")
    with st.container(key="lesson-cards"):
        st.html(_STYLE)
        for name, lesson in sorted(shelf.entries.items(), key=lambda one: (one[1].place, one[1].title)):
            with st.container(border=True, gap="xsmall", key=f"lesson-card-{name}"):
                _show_card(name, lesson)


def in_short(lesson: CourseLesson) -> str:
    """Return what a teacher asks first about a lesson."""
    return (
        f"{counted(lesson.minutes, 'minute')}, {counted(len(lesson.steps), 'step')}, from {lesson.age} years. "
        f"You need to know: {plain(lesson.needs)}{full_stop(lesson.needs)}"
    )


def _show_card(name: str, lesson: CourseLesson) -> None:
    at = progress_of(name).step if begun(name) else 0
    steps = len(lesson.steps)
    st.header(plain(lesson.title))
    st.caption(in_short(lesson))
    st.markdown(lesson.about)
    with st.container(horizontal=True, gap="small"):
        if at:
            label = f"Go on at step {at + 1}" if at < steps else "What I found"
            st.button(label, key=f"lesson-on-{name}", type="primary", on_click=begin, args=(name,))
        st.button(
            "From the beginning" if at else "Begin",
            key=f"lesson-begin-{name}",
            type="secondary" if at else "primary",
            on_click=begin,
            args=(name, 0),
        )
