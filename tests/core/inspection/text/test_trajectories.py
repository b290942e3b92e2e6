import numpy as np
import pytest

from core.inspection.text.library import read_library
from core.inspection.text.reading import CELLS, read
from core.inspection.text.trajectories import SHOWN, state_plane, trajectory, turning_points

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")
each = pytest.mark.parametrize("cell", CELLS)
APART = np.array([0.1, 0.1], np.float32)


@each
def test_the_plane_is_that_of_the_singular_vectors(cell):
    states = read_library(cell).states.astype(np.float64)
    centred = states - states.mean(0)
    _, sizes, vectors = np.linalg.svd(centred, full_matrices=False)
    plane = state_plane(cell)
    assert plane.explained_variance == pytest.approx(sizes[:2] ** 2 / (sizes**2).sum(), abs=1e-4)
    assert np.abs((plane.axes * vectors[:2]).sum(1)) == pytest.approx([1, 1], abs=1e-4)  # but for the sign
    expected = (read(cell, FOOD).states - states.mean(0)) @ vectors[:2].T
    signs = np.sign((plane.axes * vectors[:2]).sum(1))
    assert trajectory(cell, FOOD).points == pytest.approx(expected * signs, abs=1e-3)


@each
def test_the_picture_has_room_for_the_library_and_right_is_positive(cell):
    plane, library = state_plane(cell), read_library(cell)
    everything = plane.project(library.states)
    assert (everything > plane.low).all()
    assert (everything < plane.high).all()
    assert np.corrcoef(everything[:, 0], library.verdicts)[0, 1] > 0.5
    assert len(plane.points) == len(plane.verdicts) == len(plane.contexts) == SHOWN
    assert plane.contexts[0] == library.words[0]
    assert all(context.split() for context in plane.contexts)


@each
def test_two_sentences_of_the_same_words_end_on_different_sides(cell):
    good, bad = trajectory(cell, FOOD), trajectory(cell, ("the", "food", "was", "bad", ",", "not", "good", "at", "all"))
    assert good.points[0] == pytest.approx(bad.points[0])
    assert good.points[3] == pytest.approx(bad.points[3])
    assert good.points[-1, 0] > bad.points[-1, 0] + 1
    assert good.verdicts[-1] > 0.9 > 0.1 > bad.verdicts[-1]
    assert good.outside == 0


@pytest.mark.parametrize("words", [(), ("great",), ("xqzzt", "<script>"), ("good", "bad") * 100], ids=len)
def test_a_sentence_of_any_length_has_a_way(words):
    way = trajectory("gru", words)
    assert way.points.shape == (len(words) + 1, 2)
    assert np.isfinite(way.points).all()
    assert 1 <= len(way.turning_points) <= 12
    assert len(words) in way.turning_points


def test_corners_are_named_and_what_lies_near_them_is_not():
    points = np.array([[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [2.05, 2.05]], np.float32)
    assert turning_points(points, 12, APART) == (0, 1, 2, 3, 5)  # the last but one lies near the last
    assert turning_points(points, 3, APART) == (0, 2, 5)  # the corner before points on the straight
    assert turning_points(points[:1], 12, APART) == (0,)
