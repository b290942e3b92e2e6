from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.inspection.images.receptive_field import Box, Window, receptive_field, span, windows_of
from core.models.images.cnn import DigitCNN, StridedDigitCNN

WINDOWS = st.lists(
    st.builds(Window, st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)), max_size=3
)


def seen_by_loop(windows: list[Window], cell: int, size: int) -> set[int]:
    """Follow every tap of every window back to the input, one by one."""
    cells = {cell}
    for depth in range(len(windows) - 1, -1, -1):
        window = windows[depth]
        width = size
        for earlier in windows[:depth]:
            width = (width + 2 * earlier.padding - earlier.reach) // earlier.stride + 1
        taps = product(cells, range(window.kernel_size))
        cells = {one * window.stride - window.padding + tap * window.dilation for one, tap in taps}
        cells = {one for one in cells if 0 <= one < width}  # padding sees nothing
    return cells


@settings(max_examples=150, deadline=None)
@given(WINDOWS, st.integers(0, 30))
def test_a_span_is_what_a_naive_loop_reaches(windows: list[Window], cell: int) -> None:
    size = 28
    for window in windows:
        size = (size + 2 * window.padding - window.reach) // window.stride + 1
    if size < 1:
        return
    reached = seen_by_loop(windows, cell % size, 28)
    if reached:
        first, end = span(windows, cell % size, 28)
        # Cells in the padding of a middle layer are constant; the formula counts what they would have seen.
        assert first <= min(reached) and max(reached) < end
        if all(window.padding == 0 for window in windows):
            assert (first, end) == (min(reached), max(reached) + 1)


@pytest.mark.parametrize("build", [DigitCNN, StridedDigitCNN])
def test_nothing_outside_the_field_changes_a_cell(build: type[nn.Sequential]) -> None:
    torch.manual_seed(0)
    network = build().eval()
    layers = [layer for layer in network if not isinstance(layer, nn.Flatten | nn.Linear)]
    if nn.Linear in map(type, network):
        layers = layers[:-1] if layers[-1] is network.relu3 else layers
    part = nn.Sequential(*layers)
    image = torch.rand(1, 1, 28, 28)
    box = receptive_field(windows_of(layers), 2, 3)
    changed = torch.rand(1, 1, 28, 28)
    changed[..., box.top : box.bottom, box.left : box.right] = image[..., box.top : box.bottom, box.left : box.right]
    with torch.no_grad():
        assert torch.allclose(part(image)[..., 2, 3], part(changed)[..., 2, 3], atol=1e-6)
        for row, column in product((box.top, box.bottom - 1), (box.left, box.right - 1)):
            nudged = image.clone()
            nudged[..., row, column] += 50  # every corner of the box matters, at least without the maximum
            smooth = [nn.AvgPool2d(2) if isinstance(layer, nn.MaxPool2d) else layer for layer in layers]
            linear = nn.Sequential(*(layer for layer in smooth if not isinstance(layer, nn.ReLU)))
            assert not torch.allclose(linear(image)[..., 2, 3], linear(nudged)[..., 2, 3])


def test_the_lab_by_hand() -> None:
    layers = list(DigitCNN())
    assert receptive_field(windows_of(layers[:1]), 5, 7) == Box(5, 7, 8, 10)
    assert receptive_field(windows_of(layers[:3]), 0, 0) == Box(0, 0, 4, 4)
    assert receptive_field(windows_of(layers[:4]), 1, 0) == Box(2, 0, 10, 8)
    last = receptive_field(windows_of(layers[:6]), 4, 4)
    assert (last.height, last.width, last.bottom) == (10, 10, 26)


def test_layers_without_places_are_refused() -> None:
    with pytest.raises(ValueError, match="Flatten"):
        windows_of(list(DigitCNN())[:7])
    with pytest.raises(ValueError, match="not square"):
        windows_of([nn.Conv2d(1, 1, (3, 5))])
