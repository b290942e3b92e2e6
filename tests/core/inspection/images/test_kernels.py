"""The kernels: what each does to a picture, in every size, and which numbers are taken for one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.inspection.images.convolution import Conv, convolve
from core.inspection.images.forward import digit_cnn_layers
from core.inspection.images.kernels import (
    CLASSICS,
    LEARNED_FILTERS,
    MAX_SIZE,
    MAX_WEIGHT,
    BadKernel,
    check_weights,
    classic,
    learned,
    random_kernel,
    read_weights,
    resized,
    weights_text,
)

SIZES = range(2, MAX_SIZE + 1)


def test_the_classics_of_three_are_those_in_the_books():
    assert classic("Sobel x", 3).tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert classic("Sobel y", 3).tolist() == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    assert classic("Laplacian", 3).tolist() == [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    assert classic("sharpen", 3).tolist() == [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    assert classic("emboss", 3).tolist() == [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
    assert classic("identity", 3).tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert classic("blur", 3) == pytest.approx(np.full((3, 3), 1 / 9))


def test_sobel_of_five_is_opencvs():
    assert classic("Sobel x", 5)[0].tolist() == [-1, -2, 0, 2, 1]
    assert classic("Sobel x", 5)[:, -1].tolist() == [1, 4, 6, 4, 1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "total"), [("Sobel x", 0), ("Sobel y", 0), ("Laplacian", 0), ("blur", 1),
                                             ("sharpen", 1), ("emboss", 1), ("identity", 1)])  # fmt: skip
def test_edges_sum_to_zero_and_pictures_keep_their_brightness(name, total, size):
    kernel = classic(name, size)
    assert kernel.shape == (size, size)
    assert kernel.sum() == pytest.approx(total)


@pytest.mark.parametrize("size", SIZES)
def test_identity_with_same_padding_changes_nothing(size):
    picture = np.random.default_rng(0).random((9, 9))
    assert convolve(picture, classic("identity", size), Conv(size, padding="same")).sums == pytest.approx(picture)


@pytest.mark.parametrize("size", SIZES)
def test_sobel_answers_to_edges_in_its_direction_only(size):
    steps = np.tile(np.linspace(0, 1, 12), (12, 1))  # brighter to the right
    assert convolve(steps, classic("Sobel x", size), Conv(size)).sums.min() > 0
    assert convolve(steps, classic("Sobel y", size), Conv(size)).sums == pytest.approx(0)


@pytest.mark.parametrize("name", CLASSICS)
def test_one_cell_has_no_neighbours(name):
    assert classic(name, 1).tolist() == [[1]]


def test_random_kernels_come_back_with_their_seed_and_lie_where_torch_starts():
    assert random_kernel(3, 5).tolist() == random_kernel(3, 5).tolist() != random_kernel(3, 6).tolist()
    assert abs(random_kernel(7, 0)).max() <= 1 / 7 + 0.005


@pytest.mark.parametrize("number", [0, 7, LEARNED_FILTERS - 1])
def test_a_learned_filter_gives_the_map_of_the_network(number):
    picture = np.random.default_rng(3).random((28, 28)).astype(np.float32)
    weights, bias = learned(number, 3)
    layers = {layer.name: layer for layer in digit_cnn_layers(picture)}
    result = convolve(picture, weights, Conv(3, bias=bias, activation="ReLU"))
    np.testing.assert_allclose(result.sums, layers["conv1"].output[number], atol=1e-5)
    np.testing.assert_allclose(result.activated, layers["relu1"].output[number], atol=1e-5)


def test_resizing_keeps_the_middle():
    kernel = np.arange(1.0, 10).reshape(3, 3)
    assert resized(kernel, 5)[1:4, 1:4].tolist() == kernel.tolist()
    assert resized(kernel, 5).sum() == kernel.sum()
    assert resized(resized(kernel, 6), 3).tolist() == kernel.tolist()
    assert resized(kernel, 1).tolist() == [[5]]
    assert resized(kernel, 4)[:3, :3].tolist() == kernel.tolist()  # as "same" pads: the odd cell behind


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7).flatmap(lambda n: arrays(np.float64, (n, n), elements=st.floats(-1000, 1000))))
def test_a_kernel_survives_the_address(kernel):
    again = read_weights(weights_text(kernel))
    np.testing.assert_allclose(again, kernel, rtol=1e-5, atol=1e-12)
    assert weights_text(again) == weights_text(kernel)


@pytest.mark.parametrize(
    "text", ["", "a", "1,2", "1,2;3", "nan", "inf", "1e9", "1;2", "1,,2;3", "1," * 99, "9" * 2000, ";".join(["0"] * 8)]
)
def test_nonsense_in_the_address_is_refused(text):
    with pytest.raises(BadKernel, match=r"\.$"):
        read_weights(text)


@pytest.mark.parametrize(
    "rows",
    [None, 3, "12", {}, [], [[]], [1], ["1"], [["1"]], [[None]], [[True]], [[math.nan]], [[math.inf]], [[1, 2]],
     [[10**400]], [[MAX_WEIGHT + 1]], [[0] * 8] * 8, [[[1]]], [[1, 2], [3]]],
)  # fmt: skip
def test_what_is_no_kernel_is_refused(rows):
    with pytest.raises(BadKernel, match=r"\.$"):
        check_weights(rows)
