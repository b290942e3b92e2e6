import numpy as np
import pytest
import torch

from core.api import classify
from core.data.images.datasets import sample_digits
from core.inspection.images.forward import digit_cnn_layers, forward_layers
from core.models.images.cnn import DigitCNN
from core.models.shipped import load_shipped

PIXELS = sample_digits().images[0] / 255


def test_classify_is_the_networks_softmax() -> None:
    network = load_shipped("digit-cnn").network
    expected = torch.softmax(network(torch.tensor(PIXELS, dtype=torch.float32)[None, None]), 1)[0]
    assert np.allclose(classify(PIXELS), expected.numpy(), atol=1e-6)
    assert classify(PIXELS).sum() == pytest.approx(1)


def test_walking_the_layers_is_the_forward_pass() -> None:
    torch.manual_seed(0)
    network = DigitCNN()
    layers = forward_layers(network, PIXELS)
    assert [layer.name for layer in layers] == [name for name, _ in network.named_children()]
    with torch.inference_mode():
        expected = network(torch.tensor(PIXELS, dtype=torch.float32)[None, None])[0].numpy()
    assert np.allclose(layers[-1].output, expected, atol=1e-5)
    assert sum(layer.parameters for layer in layers) == 121_930


def test_one_feature_map_by_hand() -> None:
    """The first map of conv1 is the cross-correlation of the digit with the first kernel, plus the bias."""
    network = load_shipped("digit-cnn").network
    kernel, bias = network.conv1.weight[0, 0].numpy(), float(network.conv1.bias[0])
    expected = np.array([[(PIXELS[y : y + 3, x : x + 3] * kernel).sum() + bias for x in range(26)] for y in range(26)])
    conv1, relu1, pool1 = digit_cnn_layers(PIXELS)[:3]
    assert np.allclose(conv1.output[0], expected, atol=1e-5)
    assert np.allclose(relu1.output[0], expected.clip(min=0), atol=1e-5)
    assert np.allclose(pool1.output[0], relu1.output[0].reshape(13, 2, 13, 2).max((1, 3)), atol=1e-6)


def test_walking_leaves_the_shared_network_alone() -> None:
    network = load_shipped("digit-cnn").network
    digit_cnn_layers(PIXELS)
    assert not any(module._forward_hooks for module in network.modules())


@pytest.mark.parametrize("shape", [(27, 28), (1, 28, 28), (784,)])
def test_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="28 x 28"):
        classify(np.zeros(shape))
