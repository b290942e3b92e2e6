"""One question: answer first, then the answer, why, and where it can be seen."""

import streamlit as st

from core.course.questions import (
    ChoiceQuestion,
    ClaimQuestion,
    MeasureQuestion,
    PredictQuestion,
    Question,
    shown_options,
)
from core.ui.page_registry import PATHS, page_at
from core.ui.plain_text import plain
from core.ui.sections.questions.topics import NamedQuestion
from core.ui.state.quiz import Given, quiz
from core.ui.widgets.page_links import link_to
from core.wording import full_stop

TRUE, FALSE = "True", "False"
ROUNDING = 1e-9
_KINDS = {
    "choice": "Choose one.",
    "claim": "True or false? Try it.",
    "measure": "Guess, or measure it. The right answer is worked out when you answer.",
    "predict": "Answer first, then look: the network is asked once you have answered.",
}


def show_question(asked: NamedQuestion) -> None:
    """Show a question, the field for its answer, and what was answered."""
    question, given = asked.question, quiz().given.get(asked.name)
    with st.container(border=True, key="question"):
        st.markdown(question.ask)
        st.caption(_KINDS[question.kind])
        if given is None:
            _ask(asked)
        else:
            _show_answer(asked, given)


def _ask(asked: NamedQuestion) -> None:
    question, key = asked.question, f"question-answer-{asked.name}"
    answer: str | float | None
    if isinstance(question, MeasureQuestion):
        answer = st.number_input(
            f"Your answer{', ' + question.unit if question.unit else ''}", value=None, key=key, width=220, format="%g"
        )
    else:
        answer = st.radio("Your answer", options_of(question), index=None, key=key, format_func=plain)
    if st.button("Answer", type="primary", key=f"question-give-{asked.name}", disabled=answer is None):
        assert answer is not None
        with st.spinner("Working it out ...", show_time=False):
            quiz().given[asked.name] = judge(question, answer)
        st.rerun()


def options_of(question: Question) -> list[str]:
    """Return the answers that can be chosen, as they are shown."""
    if isinstance(question, ChoiceQuestion):
        return shown_options(question)
    return [TRUE, FALSE] if isinstance(question, ClaimQuestion) else list(getattr(question, "options", ()))


def judge(question: Question, answer: str | float) -> Given:
    """Return whether an answer is right; what a network has to say is asked of it now."""
    if isinstance(question, ChoiceQuestion):
        return Given(str(answer), answer == question.right)
    if isinstance(question, ClaimQuestion):
        return Given(str(answer), (answer == TRUE) == question.right)
    from core.course.measured import CannotMeasure, measure

    try:
        found = measure(question.answer, question.about)
    except CannotMeasure as problem:
        return Given(str(answer), False, f"This cannot be worked out. {problem}")
    if isinstance(question, PredictQuestion):
        return Given(str(answer), answer == found.answer, found.said)
    return Given(f"{answer:g}", abs(float(answer) - float(found.answer)) <= question.within + ROUNDING, found.said)


def right_answer(question: Question) -> str:
    """Return the right answer in words, where it stands in the file; empty where it is measured."""
    if isinstance(question, ChoiceQuestion):
        return question.right
    return (TRUE if question.right else FALSE) if isinstance(question, ClaimQuestion) else ""


def verdict(question: Question, given: Given) -> str:
    """Return what was answered, and whether it is right, as Markdown."""
    right = right_answer(question)
    said = f"Your answer: {_quoted(given.answer)} " + (
        "That is right." if given.right else f"Right is: {_quoted(right)}" if right else "That is not it."
    )
    if isinstance(question, MeasureQuestion) and question.within:
        said += f" Answers within {question.within:g}{' ' + question.unit if question.unit else ''} count as right."
    return said


def _quoted(answer: str) -> str:
    return f"**{plain(answer)}**{full_stop(answer)}"


def _show_answer(asked: NamedQuestion, given: Given) -> None:
    question = asked.question
    said = verdict(question, given)
    (st.success if given.right else st.info)(
        said, icon=":material/check_circle:" if given.right else ":material/lightbulb:"
    )
    if given.said:
        st.markdown(f"**{plain(given.said)}**")
    st.markdown(question.explain)
    link = question.link(PATHS)
    link_to(page_at(link.path), f"See it: {question.label}", **link.settings)
