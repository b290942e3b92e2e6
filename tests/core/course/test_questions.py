"""Questions are checked against their schema; what a network has to say is asked of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.course.files import BadCourseFile
from core.course.measured import ANSWERS, CannotMeasure, measure
from core.course.questions import (
    MEASURES,
    MeasureQuestion,
    PredictQuestion,
    question_sets,
    read_questions,
    shown_options,
)
from core.paths import ROOT
from core.ui.page_registry import PATHS

SETS = question_sets(PATHS)
ALL = [(name, at, one) for name, found in SETS.entries.items() for at, one in enumerate(found.questions, 1)]
MEASURED = [pytest.param(one, id=f"{name}.{at}") for name, at, one in ALL if one.kind in {"measure", "predict"}]
GOOD = """
title: Sevens
questions:
  - kind: claim
    ask: A 7 is a digit.
    right: true
    explain: It is.
    see: "[Draw a digit](/draw-digit)"
"""


def test_fifty_questions_are_there_and_ten_of_them_are_for_interviews() -> None:
    assert not SETS.problems
    assert len(ALL) >= 50
    assert sum(one.interview for _, _, one in ALL) == 10
    assert {one.kind for _, _, one in ALL} == {"choice", "claim", "measure", "predict"}


@pytest.mark.parametrize("question", MEASURED)
def test_what_is_measured_is_an_answer(question: MeasureQuestion | PredictQuestion) -> None:
    found = measure(question.answer, question.about)
    assert found.said.endswith(".")
    if isinstance(question, PredictQuestion):
        assert found.answer in question.options, found
    else:
        assert isinstance(found.answer, float)


MEASURED_ALONE = {
    ("output-size", "28 | 3 | 1 | 0 | 2"): 13.0,
    ("output-size", "7 | 3 | 2 | 1"): 4.0,
    ("parameters", "digit-cnn"): 121_930.0,
    ("score", "accuracy | 0 1 1 0 | 0 1 0 0"): 0.75,
    ("score", "f1 | 0 1 1 0 | 0 1 0 0"): 0.67,
    ("score", "precision | 0 1 1 0 | 0 1 0 0"): 1.0,
    ("order-score", "sentence-bag"): 50.0,
    ("number-of-path", "11.1.22..2"): 1122.0,
    ("told-apart", "sentence-bag | good not bad | bad not good"): "no",
}


@pytest.mark.parametrize(("asked", "answer"), MEASURED_ALONE.items(), ids=str)
def test_what_is_known_is_measured(asked: tuple[str, str], answer: float | str) -> None:
    assert measure(*asked).answer == answer


@pytest.mark.parametrize(
    "asked", [("reads-digit", "digit-cnn | -1"), ("parameters", "no-network"), ("score", "accuracy"), ("language", "")]
)
def test_what_makes_no_sense_is_said(asked: tuple[str, str]) -> None:
    with pytest.raises(CannotMeasure, match="makes no sense"):
        measure(*asked)


def test_the_schema_knows_what_can_be_measured_and_so_does_the_guide() -> None:
    assert set(ANSWERS) == MEASURES
    guide = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    assert all(f"`{name}`" in guide for name in MEASURES)


def test_the_questions_in_the_guide_can_be_read() -> None:
    guide = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    found = read_questions(guide.partition("```yaml\n")[2].partition("```")[0], PATHS)
    assert [one.kind for one in found.questions] == ["choice", "claim", "measure", "predict"]


def test_the_right_answer_is_not_always_in_the_same_place() -> None:
    places = {shown_options(one).index(one.right) for _, _, one in ALL if one.kind == "choice"}
    assert len(places) == 4
    (question,) = read_questions(GOOD, PATHS).questions
    assert question.kind == "claim"


WRONG = {
    "no questions": (GOOD.partition("questions")[0], "questions: Field required"),
    "an unknown kind": (GOOD.replace("claim", "riddle"), "riddle"),
    "yes where true is meant": (GOOD.replace("right: true", "right: maybe"), "right"),
    "a text that is a number": (GOOD.replace("A 7 is a digit.", "7"), "ask"),
    "not a link": (GOOD.replace("[Draw a digit](/draw-digit)", "the first page"), "Question 1"),
    "no such page": (GOOD.replace("/draw-digit", "/nowhere"), "no page"),
    "another server": (GOOD.replace("/draw-digit", "https://example.org"), "not a link"),
    "what cannot be measured": (
        GOOD.replace("kind: claim", "kind: measure").replace("right: true", "answer: weather\n    within: 1"),
        "nothing called “weather”",
    ),
    "twice the same answer": (
        GOOD.replace("kind: claim", "kind: choice").replace("right: true", "right: a\n    wrong: [b, a]"), "the same"
    ),
    "code": ("title: !!python/name:os.system\n", "not valid YAML"),
    "no table": ("- a", "dictionary"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(BadCourseFile) as problem:
        read_questions(text, PATHS)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@given(st.text())
def test_whatever_a_file_holds_it_is_questions_or_a_sentence(text: str) -> None:
    for one in (text, f"title: a\nquestions:\n  - {text}"):
        try:
            read_questions(one, PATHS)
        except BadCourseFile as problem:
            assert str(problem)
