"""What a browser says of a figure is looked at before it is believed."""

import pytest

from core.ui.components.figure_tools.figure_tools import Clicked, read_brush, read_click


def test_points_and_cells_are_read() -> None:
    assert read_click({"trace": 2, "place": 7}) == Clicked(2, 7)
    assert read_click({"trace": 0, "place": [3, 4]}) == Clicked(0, (3, 4))


@pytest.mark.parametrize(
    "sent",
    [None, 3, {}, {"trace": -1, "place": 0}, {"trace": True, "place": 0}, {"trace": 0, "place": "1"},
     {"trace": 0, "place": [1]}, {"trace": 0, "place": [1, -1]}, {"trace": 0, "place": 0.5}],
)  # fmt: skip
def test_nonsense_is_no_click(sent: object) -> None:
    assert read_click(sent) is None


def test_ranges_are_read_by_axis_and_axes_without_one_are_left_out() -> None:
    assert read_brush([[], [[0, 1.5], [3, 4]], []]) == {1: ((0.0, 1.5), (3.0, 4.0))}
    assert read_brush([]) == {}


@pytest.mark.parametrize("sent", [None, {}, [1], [[1, 2]], [[[1]]], [[["a", 1]]], [[[0, float("nan")]]], [[]] * 65])
def test_nonsense_is_no_brush(sent: object) -> None:
    assert read_brush(sent) is None
