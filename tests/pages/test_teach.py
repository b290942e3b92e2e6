"""The page "Teach it your own" without a browser: alone, and in a room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.classroom.admission import forget_who_is_in
from core.classroom.badge import Badge
from core.classroom.rooms import rooms
from core.classroom.symbols import forget_symbols, owner_in, symbol_set, symbol_sets
from core.data.images.digits import prepare
from core.data.images.pictures import encode_data_url
from core.data.images.symbols import Symbols
from core.runs.store.rights import Person
from core.training.shared_lessons import Lesson, lesson_of, stop
from core.ui.sections.teach.lesson import kept_apart
from core.ui.state.drawing import Drawing
from tests.support.apps import open_page, told
from tests.support.handwriting import ROUND, draw, place
from tests.support.waiting import wait_until
from tests.support.zips import picture

ME = "e83f6c1a2b3c4d5e"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr("core.ui.state.person._session", lambda: ME)
    forget_who_is_in()
    forget_symbols()
    yield
    stop()


def words(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption, *app.warning, *app.info])


def pen(app: AppTest, digit: int) -> AppTest:
    """Draw on the page's sheet, as its canvas would."""
    ink = draw(place(ROUND[digit], 60, 40, 130, 190), 18)
    paper = app.session_state["teach-sheet"]
    paper.drawings = [*paper.drawings, Drawing(prepare(ink, "light"), picture=encode_data_url(ink))]
    return app.run()


def come_back(app: AppTest) -> AppTest:
    """The page after a visit to another one: Streamlit has forgotten its controls, and kept the rest."""
    app.switch_page("../../../pages/convolution.py").run()
    return app.switch_page("../../../pages/teach.py").run()


def taught(owner: str = ME) -> Lesson:
    """The lesson of a set, when it is over."""
    from core.classroom.symbols import taught_symbols

    symbols = taught_symbols(symbol_set(owner))
    assert symbols
    lesson = lesson_of(symbols)
    wait_until(lambda: lesson.done, 60)
    return lesson


def test_a_drawing_outlives_its_session_apart_from_that_of_the_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, str | None, Callable[[object], None], str]] = []
    monkeypatch.setattr(
        "core.ui.widgets.kept_drawing.kept_drawing",
        lambda sheet, content, _, on_return, name: kept.append((sheet, content, on_return, name)),
    )
    app = open_page("teach")
    pen(app.button(key="teach-start").click().run(), 3)
    number, content, _, name = kept[-1]
    assert content is not None
    later = open_page("teach")  # the session of before is forgotten
    assert kept[-1][0] != number
    assert kept[-1][1] is None
    kept[-1][2](content)
    later.run()
    assert later.session_state["teach-sheet"].drawing.picture == content
    assert not later.button(key="teach-add").disabled
    open_page("draw_digit")
    assert kept[-1][3] != name


def test_an_empty_page_says_how_to_begin() -> None:
    app = open_page("teach")
    assert "Choose some symbols, draw about five of each" in words(app)
    app.button(key="teach-start").click().run()
    assert not app.exception
    assert app.text_input(key="teach-names").value == "A, B, heart"
    assert app.button(key="teach-add").disabled
    assert app.button(key="teach-it").disabled
    assert "Draw at least two of the symbols first." in words(app)


def test_symbols_are_drawn_taught_and_answered_in_the_browser() -> None:
    app = open_page("teach")
    app.text_input(key="teach-names").set_value("one, *eight*").run()
    for digit in (1, 1):
        pen(app, digit).button(key="teach-add").click().run()
    app.button_group(key="teach-symbol").set_value("*eight*").run()
    assert app.button(key="teach-add").label == r"Add it as \*eight\*"
    pen(app, 8).button(key="teach-add").click().run()
    assert app.session_state["teach-sheet"].drawings[-1].prepared.blank
    assert [one.symbol for one in symbol_set(ME).drawings] == ["one", "one", "*eight*"]
    app.button(key="teach-it").click().run()
    lesson = taught()
    app.run()
    assert not app.exception
    live = told(app, "live-network")
    assert live["classes"] == ["one", "*eight*"]
    assert "Two networks learnt 1 to 2 drawings of each of 2 symbols" in words(app)
    assert "3,202 numbers" in words(app)
    assert "every symbol needs two drawings" in words(app)
    assert lesson.points == []
    assert app.button(key="teach-it").disabled
    pen(app, 8).button(key="teach-add").click().run()
    assert "The drawings have changed: teach it again." in words(app)


def test_letters_of_other_people_give_two_curves() -> None:
    app = open_page("teach")
    app.button(key="teach-samples").click().run()
    assert not app.exception
    assert len(symbol_set(ME).drawings) == 78
    shown = told(app, "teach-drawings-0")["items"]
    assert len(shown) == 20
    app.button(key="teach-it").click().run()
    assert not app.exception
    assert symbol_set(ME).taught == symbol_set(ME).numbers


@pytest.mark.parametrize(("each", "count"), [(2, 2), (3, 3), (7, 5)])
def test_the_folds_are_counted(each: int, count: int) -> None:
    labels = np.repeat([0, 1], each)
    images = np.arange(2 * each)[:, None, None] * np.ones((1, 28, 28), np.uint8)
    symbols = Symbols(("one", "two"), images.astype(np.uint8), labels, ("me",) * len(labels))
    assert kept_apart(symbols) == f"Networks are asked about drawings not learnt from: {count} folds take turns."


def test_a_drawing_is_left_out_and_put_back() -> None:
    app = open_page("teach")
    app.button(key="teach-start").click().run()
    pen(app, 3).button(key="teach-add").click().run()
    app.button(key="teach-undo").click().run()
    assert symbol_set(ME).drawings == ()
    assert "None yet." in words(app)
    app.button(key="teach-put-back").click().run()
    assert len(symbol_set(ME).drawings) == 1
    app.button(key="teach-reset").click().run()
    assert not app.exception
    assert symbol_set(ME).names == ()
    assert "Nothing is taught yet" in words(app)


def test_pictures_are_brought_and_those_that_are_none_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("teach")
    app.button(key="teach-start").click().run()
    app.button_group(key="teach-own").set_value("Upload").run()
    ink = 255 - draw(place(ROUND[3], 60, 40, 130, 190), 18)[..., 3]
    files = [("three.png", picture(ink), "image/png"), ("*not*.png", b"no", "image/png")]
    app.file_uploader(key="teach-files").set_value(files).run()
    assert not app.exception
    assert "1 picture added as A." in words(app)
    assert r"\*not\*.png: This is not a PNG or JPEG picture." in words(app)
    (one,) = symbol_set(ME).drawings
    assert one.pixels.max() == 255
    app.run()
    assert len(symbol_set(ME).drawings) == 1


def test_too_few_symbols_change_nothing_and_what_was_typed_stays() -> None:
    app = open_page("teach")
    app.button(key="teach-start").click().run()
    names = app.text_input(key="teach-names").set_value("only *one*").run().text_input(key="teach-names")
    assert "Choose 2 to 10 different symbols" in words(app)
    assert "they stay as they are: A, B, heart." in words(app)
    assert names.value == "only *one*"
    app = come_back(app)
    assert app.text_input(key="teach-names").value == "only *one*"
    app.text_input(key="teach-names").set_value("only, one, one").run()
    assert "Choose 2 to 10 different symbols" not in words(app)
    assert app.text_input(key="teach-names").value == "only, one"
    assert symbol_set(ME).names == ("only", "one")


def test_the_symbols_stand_in_their_field_after_a_visit_to_another_page() -> None:
    app = open_page("teach")
    app.button(key="teach-start").click().run()
    app = come_back(app)
    assert app.text_input(key="teach-names").value == "A, B, heart"


def test_what_can_be_chosen_keeps_its_label_while_drawings_are_added() -> None:
    """Streamlit sets a choice to what it was where its label changes: the next symbol, clicked meanwhile, was lost."""
    app = open_page("teach")
    app.button(key="teach-start").click().run()
    before = app.button_group(key="teach-symbol").options
    pen(app, 3).button(key="teach-add").click().run()
    assert app.button_group(key="teach-symbol").options == before
    assert "So far: A 1, B 0, heart 0" in words(app)


@pytest.mark.parametrize("comma", [",", "\uff0c", "\u3001", "\u060c"])
def test_symbols_are_parted_by_the_comma_of_any_keyboard(comma: str) -> None:
    app = open_page("teach")
    app.text_input(key="teach-names").set_value(f"A{comma} B").run()
    assert symbol_set(ME).names == ("A", "B")


def test_why_something_was_refused_stays_until_the_next_action() -> None:
    app = open_page("teach")
    app.text_input(key="teach-names").set_value("A, B").run()
    pen(app, 1)
    symbol_sets().choose(Person(ME), ME, ("C", "D"))  # in another tab
    app.button(key="teach-add").click().run()
    pen(app, 1).run()  # a canvas makes the page run by itself
    assert "The symbols have changed: choose one again." in words(app)
    app.button(key="teach-add").click().run()
    assert "The symbols have changed" not in words(app)


def test_in_a_room_the_class_draws_what_its_teacher_has_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    teacher = rooms().open_room()
    student = rooms().join(rooms().open_rooms()[0].code, "Kim")

    def open_as(badge: Badge) -> AppTest:
        monkeypatch.setattr("core.ui.state.person.admitted", lambda _: badge)
        return open_page("teach")

    app = open_as(student)
    assert "Your teacher has not chosen any symbols yet." in words(app)
    theirs = open_as(teacher)
    theirs.text_input(key="teach-names").set_value("sun, moon").run()
    app = open_as(student)
    keys = {button.key for button in app.button}
    assert not {"teach-it", "teach-reset", "teach-put-back"} & keys
    pen(app, 0).button(key="teach-add").click().run()
    ours = symbol_set(owner_in(teacher.room))
    assert [(one.symbol, one.writer) for one in ours.drawings] == [("sun", student.member)]
    app.button_group(key="whose").set_value("Mine").run()
    assert "Choose some symbols" in words(app)
    symbol_sets().add(student.person(), ours.owner, "moon", [np.eye(28)])
    forget_symbols()
    theirs = open_as(teacher)
    theirs.button(key="teach-it").click().run()
    taught(ours.owner)
    app = open_as(student)
    assert told(app, "live-network")["classes"] == ["sun", "moon"]


def test_what_is_downloaded_is_a_data_set() -> None:
    from core.classroom.symbols import as_zip
    from core.data.images.archives import read_archive
    from core.data.pen.hands import LETTERS

    open_page("teach").button(key="teach-samples").click().run()
    packed = as_zip(symbol_set(ME).drawings)
    own = read_archive(packed)
    assert own.classes == tuple(LETTERS)
    assert len(own.train) + len(own.test) == 78
