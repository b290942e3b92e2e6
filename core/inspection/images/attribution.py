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

from core.inspection.images.forward import as_batch
from core.models.images.design import ACTIVATIONS
from core.models.images.recurrent import SequenceReader

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


def saliency(network: nn.Module, pixels: ArrayLike, target: int) -> Attribution:
    """Return the size of the gradient of a class's logit at every pixel.

    Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", 2014.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        target: number of the class.

    Raises:
        ValueError: not (28, 28).
    """
    from captum.attr import Saliency

    batch = as_batch(pixels).clone().requires_grad_()
    return Attribution(_flat(Saliency(network).attribute(batch, target=target, abs=True)), signed=False)


def integrated_gradients(network: nn.Module, pixels: ArrayLike, target: int, steps: int = 100) -> Attribution:
    """Return pixel times the mean gradient on the straight way from a black picture to this one.

    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017.
    The values add up to the difference of the logit between the picture and black.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        target: number of the class.
        steps: on the way, placed by Gauss-Legendre quadrature.

    Raises:
        ValueError: not (28, 28).
    """
    from captum.attr import IntegratedGradients

    batch = as_batch(pixels).clone().requires_grad_()
    values = _flat(IntegratedGradients(network).attribute(batch, target=target, n_steps=steps))
    with torch.inference_mode():
        here, black = (float(network(image)[0, target]) for image in (batch, torch.zeros_like(batch)))
    note = f"all values add up to {values.sum():+.2f}; the logit rose by {here - black:+.2f} from black to here"
    return Attribution(values, signed=True, note=note)


def cam_layers(network: nn.Module) -> tuple[str, ...]:
    """Return the layers whose maps Grad-CAM can weigh: activations and poolings, from the picture on.

    They are those of a list of layers, or of the list that a `SequenceReader`
    makes its steps with; none where there are no convolutions.
    """
    layers, before = (network.steps, "steps.") if isinstance(network, SequenceReader) else (network, "")
    found, maps = [], False
    for name, layer in layers.named_children():
        if isinstance(layer, nn.Flatten | nn.Linear):
            break
        maps = maps or isinstance(layer, nn.Conv2d)
        if maps and isinstance(layer, (*ACTIVATIONS.values(), nn.MaxPool2d, nn.AvgPool2d)):
            found.append(before + name)
    return tuple(found)


def grad_cam(network: nn.Module, pixels: ArrayLike, target: int, layer: str) -> Attribution:
    """Return the maps of a layer, weighted by their mean gradients, added, rectified, and enlarged to 28x28.

    Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
    gradient-based localization", 2017.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        target: number of the class.
        layer: one of `cam_layers`, or any other that returns maps (B, C, H, W).

    Raises:
        ValueError: not (28, 28), or no such layer.
    """
    from captum.attr import LayerGradCam

    own = copy.deepcopy(network)
    try:
        chosen = own.get_submodule(layer)
    except AttributeError:
        raise ValueError(f"The network has no layer {layer}.") from None
    batch = as_batch(pixels).clone().requires_grad_()
    coarse = LayerGradCam(own, chosen).attribute(batch, target=target, relu_attributions=True)
    assert isinstance(coarse, torch.Tensor)
    large = F.interpolate(coarse.detach(), (28, 28), mode="bilinear", align_corners=False)
    height, width = coarse.shape[2:]
    return Attribution(_flat(large), signed=False, note=f"computed on {height} x {width} cells, then enlarged")


def occlusion(network: nn.Module, pixels: ArrayLike, target: int, patch: int = 4, stride: int = 2) -> Attribution:
    """Return by how much a class's logit falls when a black patch covers a pixel, averaged over the patches there.

    Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        target: number of the class.
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
            as_batch(pixels), (1, patch, patch), (1, stride, stride), 0.0, target=target, perturbations_per_eval=196
        )
    return Attribution(_flat(values), signed=True, note=f"{places:,} covered pictures read by the network")


def _flat(values: torch.Tensor) -> Array:
    return values.detach()[0, 0].to(torch.float32).numpy()
