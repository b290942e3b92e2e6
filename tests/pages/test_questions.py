"""Answer first, then look: the score counts first answers, and only in the tab."""

import re
from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.course.questions import ChoiceQuestion, MeasureQuestion, question_sets
from core.ui.page_registry import PATHS
from core.ui.sections.questions.asking import options_of, verdict
from core.ui.state.quiz import Given, Quiz
from tests.support.apps import open_page


def opened(name: str, topic: str = "All") -> AppTest:
    return open_page("questions", **{"question": name, "questions-topic": topic})


def give(app: AppTest, name: str, answer: str | float) -> AppTest:
    key = f"question-answer-{name}"
    field = app.number_input(key=key) if isinstance(answer, float) else app.radio(key=key)
    field.set_value(answer).run()
    app.button(key=f"question-give-{name}").click().run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.success, *app.info))


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_it_opens_with_ten_questions_for_interviews_and_tells_no_answer() -> None:
    app = open_page("questions")
    assert "Question 1 of 10" in words(app)
    assert app.radio[0].value is None
    assert not app.success and not app.info
    assert not [label for label in links(app) if label.startswith("See it")]
    app.button(key="question-next").click().run()
    assert "Question 2 of 10" in words(app)
    app.button(key="question-previous").click().run()
    assert "Question 1 of 10" in words(app)


def test_an_answer_is_judged_explained_and_linked() -> None:
    question = question_sets(PATHS).entries["pictures"].questions[0]
    assert isinstance(question, ChoiceQuestion)
    app = give(opened("pictures.1"), "pictures.1", question.wrong[0])
    assert f"Right is: **{question.right}**" in words(app)
    assert f"See it: {question.label}" in links(app)
    assert "Here: **0 of 1 right**" in words(app)
    assert not [button for button in app.button if button.label == "Answer"], "the first answer counts"
    app.button(key="question-anew").click().run()
    assert app.radio[0].value is None


def test_answers_outlive_a_reload_and_the_first_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    words_of: list[str] = []

    def browser(_: str, word: str, on_return: Callable[[object], None]) -> None:
        words_of.append(word)
        st.button("tell", key="tell", on_click=lambda: on_return(words_of[0]))

    monkeypatch.setattr("core.ui.components.kept_lessons.kept_lessons.kept_lessons", browser)
    question = question_sets(PATHS).entries["pictures"].questions[0]
    assert isinstance(question, ChoiceQuestion)
    give(opened("pictures.1"), "pictures.1", question.wrong[0])
    again = give(opened("pictures.1"), "pictures.1", question.right)  # a reload
    assert "Here: **1 of 1 right**" in words(again)
    again.button(key="tell").click().run()
    assert "Here: **0 of 1 right**" in words(again)
    again.button(key="tell").click().run()
    assert "Here: **0 of 1 right**" in words(again)
    again.button(key="question-anew").click().run()
    assert again.radio[0].value is None


def test_every_answer_ends_with_one_full_stop() -> None:
    joined = re.compile(r"\.[*\"”]*\.|[!?…][*\"”]*\.|[^.!?…*] That|[^.!?…]\*\* (That|Right)")
    for found in question_sets(PATHS).entries.values():
        for question in found.questions:
            for answer in options_of(question) or ["0.5"]:
                for right in (True, False):
                    said = verdict(question, Given(answer, right))
                    assert not joined.search(said), said


def test_a_claim_is_true_or_false() -> None:
    app = give(opened("training.2"), "training.2", "False")
    assert "That is right." in words(app)
    assert app.session_state["quiz"].right == 1


@pytest.mark.parametrize(("answer", "right"), [(0.67, True), (0.66, True), (0.75, False)])
def test_a_number_is_right_within_its_tolerance(answer: float, right: bool) -> None:
    app = give(opened("measuring.2"), "measuring.2", answer)
    assert ("That is right." in words(app)) is right
    assert "0.667" in words(app)


def test_a_network_is_asked_when_the_answer_is_there() -> None:
    app = give(opened("pictures.11"), "pictures.11", "6")
    assert "The CNN says 8" in words(app)
    assert "That is not it." in words(app)


def test_answers_of_networks_stand_in_no_file() -> None:
    for found in question_sets(PATHS).entries.values():
        for question in found.questions:
            if isinstance(question, MeasureQuestion):
                assert not {"right", "value"} & question.model_dump().keys()


def test_a_strange_address_opens_the_first_question() -> None:
    assert "Question 1 of" in words(opened("nothing.9"))
    assert "Question 1 of 10" in words(open_page("questions", **{"questions-topic": "<b>"}))


def test_a_file_that_is_wrong_is_named_and_the_others_are_asked(home) -> None:
    folder = home / "questions"
    folder.mkdir(exist_ok=True)
    bad = folder / "mine.yaml"
    bad.write_text("title: [", "utf-8")
    try:
        app = open_page("questions")
        assert [warning.value.partition(" ")[0] for warning in app.warning] == ["mine.yaml"]
        assert "Question 1 of 10" in words(app)
    finally:
        bad.unlink()


def test_a_new_session_knows_no_answers() -> None:
    assert Quiz() == Quiz({})
    assert Quiz().right == 0
