"""Which of the questions is shown, and how many were answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.ui.sections.questions.topics import NamedQuestion
from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.state.quiz import quiz
from core.wording import counted


@dataclass
class QuestionsState:
    """What the page remembers: the name of the question on show, empty for the first."""

    shown: str = ""


STATE = PageState("questions", QuestionsState, {"shown": text("question", 80)}, follow=True)


def choose_position(questions: Sequence[NamedQuestion]) -> int:
    """Show where one is among the questions, with a step back and one on; return the place."""
    state = STATE.open()
    names = [one.name for one in questions]
    at = names.index(state.shown) if state.shown in names else 0

    def go(place: int) -> None:
        state.shown = names[place]

    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="question-line"):
        st.button(
            "Previous",
            icon=":material/arrow_back:",
            key="question-previous",
            disabled=not at,
            on_click=go,
            args=(at - 1,),
        )
        st.markdown(f"**Question {at + 1} of {len(names)}**", width="stretch")
        st.button(
            "Next",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="question-next",
            disabled=at + 1 == len(names),
            on_click=go,
            args=(at + 1,),
        )
    STATE.keep(state)
    return at


def show_score(questions: Sequence[NamedQuestion]) -> None:
    """Show how many of these, and of all, were answered and are right; offer to begin anew."""
    answers = quiz().given
    here = [answers[one.name] for one in questions if one.name in answers]
    if not answers:
        return
    right = sum(one.right for one in here)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="question-score"):
        st.markdown(
            f"Here: **{right} of {len(here)} right**, {counted(len(questions) - len(here), 'question')} left. "
            f"All topics: {quiz().right} of {len(answers)} right."
        )
        st.button(
            "Begin anew",
            icon=":material/restart_alt:",
            key="question-anew",
            type="tertiary",
            on_click=answers.clear,
            help="Forgets all your answers.",
        )
