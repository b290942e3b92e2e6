"""What a browser says of a figure is looked at before it is believed."""

import pytest

from core.ui.components.figure_tools.figure_tools import Clicked, read_boxes, read_click


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


def test_boxes_are_read_in_order_however_they_were_drawn() -> None:
    assert read_boxes([[1, 0.5, 3, 2]]) == ((0.5, 1.0, 2.0, 3.0),)
    assert read_boxes([]) == ()


@pytest.mark.parametrize("sent", [None, {}, [1], [[1, 2]], [["a", 1, 2, 3]], [[0, 1, 2, float("nan")]], [[0] * 4] * 65])
def test_nonsense_is_no_box(sent: object) -> None:
    assert read_boxes(sent) is None
