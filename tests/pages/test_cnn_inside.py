from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.data.images.datasets import sample_digits
from core.data.images.digits import prepare
from core.inspection.images.top_activations import TopActivation
from core.ui.components.pick.pick import pass_on
from core.ui.state.drawing import Drawing
from core.ui.widgets.downloads import as_png, rows_of

FRAME = Path(__file__).parents[2] / "core" / "ui" / "shell" / "frame.py"
SECTIONS = (
    "Layer by layer",
    "Live",
    "Pixels and softmax",
    "While it learns",
    "Why this answer?",
    "Shift and turn",
    "Fool it",
    "Among others",
)


@pytest.fixture(autouse=True)
def few_digits(monkeypatch) -> None:
    """The sheet of sample digits is enough here, and fast."""
    monkeypatch.setattr("core.inspection.networks.held_out_digits", sample_digits)


def open_page(**query: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    app.run()
    app.switch_page("../../../pages/cnn_inside.py")
    for name, value in query.items():
        app.query_params[name.replace("_", "-")] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    parts = [element.value for kind in (app.markdown, app.caption, app.header) for element in kind]
    return "\n".join([*parts, *(element.proto.body for element in app.get("html"))])


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_with_something_on_it(section: str) -> None:
    app = open_page(inside=section)
    assert "The CNN says 7" in words(app)
    assert not app.error
    assert len(words(app)) > 600


@pytest.mark.parametrize("layer", ["input", "conv1", "pool1", "conv2", "pool2", "flatten", "dense1", "dense2"])
def test_every_station_can_be_opened(layer: str) -> None:
    app = open_page(inside_layer=layer, inside_map="3")
    assert any(element.value.startswith(f"{layer}: ") for element in app.header)
    if layer not in ("input", "flatten"):
        assert any("3 of" in element.value for element in app.header)


def test_a_cell_of_a_map_is_chosen_without_the_mouse():
    app = open_page(inside_layer="conv1", inside_map="3", inside_cell="0")
    app.number_input(key="inside-map-row").set_value(2).run()
    app.number_input(key="inside-map-column").set_value(5).run()
    assert not app.exception
    assert any("the cell you chose, row 2, column 5" in one.value for one in app.caption)


def test_the_network_without_pooling_can_be_looked_into() -> None:
    app = open_page(inside_way_network="CNN without pooling", inside_layer="crop")
    assert "cuts off the last row and column" in words(app)


@pytest.mark.parametrize("network", ["CNN", "CNN without pooling", "MLP", "GRU"])
@pytest.mark.parametrize("section", ["Why this answer?", "Fool it"])
def test_all_networks_are_explained_and_fooled(section: str, network: str) -> None:
    key = "inside_why_network" if section.startswith("Why") else "inside_fool_network"
    app = open_page(**{"inside": section, key: network})
    assert network in words(app)
    assert ("there red says that the score reacts" if section.startswith("Why") else "whose gradient is 0") in words(
        app
    )
    if section.startswith("Why") and network in ("MLP", "GRU"):
        assert "which this network does not have" in words(app)


@pytest.mark.parametrize("value", ["-1", "99999999999999999999", "nan", "\u0663<b>"])
def test_bad_values_in_the_address_are_harmless(value: str) -> None:
    names = ("layer", "map", "cell", "raw", "way-network", "patch", "moment", "right", "epsilon")
    app = open_page(**{"inside": value, **{f"inside-{name}": value for name in names}})
    assert "The CNN says" in words(app)
    for section, keys in (
        ("While it learns", ("moment",)),
        ("Why this answer?", ("why-network", "why-digit", "patch", "stride", "cam-digit-cnn")),
        ("Shift and turn", ("right", "down", "turn", "trained-on")),
        ("Fool it", ("fool-network", "fool-goal", "epsilon")),
    ):
        open_page(**{"inside": section, **{f"inside-{key}": value for key in keys}})


def test_an_empty_sheet_and_an_unlabelled_drawing_work_in_every_section() -> None:
    app = open_page()
    for pixels in (np.zeros((28, 28)), np.eye(280)):
        app.session_state["drawing"].replace(Drawing(prepare(pixels)))
        for section in SECTIONS:
            app.session_state["inside"] = section
            app.run()
            assert not app.exception, section
            if not pixels.any():  # no way from a pixel to the answer is open, and there is no ink to be lost
                said = "is 0 at every pixel" in words(app)
                assert said == (section in ("Fool it", "Why this answer?")), section
                assert "of the ink is still" not in words(app)


def test_the_moment_moves_the_answer() -> None:
    app = open_page(inside="While it learns")
    assert "Before the first step" in words(app)
    # 60,000 digits of MNIST and 30,000 pictures of pen strokes
    assert f"one pass through all of them, {90_000 // 64:,} steps" in app.select_slider(key="inside-moment").help
    app.select_slider(key="inside-moment").set_value("step 25308").run()
    assert "After 25,308 steps" in words(app) and "9,943 of 10,000" in words(app)


def test_a_sample_is_laid_on_the_sheet() -> None:
    app = open_page()
    app.get_by_key("inside-sample").set_value("4").run()
    assert not app.exception
    assert "The CNN says 4" in words(app)


@pytest.mark.parametrize("sent", [None, "3", -1, 4, 2.5, float("nan"), True, [1], {"a": 1}])
def test_only_numbers_of_pictures_on_show_are_taken(sent: object, monkeypatch) -> None:
    class State:
        picked = sent

    monkeypatch.setattr("core.ui.components.pick.pick.st.session_state", {"key": State()})
    taken: list[int] = []
    pass_on("key", 4, taken.append)
    assert taken == []
    State.picked = 3
    pass_on("key", 4, taken.append)
    assert taken == [3]


def test_downloads_hold_the_numbers() -> None:
    rows = list(rows_of(np.arange(12, dtype=np.float32).reshape(2, 2, 3)))
    assert rows[0] == ["map", "row", "column 0", "column 1", "column 2"] and rows[-1] == [1, 1, 9, 10, 11]
    assert list(rows_of(np.array([0.1], np.float32))) == [["unit", "value"], [0, 0.1]]
    assert list(rows_of(np.eye(2)))[1] == [0, 1, 0]
    assert as_png(np.zeros((2, 2, 3), np.uint8)).startswith(b"\x89PNG")


@pytest.mark.parametrize(("layer", "value"), [("conv1", 0.0), ("pool1", 0.0), ("pool1", 0.1), ("conv1", 0.1)])
def test_a_map_that_is_0_for_all_pictures_is_called_dead_also_after_pooling(
    layer: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(*_: object) -> list[TopActivation]:
        return [TopActivation(0, 7, value, 3, 3)]

    monkeypatch.setattr("core.ui.sections.cnn_inside.layers.top_activations", found)
    app = open_page(inside_layer=layer, inside_map_look="What excites it")
    assert any("dead unit" in one.value for one in app.info) == (value == 0)
