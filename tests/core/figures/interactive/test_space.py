"""Points on a plane and in space, ways, a feature map from near: every point and cell is where the numbers say."""

import itertools
import math

import numpy as np
import pytest

from core.figures.interactive.feature_map import feature_map_figure, feature_surface
from core.figures.interactive.loss_surface import loss_surface
from core.figures.interactive.plane import cloud_on_plane
from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.space import WayInSpace, cloud_in_space, paths_in_space

POINTS = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]], np.float32)
NAMES = ("component 1, 40 %", "component 2, 20 %", "component 3, 10 %")


def test_points_carry_their_places_and_say_what_they_are() -> None:
    figure = cloud_in_space(
        POINTS,
        np.array([1, 0, 1]),
        ["a <b>7</b>", "a 2", "a 7"],
        ("two", "seven"),
        NAMES,
        name="one",
        mine=POINTS[0] + 1,
    )
    two, seven, needle, mine = figure.data
    assert (two.name, two.customdata.tolist(), two.x.tolist()) == ("two", [1], [3])
    assert seven.customdata.tolist() == [0, 2] and seven.text == ("a &lt;b&gt;7&lt;/b&gt;", "a 7")
    assert (mine.x, mine.y, mine.z, mine.customdata) == ((1,), (2,), (3,), None)
    assert (needle.x, needle.y, needle.z) == ((1, 1), (2, 2), (2, 8))
    assert [row[0] for row in rows_of_figure(figure)] == ["series", "two", "seven", "seven", "yours"]
    assert figure.layout.scene.zaxis.title.text == NAMES[2]


def test_nothing_in_space_is_see_through() -> None:
    """Or all of it is drawn twice; markers of several sizes are so, unless told otherwise."""
    cloud = cloud_in_space(POINTS, np.zeros(3, int), ["", "", ""], ("one",), NAMES, name="one", mine=POINTS[0])
    for trace in paths_in_space(cloud, [WayInSpace("way", POINTS, ["", "", ""])], ("#111111",)).data:
        assert trace.opacity in (None, 1)
        assert trace.marker.opacity == 1 if isinstance(trace.marker.size, tuple) else trace.marker.opacity is None


def test_points_on_a_plane_carry_their_places_and_more_than_ten_classes_have_other_marks() -> None:
    points = np.arange(24, dtype=np.float32).reshape(12, 2)
    classes = [f"<{number}>" for number in range(12)]
    figure = cloud_on_plane(
        points, np.arange(12)[::-1], classes, classes, ("x", "y"), name="one", mine=points[3], mine_caption="this digit"
    )
    first, *_, eleventh, last, mine = figure.data
    assert (first.name, first.x.tolist(), first.customdata.tolist()) == ("&lt;0&gt;", [22], [11])
    assert (last.y.tolist(), last.customdata.tolist(), last.text) == ([1], [0], ("&lt;0&gt;",))
    assert eleventh.marker.color == first.marker.color and eleventh.marker.symbol != first.marker.symbol
    assert (mine.x, mine.y, mine.customdata, mine.name) == ((6,), (7,), None, "this digit")


def test_a_way_begins_and_ends_with_its_own_marks() -> None:
    cloud = cloud_in_space(POINTS, np.zeros(3, int), ["", "", ""], ("states",), NAMES, name="one")
    ways = [
        WayInSpace("this sentence", POINTS, ["start", "good", "<film>"]),
        WayInSpace("start alone", POINTS[:1], ["start"]),
    ]
    _, way, alone = paths_in_space(cloud, ways, ("#111111", "#222222")).data
    assert way.marker.symbol == ("diamond", "circle", "circle") and way.marker.size == (9, 5, 11)
    assert way.text[2] == "&lt;film&gt;" and way.z.tolist() == [2, 5, 8]
    assert len(alone.x) == len(alone.marker.symbol) == len(alone.marker.size) == 1


def test_a_map_is_the_same_as_cells_and_as_a_surface() -> None:
    values = np.array([[0.5, -1.0, 0.0], [0.0, 0.25, 2.0]], np.float32)
    cells = feature_map_figure(values, 2.0, (1, 2), "map 3 of conv1")
    surface = feature_surface(values, 2.0, "map 3 of conv1")
    for figure in (cells, surface):
        np.testing.assert_array_equal(figure.data[0].z, values)
    assert (cells.data[0].zmin, cells.data[0].zmax) == (surface.data[0].cmin, surface.data[0].cmax) == (-2, 2)
    frame = cells.layout.shapes[0]
    assert (frame.x0, frame.y0) == (1.5, 0.5) and cells.layout.yaxis.autorange == "reversed"


def test_a_dead_map_is_drawn() -> None:
    nothing = np.zeros((3, 3), np.float32)
    assert (
        feature_surface(nothing, 0.0, "map").data[0].cmax
        == feature_map_figure(nothing, 0.0, (0, 0), "map").data[0].zmax
        == 1
    )


@pytest.mark.parametrize("figure", ["cloud", "surface", "loss"])
def test_all_of_space_and_the_names_below_it_are_seen(figure: str) -> None:
    """Plotly sees 45 degrees from top to bottom; what is written beside the lower edges makes space wider."""
    scene = {
        "cloud": lambda: cloud_in_space(POINTS, np.zeros(3, int), ["", "", ""], ("one",), NAMES, name="one"),
        "surface": lambda: feature_surface(POINTS, 8.0, "map"),
        "loss": lambda: loss_surface(POINTS[0], POINTS[1], POINTS, [], 8.0),
    }[figure]().layout.scene
    eye, centre = (np.array([place.x, place.y, place.z]) for place in (scene.camera.eye, scene.camera.center))
    lengths = scene.aspectratio
    ratio = np.array([1, 1, 1] if scene.aspectmode == "cube" else [lengths.x, lengths.y, lengths.z])
    corners = np.array(list(itertools.product((-0.5, 0.5), repeat=3))) * ratio * (1.3, 1.3, 1) - eye
    ahead = (centre - eye) / np.linalg.norm(centre - eye)
    up = np.array([0, 0, 1]) - ahead[2] * ahead
    heights = corners @ (up / np.linalg.norm(up)) / (corners @ ahead * math.tan(math.pi / 8))
    assert -0.98 < heights.min() < -0.9 and heights.max() < 0.98
