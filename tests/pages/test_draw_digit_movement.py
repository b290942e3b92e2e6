"""The movement of the pen on "Draw a digit": experiments with a path from a browser, and hands of other people."""

import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from torch import nn

from core.data.images.digits import prepare
from core.data.pen.hands import hands_of
from core.data.pen.path import MOST_POINTS, PenPath, place
from core.data.pen.unipen import LABELS
from core.inspection.pen.reading import DIGITS, pen_reader, read_pen
from core.models.pen import PenReader
from core.ui.sections.draw_digit.experiments import BUTTONS, run_experiment
from core.ui.sections.draw_digit.hands import draw_again
from core.ui.sections.draw_digit.readers import FollowingNetwork, readers
from core.ui.state.drawing import Drawing, Sheet
from tests.pages.test_draw_digit import data_url
from tests.support.apps import open_page
from tests.support.handwriting import ROUND


def sent(path: PenPath) -> list[list[list[float]]]:
    return [
        [[*point, moment] for point, moment in zip(stroke.tolist(), moments.tolist(), strict=True)]
        for stroke, moments in zip(path.strokes, path.times, strict=True)
    ]


GRU = FollowingNetwork("GRU", pen_reader("gru"), DIGITS)
FOUR = place([np.array(stroke, np.float32) for stroke in ROUND[4]], 280)


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr("core.ui.sections.draw_digit.experiments.st.session_state", kept)
    return kept


@pytest.fixture
def sheet() -> Sheet:
    paper = Sheet()
    paper.replace(Drawing(prepare(np.zeros((28, 28)))))
    return paper


@pytest.mark.parametrize("name", [button.name for button in BUTTONS])
def test_every_experiment_gives_both_numbers(name: str, state: dict[str, Any], sheet: Sheet) -> None:
    run_experiment(sheet, GRU, name, sent(FOUR))
    result = state["movement-result"]
    said = result.sentence
    assert not result.failed and result.drawing == sheet.drawings[-1].number
    answer = read_pen(GRU.network, FOUR).answer
    if name == "shift":
        assert f"The GRU says {answer}" in said and "the same to the last bit: its movement is the same." in said
        assert "The CNN said 4" in said and "and now says" in said
    else:
        assert "The CNN says 4" in said and "the same to the last bit: its picture is the same." in said
        assert ("its path is the same" if name == "slow" else f"The GRU said {answer}") in said


BAD = {
    "no list": 3,
    "no strokes": [],
    "one point": [[[10, 10, 0]]],
    "two numbers": [[[1, 2], [3, 4]]],
    "text": [[["1", 2, 3]]],
    "nan": [[[float("nan"), 1, 0], [2, 2, 1]]],
    "negative": [[[-1, 1, 0], [2, 2, 1]]],
    "huge": [[[1e300, 1, 0], [2, 2, 1]]],
    "outside": [[[281, 1, 0], [2, 2, 1]]],
    "too many": [[[i % 280, 1, i] for i in range(20_001)]],
    "two pens": [[[1, 1, 0], [5, 5, 100]], [[9, 9, 50], [20, 20, 150]]],
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_path_gets_a_calm_sentence(kind: str, state: dict[str, Any], sheet: Sheet) -> None:
    run_experiment(sheet, GRU, "reverse", BAD[kind])
    result = state["movement-result"]
    assert result.failed
    assert result.sentence.endswith(".") and len(result.sentence) < 150
    run_experiment(sheet, GRU, "reverse", sent(FOUR))  # and nothing is lost by it
    assert not state["movement-result"].failed and state["movement-result"].drawing == sheet.drawings[-1].number


def test_as_many_points_as_are_read_and_a_path_along_the_edge_get_their_answer(
    state: dict[str, Any], sheet: Sheet
) -> None:
    stem = [[140 + 10 * np.sin(i / 4000), 20 + i / 85, i] for i in range(MOST_POINTS)]
    for path in (stem, [[140, 0, 0], [140, 280, 9]]):
        run_experiment(sheet, GRU, "reverse", [path])
        result = state["movement-result"]
        assert not result.failed and "The CNN says 1" in result.sentence


@pytest.mark.parametrize("name", [None, 3, "delete", ["reverse"], {"a": 1}])
def test_an_unknown_experiment_is_passed_over(name: object, state: dict[str, Any], sheet: Sheet) -> None:
    run_experiment(sheet, GRU, name, sent(FOUR))
    assert not state


def test_one_stroke_has_no_other_order(state: dict[str, Any], sheet: Sheet) -> None:
    run_experiment(sheet, GRU, "reorder", sent(FOUR)[:1])
    assert state["movement-result"].sentence == "It has one stroke, so there is no other order."


def test_strokes_are_counted_as_long_as_they_are_known(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    sent_by_canvas: dict[str, Any] = {}
    monkeypatch.setattr("core.ui.state.drawing.st.session_state", sent_by_canvas)

    def draw(width: int) -> None:
        ink = np.zeros((280, 280, 4), np.uint8)
        ink[50:200, 50 : 50 + width] = 255
        sent_by_canvas[sheet.canvas_key] = {"drawing": {"data": data_url(ink)}}
        sheet.read()

    for expected in (1, 2):
        draw(40 * expected)
        assert sheet.drawings[-1].strokes == expected
    sheet.undo()
    assert sheet.drawings[-1].strokes == 1
    sheet.replace(Drawing(prepare(np.eye(28)), picture=sheet.drawings[-1].picture, strokes=None))  # after a reload
    draw(130)
    assert sheet.drawings[-1].strokes is None
    assert len({drawing.number for drawing in sheet.drawings}) == len(sheet.drawings)


def test_the_page_offers_hands_and_a_reader() -> None:
    app: AppTest = open_page("draw_digit", **{"draw-look": "How other people write"})
    assert {"The movement of your pen", "How other people write"} <= {heading.value for heading in app.header}
    app.get_by_key("hands-digit").set_value("3").run()
    app.get_by_key("pen-reader").set_value("RNN").run()
    assert not app.exception


def test_a_hand_clears_the_sheet_and_is_drawn_by_the_browser(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, Any] = {}
    monkeypatch.setattr("core.ui.sections.draw_digit.hands.st.session_state", kept)
    hand = hands_of("7")[0]
    draw_again(sheet, hand)
    number, path = kept["hand-replay"]
    assert sheet.drawings[-1].prepared.blank and sheet.drawings[-1].strokes == 0
    assert len(path.strokes) == len(hand.strokes) and path.side == 280
    draw_again(sheet, hand)
    assert kept["hand-replay"][0] > number


def test_a_network_trained_on_letters_follows_the_pen_too(state: dict[str, Any], sheet: Sheet) -> None:
    letters = FollowingNetwork(
        "GRU, trained here on letters", PenReader("gru", 8, 26).eval(), tuple(LABELS["capitals"])
    )
    run_experiment(sheet, letters, "reverse", sent(FOUR))
    assert re.search(r"The GRU, trained here on letters said [A-Z] \(.*\s%\)", state["movement-result"].sentence)


def test_what_was_trained_here_joins_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    trained = [("rnn", PenReader("rnn", 8, 10)), ("lstm", PenReader("lstm", 8, 26)), ("gru", nn.Linear(2, 2))]
    monkeypatch.setattr("core.ui.sections.draw_digit.readers.networks_trained_here", lambda learns: trained)
    titles = {reader.title: len(reader.classes) for reader in readers()}
    assert titles["RNN, trained here"] == 10 and titles["LSTM, trained here on letters"] == 26
    assert len([title for title in titles if "trained" in title]) == 2
