"""Which pixels counted for an answer: four methods, by the library captum, on the CPU.

All explain one logit, the network's output for a class before softmax. The shared networks are never changed: Grad-CAM
needs hooks and puts them on a copy.
"""

import copy

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.inspection.attribution import Amount, Attribution, AttributionMethod, Selection, Setting
from core.inspection.images.forward import as_batch, logits_of
from core.models.images.design import ACTIVATIONS
from core.models.images.recurrent import SequenceReader

Array = NDArray[np.float32]


PixelMethod = AttributionMethod[nn.Module, ArrayLike]
"""A method that attributes an answer to the pixels of a picture (28, 28) in 0-1."""


def saliency(network: nn.Module, pixels: ArrayLike, target: int) -> Attribution:
    """Compute the size of the gradient of a class's logit at every pixel.

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
    values = _flat(Saliency(network).attribute(batch, target=target, abs=True))
    note = (
        "" if values.any() else "The gradient is 0 at every pixel: a small change of any one leaves the score as it is."
    )
    return Attribution(values, _logit(network, pixels, target), signed=False, note=note)


def integrated_gradients(network: nn.Module, pixels: ArrayLike, target: int, steps: int = 100) -> Attribution:
    """Compute pixel times the mean gradient on the straight line from a black picture to this one.

    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017.
    The values add up to the difference of the logit between the picture and black.

    Args:
        network: takes (B, 1, 28, 28), returns logits (B, classes).
        pixels: (28, 28) in 0-1.
        target: number of the class.
        steps: on the line, placed by Gauss-Legendre quadrature.

    Raises:
        ValueError: not (28, 28).
    """
    from captum.attr import IntegratedGradients

    batch = as_batch(pixels).clone().requires_grad_()
    values = _flat(IntegratedGradients(network).attribute(batch, target=target, n_steps=steps))
    score, black = (_logit(network, image, target) for image in (pixels, np.zeros((28, 28))))
    note = f"All values add up to {values.sum():+.2f}; the logit rose by {score - black:+.2f} from black to here."
    return Attribution(values, score, black, note=note)


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
    """Add up the maps of a layer, weighted by their mean gradients; rectify the sum and enlarge it to 28x28.

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
    note = f"Computed on {height} x {width} cells, then enlarged."
    if not coarse.any():
        note += " Nothing is red: with one mean gradient for each map, no cell of this layer counts for the class."
    return Attribution(_flat(large), _logit(network, pixels, target), signed=False, note=note)


def occlusion(network: nn.Module, pixels: ArrayLike, target: int, patch: int = 4, stride: int = 2) -> Attribution:
    """Compute how far a class's logit falls when a black patch covers a pixel, averaged over the patches there.

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
    note = f"The network read {places:,} covered pictures."
    return Attribution(_flat(values), _logit(network, pixels, target), note=note)


def _flat(values: torch.Tensor) -> Array:
    return values.detach()[0, 0].to(torch.float32).numpy()


def _logit(network: nn.Module, pixels: ArrayLike, target: int) -> float:
    return float(logits_of(network, pixels)[target])


def _cam_settings(network: nn.Module) -> tuple[Setting, ...]:
    layers = {name.removeprefix("steps."): name for name in cam_layers(network)}
    why = "Early layers are fine but know edges only; deep layers are coarse but know shapes."
    return (Selection("cam", "Layer of Grad-CAM", layers, list(layers)[-1], why),) if layers else ()


def _grad_cam_of(network: nn.Module, pixels: ArrayLike, target: int, cam: str) -> Attribution:
    return grad_cam(network, pixels, target, layer=cam)  # in addresses, "layer" is the one that is looked at


def _occlude(network: nn.Module, pixels: ArrayLike, target: int, patch: int, stride: int) -> Attribution:
    return occlusion(network, pixels, target, patch, min(stride, patch))


_OCCLUSION = (
    Amount(
        "patch", "Patch of occlusion, pixels", 1, 12, 4, "Side of the black square that covers a part of the digit."
    ),
    Amount(
        "stride",
        "Stride of occlusion, pixels",
        1,
        6,
        2,
        "How far the square moves each time, at most its own side: or it would skip pixels.",
    ),
)

PIXEL_METHODS: tuple[PixelMethod, ...] = (
    AttributionMethod(
        "Saliency",
        measures="How strongly the class's score reacts when a pixel changes a little.",
        weakness="It is noisy, and it says where the score is sensitive, not what the evidence is.",
        source="Simonyan, Vedaldi and Zisserman, 2014",
        run=saliency,
    ),
    AttributionMethod(
        "Integrated gradients",
        measures="Shares the score's rise from a black picture to yours out among the pixels.",
        weakness="Black pixels get nothing, though an empty place can matter; another baseline gives another picture.",
        source="Sundararajan, Taly and Yan, 2017",
        run=integrated_gradients,
    ),
    AttributionMethod(
        "Grad-CAM",
        measures="Where the chosen layer finds evidence for the class.",
        weakness="Coarse in deep layers, and it hides evidence against the class.",
        source="Selvaraju and others, 2017",
        run=_grad_cam_of,
        needs=lambda network: (
            "" if cam_layers(network) else "It needs convolutional maps, which this network does not have."
        ),
        settings=_cam_settings,
    ),
    AttributionMethod(
        "Occlusion",
        measures="How far the score falls when a black patch covers the place.",
        weakness="It depends on the size of the patch, and on black ground black changes nothing.",
        source="Zeiler and Fergus, 2014",
        run=_occlude,
        settings=lambda network: _OCCLUSION,
    ),
)
"""The methods that are offered, in this order."""
