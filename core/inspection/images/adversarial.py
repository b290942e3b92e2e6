"""One small step that changes every pixel a little and the answer a lot."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from core.inspection.images.forward import as_batch

Array = NDArray[np.float32]

MAX_EPSILON = 0.5
"""Largest step on offer; pixels run from 0 to 1."""
EPSILONS = tuple(step / 100 for step in range(0, 51))
"""The steps of a curve."""
RANDOM_CHANGES = 40
"""How many random changes of the same size a step is compared with."""


@dataclass(frozen=True)
class AdversarialExample:
    """A picture before and after one signed-gradient step.

    Attributes:
        signs: (28, 28) -1, 0 or 1: the direction in which every pixel was moved.
        perturbed: (28, 28) the new picture, 0-1.
        before: (classes,) probabilities for the picture as it was.
        after: (classes,) probabilities for the new one.
        curve: (51, classes) probabilities at every epsilon of `EPSILONS`.
        unchanged_at_random: how many of `RANDOM_CHANGES` changes of the same size, in random directions, left the
            answer as it was.
    """

    signs: Array
    perturbed: Array
    before: Array
    after: Array
    curve: Array
    unchanged_at_random: int

    @property
    def smallest_epsilon(self) -> float | None:
        """The smallest of `EPSILONS` that changes the answer, or None where none does."""
        answers = self.curve.argmax(1)
        places = np.flatnonzero(answers != answers[0])
        return EPSILONS[int(places[0])] if len(places) else None


def fast_gradient_sign(
    network: nn.Module, pixels: ArrayLike, epsilon: float, label: int, targeted: bool = False
) -> AdversarialExample:
    """Return what one step of the fast gradient sign method does to a picture and to the answer.

    x' = clip(x + epsilon * sign(gradient of the loss for `label`), 0, 1), away from `label`; with
    `targeted` the step goes down instead, towards `digit`. Goodfellow, Shlens and Szegedy,
    "Explaining and harnessing adversarial examples", 2015; targeted: Kurakin, Goodfellow and Bengio, 2017.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        epsilon: by how much every pixel may change, 0 to `MAX_EPSILON`.
        label: the class that the step leads away from, or towards.
        targeted: whether towards.

    Raises:
        ValueError: not (28, 28), or epsilon outside its range.
    """
    if not 0 <= epsilon <= MAX_EPSILON:
        raise ValueError(f"The step is from 0 to {MAX_EPSILON}, not {epsilon}.")
    image = as_batch(pixels)
    signs = _gradient(network, image, label).sign() * (-1 if targeted else 1)
    steps = torch.tensor([epsilon, *EPSILONS]).view(-1, 1, 1, 1)
    moved = (image + steps * signs).clamp(0, 1)  # (52, 1, 28, 28)
    draw = torch.Generator().manual_seed(0)
    coins = torch.randint(0, 2, (RANDOM_CHANGES, 1, 28, 28), generator=draw) * 2 - 1
    noisy = (image + epsilon * coins).clamp(0, 1)
    with torch.inference_mode():
        probabilities = network(torch.cat([moved, noisy])).softmax(1)
    curve = probabilities[1 : 1 + len(EPSILONS)]
    answers = probabilities[1 + len(EPSILONS) :].argmax(1)
    return AdversarialExample(
        signs=signs[0, 0].numpy(),
        perturbed=moved[0, 0].numpy(),
        before=curve[0].numpy(),
        after=probabilities[0].numpy(),
        curve=curve.numpy(),
        unchanged_at_random=int((answers == curve[0].argmax()).sum()),
    )


def _gradient(network: nn.Module, image: Tensor, label: int) -> Tensor:
    """Return the direction of the gradient of the cross-entropy for `label` with respect to the picture.

    With p the label's probability, the gradient is 1 - p times that of log(sum of the others' exp(z)) - z of the label,
    which points the same way. Taken directly it is lost where a network is very sure: p is rounded to 1, and the signs
    of up to half of the pixels came out wrong.
    """
    leaf = image.clone().requires_grad_()
    logits = network(leaf)[0]
    others = torch.cat([logits[:label], logits[label + 1 :]])
    (gradient,) = torch.autograd.grad(others.logsumexp(0) - logits[label], leaf)
    return gradient
