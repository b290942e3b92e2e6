"""Everything that looks into a network, on networks of many designs."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from core.data.images.datasets import sample_digits
from core.inspection.images.adversarial import fast_gradient_sign
from core.inspection.images.attribution import cam_layers, grad_cam, integrated_gradients, occlusion, saliency
from core.inspection.images.blocks import MERGED, forward_blocks
from core.inspection.images.embedding import NoEmbedding, embed, embedded_images
from core.inspection.images.forward import logits_of, predict
from core.inspection.images.receptive_field import receptive_field
from core.inspection.images.softmax import softmax_steps
from core.inspection.images.top_activations import searched_images, top_activations
from core.inspection.images.transforms import MAX_SHIFT, probability_by_angle, probability_by_shift
from core.inspection.networks import networks
from core.models.shipped import count_parameters
from tests.support.blanks import spaced
from tests.support.designs import CHOICES, clothes

PICTURE = np.random.default_rng(5).random((28, 28), dtype=np.float32)
BATCH = torch.from_numpy(PICTURE)[None, None]
LAYERED = tuple(choice for choice in CHOICES if choice.layered is not None)
BY_NAME = {choice.name: choice for choice in CHOICES}
each = pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
each_layered = pytest.mark.parametrize("choice", LAYERED, ids=lambda choice: choice.name)


@pytest.fixture(autouse=True)
def few_digits(monkeypatch) -> None:
    """The sheet of sample digits is enough here, and fast."""
    monkeypatch.setattr("core.inspection.networks.held_out_digits", sample_digits)


def test_further_networks_stand_behind_the_shipped_with_titles_of_their_own() -> None:
    lab = networks()[0]
    found = networks(further=[*CHOICES, replace(lab, name="run-2")])
    assert found[:4] == networks() and [one.name for one in found[4:-1]] == [one.name for one in CHOICES]
    assert found[-1].title == "CNN (run-2)" and len({one.title for one in found}) == len(found)
    assert {one.name for one in networks(convolutional=True, further=CHOICES)} == {
        *("digit-cnn", "digit-cnn-strided", "run-everything", "run-deep"),
        *("run-wide-padding", "run-twenty-classes", "run-zeros"),
    }


@each_layered
def test_stations_lead_to_the_logits_and_count_every_parameter(choice) -> None:
    way = forward_blocks(choice.layered, PICTURE)
    with torch.no_grad():
        assert np.allclose(way[-1].output, choice.network(BATCH)[0], atol=1e-5)
    assert sum(one.parameters for one in way) == count_parameters(choice.network)
    for one in way:
        assert eval(one.parameter_formula or "0") == one.parameters
        assert eval(one.multiply_add_formula or "0") == one.multiply_adds
        assert (one.windows is None) == (one.output.ndim == 1)
    names = [name for name, layer in choice.layered.named_children() if not isinstance(layer, MERGED)]
    assert [one.name for one in way] == ["input", *names]


def test_activations_and_dropout_belong_to_the_layer_before_them() -> None:
    way = {one.name: one for one in forward_blocks(BY_NAME["run-everything"].layered, PICTURE)}
    assert list(way) == [
        *("input", "scale", "conv1", "norm1", "pool1", "conv2", "flatten", "dense1", "dense2", "dense3")
    ]
    assert way["norm1"].kind == "BatchNorm2d + GELU" and way["conv1"].activation == ""
    assert (
        "20 % of it was dropped" in spaced(way["pool1"].description)
        and "mean of every 2 x 2" in way["pool1"].description
    )
    assert "in steps of 2" in way["conv1"].description and "a border of zeros 2 wide" in way["conv1"].description
    assert "3.246 * pixel - 0.4242" in way["scale"].description
    by_torch = nn.functional.gelu(torch.from_numpy(way["norm1"].pre_activation))
    assert np.allclose(way["norm1"].output, by_torch, atol=1e-6)
    leaky = forward_blocks(BY_NAME["run-deep"].layered, PICTURE)[2]
    assert leaky.kind == "Conv2d + LeakyReLU" and not leaky.has_relu


@pytest.mark.parametrize("name", ["run-everything", "run-mlp"])
def test_batch_norm_is_a_factor_and_an_offset(name) -> None:
    way = forward_blocks(BY_NAME[name].layered, PICTURE)
    place = [one.name for one in way].index("norm1")
    factor, offset = way[place].batch_norm.T
    shape = (-1,) + (1,) * (way[place].pre_activation.ndim - 1)
    by_hand = way[place - 1].output * factor.reshape(shape) + offset.reshape(shape)
    assert np.allclose(by_hand, way[place].pre_activation, atol=1e-5)


def test_a_dense_unit_reads_the_maps_before_it() -> None:
    way = {one.name: one for one in forward_blocks(BY_NAME["run-everything"].layered, PICTURE)}
    maps, dense = way["conv2"].output, way["dense1"]
    assert dense.flattened_shape == maps.shape and way["dense2"].flattened_shape is None
    weights = dense.weight[3].reshape(dense.flattened_shape)
    assert float((weights * maps).sum() + dense.bias[3]) == pytest.approx(float(dense.pre_activation[3]), abs=1e-4)
    assert forward_blocks(BY_NAME["run-mlp"].layered, PICTURE)[3].flattened_shape == (1, 28, 28)


@each_layered
def test_nothing_outside_its_field_changes_a_cell(choice) -> None:
    way = forward_blocks(choice.layered, PICTURE)
    last = [one for one in way if one.windows is not None][-1]
    _, rows, columns = last.output.shape
    for row, column in ((0, 0), (rows // 2, columns // 2), (rows - 1, columns - 1)):
        box = receptive_field(last.windows, row, column)
        other = np.random.default_rng(6).random((28, 28), dtype=np.float32)
        other[box.top : box.bottom, box.left : box.right] = PICTURE[box.top : box.bottom, box.left : box.right]
        changed = {one.name: one for one in forward_blocks(choice.layered, other)}[last.name]
        assert np.allclose(changed.output[:, row, column], last.output[:, row, column], atol=1e-5)


def test_a_cell_that_sees_padding_only_has_an_empty_field() -> None:
    windows = forward_blocks(BY_NAME["run-wide-padding"].layered, PICTURE)[1].windows
    assert (
        receptive_field(windows, 0, 0).empty
        and receptive_field(windows, 35, 35).empty
        and receptive_field(windows, 0, 9).empty
    )
    assert not receptive_field(windows, 4, 4).empty


@each_layered
def test_the_most_exciting_are_those_with_the_largest_values(choice) -> None:
    way = forward_blocks(choice.layered, PICTURE)
    pictures = searched_images(choice).spread(40)
    choice = replace(choice, name=f"{choice.name}-few", examples=pictures, classes=tuple("0123456789"))
    values = {one.name: [] for one in way}
    for image in pictures.images:
        for one in forward_blocks(choice.layered, image.astype(np.float32) / 255):
            values[one.name].append(one.output.reshape(one.channels, -1).max(1))
    for one in way:
        if one.kind.startswith("Flatten"):
            with pytest.raises(ValueError, match="no map"):
                top_activations(choice, one.name, 0)
            continue
        unit = one.channels - 1
        found = top_activations(choice, one.name, unit)
        expected = np.sort(np.array(values[one.name])[:, unit])[::-1][:8]
        assert [best.value for best in found] == pytest.approx(expected.tolist(), abs=1e-4)
        assert found[0].label == pictures.labels[found[0].place]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_pictures_are_laid_out_too(count: int) -> None:
    """Two classes of five pictures, the least that a zip may hold, leave two for the test."""
    few = sample_digits().at(np.arange(count), f"{count} pictures")
    choice = replace(networks()[0], examples=few)
    for projection in ("PCA", "t-SNE", "PCA in space"):
        if count == 1:
            with pytest.raises(NoEmbedding, match="one held-out picture only"):
                embed(choice, PICTURE, projection)
            continue
        plane = embed(choice, PICTURE, projection)
        assert plane.points.shape == (count, 3 if projection == "PCA in space" else 2)
        assert np.isfinite(plane.points).all() and np.isfinite(plane.point).all() and len(plane.neighbours) == count


@each
def test_all_pictures_are_laid_out_or_it_is_said_why_not(choice) -> None:
    if choice.name == "run-zeros":
        with pytest.raises(NoEmbedding, match="same numbers of every picture"):
            embed(choice, PICTURE, "PCA")
        return
    examples = embedded_images(choice)
    plane = embed(choice, examples.images[4] / 255, "PCA")
    assert plane.points.shape == (len(examples), 2) and plane.neighbours[0] == 4
    assert np.allclose(plane.point, plane.points[4], atol=1e-2)
    assert 0 < sum(plane.explained_variance) <= 1.0001


def test_a_network_with_wide_numbers_and_one_with_a_single_one_have_a_plane() -> None:
    choice = BY_NAME["run-wide-padding"]
    few = replace(choice, name="narrow", examples=embedded_images(choice).spread(30), classes=tuple("0123456789"))
    narrow = embed(few, PICTURE, "t-SNE")
    assert narrow.dimensions == 1 and np.isfinite(narrow.points).all()
    choice = BY_NAME["run-deep"]
    wide = replace(choice, name="wide", network=nn.Sequential(nn.Upsample(48), nn.Flatten(), nn.Linear(2304, 6)))
    plane = embed(wide, PICTURE, "PCA")
    with torch.no_grad():
        numbers = torch.from_numpy(embedded_images(wide).images.copy()).unsqueeze(1) / 255
        numbers = wide.network[:2](numbers).double()
    _, sizes, _ = torch.linalg.svd(numbers - numbers.mean(0), full_matrices=False)
    assert plane.explained_variance == pytest.approx((sizes**2 / (sizes**2).sum())[:2].tolist(), abs=1e-4)


def test_its_own_examples_are_used_where_it_has_some() -> None:
    choice = replace(BY_NAME["run-deep"], name="own", examples=clothes())
    assert searched_images(choice).source == embedded_images(choice).source == "60 pictures of noise"
    assert choice.held_out_classes == choice.classes
    assert top_activations(choice, "conv1", 0)[0].label < len(choice.classes)


@each
def test_attributions_explain_the_logit(choice) -> None:
    target = len(choice.classes) - 1
    with torch.no_grad():
        rise = float((choice.network(BATCH) - choice.network(torch.zeros_like(BATCH)))[0, target])
    found = integrated_gradients(choice.network, PICTURE, target)
    assert float(found.values.sum()) == pytest.approx(rise, abs=0.05 * abs(rise) + 0.02)
    leaf = BATCH.clone().requires_grad_()
    gradient = torch.zeros_like(BATCH)
    if choice.name != "run-zeros":
        (gradient,) = torch.autograd.grad(choice.network(leaf)[0, target], leaf)
    assert np.allclose(saliency(choice.network, PICTURE, target).values, gradient.abs()[0, 0], atol=1e-5)
    assert np.isfinite(occlusion(choice.network, PICTURE, target).values).all()
    for layer in cam_layers(choice.network):
        assert grad_cam(choice.network, PICTURE, target, layer).values.shape == (28, 28)


def test_grad_cam_looks_at_activations_and_poolings() -> None:
    found = {choice.name: cam_layers(choice.network) for choice in CHOICES}
    assert found["run-everything"] == ("gelu1", "pool1", "gelu2") and found["run-mlp"] == found["run-rows"] == ()
    assert found["run-columns"] == ("steps.relu1", "steps.pool1")
    assert {choice.name: cam_layers(choice.network) for choice in networks()} == {
        "digit-cnn": ("relu1", "pool1", "relu2", "pool2"),
        "digit-cnn-strided": ("relu1", "relu2"),
        "digit-mlp": (),
        "digit-gru": (),
    }


@each
def test_it_is_moved_fooled_and_worked_out(choice) -> None:
    says, share = predict(choice.network, PICTURE)
    logits = logits_of(choice.network, PICTURE)
    assert len(logits) == len(choice.classes) and says == int(logits.argmax())
    worked = softmax_steps(logits)
    assert worked.percent[says] / 100 == pytest.approx(share, abs=3e-4)
    assert probability_by_shift(choice.network, PICTURE, says)[MAX_SHIFT, MAX_SHIFT] == pytest.approx(share, abs=1e-4)
    assert probability_by_angle(choice.network, PICTURE, says).shape == (31,)
    result = fast_gradient_sign(choice.network, PICTURE, 0.1, len(choice.classes) - 1, targeted=True)
    assert result.curve.shape == (51, len(choice.classes))
    assert result.before[says] == pytest.approx(share, abs=1e-4)


def test_the_shared_networks_stay_as_they_are() -> None:
    for choice in CHOICES:
        assert not choice.network.training
        assert not any(module._forward_hooks or module._backward_hooks for module in choice.network.modules())
        assert not any(parameter.requires_grad for parameter in choice.network.parameters())
