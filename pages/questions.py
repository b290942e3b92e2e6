"""Questions: answer first, then look. The score is for oneself, and stays in the session."""

import streamlit as st

from core.ui.sections.questions.asking import show_question
from core.ui.sections.questions.position import choose_position, show_score
from core.ui.sections.questions.topics import choose_questions

st.markdown(
    "Answer first, then look. Where a network gives the answer, it is asked at that moment. "
    "Your score is for you alone, while this tab is open."
)

questions = choose_questions()
if questions:
    at = choose_position(questions)
    show_question(questions[at])
    show_score(questions)
