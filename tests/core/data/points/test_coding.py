"""Points as text, which may come from anybody."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.points.coding import EDGE, LONGEST, decode_points, encode_points


def test_points_survive_to_a_4096th_of_the_plane() -> None:
    random = np.random.default_rng(0)
    points, labels = random.uniform(-EDGE, EDGE, (200, 2)), np.sort(random.integers(0, 6, 200))
    back, kinds = decode_points(encode_points(points, labels))
    assert np.abs(back - points).max() <= EDGE / 4095
    assert (kinds == labels).all()


def test_the_ends_of_the_plane_are_places() -> None:
    points, labels = decode_points("0.AAAA~5.____AA__")
    assert points.tolist() == [[-6, -6], [6, 6], [-6, 6]] and labels.tolist() == [0, 5, 5]


def test_no_points_are_no_points() -> None:
    assert len(decode_points("")[0]) == 0


@given(st.text(max_size=60) | st.from_regex(r"[0-9]\.[A-Za-z0-9_~.-]{0,30}", fullmatch=True))
def test_anything_is_points_or_refused_with_a_sentence(text: str) -> None:
    try:
        points, labels = decode_points(text)
    except ValueError as problem:
        assert str(problem).endswith(".")
    else:
        assert points.shape == (len(labels), 2) and np.abs(points).max(initial=0) <= EDGE


def test_too_many_points_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 5,000"):
        decode_points("0." + "A" * LONGEST)
