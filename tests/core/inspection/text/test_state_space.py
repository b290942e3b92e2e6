"""States in space: the library's own, the ends of its sentences, and where a sentence leads among them."""

import numpy as np
import pytest

from core.inspection.text.library import read_library
from core.inspection.text.reading import read
from core.inspection.text.state_space import state_space
from core.inspection.text.trajectories import state_plane


def test_the_first_two_axes_are_those_of_the_plane() -> None:
    space, plane = state_space("gru"), state_plane("gru")
    for number in range(2):
        assert abs(float(space.axes[number] @ plane.axes[number])) == pytest.approx(1, abs=1e-3)
    assert space.explained_variance[:2] == pytest.approx(plane.explained_variance, abs=1e-4)
    assert float(space.explained_variance[2]) <= float(space.explained_variance[1])


def test_whole_sentences_end_where_the_network_ends_when_it_reads_them() -> None:
    space = state_space("gru")
    assert len(space.ends) == len(space.sentences) == min(1000, len(read_library("gru").corpus))
    for place in (0, len(space.ends) - 1):
        states = read("gru", tuple(space.sentences[place].split(" "))).states
        np.testing.assert_allclose(space.project(states[-1]), space.ends[place], atol=1e-3)
