"""What is computed over many held-out digits: the most exciting ones, and the plane."""

import numpy as np
import pytest
import torch

from core.data.images.datasets import sample_digits
from core.inspection.images.blocks import forward_blocks
from core.inspection.images.embedding import embed, embedded_images
from core.inspection.images.top_activations import searched_images, top_activations
from core.inspection.networks import Choice, networks


@pytest.fixture(autouse=True)
def few_digits(monkeypatch) -> None:
    """The sheet of sample digits is enough here, and fast."""
    monkeypatch.setattr("core.inspection.networks.held_out_digits", sample_digits)


@pytest.mark.parametrize("station", ["conv1", "pool2", "dense1"])
@pytest.mark.parametrize("choice", networks(convolutional=True), ids=lambda choice: choice.name)
def test_no_digit_excites_it_more(choice, station: str) -> None:
    station = station if station in dict(choice.layered.named_children()) else "conv2"
    digits = searched_images(choice)
    found = top_activations(choice, station, 5, count=3)
    peaks = []
    for image in digits.images:
        way = {one.name: one for one in forward_blocks(choice.layered, image.astype(np.float32) / 255)}
        peaks.append(float(way[station].output[5].max()))
    assert [one.value for one in found] == pytest.approx(sorted(peaks, reverse=True)[:3], abs=1e-4)
    best = found[0]
    way = {one.name: one for one in forward_blocks(choice.layered, digits.images[best.place].astype(np.float32) / 255)}
    values = np.atleast_2d(way[station].output[5])
    assert values[best.row, best.column] == pytest.approx(best.value, abs=1e-4)
    assert best.label == digits.labels[best.place]


def test_a_map_that_is_not_there_is_refused() -> None:
    choice = networks()[0]
    for station, unit in (("conv1", 32), ("conv7", 0), ("conv1", -1)):
        with pytest.raises(ValueError, match="no map"):
            top_activations(choice, station, unit)


def test_pca_is_what_a_singular_value_decomposition_gives() -> None:
    choice = networks()[0]
    digits = embedded_images(choice)
    plane = embed(choice, digits.images[4] / 255, "PCA")
    with torch.no_grad():
        value = torch.from_numpy(digits.images.copy()).unsqueeze(1) / 255
        for layer in list(choice.layered)[:-1]:
            value = layer(value)
    centred = (value - value.mean(0)).double()
    _, sizes, axes = torch.linalg.svd(centred, full_matrices=False)
    assert np.allclose(np.abs(plane.points), (centred @ axes[:2].T).abs(), atol=1e-2)
    assert plane.explained_variance == pytest.approx((sizes**2 / (sizes**2).sum())[:2].tolist(), abs=1e-4)
    assert plane.dimensions == 64
    assert np.allclose(plane.point, plane.points[4], atol=1e-2)
    assert plane.neighbours[0] == 4 and plane.distances[0] < 1e-3


def test_tsne_puts_a_digit_among_its_neighbours() -> None:
    choice = networks()[0]
    digits = embedded_images(choice)
    plane = embed(choice, digits.images[4] / 255, "t-SNE")
    assert plane.explained_variance is None and plane.points.shape == (len(digits), 2)
    assert np.allclose(plane.point, plane.points[4], atol=1e-2)


def test_only_lists_of_layers_and_readers_can_be_laid_out() -> None:
    gru = next(choice for choice in networks() if choice.name == "digit-gru")
    assert gru.layered is None and not gru.convolutional
    plane = embed(gru, np.zeros((28, 28)), "PCA")
    assert plane.dimensions == 128
    other = Choice("other", "Other", "a module", torch.nn.ModuleList([gru.network]), "not trained")
    with pytest.raises(ValueError, match="neither a list of layers"):
        embed(other, np.zeros((28, 28)), "PCA")
    with pytest.raises(ValueError, match="not a list of layers"):
        top_activations(gru, "conv1", 0)
