"""The landscape holds the losses that it says, and the paths are where the weights were."""

import numpy as np
import pytest
import torch

from core.inspection.points import landscape
from core.inspection.points.landscape import survey
from core.inspection.points.xor import new_networks


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landscape, "UPDATES", 200)
    monkeypatch.setattr(landscape, "STOPS", 21)


@pytest.mark.parametrize("directions", ["paths", "random"])
def test_it_is_deep_where_adam_ended(directions: str) -> None:
    found = survey(directions=directions)
    assert found.losses.shape == (61, 61) and np.isfinite(found.losses).all()
    sgd, adam = found.paths
    assert (sgd.name, adam.name) == ("SGD", "Adam")
    assert np.allclose(adam.places[-1], 0, atol=1e-6)
    assert adam.losses[0] == pytest.approx(sgd.losses[0]) and adam.losses[-1] < adam.losses[0]
    assert 0 < adam.held <= 1
    row, column = np.abs(found.second).argmin(), np.abs(found.first).argmin()
    assert found.losses[row, column] < adam.losses[0]
    for path in found.paths:
        assert found.first[0] < path.places[:, 0].min() and path.places[:, 0].max() < found.first[-1]
        assert found.second[0] < path.places[:, 1].min() and path.places[:, 1].max() < found.second[-1]


def test_the_main_directions_hold_more_of_the_way_than_random_ones() -> None:
    along, random = survey(directions="paths"), survey(directions="random")
    for path, other in zip(along.paths, random.paths, strict=True):
        assert path.held > 3 * other.held


def test_random_directions_have_the_length_of_each_units_weights() -> None:
    like = new_networks("tanh", range(3, 4))
    centre = torch.cat([value[0].flatten() for value in like.values()])
    plane = landscape._random_plane(centre, like, seed=1)
    for direction in landscape._stacked(plane, like).items():
        name, values = direction
        if name.endswith("bias"):
            assert not values.any()
        else:
            for one in values:
                assert torch.allclose(one.norm(dim=1), like[name][0].norm(dim=1))


def test_steps_that_are_far_too_long_end_the_way_and_nothing_else() -> None:
    found = survey(activation="relu", rates=(1e30, 0.01))
    assert np.isfinite(found.losses).all() or found.paths[0].losses[-1] > 1
    assert all(np.isfinite(path.losses).all() for path in found.paths)
