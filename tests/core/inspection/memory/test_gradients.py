"""The gradient on its way back, against hand-made derivatives."""

from copy import deepcopy
from typing import cast

import numpy as np
import pytest
import torch

from core.data.text.stories import encode_stories, tell
from core.inspection.memory.gradients import (
    GradientByLag,
    noise_gradient,
    noise_gradients,
    spectral_radius,
    story_gradient,
    story_gradients,
    transformer_noise_gradients,
    transformer_story_gradient,
    transformer_story_gradients,
)
from core.models.cells import CELLS
from core.models.shipped import load_shipped
from core.models.text.embeddings import word_mask
from core.models.text.recurrent import SentenceReader
from core.models.text.transformer import TransformerReader


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_a_linear_memory_goes_like_the_power_of_its_radius(radius: float) -> None:
    norms = noise_gradient("rnn", steps=80, radius=radius, activation="linear").norms
    assert (norms[70] / norms[10]) ** (1 / 60) == pytest.approx(radius, rel=0.03)


def test_a_linear_memory_step_by_step() -> None:
    draw = torch.Generator().manual_seed(4)
    square = torch.randn(3, 3, generator=draw, dtype=torch.float64)
    weight = square * (0.9 / spectral_radius(square))
    torch.randn(3, 3, generator=draw, dtype=torch.float64)  # W_ih
    torch.randn(6, 3, generator=draw, dtype=torch.float64)  # the noise
    look = torch.randn(3, generator=draw, dtype=torch.float64) / 3**0.5
    expected = [float((torch.linalg.matrix_power(weight, lag).T @ look).norm()) for lag in range(6)]
    found = noise_gradient("rnn", steps=6, radius=0.9, activation="linear", hidden_size=3, seed=4)
    assert found.norms == pytest.approx(expected)


def test_an_open_forget_gate_keeps_the_gradient() -> None:
    shut, open_ = (noise_gradient("lstm", steps=60, radius=0.5, forget_bias=bias).norms[50] for bias in (-2.0, 5.0))
    assert open_ > 1000 * shut


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_of_a_story_is_torchs(cell) -> None:
    story = tell("Japan", "Leeds", 20, 0)
    norms = story_gradient(cell, story).norms
    network = cast(SentenceReader, load_shipped(f"story-{cell}").network)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories((story,)))
    states = network.recurrent(network.words(pieces))[0][0, -1].detach().requires_grad_()
    torch.nn.functional.cross_entropy(network.dense(states).unsqueeze(0), answers).backward()
    assert states.grad is not None
    assert len(norms) == len(story.words)
    assert norms[0] == pytest.approx(float(states.grad.norm()), rel=1e-4)  # an LSTM's c_T is read through h_T alone


def test_both_halves_of_an_lstms_memory_are_counted_once() -> None:
    story = tell("Japan", "Leeds", 20, 0)
    network = cast(SentenceReader, load_shipped("story-lstm").network)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories((story,)))
    with torch.no_grad():
        words = network.words(pieces)
        _, before = network.recurrent(words[:, :-4])
    halves = [part.clone().requires_grad_() for part in before]
    states, _ = network.recurrent(words[:, -4:], tuple(halves))  # the last four words, from a state that is free
    loss = torch.nn.functional.cross_entropy(network.dense(states[:, -1]), answers)
    by_hand = torch.cat([part.flatten() for part in torch.autograd.grad(loss, halves)]).norm()
    assert story_gradient("lstm", story).norms[4] == pytest.approx(float(by_hand), rel=1e-4)


def test_the_gradient_of_a_transformer_reaches_the_country_in_one_step() -> None:
    story = tell("Japan", "Leeds", 30, 0)
    norms = transformer_story_gradient("story-sinusoidal", story).norms
    assert len(norms) == len(story.words)
    back = [len(norms) - 1 - at for at, word in enumerate(story.words) if word == "japan"]
    assert int(norms[1:].argmax()) + 1 == back[0]  # lag 0 is the last word itself


def test_the_gradient_of_a_transformer_is_a_difference_quotient() -> None:
    story = tell("Japan", "Leeds", 8, 0)
    shipped = cast(TransformerReader, load_shipped("story-sinusoidal").network)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories((story,)))
    network = deepcopy(shipped).double()
    vectors, present = network.words(pieces), word_mask(pieces)

    def loss(some: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(network.classify_vectors(some, present), answers)

    rises = torch.zeros(vectors.shape[2], dtype=torch.float64)
    for number in range(vectors.shape[2]):
        more, less = vectors.clone(), vectors.clone()
        more[0, -3, number] += 1e-5
        less[0, -3, number] -= 1e-5
        rises[number] = (loss(more) - loss(less)) / 2e-5
    assert transformer_story_gradient("story-sinusoidal", story).norms[2] == pytest.approx(
        float(rises.norm()), rel=1e-2
    )


def test_clipping_scales_all_lags_by_one_factor() -> None:
    long, short = GradientByLag(np.array([0.5, 2.0, 8.0]), 4.0), GradientByLag(np.array([0.5, 2.0, 8.0]), 0.5)
    clipped = long.clipped(1.0)
    assert clipped.norms.tolist() == [0.125, 0.5, 2.0] and clipped.weights == 1.0
    assert short.clipped(1.0).norms.tolist() == short.norms.tolist()  # never up


def test_the_gradient_of_all_weights_is_torchs() -> None:
    lags = noise_gradient("rnn", steps=7, radius=1.2, hidden_size=5, seed=3)
    draw = torch.Generator().manual_seed(3)
    square = torch.randn(5, 5, generator=draw, dtype=torch.float64)
    layer = torch.nn.RNN(5, 5, dtype=torch.float64)
    with torch.no_grad():
        layer.weight_hh_l0.copy_(square * (1.2 / spectral_radius(square)))
        layer.weight_ih_l0.copy_(torch.randn(5, 5, generator=draw, dtype=torch.float64) / 5**0.5)
        layer.bias_ih_l0.zero_()
        layer.bias_hh_l0.zero_()
    inputs = torch.randn(7, 5, generator=draw, dtype=torch.float64)
    look = torch.randn(5, generator=draw, dtype=torch.float64) / 5**0.5
    (layer(inputs)[0][-1] @ look).backward()
    parts = (layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0)
    squares = [float((part.grad**2).sum()) for part in parts if part.grad is not None]
    assert lags.weights == pytest.approx(sum(squares) ** 0.5)


def test_several_draws_and_stories() -> None:
    every = noise_gradients("gru", 5, 1.0, "tanh", 0.0, 7, 3)
    for seed, lags in zip((7, 8, 9), every, strict=True):
        assert lags.norms == pytest.approx(noise_gradient("gru", steps=5, radius=1.0, seed=seed).norms)
    assert [len(lags.norms) for lags in story_gradients("lstm", 20, 3)] == [21] * 3
    assert [len(lags.norms) for lags in transformer_story_gradients("story-rotary", 20, 3)] == [21] * 3
    assert [len(lags.norms) for lags in transformer_noise_gradients(5, 7, 3)] == [5] * 3
