"""The page "Class" without a browser: outside of a room, as its teacher, as a member."""

import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.api import read_sentence
from core.classroom import following
from core.classroom.admission import forget_who_is_in, is_over
from core.classroom.badge import Badge, sign
from core.classroom.hand_ins import HandIns
from core.classroom.rooms import NotAdmitted, Rooms, rooms
from core.classroom.votes import forget_poll, votes
from core.classroom.wall import Opinion, Wall, forget_board
from core.data.images.digits import prepare
from core.data.images.own_sets import own_sets
from core.data.images.pictures import encode_data_url
from core.runs.store.store import Store
from core.runs.workers import local
from core.training.config import TrainConfig
from core.ui.plain_text import plain
from core.ui.sections.classroom import attempt
from core.ui.sections.classroom.attempt import SAID
from core.ui.shell import class_bar
from core.ui.state.drawing import Drawing
from core.ui.widgets import share_sentence
from tests.support.apps import as_read, html, open_page, told
from tests.support.blanks import spaced
from tests.support.handwriting import ROUND, draw, place
from tests.support.runs import Notebook, leave_run, small

HOSTILE = "<b>*x*</b>"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    forget_who_is_in()
    return rooms()


@pytest.fixture
def teacher(house: Rooms) -> Badge:
    return house.open_room()


@pytest.fixture
def student(house: Rooms, teacher: Badge) -> Badge:
    return house.join(house.open_rooms()[0].code, HOSTILE)


def open_as(monkeypatch: pytest.MonkeyPatch, badge: Badge | None, **query: str) -> AppTest:
    """Open the page as somebody whose cookie holds a badge."""
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: badge)
    return open_page("classroom", **query)


def words(app: AppTest) -> str:
    return as_read(" ".join(one.value for one in [*app.markdown, *app.caption, *app.warning, *app.info]))


def test_outside_of_a_room_there_are_two_ways_in(house: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    page = html(open_as(monkeypatch, None))
    assert 'href="/room/join"' in page
    assert 'href="/room/open"' in page


def test_the_teacher_sees_code_and_names_and_closes_the_room(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_as(monkeypatch, teacher)
    (room,) = house.open_rooms()
    assert room.code in html(app)
    assert "data:image/svg+xml" in html(app)
    assert "<b>*x*" not in html(app)
    assert "&lt;b&gt;*x*" in html(app)
    assert "**1 has joined**" in words(app)
    assert "names and symbols, and all runs that were trained here, yours too." in words(app)
    app.checkbox(key="class-keep-runs").check().run()
    assert "Deleted are drawings, votes, names and symbols." in words(app)
    app.button(key="class-close").click().run()
    assert not app.exception
    assert house.open_rooms() == []
    assert "is closed" in words(app)


def test_the_teacher_locks_the_door_takes_somebody_out_and_lets_them_in_again(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = house.open_rooms()[0].code
    house.join(code, "Lee")
    app = open_as(monkeypatch, teacher)
    app.button(key="class-door").click().run()
    assert "**2 have joined**" in words(app)
    assert "The door is locked: nobody new can join." in words(app)
    with pytest.raises(NotAdmitted):
        house.join(code)
    app.button(key="class-door").click().run()  # a double click
    assert app.button(key="class-door").label == "Unlock the door"
    monkeypatch.setattr(attempt, "DOUBLE", 0)
    app.button(key="class-door").click().run()
    house.join(code, "Zoe")
    app.run()
    assert app.get_by_key("class-out").options == ["Zoe", "Lee", plain(HOSTILE)]
    assert app.button(key="class-take-out").disabled
    app.get_by_key("class-out").set_value([student.member]).run()
    app.button(key="class-take-out").click().run()
    assert not app.exception
    assert [one.nickname for one in house.members(teacher.room)] == ["Lee", "Zoe"]
    assert "taken out. Another browser with the code is a new person" in words(app)
    assert app.get_by_key("class-out").value == []
    monkeypatch.setattr("core.ui.sections.classroom.room.taken_out_here", lambda: True)
    assert "taken you out of this room" in words(open_as(monkeypatch, None))
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    back = app.button(key=f"class-let-in-{student.member}")
    assert back.label == rf"Let {plain(HOSTILE)} in again"
    back.click().run()
    assert len(house.members(teacher.room)) == 3


def test_a_page_that_is_open_ends_for_whoever_was_taken_out(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.lead_to(teacher.person(), following.Place("train", {}))
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    app = open_page("convolution")
    assert "The class is at" in words(app)
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: None)
    app.run()
    assert not app.exception
    assert "The class is at" not in words(app)


def test_a_room_that_has_just_been_closed_invites_nobody(
    house: Rooms, teacher: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.close(teacher.person())
    page = html(open_as(monkeypatch, teacher))  # whose badge is taken for a second more
    assert 'href="/room/join"' in page
    assert "QR code" not in page


def test_a_student_is_told_that_the_room_is_closed(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_over(sign(student))
    house.close(teacher.person())
    forget_who_is_in()
    assert is_over(sign(student))
    assert not is_over(sign(teacher))
    assert not is_over("no badge")
    assert "is closed" not in words(open_as(monkeypatch, None))
    monkeypatch.setattr("core.ui.sections.classroom.room.room_is_over_here", lambda: True)
    assert "The room that you were in is closed." in words(open_as(monkeypatch, None))


def test_a_member_learns_how_to_come_back(house: Rooms, student: Badge, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_as(monkeypatch, student)
    assert house.members(student.room)[0].word in words(app)
    assert r"\<b\>" in words(app)
    assert not [button for button in app.button if button.key == "class-close"]


INK = np.zeros((28, 28), np.float32)
INK[4:24, 12:16] = 1.0


def hang_up(house: Rooms, badge: Badge, said: Opinion) -> None:
    assert Wall(house.folder).share(badge.person(), INK, said)
    forget_board()


def tiles(app: AppTest) -> list[tuple[str, str]]:
    return [(spaced(item["title"]), item["caption"]) for item in told(app, "class-wall")["items"]]


def test_the_wall_says_what_the_cnn_says_and_nothing_hidden_to_the_class(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = {"class-section": "Wall"}
    assert "Nothing hangs here yet" in words(open_as(monkeypatch, teacher, **wall))
    hang_up(house, student, Opinion(1, 0.9, (1, 1, 7)))
    app = open_as(monkeypatch, teacher, **wall)
    assert tiles(app) == [("1, 90.0 %", HOSTILE)]
    app.session_state["class-tile"] = student.member
    app.run()
    app.button(key="class-pin").click().run()
    assert "&lt;b&gt;*x*" in html(app)
    app.button(key="class-hide").click().run()
    app.button(key="class-hide").click().run()  # a double click does not show it again
    assert tiles(app) == [("1, 90.0 %", f"{HOSTILE} (hidden)")]
    assert "Nothing hangs here yet" in words(open_as(monkeypatch, student, **wall))
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    monkeypatch.setattr(attempt, "DOUBLE", 0)
    app.button(key="class-hide").click().run()
    other = open_as(monkeypatch, student, **wall)
    assert tiles(other) == [("1, 90.0 %", HOSTILE)]
    assert not {"class-pin", "class-hide", "class-clear"} & {button.key for button in other.button}
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    app.run()
    app.toggle(key="class-freeze").set_value(True).run()
    room = house.room(teacher.room)
    assert room
    assert room.frozen
    app.button(key="class-clear").click().run()
    assert not app.exception
    assert "Nothing hangs here yet" in words(app)


def test_a_tile_is_laid_on_ones_own_sheet(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang_up(house, student, Opinion(1, 0.9, (1, 1, 1)))
    app = open_as(monkeypatch, teacher, **{"class-section": "Wall"})
    app.session_state["class-tile"] = student.member
    app.run()
    app.button(key="class-open").click().run()
    drawing = app.session_state["drawing"].drawing
    assert np.array_equal(drawing.prepared.pixels, INK)
    assert HOSTILE in drawing.origin
    assert "On your sheet now" in words(app)


def test_the_network_answers_after_the_class(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = {"class-section": "Vote"}
    app = open_as(monkeypatch, teacher, **vote)
    app.radio(key="class-kind").set_value("A sentence").run()
    app.text_input(key="class-sentence").set_value("A wonderful, warm and moving film.").run()
    app.button(key="class-ask").click().run()
    assert not app.exception
    found = votes().poll(teacher.room)
    assert found
    assert found.question.answer == read_sentence("A wonderful, warm and moving film.").verdict
    theirs = open_as(monkeypatch, student, **vote)
    assert "A wonderful, warm and moving film." in html(theirs)
    assert "The network says" not in " ".join(one.value for one in theirs.success)
    theirs.get_by_key(f"class-vote-{found.question.id}").set_value("positive").run()
    assert not theirs.exception
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    app.run()
    assert "1 vote so far." in words(app)
    app.button(key="class-reveal").click().run()
    assert "1 of 1 predicted it" in app.success[0].value
    app.button(key="class-withdraw").click().run()
    assert votes().poll(teacher.room) is None
    app.text_input(key="class-sentence").set_value("   ").run()
    app.button(key="class-ask").click().run()
    assert "no word in this text" in words(app)


def test_what_is_no_digit_is_said_alike_on_the_wall_and_after_a_vote(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    cross = np.maximum(INK, INK.T)
    assert Wall(house.folder).share(student.person(), cross, Opinion(None, 0.9, (8, 8, 4)))
    house.set(teacher.person(), pinned=student.member)
    pinned = as_read(html(open_as(monkeypatch, teacher, **{"class-section": "Wall"})))
    assert "No digit recognised. Forced to choose, CNN, MLP and GRU would say 8, 8, 4, the CNN with 90.0 %." in pinned
    app = open_as(monkeypatch, teacher, **{"class-section": "Vote"})
    app.button(key="class-ask").click().run()
    assert "Which digit will be recognised?" in html(app)
    app.button(key="class-reveal").click().run()
    assert app.success[0].value == "**No digit** is recognised. 0 of 0 predicted it."


def test_a_vote_shows_what_counts_as_it_is_written(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = votes().ask(teacher.person(), "Which?", ("3*4*5", "1. x"))
    app = open_as(monkeypatch, student, **{"class-section": "Vote"})
    ballot = app.get_by_key(f"class-vote-{question}")
    assert [one.content for one in ballot.proto.options] == [plain("3*4*5"), plain("1. x")]
    assert ballot.proto.required  # a second tap takes no vote back, so it must not look as if it did
    ballot.set_value("3*4*5").run()
    votes().vote(student.person(), question, "1. x")  # in another tab
    forget_poll()
    app.run()
    assert app.get_by_key(f"class-vote-{question}").value == "1. x"
    number = votes().ask(teacher.person(), "How many?")
    forget_poll()
    app.run()
    for given, counts in ((4.5, 4.5), (9e15, 4.5), (None, 4.5)):
        app.number_input(key=f"class-vote-{number}").set_value(given).run()
        assert app.number_input(key=f"class-vote-{number}").value == counts


def test_switches_of_a_room_show_what_another_tab_has_set(
    house: Rooms, teacher: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "runner", lambda: Notebook(Store(house.folder)))
    switches = {"Wall": ("class-freeze", "frozen", True), "Trainings": ("class-held", "held", True)}
    for section, (key, field, value) in (switches | {"Data set": ("class-prompt", "prompt", "7")}).items():
        app = open_as(monkeypatch, teacher, **{"class-section": section})
        assert app.get_by_key(key).value != value
        house.set(teacher.person(), **{field: value})
        forget_board()
        app.run()
        assert not app.exception
        assert app.get_by_key(key).value == value
    assert "The wall is frozen" in words(open_as(monkeypatch, teacher, **{"class-section": "Wall"}))


def test_what_comes_and_goes_above_a_canvas_moves_nothing(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What moves is made anew by the browser, and a canvas would be empty while its drawing is handed in."""

    def places(app: AppTest) -> list[str]:
        return [one.type for _, one in sorted(app.main.children.items())]

    house.set(teacher.person(), prompt="7")
    app = open_as(monkeypatch, student, **{"class-section": "Data set"})
    before = places(app)
    app.session_state[SAID] = ("Something else is asked for now.", time.monotonic())
    app.run()
    assert "Something else is asked for now" in words(app)
    assert places(app) == before

    app = open_page("convolution", lesson="reading-a-digit")
    before = places(app)
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: None)  # their teacher has closed the room
    app.run()
    assert places(app) == before
    app.button(key="lesson-leave").click().run()
    assert not app.exception
    assert places(app) == before


def test_a_drawing_for_the_data_set_outlives_its_session(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[object, ...]] = []
    monkeypatch.setattr("core.ui.widgets.kept_drawing.kept_drawing", lambda *told, **_: kept.append(told))
    house.set(teacher.person(), prompt="3")
    app = open_as(monkeypatch, student, **{"class-section": "Data set"})
    ink = encode_data_url(draw(place(ROUND[3], 60, 40, 130, 190), 18))
    app.session_state[app.session_state["drawing"].canvas_key] = {"drawing": {"data": ink}}
    app.run()
    assert kept[-1][:2] == (app.session_state["drawing"].number, ink)


def test_a_class_makes_its_own_data_set(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {"class-section": "Data set"}
    other, box = house.join(house.open_rooms()[0].code), HandIns(house.folder)
    app = open_as(monkeypatch, student, **ours)
    assert "Nothing is asked for just now" in words(app)
    app = open_as(monkeypatch, teacher, **ours)
    assert app.button(key="class-make-set").disabled
    app.get_by_key("class-prompt").set_value("7").run()
    for label in ("7", "1"):
        app.get_by_key("class-prompt").set_value(label).run()
        assert not app.exception
        for number in range(5):
            for badge in (student, other):
                said = Opinion(1, 0.8, (1, 1, 1))
                box.hand_in(badge.person(), label, INK * (0.5 + 0.05 * number + 0.02 * (badge is other)), said)
    app.run()
    assert "20 drawings by 2 students. The CNN that learnt MNIST reads 10 of them" in words(app)
    doubtful = told(app, "class-doubtful")["items"]
    said = (doubtful[0]["title"], spaced(doubtful[0]["caption"]))
    assert (len(doubtful), *said) == (10, "asked: 7", "read as 1, 80.0 %")
    app.button(key="class-make-set").click().run()
    assert not app.exception
    assert "10 drawings to learn from, 10 of other students to test." in words(app)
    (made,) = own_sets()
    assert (made.classes, made.train, made.test) == (("1", "7"), 10, 10)
    assert "trained on MNIST: 50" in words(app)
    again = open_as(monkeypatch, teacher, **ours)  # a reload, or another device
    assert "trained on MNIST: 50" in words(again)
    assert "Train on it" in [link.proto.label for link in again.get("page_link")]
    assert "Draw a 1" in html(open_as(monkeypatch, student, **ours))


def test_what_is_confused_is_shown_anew_with_every_drawing_that_comes_in(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The matrix stands outside the part that asks for news: it said 1 of 1 beside 9 drawings."""
    box, said = HandIns(house.folder), Opinion(1, 0.8, (1, 1, 1))
    house.set(teacher.person(), prompt="1")
    box.hand_in(student.person(), "1", INK, said)
    assert not open_as(monkeypatch, teacher, **{"class-section": "Data set"}).exception
    from core.ui.sections.classroom import data_set  # its canvas is imported where Streamlit runs

    before = [one.number for one in box.of_room(teacher.room)]
    shown_anew: list[bool] = []
    monkeypatch.setattr("core.ui.sections.classroom.data_set.st.rerun", lambda: shown_anew.append(True))
    data_set._came_in(teacher, "1", before)
    assert not shown_anew
    box.hand_in(student.person(), "1", INK, said)
    data_set._came_in(teacher, "1", before)
    assert shown_anew


def test_a_network_is_asked_about_the_students_that_its_set_kept_apart_whoever_draws_later(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, code = Notebook(Store(house.folder)), house.open_rooms()[0].code
    monkeypatch.setattr(local, "runner", lambda: runner)
    box, two = HandIns(house.folder), (student, house.join(code))
    said = Opinion(1, 0.8, (1, 1, 1))
    for label in ("7", "1"):
        house.set(teacher.person(), prompt=label)
        for badge in two:
            for number in range(5):
                box.hand_in(badge.person(), label, INK * (0.5 + 0.05 * number), said)
    app = open_as(monkeypatch, teacher, **{"class-section": "Data set"})
    app.button(key="class-make-set").click().run()
    config = small(data=own_sets()[0].name)
    run = leave_run(runner.store, student.person().session, config=config, title="Ours")
    for _ in range(4):  # now there are six, and two of them would be kept apart
        box.hand_in(house.join(code).person(), "1", INK, said)
    app = open_as(monkeypatch, teacher, **{"class-section": "Data set"})
    shown = words(app)
    assert "On 10 drawings of students kept apart:" in shown
    assert "trained on MNIST: 50.0 %" in shown
    assert "Ours, trained on us: 91.2 %" in shown
    assert "14 of 24 right" in words(app)
    app.selectbox(key="class-confusion").set_value(run).run()
    assert " of 10 right" in words(app)
    assert html(app).count('<img src="data:image/png;base64,') == 10


def test_what_a_student_has_drawn_is_handed_in_and_the_sheet_is_empty(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.set(teacher.person(), prompt="3")
    forget_board()
    app = open_as(monkeypatch, student, **{"class-section": "Data set"})
    assert app.button(key="class-hand-in").disabled
    paper = app.session_state["drawing"]
    ink = draw(place(ROUND[3], 60, 40, 130, 190), 18)
    paper.drawings = [*paper.drawings, Drawing(prepare(ink, "light"), picture=encode_data_url(ink))]
    app.run()
    app.button(key="class-hand-in").click().run()
    assert not app.exception
    (one,) = HandIns(house.folder).of_room(teacher.room)
    assert (one.label, one.said.digit, one.doubtful) == ("3", 3, False)
    assert paper.drawing.prepared.blank


def test_the_teacher_sees_the_trainings_and_stops_one(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Notebook(Store(house.folder))
    monkeypatch.setattr(local, "runner", lambda: runner)
    run = runner.store.create(TrainConfig(title="<i>t</i>"), student.person().session)
    app = open_as(monkeypatch, teacher, **{"class-section": "Trainings"})
    assert r"\<i\>t" in words(app)
    assert "place 1" in words(app)
    app.button(key=f"class-last-{run}").click().run()
    app.button(key=f"class-stop-{run}").click().run()
    assert runner.asked == [("stop", run)]
    app.toggle(key="class-held").set_value(True).run()
    assert ", held" in words(app)
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    assert "Your teacher has paused all trainings" in html(open_page("train", run=run))
    theirs = open_as(monkeypatch, student, **{"class-section": "Trainings"})
    assert not [button for button in theirs.button if str(button.key).startswith("class-stop")]


def test_every_page_says_where_the_class_is(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.lead_to(teacher.person(), following.Place("train", {"recipe": "lab"}))
    votes().ask(teacher.person(), "Well?", ("yes", "no"))
    forget_board()
    forget_poll()
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    app = open_page("convolution")
    assert "The class is at **Train**" in words(app)
    labels = [link.proto.label for link in app.get("page_link")]
    assert {"Go there", "Your teacher asks: vote"} <= set(labels)
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: None)
    assert "The class is at" not in words(open_page("convolution"))


def test_a_class_is_taken_to_another_section_of_the_page_that_it_is_on(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit lets nobody write an address for a control that is there."""
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    app = open_page("cnn_inside", inside="Shift and turn", **{"inside-right": "2"})
    asked = {"inside": "Shift and turn", "inside-right": "-4", "test": "12"}
    following.lead_to(teacher.person(), following.Place("cnn_inside", asked, taken=time.time() + 60))
    forget_board()
    app.run()
    assert not app.exception
    assert app.slider(key="inside-right").value == -4
    assert app.session_state["drawing"].drawing.index == 12


def test_what_a_student_types_hangs_on_the_wall_but_no_sample(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    monkeypatch.setattr("core.ui.widgets.share_sentence.member_here", lambda: student)
    monkeypatch.setattr(share_sentence, "EVERY", 0.0)
    app = open_page("sentence")
    assert Wall(house.folder).sentences(teacher.room) == ()
    app.session_state["sentence"].replace("A <b>dull</b> film")
    app.run()
    (one,) = Wall(house.folder).sentences(teacher.room)
    assert one.text == "A <b>dull</b> film"
    assert one.said.answers[0] == one.said.digit == 0
    assert one.said.probability == pytest.approx(read_sentence(one.text).probability, abs=1e-6)
    forget_board()
    app = open_as(monkeypatch, teacher, **{"class-section": "Wall", "class-wall-of": "Sentences"})
    (tile,) = told(app, "class-wall")["items"]
    assert tile["title"].startswith("negative, ")
    assert tile["caption"] == f"A <b>dull</b> film\n- {HOSTILE}"
    app.session_state["class-tile"] = student.member
    app.run()
    app.button(key="class-pin").click().run()
    assert not app.exception
    assert "A &lt;b&gt;dull&lt;/b&gt; film" in html(app)
    assert "The LSTM says negative" in html(app)


def test_the_class_votes_on_a_pair_of_sentences(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_poll()
    app = open_as(monkeypatch, teacher, **{"class-section": "Vote"})
    app.radio(key="class-kind").set_value("A pair of sentences").run()
    pair = ("The food was good, not bad at all", "The food was bad, not good at all")
    for reader, answer in (("LSTM", "A"), ("bag of words", "the same")):
        for key, text in zip(("class-first", "class-second"), pair, strict=True):
            app.text_input(key=key).set_value(text).run()
        app.button_group(key="class-reader").set_value(reader).run()
        app.button(key="class-ask").click().run()
        assert not app.exception
        found = votes().poll(teacher.room)
        assert found
        assert found.question.answer == answer
        assert found.question.choices == ("A", "B", "the same")
        assert all(text in found.question.text for text in pair)


def test_drawings_stand_in_the_cells_of_what_was_confused(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = HandIns(house.folder)
    house.set(teacher.person(), prompt="7")
    for digit in (7, 7, 1):
        box.hand_in(student.person(), "7", INK, Opinion(digit, 0.8, (digit, 1, 1)))
    matrix = html(open_as(monkeypatch, teacher, **{"class-section": "Data set"}))
    assert 'title="7, read as 7: 2"' in matrix
    assert 'title="7, read as 1: 1"' in matrix
    assert matrix.count('<img src="data:image/png;base64,') == 3


def test_of_two_pages_of_a_teacher_the_one_used_last_leads_and_the_other_says_so(
    house: Rooms, teacher: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)

    def place() -> str | None:
        room = house.room(teacher.room)
        found = following.place_of(room) if room else None
        return found.page if found else None

    def look(app: AppTest) -> str:
        forget_board()
        app.run()
        assert not app.exception
        return words(app)

    first, second = open_page("convolution"), open_page("letters")
    assert place() is None
    first.button(key="class-lead").click().run()
    assert "The class follows this page" in look(first)
    assert "another page of yours: Convolution by hand" in look(second)
    assert place() == "convolution"  # to look is not to use
    second.query_params["letters-section"] = "Names"
    assert "The class follows this page" in look(second)
    assert "another page of yours: Letters" in look(first)
    assert place() == "letters"
    first.button(key="class-lead").click().run()
    assert place() == "convolution"
    third = open_page("train")  # another one that is opened
    assert "The class follows this page" in words(third)
    assert "another page of yours: Train" in look(first)
    first.button(key="class-stop-leading").click().run()
    assert place() is None
    assert third.button(key="class-take")
    look(third)
    assert third.button(key="class-lead").label == "Let the class follow me"


def test_a_place_too_long_for_a_link_is_said(house: Rooms, teacher: Badge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    app = open_page("convolution")
    app.button(key="class-lead").click().run()
    app.query_params["table"] = "1," * 1_000
    forget_board()
    app.run()
    assert not app.exception
    assert "too long for a link, so the class cannot be led here" in words(app)
    room = house.room(teacher.room)
    kept = following.place_of(room) if room else None
    assert kept
    assert (kept.page, kept.query) == ("convolution", {})  # the class stays
    app.button(key="class-take").click().run()
    assert "too long for a link" in words(app)
    del app.query_params["table"]
    forget_board()
    app.run()
    assert "too long for a link" not in words(app)
    assert "The class follows this page" in words(app)


def test_a_class_is_taken_to_a_page_once(
    house: Rooms, teacher: Badge, student: Badge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    theirs = open_page("convolution")
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: teacher)
    app = open_page("letters", section="Names")
    app.button(key="class-take").click().run()
    assert not app.exception
    monkeypatch.setattr("core.ui.state.person.admitted", lambda _: student)
    forget_board()
    theirs.run()
    assert theirs.title[0].value == "One letter after the other"
    theirs.switch_page("../../../pages/convolution.py").run()  # and may leave
    assert theirs.title[0].value == "Convolution by hand"
    monkeypatch.setattr(class_bar, "JUST_NOW", 0.0)  # whoever comes later is not moved
    assert open_page("convolution").title[0].value == "Convolution by hand"
