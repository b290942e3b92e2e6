"""A lesson runs beside the pages: bar, ticks, notes, the way back, and what was found."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.course.lessons import CourseLesson, lessons
from core.ui.page_registry import PAGES, PATHS
from tests.support.apps import as_read, open_page

FIRST = "reading-a-digit"


def lesson(name: str = FIRST) -> CourseLesson:
    return lessons(PATHS).entries[name]


def bar(app: AppTest) -> str:
    return " ".join(one.value for one in app.get_by_key("lesson-bar").markdown)


def address(app: AppTest) -> dict[str, str]:
    return {name: value[-1] if isinstance(value, list) else value for name, value in app.query_params.items()}


def press(app: AppTest, key: str) -> AppTest:
    """Press a button. AppTest does not notice that the app has gone to another page, so it is told."""
    app.button(key=key).click().run()
    assert not app.exception
    here = next(entry for entry in PAGES.values() if (entry.heading or entry.title) == app.title[0].value)
    return app.switch_page(str(here.path))


def begun(step: int = 1) -> AppTest:
    return open_page("draw_digit", **{"lesson": FIRST, "lesson-step": str(step)})


def test_no_lesson_no_bar_and_nothing_in_the_address() -> None:
    app = open_page("draw_digit")
    assert not [button for button in app.button if str(button.key).startswith("lesson-")]
    assert "lesson" not in address(app)


def test_the_page_lists_every_lesson_with_what_a_teacher_asks_first() -> None:
    app = open_page("lessons")
    for one in lessons(PATHS).entries.values():
        assert one.title in [as_read(header.value) for header in app.header]
    assert any("35 minutes, 8 steps, from 14 years" in caption.value for caption in app.caption)
    assert not app.warning


def test_begin_leads_to_the_first_step_and_next_to_the_second_with_its_settings() -> None:
    app = press(open_page("lessons"), f"lesson-begin-{FIRST}")
    assert app.title[0].value == "Draw a digit"
    assert f"Step 1 of {len(lesson().steps)}" in bar(app)
    press(app, "lesson-next")
    assert address(app) | {"lesson-step": "2", "lesson": FIRST} == address(app)
    assert app.button_group(key="draw-look").value == "From your drawing to 28 x 28"
    press(app, "lesson-next")
    assert app.title[0].value == "Inside the CNN"
    press(app, "lesson-previous")
    assert app.title[0].value == "Draw a digit"
    assert address(app)["lesson-step"] == "2"


def test_the_sheet_for_paper_has_every_step_and_says_which_are_open() -> None:
    app = begun(7)
    press(app, "misread-digit")
    app = app.switch_page(str(PAGES["lessons"].path)).run()
    sheet = " ".join(as_read(one.value) for one in app.get_by_key("lesson-handout").markdown)
    for number, step in enumerate(lesson().steps, 1):
        assert f"**{number}. {step.title}**" in sheet
        assert step.text in sheet
        assert step.question in sheet
    assert sheet.count("check_circle") == 1
    assert sheet.count("radio_button_unchecked") == sum(1 for step in lesson().steps if step.condition) - 1


def test_a_step_ticks_itself_off_and_stays_so() -> None:
    app = begun(7)
    assert "radio_button_unchecked" in bar(app)
    press(app, "misread-digit")
    assert "check_circle" in bar(app)
    press(app, "random-test-digit")
    press(app, "lesson-next")
    assert "check_circle" not in bar(app)
    press(app, "lesson-previous")
    assert "check_circle" in bar(app)


def test_the_address_alone_leads_back_to_the_step_on_any_page() -> None:
    app = open_page("order", lesson=FIRST)
    assert "Step 1 of" in bar(app)
    app = begun(3)
    assert "Step 3 of" in bar(app)
    press(app, "lesson-place")
    assert app.title[0].value == "Inside the CNN"


@pytest.mark.parametrize(("step", "shown"), [("0", "Step 1"), ("x", "Step 1"), ("99", "The end"), ("٣", "Step 1")])
def test_a_strange_step_in_the_address_is_no_obstacle(step: str, shown: str) -> None:
    app = open_page("order", **{"lesson": FIRST, "lesson-step": step})
    assert shown in bar(app)


def test_a_lesson_that_is_not_here_is_said_once() -> None:
    app = open_page(lesson="../../etc/passwd")
    assert [warning.value for warning in app.warning] == [
        "This link names a lesson that is not here. The page “Lessons” has them all."
    ]
    assert not app.run().warning
    assert "lesson" not in address(app)


def test_leave_and_go_on_where_it_was() -> None:
    app = press(begun(4), "lesson-leave")
    assert "lesson" not in address(app)
    app.switch_page("../../../pages/lessons.py").run()
    assert app.button(key=f"lesson-on-{FIRST}").label == "Go on at step 4"
    press(app, f"lesson-on-{FIRST}")
    assert "Step 4 of" in bar(app)
    assert app.title[0].value == "Inside the CNN"


def test_another_page_keeps_the_lesson() -> None:
    app = begun(2)
    app.query_params.clear()
    app.switch_page("../../../pages/metrics.py").run()
    assert "Step 2 of" in bar(app)
    assert address(app)["lesson-step"] == "2"


def test_the_end_shows_what_was_found_and_what_was_answered() -> None:
    app = press(begun(7), "misread-digit")
    app.text_area(key=f"lesson-note-{FIRST}-6").set_value("Quite sure: <b>80 %</b>").run()
    press(press(app, "lesson-next"), "lesson-next")
    assert app.title[0].value == "Lessons"
    found = " ".join(one.value for one in app.get_by_key("lesson-findings").markdown)
    assert "The CNN read a" in found
    assert r"Quite sure: \<b\>80 %\</b\>" in found
    assert "1 of 4 steps ticked themselves off" in found
    page = app.get("download_button")[0]
    assert page.proto.label == "Download"
    press(app, f"lesson-begin-{FIRST}")
    assert "Step 1 of" in bar(app)


def test_another_session_of_the_same_tab_goes_on_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, str]] = []
    told: list[object] = []

    def browser(session: str, word: str, on_return: Callable[[object], None]) -> None:
        kept.append((session, word))
        st.button("tell", key="tell", on_click=lambda: on_return(told[-1]))

    monkeypatch.setattr("core.ui.components.kept_lessons.kept_lessons.kept_lessons", browser)
    note = f"lesson-note-{FIRST}-6"
    app = press(begun(7), "misread-digit")
    app.text_area(key=note).set_value("Quite sure").run()
    (session, word), before = kept[-1], bar(app)
    assert "check_circle" in before
    again = begun(7)  # a reload
    assert "check_circle" not in bar(again)
    assert kept[-1][0] != session
    for said in (None, 7, "", "x" * 32, word):
        assert "check_circle" not in bar(again)
        told.append(said)
        again.button(key="tell").click().run()
        assert not again.exception
    assert bar(again) == before
    assert again.text_area(key=note).value == "Quite sure"
    assert kept[-1][1] == word
    again.text_area(key=note).set_value("").run()
    press(press(again, "lesson-next"), "lesson-previous")
    assert again.text_area(key=note).value == ""
    quick = begun(7)  # a click that comes with what the browser tells
    quick.button(key="lesson-previous").click()
    quick.button(key="tell").click().run()
    assert "Step 6 of" in bar(quick)


def test_a_question_has_an_answer_on_request() -> None:
    app = begun(2)
    shown = lambda: " ".join(one.value for one in app.markdown)  # noqa: E731
    assert "784" not in shown()
    app.toggle(key=f"lesson-answer-{FIRST}-1").set_value(True).run()
    assert "784" in shown()


def test_who_follows_a_link_right_after_next_stays_there() -> None:
    app = begun()
    app.session_state["lesson-moved"] = PAGES["draw_digit"].url_path  # Next was heard, and the link ended its run
    app.switch_page(str(PAGES["order"].path)).run()
    assert not app.exception and app.title[0].value == "Does order matter?"
    assert "lesson-moved" not in app.session_state, "nor does it lead away later"
