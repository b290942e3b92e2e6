"""The page without a browser: what is drawn, brought or taken over is read, everything else is a sentence."""

import re

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.data.images.digits import prepare
from core.data.images.pictures import encode_data_url
from core.training.tasks.numbers import NumberTask
from core.ui.components.number_canvas import number_canvas
from core.ui.sections.read_number import training
from core.ui.state.drawing import Drawing
from tests.support.apps import html_of, open_page, open_with, told
from tests.support.blanks import spaced
from tests.support.numbers import as_png, written

SCRIBBLE = np.zeros((190, 940), np.uint8)
for _at in range(0, 700, 3):
    _y = int(95 + 70 * np.sin(_at / 9) * np.cos(_at / 31))
    SCRIBBLE[_y - 6 : _y + 6, _at + 100 : _at + 112] = 255


def drawn(picture: np.ndarray) -> AppTest:
    """Open the page, and draw as the canvas tells it."""
    app = open_page("read_number")
    app.session_state["number-sheet"].draw(encode_data_url(picture))
    return app.run()


def verdict(app: AppTest) -> str:
    assert not app.exception
    return html_of(app, "number-verdict")


def test_the_page_opens_with_a_touching_number_that_only_the_network_reads() -> None:
    said = verdict(open_page("read_number"))
    assert "The true number is" in said and "CNN + GRU is right." in said


@pytest.mark.parametrize("step", [110, 90, 68], ids=["spaced", "close", "touching"])
def test_a_number_that_is_drawn_is_read(step: int) -> None:
    app = drawn(written("40725", step=step))
    assert '<span class="digits">40725</span>' in verdict(app)
    assert app.session_state["number-sheet"].number.origin == "your drawing"


def test_both_ways_say_where_their_digits_are() -> None:
    app = drawn(written("36", step=150))
    ways = html_of(app, "number-ways")
    assert "Both ways read 36." in verdict(app)
    assert ways.count("<b style=") == 4 and ways.count("<i style=") == 1
    app.button_group(key="number-look").set_value("From your drawing to the line").run()
    pieces = spaced(re.sub("<(img|style)[^>]*>", "", html_of(app, "number-pieces")))
    assert "<figcaption>" in pieces and "<figcaption>100" not in pieces and pieces.count(" %</figcaption>") == 2


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (np.zeros((190, 940), np.uint8), "The sheet is empty"),
        (np.pad(np.full((9, 9), 255, np.uint8), ((90, 91), (400, 531))), "only a dot"),
        (SCRIBBLE, "No number recognised"),
    ],
    ids=["empty", "dot", "scribble"],
)
def test_what_is_no_number_is_said_and_every_section_stays(picture, sentence) -> None:
    app = drawn(picture)
    assert sentence in verdict(app) and "No number recognised" in verdict(app)
    for section in ("From path to number", "What the GRU adds", "From your drawing to the line"):
        app.button_group(key="number-look").set_value(section).run()
        assert sentence in verdict(app), section


def test_ones_own_networks_read_the_number_above(monkeypatch: pytest.MonkeyPatch) -> None:
    with torch.random.fork_rng(devices=[]):
        own = [(kind, NumberTask().with_network(kind).build(NumberTask.classes).eval()) for kind in NumberTask.kinds]
    monkeypatch.setattr(training, "networks_trained_here", lambda learns: own)
    app = open_with("read_number", number_look="Train it here")
    assert not app.exception
    assert html_of(app, "number-yours").count("Your ") == 2


def test_a_point_that_is_left_out_is_told() -> None:
    picture = written("36", step=150)
    assert "not points" not in " ".join(one.value for one in drawn(picture).caption)
    point = picture.copy()
    point[150:160, 160:170] = 255
    app = drawn(point)
    assert '<span class="digits">36</span>' in verdict(app)
    assert "not points or commas" in " ".join(one.value for one in app.caption)


def test_twenty_digits_are_read_with_a_warning() -> None:
    app = drawn(written("12345678901234567890", step=46))
    assert not app.exception
    assert any("up to 8" in warning.value or "very small" in warning.value for warning in app.warning)


def test_undo_and_what_cannot_be_read_lose_nothing() -> None:
    app = drawn(written("36", step=150))
    sheet = app.session_state["number-sheet"]
    before = verdict(app)
    for broken in ("nonsense", "data:image/png;base64,AAAA", "data:image/png;base64,!"):
        sheet.draw(broken)
        app.run()
        assert verdict(app) == before and any("kept" in warning.value for warning in app.warning)
    sheet.draw("")  # the canvas says that only what Python has laid is on it
    assert "The true number is" in verdict(app.run())
    sheet.draw(encode_data_url(written("36", step=150)))
    app.button(key="number-example").click().run()
    assert "The true number is" in verdict(app)
    app.session_state["number-sheet"].undo()
    assert verdict(app.run()) == before


def test_a_photo_is_read_and_a_broken_file_is_a_sentence() -> None:
    app = open_with("read_number")
    app.button_group(key="number-own").set_value("Upload").run()
    paper = np.clip(230 - 0.8 * written("508", step=140), 0, 255).astype(np.uint8)
    app.file_uploader(key="number-file").upload("number.png", as_png(paper)).run()
    assert '<span class="digits">508</span>' in verdict(app)
    assert any("your file" in caption.value for caption in app.caption)
    app.file_uploader(key="number-file").upload("broken.png", b"\x89PNG broken").run()
    assert '<span class="digits">508</span>' in verdict(app)
    assert any("is kept" in warning.value for warning in app.warning)


def test_a_drawing_comes_along_from_draw_a_digit() -> None:
    app = open_page("draw_digit")
    picture = written("37", step=130, size=(280, 280))
    paper = app.session_state["drawing"]
    paper.drawings = [*paper.drawings, Drawing(prepare(picture, "light"), picture=encode_data_url(picture), strokes=2)]
    app.run()
    assert any("several digits: **37**" in info.value for info in app.info)
    app.query_params["from"] = "drawing"
    app.switch_page("../../../pages/read_number.py").run()
    assert '<span class="digits">37</span>' in verdict(app)
    app.button(key="number-example").click().run()
    assert "The true number is" in verdict(app)  # it is taken over once


def test_one_digit_or_a_scribble_offers_no_other_page() -> None:
    app = open_page("draw_digit")
    assert not [one for one in app.info if "several digits" in one.value]
    paper = app.session_state["drawing"]
    square = np.pad(np.full((90, 90), 255, np.uint8), 95)
    paper.drawings = [*paper.drawings, Drawing(prepare(square, "light"), picture=encode_data_url(square), strokes=1)]
    assert not [one for one in app.run().info if "several digits" in one.value]


def test_a_column_is_chosen_and_what_it_sees_is_shown() -> None:
    app = open_page("read_number")
    columns = len(told(app, "number-table")["words"])
    table = told(app, "number-table")["tracks"][1]
    assert table["rows"] == 11 and len(table["path"]) == columns
    app.session_state["number-column"] = 3
    app.run()
    assert told(app, "number-table")["chosen"]["word"] == 3
    assert "What column 4 sees" in html_of(app, "number-column-seen")
    app.button_group(key="with").set_value("CNN alone").run()
    assert "0.0 % of them lie outside that window: nothing else can reach it" in html_of(app, "number-column-seen")


def test_the_steps_of_ctc_and_the_beam_are_shown() -> None:
    app = open_with("read_number", number_look="From path to number")
    steps = html_of(app, "number-collapse")
    assert "Repeats become one" in steps and "Blanks are dropped" in steps
    app.slider(key="beam").set_value(1).run()
    assert not app.exception


def test_scores_of_both_ways_stand_side_by_side() -> None:
    scores = html_of(open_with("read_number", number_look="What the GRU adds"), "number-scores")
    assert scores.count("<tr") == 6 and "Overlapping" in scores and "Cut at gaps" in scores


def test_the_canvas_hears_only_what_was_drawn_on_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    for message in (None, 7, {}, {"text": 5, "version": 2}, {"text": "a", "version": 1}, {"text": "b", "version": 2}):
        monkeypatch.setattr(number_canvas, "_message", lambda key, sent=message: sent)
        number_canvas._drawn("canvas", 2, heard.append)
    assert heard == ["b"]
    numbers = [number_canvas._number(one) for one in ({"number": 5}, {"number": True}, {"number": 2.5}, "x", None)]
    assert numbers == [5, None, None, None, None]
