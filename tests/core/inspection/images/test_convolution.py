"""The arithmetic against PyTorch's own layers, numbers worked by hand, and loops as slow as they are plain."""

import math
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.inspection.images.convolution import (
    Conv,
    InvalidSettings,
    Pool,
    check_conv,
    check_pool,
    conv_size,
    convolve,
    count_parameters,
    find_problems,
    pool_size,
)

PICTURE = np.round(np.random.default_rng(1).random((11, 14)), 2)


def by_loop(picture, weights, conv):
    """Every cell of the output by four loops."""
    before, after = conv.pads
    padded = np.pad(picture, (before, after))
    rows = (padded.shape[0] - conv.span) // conv.stride + 1
    columns = (padded.shape[1] - conv.span) // conv.stride + 1
    output = np.full((rows, columns), conv.bias)
    for row in range(rows):
        for column in range(columns):
            for i in range(conv.kernel_size):
                for j in range(conv.kernel_size):
                    value = padded[row * conv.stride + i * conv.dilation, column * conv.stride + j * conv.dilation]
                    output[row, column] += value * weights[i][j]
    return output


def layer(conv, weights):
    made = nn.Conv2d(
        1, 1, conv.kernel_size, stride=conv.stride, padding=conv.padding, dilation=conv.dilation, dtype=torch.float64
    )
    with torch.no_grad():
        made.weight[:] = torch.tensor(np.asarray(weights))
        made.bias[:] = conv.bias
    return made


def through(module, array):
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of "same" with even kernels, which may need a copy
        return module(torch.tensor(array)[None, None])[0, 0].numpy()


convolutions = st.builds(
    Conv,
    kernel_size=st.integers(1, 7),
    stride=st.integers(1, 4),
    padding=st.one_of(st.integers(0, 9), st.just("same")),
    dilation=st.integers(1, 3),
    bias=st.floats(-10, 10),
)


@settings(max_examples=150, deadline=None)
@given(conv=convolutions, height=st.integers(1, 20), width=st.integers(1, 20), seed=st.integers(0, 99))
def test_every_setting_gives_what_the_layer_of_torch_gives_or_is_refused_like_there(conv, height, width, seed):
    rng = np.random.default_rng(seed)
    picture, weights = rng.random((height, width)), rng.normal(size=(conv.kernel_size, conv.kernel_size))
    try:
        check_conv(conv, height, width)
    except InvalidSettings as problem:
        with pytest.raises((RuntimeError, ValueError)):
            through(layer(conv, weights), picture)
        assert str(problem).endswith(".")
        assert find_problems(conv, Pool("max"), height, width) == (str(problem), None)
        return
    expected = through(layer(conv, weights), picture)
    result = convolve(picture, weights, conv)
    assert result.sums.shape == expected.shape == (conv_size(height, conv), conv_size(width, conv))
    np.testing.assert_allclose(result.sums, expected, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["max", "average"]),
    size=st.integers(1, 6),
    stride=st.integers(1, 6),
    height=st.integers(1, 14),
    width=st.integers(1, 14),
)
def test_every_pooling_gives_what_the_layer_of_torch_gives_or_is_refused_like_there(kind, size, stride, height, width):
    pool = Pool(kind, size, stride)
    picture = np.random.default_rng(height).normal(size=(height, width))
    module = (nn.MaxPool2d if kind == "max" else nn.AvgPool2d)(size, stride)
    try:
        check_pool(pool, height, width)
    except InvalidSettings as problem:
        with pytest.raises(RuntimeError):
            through(module, picture)
        assert find_problems(Conv(1), pool, height, width) == (None, str(problem))
        return
    expected = through(module, picture)
    pooled = convolve(picture, [[1.0]], Conv(1), pool).pooled
    assert pooled.shape == (pool_size(height, pool), pool_size(width, pool))
    np.testing.assert_allclose(pooled, expected, atol=1e-12)


@pytest.mark.parametrize(
    "conv",
    [Conv(3), Conv(2, padding="same"), Conv(3, stride=2, padding=1, bias=0.5), Conv(3, dilation=3, padding=4), Conv(1)],
)
def test_a_naive_loop_agrees(conv):
    weights = np.random.default_rng(2).normal(size=(conv.kernel_size, conv.kernel_size))
    np.testing.assert_allclose(convolve(PICTURE, weights, conv).sums, by_loop(PICTURE, weights, conv), atol=1e-12)


def test_a_sum_worked_by_hand():
    picture = [[0.2, 0.9, 0.0], [0.5, 1.0, 0.3], [0.0, 0.4, 0.8]]
    kernel = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    # 0.2*1 + 0.5*2 + 0*1 - 0*1 - 0.3*2 - 0.8*1 = -0.2, and 0.7 with a bias of 0.9
    result = convolve(picture, kernel, Conv(3, bias=0.9))
    assert result.sums.shape == (1, 1)
    assert result.sums[0, 0] == pytest.approx(0.7)


def test_same_padding_keeps_the_size_and_even_kernels_get_the_odd_zero_behind():
    assert Conv(3, padding="same").pads == (1, 1)
    assert Conv(4, padding="same").pads == (1, 2)
    assert Conv(4, padding="same", dilation=3).pads == (4, 5)
    assert convolve(PICTURE, np.ones((4, 4)), Conv(4, padding="same")).sums.shape == PICTURE.shape


def test_relu_cuts_below_zero_and_not_below_one():
    values = [[-1.0, -0.001, 0.0, 0.5, 0.999, 1.0, 3.0]]
    result = convolve(values, [[1.0]], Conv(1, activation="ReLU"))
    assert result.activated.tolist() == [[0, 0, 0, 0.5, 0.999, 1, 3]]
    assert result.sums.tolist() == values


@pytest.mark.parametrize(
    ("activation", "function"),
    [("none", lambda x: x), ("sigmoid", lambda x: 1 / (1 + math.exp(-x))), ("tanh", math.tanh)],
)
def test_activations(activation, function):
    values = [-3.0, 0.0, 0.7]
    result = convolve([values], [[1.0]], Conv(1, activation=activation))
    assert result.activated[0].tolist() == pytest.approx([function(x) for x in values])


def test_the_size_of_the_lab():
    assert conv_size(28, Conv(3)) == 26
    assert pool_size(26, Pool("max")) == 13
    assert conv_size(13, Conv(3)) == 11
    assert pool_size(11, Pool("max")) == 5


def test_parameters_are_those_of_torchs_layers():
    counts = count_parameters(28, 28, Conv(3))
    assert counts.kernel == sum(p.numel() for p in nn.Conv2d(1, 1, 3).parameters()) == 10
    assert counts.dense == sum(p.numel() for p in nn.Linear(784, 676).parameters()) == 530_660


@pytest.mark.parametrize(
    ("conv", "words"),
    [
        (Conv(3, stride=2, padding="same"), "stride 1"),
        (Conv(7, dilation=3), "19 x 19"),
        (Conv(7, padding=1, dilation=2), "9 x 9"),
        (Conv(3, stride=0), "stride"),
        (Conv(0), "kernel"),
        (Conv(3, dilation=0), "dilation"),
        (Conv(3, padding=-1), "negative"),
        (Conv(3, bias=math.nan), "number"),
        (Conv(3, bias=math.inf), "number"),
    ],
)
def test_impossible_settings_explain_themselves(conv, words):
    with pytest.raises(InvalidSettings, match=words):
        convolve(np.ones((7, 7)), np.ones((conv.kernel_size, conv.kernel_size)), conv)


def test_a_pooling_without_size_or_stride_is_refused():
    for pool in (Pool("max", 0), Pool("max", 2, 0)):
        with pytest.raises(InvalidSettings, match="at least 1"):
            check_pool(pool, 5, 5)
    assert find_problems(Conv(3), None, 7, 7) == (None, None)
    assert find_problems(Conv(3), Pool("max"), 7, 7) == (None, None)


def test_wrong_shapes_are_refused_and_results_cannot_be_written_to():
    with pytest.raises(ValueError, match="3 x 3"):
        convolve(PICTURE, np.ones((2, 2)), Conv(3))
    with pytest.raises(ValueError, match="picture"):
        convolve(np.ones(9), np.ones((3, 3)), Conv(3))
    result = convolve(PICTURE, np.ones((3, 3)), Conv(3), Pool("average"))
    for array in (result.sums, result.activated, result.pooled):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
