import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.inspection.images.blocks import forward_blocks
from core.inspection.networks import networks
from core.models.shipped import count_parameters

DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)


def test_the_lab_is_counted_as_in_the_lecture() -> None:
    network = networks(convolutional=True)[0].layered
    assert network is not None
    way = forward_blocks(network, DIGIT)
    assert [(one.name, one.shape) for one in way] == [
        ("input", "28 x 28 x 1"),
        ("conv1", "26 x 26 x 32"),
        ("pool1", "13 x 13 x 32"),
        ("conv2", "11 x 11 x 64"),
        ("pool2", "5 x 5 x 64"),
        ("flatten", "1600"),
        ("dense1", "64"),
        ("dense2", "10"),
    ]
    assert [one.parameters for one in way] == [0, 320, 0, 18_496, 0, 0, 102_464, 650]
    assert [one.multiply_adds for one in way] == [0, 194_688, 0, 2_230_272, 0, 0, 102_400, 640]
    assert way[1].parameter_formula == "3*3*1*32 + 32"


@pytest.mark.parametrize("choice", networks(convolutional=True), ids=lambda choice: choice.name)
def test_what_is_written_down_is_what_is_counted(choice) -> None:
    way = forward_blocks(choice.layered, DIGIT)
    assert sum(one.parameters for one in way) == count_parameters(choice.network)
    for one in way:
        assert eval(one.parameter_formula or "0") == one.parameters
        assert eval(one.multiply_add_formula or "0") == one.multiply_adds
        assert one.has_relu == (one.name in {"conv1", "conv2", "dense1"})
        if one.has_relu:
            assert np.array_equal(one.output, one.pre_activation.clip(min=0))
    with torch.no_grad():
        assert np.allclose(way[-1].output, choice.network(torch.from_numpy(DIGIT)[None, None])[0], atol=1e-5)


def test_a_map_is_the_convolution_that_pytorch_computes() -> None:
    way = {one.name: one for one in forward_blocks(networks()[0].layered, DIGIT)}
    conv = way["conv2"]
    by_torch = F.conv2d(
        torch.from_numpy(way["pool1"].output)[None], torch.from_numpy(conv.weight), torch.from_numpy(conv.bias)
    )
    assert np.allclose(conv.pre_activation, by_torch[0], atol=1e-5)


def test_only_pictures_of_28_by_28() -> None:
    with pytest.raises(ValueError, match="28 x 28"):
        forward_blocks(networks()[0].layered, np.zeros((20, 20)))
