import pytest
import torch
from torchvision.transforms.functional import normalize

from core.models.scaling import SCALINGS, Scale, scale_layer


def test_a_scale_multiplies_and_adds_and_learns_nothing() -> None:
    layer = Scale(2.0, -1.0)
    assert layer(torch.tensor([0.0, 0.5, 1.0])).tolist() == [-1.0, 0.0, 1.0]
    assert not layer.state_dict() and "factor=2, offset=-1" in str(layer)


def test_the_three_scalings() -> None:
    pixels = torch.rand(2, 1, 28, 28)
    standardised, raw = scale_layer("standardised"), scale_layer("0-255")
    assert standardised is not None and raw is not None and scale_layer("0-1") is None
    assert torch.allclose(standardised(pixels), normalize(pixels, [0.1307], [0.3081]), atol=1e-6)
    assert torch.equal(raw(pixels), pixels * 255)
    assert set(SCALINGS) == {"0-1", "standardised", "0-255"}


def test_mnist_is_standardised_to_mean_0_and_deviation_1() -> None:
    from core.data.images.datasets import digits

    pixels = torch.from_numpy(digits("train").images[:20_000].copy()).float() / 255
    layer = scale_layer("standardised")
    assert layer is not None
    scaled = layer(pixels)
    assert float(scaled.mean()) == pytest.approx(0, abs=0.01) and float(scaled.std()) == pytest.approx(1, abs=0.01)
