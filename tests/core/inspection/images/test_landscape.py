"""The landscape holds the losses that it says, and the way is where the weights were."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector

from core.inspection.images import landscape, shared_landscapes
from core.inspection.images.landscape import survey
from tests.support.waiting import wait_until

PICTURES, LABELS = torch.rand(20, 1, 28, 28, generator=torch.Generator().manual_seed(1)), torch.arange(20) % 10


def networks(count: int = 4) -> list[nn.Module]:
    """A small network on its way, each step some way on in its own direction."""
    torch.manual_seed(0)
    first = nn.Sequential(nn.Conv2d(1, 4, 5, stride=3), nn.ReLU(), nn.Flatten(), nn.Linear(256, 10)).eval()
    way = [first]
    for _ in range(count - 1):
        following = nn.Sequential(nn.Conv2d(1, 4, 5, stride=3), nn.ReLU(), nn.Flatten(), nn.Linear(256, 10)).eval()
        following.load_state_dict(
            {name: value + 0.1 * torch.randn(value.shape) for name, value in way[-1].state_dict().items()}
        )
        way.append(following)
    return way


@pytest.mark.parametrize("directions", ["random", "way"])
def test_the_middle_is_the_last_network_and_no_network_is_changed(directions: landscape.Directions) -> None:
    way = networks()
    before = [parameters_to_vector(one.parameters()).clone() for one in way]
    told: list[float] = []
    found = survey(way, PICTURES, LABELS, directions, grid=5, progress=told.append)
    with torch.no_grad():
        losses = [float(cross_entropy(one(PICTURES), LABELS)) for one in way]
    np.testing.assert_allclose(found.way_losses, losses, rtol=1e-5)
    assert found.places[-1] == pytest.approx([0, 0], abs=1e-9)
    row, column = np.abs(found.second).argmin(), np.abs(found.first).argmin()
    if found.first[column] == found.second[row] == 0:
        assert found.losses[row, column] == pytest.approx(losses[-1], rel=1e-4)
    assert all(torch.equal(kept, parameters_to_vector(one.parameters())) for kept, one in zip(before, way, strict=True))
    assert told == sorted(told) and told[-1] == 1


def test_a_way_in_a_plane_is_held_whole_and_lies_on_its_surface() -> None:
    way = networks(3)  # two steps span a plane
    found = survey(way, PICTURES, LABELS, "way", grid=3)
    assert found.held == pytest.approx(1, abs=1e-6)
    with pytest.raises(ValueError, match="fewer than three"):
        survey(way[:2], PICTURES, LABELS, "way", grid=3)


def test_a_filter_of_a_random_direction_is_as_long_as_the_filter_and_biases_stay() -> None:
    network = networks(1)[0]
    plane = landscape._random_plane(network)
    weights, biases = next(iter(network.parameters())), 4
    first = plane[0, : weights.numel()].reshape(weights.shape)
    np.testing.assert_allclose(first.flatten(1).norm(dim=1), weights.detach().flatten(1).norm(dim=1), rtol=1e-5)
    assert not plane[:, weights.numel() : weights.numel() + biases].any()


def test_a_landscape_is_computed_once_and_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr(shared_landscapes, "_kept", {})
    asked: list[int] = []

    def way() -> list[nn.Module]:
        asked.append(1)
        return networks()

    def job() -> shared_landscapes.LandscapeJob:
        return shared_landscapes.landscape_of("one", way, PICTURES, LABELS, "way")

    found = wait_until(lambda: job().result)
    shared_landscapes._kept.clear()  # as after another start of the server
    again = wait_until(lambda: job().result)
    np.testing.assert_array_equal(again.losses, found.losses)
    assert again.held == found.held and len(asked) == 1
    (file,) = (tmp_path / "landscapes").glob("*.npz")
    file.write_bytes(b"broken")
    shared_landscapes._kept.clear()
    assert wait_until(lambda: job().result) is not None and len(asked) == 2
