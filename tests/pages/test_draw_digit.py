import base64
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from core.data.images.datasets import sample_digits
from core.data.images.digits import prepare
from core.data.images.pictures import UnreadableImage, sent_picture
from core.inspection.images.forward import probabilities_of
from core.inspection.networks import shipped
from core.ui.state.drawing import Drawing, Sheet
from core.ui.widgets import digit_sources, kept_drawing
from core.ui.widgets.kept_drawing import take_back
from tests.core.data.images.test_pictures import claiming, encoded
from tests.support.apps import html_of, open_page, told
from tests.support.handwriting import ROUND, draw, place

SAMPLES = sample_digits()


def data_url(picture: np.ndarray) -> str:
    return "data:image/png;base64," + base64.b64encode(encoded(Image.fromarray(picture), "PNG")).decode()


def send(app: AppTest, value: Any) -> AppTest:
    """Let the canvas send a value, as the browser does after a stroke."""
    paper = app.session_state["drawing"]
    app.session_state[paper.canvas_key] = {"drawing": value}
    return app.run()


def answer(app: AppTest) -> str:
    return html_of(app, "prediction").split('class="answer">')[1].split("<")[0]


def test_it_opens_with_a_sample_already_read() -> None:
    app = open_page("draw_digit")
    assert answer(app) == "7"
    assert "All 3 networks say 7" in html_of(app, "prediction")
    assert "The true label is 7" in html_of(app, "prediction")
    assert html_of(app, "probabilities").count('class="bars"') == 3
    maps = " ".join(layer["title"] for layer in told(app, "feature-maps-pictures")["layers"])
    for shape in ("32 x 26 x 26", "32 x 13 x 13", "64 x 11 x 11", "64 x 5 x 5", "dense2: 10"):
        assert shape in maps
    captions = html_of(app, "probabilities")
    for words in (
        "121,930 parameters",
        "235,146 parameters",
        "161,034 parameters",
        "of 10,000 test digits right",
        "ms",
    ):
        assert words in captions


@pytest.mark.parametrize("digit", range(10))
def test_the_address_chooses_the_sample(digit: int) -> None:
    app = open_page("draw_digit", digit=str(digit))
    assert f"The true label is {digit}" in html_of(app, "prediction")


@pytest.mark.parametrize("asked", ["", "123456", "-1", "x", "٣", "7; drop", "9" * 5000])
def test_a_nonsense_address_opens_the_usual_sample(asked: str) -> None:
    assert "The true label is 7" in html_of(open_page("draw_digit", digit=asked, test=asked), "prediction")


def test_a_test_digit_has_an_address() -> None:
    place = int(np.flatnonzero(SAMPLES.labels == 4)[2])
    app = open_page("draw_digit", test=str(SAMPLES.indices[place]))
    assert "The true label is 4" in html_of(app, "prediction")
    app.button(key="random-test-digit").click().run()
    assert app.query_params["test"] == str(app.session_state["drawing"].drawing.index)


def test_a_drawing_is_read_and_undone() -> None:
    app = open_page("draw_digit")
    send(app, {"data": data_url(draw(place(ROUND[3], 60, 40, 130, 190), 20)), "raw": {}})
    assert answer(app) == "3"
    assert "true label" not in html_of(app, "prediction")
    app.button_group(key="draw-look").set_value("From your drawing to 28 x 28").run()
    assert "4. scaled" in html_of(app, "stages")
    assert not app.button(key="undo").disabled
    app.button(key="clear").click().run()
    assert answer(app) == "?"
    assert "draw a digit" in html_of(app, "prediction")
    app.button(key="undo").click().run()
    assert answer(app) == "3"
    app.button(key="undo").click().run()
    assert answer(app) == "7"
    assert app.button(key="undo").disabled


def test_the_drawing_survives_a_visit_to_another_page() -> None:
    app = open_page("draw_digit")
    send(app, {"data": data_url(draw(place(ROUND[5], 60, 40, 130, 190), 20)), "raw": {}})
    app.switch_page("../../../pages/start.py").run()
    assert not app.exception
    assert answer(app) == "5"
    app.switch_page("../../../pages/draw_digit.py").run()
    assert answer(app) == "5"
    assert app.session_state["drawing"].start is not None  # the strokes lie on the new canvas


def test_one_the_cnn_gets_wrong_is_wrong() -> None:
    app = open_page("draw_digit")
    app.button(key="misread-digit").click().run()
    words = html_of(app, "prediction")
    assert "CNN" in words.split("The true label is")[1]
    assert "wrong" in words


def test_a_letter_is_no_digit() -> None:
    app = open_page("draw_digit")
    strokes = [[(0.1, 1.0), (0.5, 0.0), (0.9, 1.0)], [(0.27, 0.6), (0.73, 0.6)]]  # A
    send(app, {"data": data_url(draw(place(strokes, 60, 40, 150, 190), 18)), "raw": {}})
    assert answer(app) == "?"
    assert "No digit recognised" in html_of(app, "prediction")


BROKEN: list[Any] = [
    "nonsense",
    7,
    [],
    {},
    {"data": 7},
    {"data": "data:image/png;base64,@@@"},
    {"data": "data:image/png;base64,aGVsbG8="},
    {"data": "data:text/html;base64,aGVsbG8="},
    {"data": "data:image/png;base64," + base64.b64encode(claiming(20_000, 20_000)).decode()},
]


@pytest.mark.parametrize("value", BROKEN, ids=lambda value: str(value)[:40])
def test_a_tampered_canvas_does_no_harm(value: Any) -> None:
    app = open_page("draw_digit")
    send(app, value)
    assert not app.exception
    assert answer(app) == "7"  # what was there is kept
    assert [text for text in app.warning if "kept" in text.value] or value in ({}, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["drawing", "data", "raw", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_whatever_the_canvas_sends_is_a_picture_or_a_sentence(value: object) -> None:
    try:
        url = sent_picture(value)
    except UnreadableImage as problem:
        assert str(problem).endswith(".")
    else:
        assert url is None or isinstance(url, str)


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.segmented_control(key="own").set_value("Upload").run()
    app.file_uploader(key="file").upload(name, content)
    return app.run()


def test_an_uploaded_photograph_is_read() -> None:
    paper = np.full((400, 300), 210, np.uint8)
    ink = draw(place(ROUND[2], 60, 40, 130, 190), 16)[..., 3]
    paper[60:340, 10:290] = np.where(ink > 100, 60, paper[60:340, 10:290])
    app = upload(open_page("draw_digit"), "two.png", encoded(Image.fromarray(paper), "PNG"))
    assert not app.exception
    assert answer(app) == "2"
    assert "your file" in " ".join(caption.value for caption in app.caption)
    app.button(key="clear").click().run()  # the file is still in the widget, but it was taken in already
    assert answer(app) == "?"


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a nonsense", claiming(20_000, 20_000), io.BytesIO(b"x" * 99).getvalue()]
)
def test_a_file_that_is_no_picture_is_said_so(content: bytes) -> None:
    app = upload(open_page("draw_digit"), "digit.png", content)
    assert not app.exception
    assert answer(app) == "7"
    assert "kept" in app.warning[0].value


def test_too_many_files_within_a_minute_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_UPLOADS_PER_MINUTE", "1")
    content = encoded(Image.fromarray(draw(place(ROUND[2], 60, 40, 130, 190), 16)[..., 3]), "PNG")
    app = upload(open_page("draw_digit"), "two.png", content)
    assert not app.warning
    app = upload(app, "again.png", content)
    assert "a lot of files in one minute" in app.warning[0].value
    assert answer(app) == "2"


@pytest.mark.parametrize(
    "nonsense", [None, 7, {}, [], "", "0123456789", "١٢", "data:image/png;base64,AAAA", "data:text/html,<b>", "99999"]
)
def test_nonsense_that_a_browser_claims_to_have_kept_changes_nothing(nonsense: object) -> None:
    paper = Sheet(drawings=[digit_sources.sample_digit(7)])
    take_back(paper, nonsense)
    assert [drawing.label for drawing in paper.drawings] == [7]


def test_what_a_browser_has_kept_lies_on_a_new_sheet_only() -> None:
    picture = data_url(draw(place(ROUND[3], 70, 40, 140, 200), 20))
    paper = Sheet(drawings=[digit_sources.sample_digit(7)])
    take_back(paper, picture)
    assert paper.drawing is not None
    assert (paper.drawing.picture, paper.start) == (picture, picture)
    take_back(paper, "18")
    assert paper.drawing.picture == picture  # something lies there already

    another = Sheet(drawings=[digit_sources.sample_digit(7)])
    take_back(another, "18")
    assert another.drawing is not None
    assert (another.drawing.index, another.drawing.label) == (18, 3)
    assert another.number != paper.number


def test_a_stroke_that_comes_together_with_a_click_is_older_than_the_click() -> None:
    first, second = (data_url(draw(place(strokes, 70, 40, 140, 200), 20)) for strokes in (ROUND[3], ROUND[8]))
    app = send(open_page("draw_digit"), {"data": first})
    assert answer(app) == "3"
    paper = app.session_state["drawing"]
    app.session_state[paper.canvas_key] = {"drawing": {"data": second}}
    app.button(key="undo").click().run()
    assert answer(app) == "3"
    assert paper.start == first


@pytest.mark.parametrize("digit", range(10))
def test_the_sample_of_a_digit_is_one_that_the_cnn_reads_right(digit: int) -> None:
    drawing = digit_sources.sample_digit(digit)
    assert drawing.label == digit
    assert probabilities_of(shipped("digit-cnn").network, drawing.prepared.pixels).argmax() == digit


def test_of_a_photo_the_browser_keeps_what_the_networks_read() -> None:
    ink = draw(place(ROUND[3], 60, 40, 130, 190), 20)
    photo, blank = Drawing(prepare(ink), origin="your photo"), Drawing(prepare(np.zeros((28, 28))))
    content = kept_drawing._content(photo)
    assert content is not None and len(content) < 1500
    assert kept_drawing._content(blank) is None
    later = Sheet()
    take_back(later, content)
    assert later.drawing is not None
    np.testing.assert_allclose(later.drawing.prepared.pixels, photo.prepared.pixels, atol=0.5 / 255 + 1e-6)
    assert later.drawing.picture is None  # no strokes that one could draw on
    assert "28 x 28" in later.drawing.origin
    assert kept_drawing._content(later.drawing) == content  # and once more
