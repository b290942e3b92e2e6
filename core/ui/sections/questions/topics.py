"""Which questions: a topic, and one of them, both in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.course.questions import Question, QuestionSet, question_sets
from core.ui.page_registry import PATHS
from core.ui.plain_text import plain
from core.ui.widgets.bound_controls import choose_option

INTERVIEW, ALL = "Interview", "All"


@dataclass(frozen=True)
class NamedQuestion:
    """A question and its name: that of its file, a dot, and its number."""

    name: str
    question: Question


def choose_questions() -> tuple[NamedQuestion, ...]:
    """Show the topics, and which files were skipped; return the questions of the chosen one."""
    shelf = question_sets(PATHS)
    for problem in shelf.problems:
        st.warning(plain(problem), icon=":material/broken_image:")
    sets = sorted(shelf.entries.items(), key=lambda one: (one[1].place, one[1].title))
    titles = {one.title: (name, one) for name, one in sets}
    chosen = choose_option(
        "Topic",
        [INTERVIEW, *titles, ALL],
        key="questions-topic",
        help="“Interview”: ten questions that are often asked in job interviews about neural networks.",
        label_visibility="collapsed",
    )
    if chosen in titles:
        return _named([titles[chosen]])
    every = _named(sets)
    return every if chosen == ALL else tuple(one for one in every if one.question.interview)


def _named(sets: Sequence[tuple[str, QuestionSet]]) -> tuple[NamedQuestion, ...]:
    return tuple(
        NamedQuestion(f"{name}.{number}", question)
        for name, one in sets
        for number, question in enumerate(one.questions, 1)
    )
