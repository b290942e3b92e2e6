"""What is shown of a network is what it computes: against the equations, and against its own answer."""

import numpy as np
import pytest
import torch
from torch import nn

from core.data.series.samples import sample
from core.inspection.series.inside import look_inside
from core.models.cells import unroll, weights_of
from core.models.series import TITLES, Forecaster, Recurrent


def made(kind, differencing: bool = False) -> Forecaster:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        network = Forecaster(kind, 12, 5, 8, differencing=differencing)
    network.fit_scale(torch.from_numpy(np.log(sample("walk").values)))
    return network.eval().requires_grad_(False)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_states_are_those_of_the_equations(kind) -> None:
    network = made(kind)
    inside = look_inside(network, sample("walk").values, 300, log=True)
    assert isinstance(network.body, Recurrent)
    steps = unroll(kind, weights_of(network.body.recurrent), torch.from_numpy(inside.steps).float()[:, None])
    by_hand = torch.stack([step.state for step in steps[1:]], 1)
    np.testing.assert_allclose(inside.states, by_hand.numpy(), atol=1e-5)


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("differencing", [False, True])
def test_the_answer_follows_from_what_is_shown(kind, differencing: bool) -> None:
    network, values = made(kind, differencing), sample("walk").values
    inside = look_inside(network, values, 300, log=True)
    np.testing.assert_array_equal(inside.window, values[288:300])
    weight, bias = network.readout.weight[0].double().numpy(), float(network.readout.bias[0])
    if kind == "linear":
        said = inside.states.sum() + bias
    else:
        said = weight @ (inside.units if kind == "mlp" else inside.states[:, -1]) + bias
    expected = said * float(network.deviation) + float(network.mean) + differencing * np.log(values[299])
    answer = network(torch.from_numpy(np.log(values[288:300]))[None])[0, 0]
    assert float(answer) == pytest.approx(expected, rel=1e-5)


def test_a_dilated_convolution_sees_the_whole_window_and_nothing_later() -> None:
    network = made("cnn")
    steps = torch.zeros(1, 12, requires_grad=True)
    network.body(steps).sum().backward()
    assert (steps.grad != 0).all()
    steps = torch.zeros(1, 12, requires_grad=True)
    network.body.encode(steps)[0, 6].sum().backward()
    assert (steps.grad[0, 7:] == 0).all() and (steps.grad[0, :7] != 0).all()


def test_a_large_level_does_not_swallow_small_changes() -> None:
    values = torch.from_numpy(1.7e9 + np.sin(np.arange(100.0)))
    for differencing in (False, True):
        network = Forecaster("linear", 12, 3, differencing=differencing)
        network.fit_scale(values)
        steps = network.steps(values[None, :12]).double().numpy()[0]
        seen = np.diff(values.numpy()) if differencing else values.numpy()
        np.testing.assert_allclose(steps, (seen[: len(steps)] - seen.mean()) / seen.std(ddof=1), atol=1e-5)


def test_only_the_cells_of_pytorch_are_used() -> None:
    assert isinstance(made("lstm").body.recurrent, nn.LSTM)
