import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients

from core.data.images.datasets import sample_digits
from core.inspection.attribution import Amount
from core.inspection.images.attribution import PIXEL_METHODS, grad_cam, integrated_gradients, occlusion, saliency
from core.inspection.networks import networks

SAMPLES = sample_digits()
DIGIT = SAMPLES.images[int(np.flatnonzero(SAMPLES.labels == 7)[0])].astype(np.float32) / 255
CHOICES = networks()
BATCH = torch.from_numpy(DIGIT)[None, None]
each = pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)


def logit(network: torch.nn.Module, image: torch.Tensor, digit: int) -> float:
    with torch.no_grad():
        return float(network(image)[0, digit])


@each
def test_integrated_gradients_are_complete(choice) -> None:
    found = integrated_gradients(choice.network, DIGIT, 7)
    rise = logit(choice.network, BATCH, 7) - logit(choice.network, torch.zeros_like(BATCH), 7)
    assert float(found.values.sum()) == pytest.approx(rise, abs=0.02 * abs(rise) + 0.1)
    leaf = BATCH.clone().requires_grad_()
    values, delta = IntegratedGradients(choice.network).attribute(
        leaf, target=7, n_steps=100, return_convergence_delta=True
    )
    assert abs(float(delta)) < 0.02 * abs(rise) + 0.1
    assert np.allclose(found.values, values.detach()[0, 0], atol=1e-5)


@each
def test_saliency_is_the_size_of_the_gradient(choice) -> None:
    leaf = BATCH.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(choice.network(leaf)[0, 3], leaf)
    assert np.allclose(saliency(choice.network, DIGIT, 3).values, gradient.abs()[0, 0], atol=1e-6)


@each
def test_occlusion_is_what_covering_by_hand_gives(choice) -> None:
    found = occlusion(choice.network, DIGIT, 7, patch=7, stride=7).values
    covered = BATCH.clone()
    covered[..., 7:14, 14:21] = 0
    drop = logit(choice.network, BATCH, 7) - logit(choice.network, covered, 7)
    assert found[7:14, 14:21] == pytest.approx(np.full((7, 7), drop), abs=1e-3)


def test_grad_cam_is_the_weighted_sum_of_the_maps() -> None:
    network = CHOICES[0].layered
    maps = BATCH
    layers = dict(network.named_children())
    for name in ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2"):
        maps = layers[name](maps)
    maps = maps.detach().requires_grad_()
    out = layers["dense2"](layers["relu3"](layers["dense1"](maps.flatten(1))))
    (gradient,) = torch.autograd.grad(out[0, 7], maps)
    coarse = (gradient.mean((2, 3), keepdim=True) * maps).sum(1, keepdim=True).relu().detach()
    large = torch.nn.functional.interpolate(coarse, (28, 28), mode="bilinear", align_corners=False)[0, 0]
    assert np.allclose(grad_cam(network, DIGIT, 7, "pool2").values, large, atol=1e-5)


def test_grad_cam_says_where_nothing_of_it_is_left() -> None:
    network = CHOICES[0].layered
    empty = {}
    for layer in ("relu1", "pool1", "relu2", "pool2"):
        found = grad_cam(network, DIGIT, 7, layer)
        empty[layer] = not found.values.any()
        assert ("Nothing is red" in found.note) == empty[layer]
    assert set(empty.values()) == {True, False}


def test_the_shared_networks_keep_no_hooks_and_no_gradients() -> None:
    network = CHOICES[0].layered
    grad_cam(network, DIGIT, 7, "relu2")
    integrated_gradients(network, DIGIT, 7)
    for module in network.modules():
        assert not module._forward_hooks and not module._backward_hooks and not module._forward_pre_hooks
    assert all(not parameter.requires_grad and parameter.grad is None for parameter in network.parameters())


def test_bad_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="no layer"):
        grad_cam(CHOICES[0].layered, DIGIT, 7, "conv9")
    with pytest.raises(ValueError, match="leaves pixels out"):
        occlusion(CHOICES[0].network, DIGIT, 7, patch=2, stride=3)
    with pytest.raises(ValueError, match="28 x 28"):
        saliency(CHOICES[0].network, np.zeros((3, 3)), 1)


@each
@pytest.mark.parametrize("method", PIXEL_METHODS, ids=lambda method: method.title)
def test_every_method_runs_with_its_own_settings_or_says_what_it_needs(choice, method) -> None:
    lacking = method.needs(choice.network)
    if lacking:
        assert lacking.endswith(".") and not choice.convolutional
        with pytest.raises(ValueError, match="needs"):
            method.attribute(choice.network, DIGIT, 7)
        return
    found = method.attribute(choice.network, DIGIT, 7)
    assert found.values.shape == (28, 28) and found.values.dtype == np.float32
    assert found.score == pytest.approx(logit(choice.network, BATCH, 7), abs=1e-5)
    assert found.signed or found.values.min() >= 0
    for setting in method.settings(choice.network):
        assert setting.title and setting.help.endswith(".")
        values = (setting.low, setting.high) if isinstance(setting, Amount) else setting.options.values()
        for value in values:
            given = method.defaults(choice.network) | {setting.name: value}
            assert np.isfinite(method.attribute(choice.network, DIGIT, 7, **given).values).all()
