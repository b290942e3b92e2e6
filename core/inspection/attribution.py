"""Which pixels made a network answer as it did: four methods, by the library captum, on the CPU.

All explain one logit, the network's output for a class before softmax. The
shared networks are never changed: Grad-CAM needs hooks and puts them on a copy.
"""

import copy
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.inspection.cnn import as_batch

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Attribution:
    """How much every pixel counts.

    Attributes:
        values: (28, 28); above zero speaks for the class, below zero against it.
        signed: whether values below zero can occur.
        note: a sentence with numbers about this result, or empty.
    """

    values: Array
    signed: bool
    note: str = ""


def saliency(network: nn.Module, pixels: ArrayLike, digit: int) -> Attribution:
    """Return the size of the gradient of a class's logit at every pixel.

    Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", 2014.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, 10).
        pixels: (28, 28) in 0-1.
        digit: the class, 0-9.

    Raises:
        ValueError: not (28, 28).
    """
    from captum.attr import Saliency

    batch = as_batch(pixels).clone().requires_grad_()
    return Attribution(_flat(Saliency(network).attribute(batch, target=digit, abs=True)), signed=False)


def integrated_gradients(network: nn.Module, pixels: ArrayLike, digit: int, steps: int = 100) -> Attribution:
    """Return pixel times the mean gradient on the straight way from a black picture to this one.

    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017.
    The values add up to the difference of the logit between the picture and black.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, 10).
        pixels: (28, 28) in 0-1.
        digit: the class, 0-9.
        steps: on the way, placed by Gauss-Legendre quadrature.

    Raises:
        ValueError: not (28, 28).
    """
    from captum.attr import IntegratedGradients

    batch = as_batch(pixels).clone().requires_grad_()
    values = _flat(IntegratedGradients(network).attribute(batch, target=digit, n_steps=steps))
    with torch.inference_mode():
        here, black = (float(network(image)[0, digit]) for image in (batch, torch.zeros_like(batch)))
    note = f"all values add up to {values.sum():+.2f}; the logit rose by {here - black:+.2f} from black to here"
    return Attribution(values, signed=True, note=note)


def grad_cam(network: nn.Sequential, pixels: ArrayLike, digit: int, layer: str) -> Attribution:
    """Return the maps of a layer, weighted by their mean gradients, added, rectified, and enlarged to 28x28.

    Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
    gradient-based localization", 2017.

    Args:
        network: layers with names; the chosen one returns maps (B, C, H, W).
        pixels: (28, 28) in 0-1.
        digit: the class, 0-9.
        layer: name of the layer.

    Raises:
        ValueError: not (28, 28), or no such layer.
    """
    from captum.attr import LayerGradCam

    own = copy.deepcopy(network)
    chosen = dict(own.named_children()).get(layer)
    if chosen is None:
        raise ValueError(f"The network has no layer {layer}.")
    batch = as_batch(pixels).clone().requires_grad_()
    coarse = LayerGradCam(own, chosen).attribute(batch, target=digit, relu_attributions=True)
    assert isinstance(coarse, torch.Tensor)
    large = F.interpolate(coarse.detach(), (28, 28), mode="bilinear", align_corners=False)
    height, width = coarse.shape[2:]
    return Attribution(_flat(large), signed=False, note=f"computed on {height} x {width} cells, then enlarged")


def occlusion(network: nn.Module, pixels: ArrayLike, digit: int, patch: int = 4, stride: int = 2) -> Attribution:
    """Return by how much a class's logit falls when a black patch covers a pixel, averaged over the patches there.

    Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, 10).
        pixels: (28, 28) in 0-1.
        digit: the class, 0-9.
        patch: side of the patch, pixels.
        stride: steps between patches, pixels, at most `patch`.

    Raises:
        ValueError: not (28, 28), or a patch or stride that leaves pixels out.
    """
    from captum.attr import Occlusion

    if not 1 <= stride <= patch <= 28:
        raise ValueError(f"A patch of {patch} pixels in steps of {stride} leaves pixels out.")
    places = (-(-(28 - patch) // stride) + 1) ** 2
    with torch.no_grad():
        values = Occlusion(network).attribute(
            as_batch(pixels), (1, patch, patch), (1, stride, stride), 0.0, target=digit, perturbations_per_eval=196
        )
    return Attribution(_flat(values), signed=True, note=f"{places:,} covered pictures read by the network")


def _flat(values: torch.Tensor) -> Array:
    return values.detach()[0, 0].to(torch.float32).numpy()
