"""The page without a browser: every knob, every picture, and addresses that make no sense."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from core.inspection.images.kernels import BadKernel, classic, weights_text
from core.models.shipped import load_shipped
from core.ui.sections.convolution.kernel import edited_kernel
from tests.support.apps import as_read

FRAME = Path(__file__).parents[2] / "core" / "ui" / "shell" / "frame.py"
BENCH = "convolution-bench"


def open_page(**query):
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in query.items():
        app.query_params[name.replace("_", "-")] = value
    app.run()
    app.switch_page("../../../pages/convolution.py").run()
    assert not app.exception
    return app


def words(app):
    return as_read(
        " ".join(element.value for element in [*app.markdown, *app.warning, *app.metric, *app.caption, *app.code])
    )


def told(app):
    """What the bench was told."""
    return json.loads(app.get_by_key(BENCH).proto.json)


def test_it_opens_with_a_digit_and_an_edge_kernel():
    app = open_page()
    assert app.title[0].value == "Convolution by hand"
    bench = told(app)
    assert (bench["picture"]["height"], bench["picture"]["width"]) == (28, 28)
    assert max(bench["picture"]["hundredths"]) == 100
    assert bench["weights"] == classic("Sobel x", 3).tolist()
    assert bench["problem"] is None
    assert len(base64.b64decode(bench["palette"])) == 256 * 3
    assert [metric.value for metric in app.metric] == ["10", "530,660"]
    assert r"\mathbf{26}" in words(app)


def test_every_control_has_a_help_text():
    app = open_page(conv_pooling="max", conv_kernel="random", conv_input="sample digit")
    for widgets in (app.slider, app.selectbox, app.number_input, app.button):
        for widget in widgets:
            assert widget.help, widget.label
    relu = app.selectbox(key="conv-activation").help
    assert "max(0, x)" in relu
    assert "wrong" in relu


def test_the_knobs_reach_the_bench():
    app = open_page()
    app.slider(key="conv-size").set_value(5)
    app.slider(key="conv-dilation").set_value(2)
    app.selectbox(key="conv-padding").set_value("same")
    app.number_input(key="conv-bias").set_value(0.5)
    app.selectbox(key="conv-activation").set_value("ReLU")
    app.selectbox(key="conv-kernel").set_value("emboss")
    app.selectbox(key="conv-pooling").set_value("average").run()
    assert not app.exception
    bench = told(app)
    assert bench["conv"] == {
        "kernelSize": 5, "stride": 1, "pads": [4, 4], "dilation": 2, "bias": 0.0, "activation": "ReLU",
    }  # fmt: skip  # another kernel has no bias of its own: it goes back to 0
    assert bench["weights"] == classic("emboss", 5).tolist()
    assert bench["pool"] == {"kind": "average", "kernelSize": 2, "stride": 2}
    assert "avg_pool2d" in words(app)
    app.number_input(key="conv-bias").set_value(0.5).run()
    assert told(app)["conv"]["bias"] == 0.5
    app.button(key="conv-reset").click().run()
    assert told(app)["conv"]["kernelSize"] == 3
    assert told(app)["conv"]["bias"] == 0
    assert told(app)["pool"] is None


def test_a_learned_filter_brings_its_bias_and_leaves_with_it():
    app = open_page(conv_kernel="learned (CNN)", conv_filter="5")
    biases = load_shipped("digit-cnn").network.conv1.bias.tolist()
    assert told(app)["conv"]["bias"] == pytest.approx(biases[4], abs=1e-4)
    app.number_input(key="conv-filter").set_value(6).run()
    assert told(app)["conv"]["bias"] == pytest.approx(biases[5], abs=1e-4)
    app.selectbox(key="conv-kernel").set_value("blur").run()
    assert told(app)["conv"]["bias"] == 0
    app.selectbox(key="conv-kernel").set_value("random").run()
    first = told(app)
    app.number_input(key="conv-seed").set_value(7).run()
    assert told(app)["weights"] != first["weights"]
    assert told(app)["token"] != first["token"]
    assert not app.exception


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"conv_padding": "same", "conv_stride": "2"}, "goes with stride 1 only"),
        ({"conv_input": "7 x 7 toy", "conv_size": "7", "conv_dilation": "3"}, "covers 19 x 19 cells"),
    ],
)
def test_impossible_settings_are_explained_on_the_bench(query, sentence):
    app = open_page(**query)
    assert sentence in told(app)["problem"]


def test_an_impossible_pooling_leaves_the_convolution():
    app = open_page(conv_input="7 x 7 toy", conv_pooling="max", conv_pool_size="6")
    bench = told(app)
    assert bench["problem"] is None
    assert "does not fit" in bench["poolProblem"]
    assert app.metric


@pytest.mark.parametrize("value", ["", "nan", "inf", "-1", "99", "1e400", "x" * 5000, "<b>", "1,2", "\x00", "٣"])
def test_nonsense_in_the_address_is_harmless(value):
    names = ("input", "digit", "kernel", "filter", "seed", "size", "stride", "padding", "dilation", "bias",
             "activation", "pooling", "pool_size", "pool_stride", "weights")  # fmt: skip
    app = open_page(**{f"conv_{name}": value for name in names})
    bench = told(app)
    assert bench["problem"] is None
    assert bench["conv"]["kernelSize"] == len(bench["weights"]) == 3
    assert abs(bench["conv"]["bias"]) <= 10


def test_a_kernel_in_the_address_is_used_and_adapts_to_the_size():
    app = open_page(conv_weights="1,2,3;4,5,6;7,8,9.5")
    assert told(app)["weights"] == [[1, 2, 3], [4, 5, 6], [7, 8, 9.5]]
    app.slider(key="conv-size").set_value(5).run()
    assert np.array(told(app)["weights"])[1:4, 1:4].tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9.5]]
    app.selectbox(key="conv-kernel").set_value("identity").run()
    assert told(app)["weights"] == classic("identity", 5).tolist()
    assert "conv-weights" not in app.query_params


def test_a_broken_kernel_in_the_address_is_said_so():
    app = open_page(conv_weights="1,2;<script>")
    assert "not made of numbers" in app.warning[0].value
    assert "conv-weights" not in app.query_params


def test_every_input_shows_a_picture():
    for name in ("your digit", "sample digit", "7 x 7 toy", "photo", "camera"):
        app = open_page(conv_input=name)
        assert told(app)["picture"]["hundredths"], name
        assert len(app.camera_input) == (name == "camera")
    app = open_page(conv_input="sample digit", conv_digit="3")
    assert "a 3 from" in told(app)["name"]


def test_photos_are_made_grey_and_small_and_bad_ones_are_refused():
    buffer = io.BytesIO()
    Image.fromarray(np.full((300, 400, 3), (255, 0, 0), np.uint8)).save(buffer, "PNG")
    app = open_page(conv_input="photo")
    app.file_uploader[0].upload("red.png", buffer.getvalue()).run()
    picture = told(app)["picture"]
    assert (picture["height"], picture["width"]) == (72, 96)
    assert set(picture["hundredths"]) == {30}
    app.file_uploader[0].upload("bad.png", b"nonsense").run()
    assert not app.exception
    assert "not a PNG or JPEG" in app.warning[0].value
    assert told(app)["picture"]["height"] == 72
    app.selectbox(key="conv-input").set_value("7 x 7 toy").run()
    app.selectbox(key="conv-input").set_value("photo").run()
    assert told(app)["picture"]["height"] == 72  # kept while another picture is looked at


SOBEL = classic("Sobel x", 3).tolist()


@pytest.mark.parametrize(
    "value",
    [None, 3, {}, {"kernel": None}, {"kernel": {"token": "t"}}, {"kernel": {"token": "old", "weights": SOBEL}},
     {"kernel": {"token": "t", "weights": [[1]]}}, {"kernel": {"token": "t", "weights": [[float("nan")] * 3] * 3}},
     {"kernel": {"token": "t", "weights": "1,2,3"}}, {"kernel": [1, 2]}],
)  # fmt: skip
def test_what_the_bench_sends_is_checked(value):
    with pytest.raises(BadKernel):
        edited_kernel(value, "t", 3)


def test_a_good_kernel_from_the_bench_is_taken():
    assert edited_kernel({"kernel": {"token": "t", "weights": SOBEL}}, "t", 3).tolist() == SOBEL
    assert weights_text(SOBEL) == "-1,0,1;-2,0,2;-1,0,1"
