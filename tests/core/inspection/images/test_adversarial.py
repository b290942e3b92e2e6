import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.data.images.datasets import sample_digits
from core.inspection.images.adversarial import EPSILONS, RANDOM_CHANGES, fast_gradient_sign
from core.inspection.networks import networks

SAMPLES = sample_digits()
DIGIT = SAMPLES.images[int(np.flatnonzero(SAMPLES.labels == 7)[0])].astype(np.float32) / 255


@pytest.mark.parametrize("choice", networks(), ids=lambda choice: choice.name)
def test_one_step_up_the_loss(choice) -> None:
    result = fast_gradient_sign(choice.network, DIGIT, 0.1, 7)
    leaf = torch.from_numpy(DIGIT)[None, None].requires_grad_()
    F.cross_entropy(choice.network(leaf).double(), torch.tensor([7])).backward()
    expected = (leaf + 0.1 * leaf.grad.sign()).clamp(0, 1).detach()
    assert np.allclose(result.perturbed, expected[0, 0], atol=1e-6)
    assert np.abs(result.perturbed - DIGIT).max() <= 0.1 + 1e-6
    with torch.no_grad():
        assert np.allclose(result.after, choice.network(expected).softmax(1)[0], atol=1e-5)
    assert result.after[7] < result.before[7]
    assert np.allclose(result.curve[0], result.before) and np.allclose(result.curve[10], result.after, atol=1e-5)
    assert 0 <= result.unchanged_at_random <= RANDOM_CHANGES


@pytest.mark.parametrize("logit", [20.0, 2000.0])
def test_a_sure_network_loses_no_part_of_its_gradient(logit: float) -> None:
    """In single precision p - 1 is 0 where p is rounded to 1, and what leads away from the label itself was missing."""
    network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 2))
    with torch.no_grad():
        network[1].bias.copy_(torch.tensor([logit, 0.0]))
        network[1].weight.fill_(0.01)
        network[1].weight[0, :392] = 0.02  # lighter above: surer of class 0, so the step makes it darker
    assert (fast_gradient_sign(network, DIGIT, 0.1, 0).signs.ravel()[:392] == -1).all()


def test_a_targeted_step_leads_towards_its_class() -> None:
    network = networks()[0].network
    result = fast_gradient_sign(network, DIGIT, 0.05, 2, targeted=True)
    assert result.after[2] > result.before[2]
    assert np.array_equal(result.signs, -fast_gradient_sign(network, DIGIT, 0.05, 2).signs)


def test_no_step_no_change() -> None:
    result = fast_gradient_sign(networks()[0].network, DIGIT, 0.0, 7)
    assert np.array_equal(result.perturbed, DIGIT) and result.unchanged_at_random == RANDOM_CHANGES
    smallest = result.smallest_epsilon
    assert smallest is not None and smallest in EPSILONS and smallest > 0


@pytest.mark.parametrize("epsilon", [-0.01, 0.51, float("nan")])
def test_steps_out_of_range_are_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="from 0 to"):
        fast_gradient_sign(networks()[0].network, DIGIT, epsilon, 7)
