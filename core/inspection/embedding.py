"""Where a digit stands among others: the numbers before the last layer, laid out on a plane."""

import threading
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.data.images import ImageSet, held_out_digits
from core.inspection.chooser import Choice
from core.inspection.cnn import as_batch

Array = NDArray[np.float32]
Projection = Literal["PCA", "t-SNE"]

SHOWN = 1_000
"""How many held-out digits are laid out, spread evenly over all there are."""
NEIGHBOURS = 5

_LOCK = threading.Lock()


@dataclass(frozen=True)
class Plane:
    """Held-out digits on a plane, and this digit among them.

    Attributes:
        points: (N, 2) the digits of `shown()`, in order.
        mine: (2,) this digit.
        neighbours: (5,) places in `shown()` of the digits nearest to this one in all numbers, the nearest first.
        distances: (5,) how far these are, Euclidean.
        numbers: how many numbers the network has before its last layer.
        explained: (2,) share of the variance that the two axes of PCA keep; None for t-SNE.
    """

    points: Array
    mine: Array
    neighbours: NDArray[np.int64]
    distances: Array
    numbers: int
    explained: tuple[float, float] | None


def shown() -> ImageSet:
    """Return the held-out digits that are laid out: at most `SHOWN`, spread evenly."""
    digits = held_out_digits()
    step = max(1, len(digits) // SHOWN)
    chosen = slice(0, step * SHOWN, step)
    return ImageSet(
        digits.images[chosen], digits.labels[chosen], digits.indices[chosen], digits.source, digits.held_out
    )


def lay_out(choice: Choice, pixels: ArrayLike, projection: Projection) -> Plane:
    """Return held-out digits and one more (28, 28) in 0-1 on a plane, by the numbers before the last layer.

    PCA is fitted to the held-out digits, and this digit is projected with it.
    t-SNE (van der Maaten and Hinton, 2008) has no rule for a new digit: its
    layout is computed once without it (seconds), and the digit is put at the
    mean of its five nearest neighbours, weighted by 1 / distance.

    Raises:
        ValueError: not (28, 28), or not a layered network.
    """
    if choice.layered is None:
        raise ValueError(f"{choice.title} is not a list of layers.")
    layout = _layout(choice, choice.layered)
    mine = _numbers(choice.layered, as_batch(pixels))[0]
    distances = np.linalg.norm(layout.numbers - mine, axis=1)
    nearest = np.argsort(distances, kind="stable")[:NEIGHBOURS]
    if projection == "PCA":
        points = layout.pca
        place = (mine - layout.mean) @ layout.axes.T
    else:
        points = _tsne(layout)
        weights = 1 / np.maximum(distances[nearest], 1e-6)
        place = (points[nearest] * weights[:, None]).sum(0) / weights.sum()
    return Plane(
        points=points,
        mine=place.astype(np.float32),
        neighbours=nearest,
        distances=distances[nearest].astype(np.float32),
        numbers=int(layout.numbers.shape[1]),
        explained=layout.explained if projection == "PCA" else None,
    )


@dataclass
class _Layout:
    """What is computed once for a network and kept."""

    numbers: Array
    mean: Array
    axes: Array
    pca: Array
    explained: tuple[float, float]
    tsne: Array | None = None


_KEPT: dict[tuple[str, str], _Layout] = {}


def _layout(choice: Choice, network: nn.Sequential) -> _Layout:
    digits = shown()
    key = (choice.name, digits.source)
    with _LOCK:
        if key not in _KEPT:
            from sklearn.decomposition import PCA

            numbers = _numbers(network, torch.from_numpy(digits.images.copy()).unsqueeze(1) / 255)
            pca = PCA(2, svd_solver="full").fit(numbers)
            if len(_KEPT) >= 8:
                _KEPT.pop(next(iter(_KEPT)))
            _KEPT[key] = _Layout(
                numbers=numbers,
                mean=pca.mean_.astype(np.float32),
                axes=pca.components_.astype(np.float32),
                pca=pca.transform(numbers).astype(np.float32),
                explained=(float(pca.explained_variance_ratio_[0]), float(pca.explained_variance_ratio_[1])),
            )
        return _KEPT[key]


def _tsne(layout: _Layout) -> Array:
    with _LOCK:  # seconds of work: one person's question computes it, everyone else's waits and shares it
        if layout.tsne is None:
            from sklearn.manifold import TSNE

            layout.tsne = (
                TSNE(2, perplexity=min(30.0, len(layout.numbers) / 4), init="pca", random_state=0)
                .fit_transform(layout.numbers)
                .astype(np.float32)
            )
        return layout.tsne


def _numbers(network: nn.Sequential, images: torch.Tensor) -> Array:
    """Return what goes into the last layer, (N, units), for images (N, 1, 28, 28)."""
    parts = []
    with torch.inference_mode():
        for batch in images.split(250):
            value = batch
            for layer in list(network)[:-1]:
                value = layer(value)
            parts.append(value)
    return torch.cat(parts).numpy()
