"""Where a picture stands among others: the numbers before the last layer, laid out on a plane or in space."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from cachetools import LRUCache
from numpy.typing import ArrayLike, NDArray
from torch import nn

from core.data.images.datasets import ImageSet
from core.inspection.images.forward import as_batch
from core.inspection.networks import Choice

Array = NDArray[np.float32]
Projection = Literal["PCA", "t-SNE", "PCA in space"]

MAX_IMAGES = 1_000
"""How many held-out pictures are laid out, spread evenly over all there are."""
NEIGHBOURS = 5

_NUMBERS = 5_000_000  # that are kept for a network: 20 MB
_WIDE = 2_000  # numbers before the last layer from which on PCA looks for three directions only

_LOCK = threading.Lock()


class NoEmbedding(ValueError):
    """Pictures that cannot be laid out; the message is a sentence for people."""


@dataclass(frozen=True)
class Embedding:
    """Held-out pictures on a plane or in space, and this one among them.

    Attributes:
        points: (N, 2) the pictures of `embedded_images()`, in order; (N, 3) in space.
        point: (2,) this picture; (3,) in space.
        neighbours: (5,) places in `embedded_images()` of the pictures nearest to this one, the nearest first; all where
            there are fewer.
        distances: (5,) how far these are, Euclidean.
        dimensions: how many numbers the network has before its last layer.
        explained_variance: share of the variance that each axis of PCA keeps; None for t-SNE.
    """

    points: Array
    point: Array
    neighbours: NDArray[np.int64]
    distances: Array
    dimensions: int
    explained_variance: tuple[float, ...] | None


def embedded_images(choice: Choice, most: int = MAX_IMAGES) -> ImageSet:
    """Return the held-out pictures that are laid out: at most so many, spread evenly, fewer for a wide network."""
    pictures = choice.held_out
    wide = _numbers(choice, torch.from_numpy(pictures.images[:1].copy()).unsqueeze(1) / 255).shape[1]
    return pictures.spread(max(20, min(most, _NUMBERS // wide)))


def embed(choice: Choice, pixels: ArrayLike, projection: Projection, most: int = MAX_IMAGES) -> Embedding:
    """Return held-out pictures and one more (28, 28) in 0-1 on a plane, by the numbers before the last layer.

    PCA is fitted to the held-out pictures, and this one is projected with it.
    t-SNE (van der Maaten and Hinton, 2008) has no rule for a new picture: its
    layout is computed once without it (seconds), and the picture is put at the
    mean of its five nearest neighbours, weighted by 1 / distance.

    Raises:
        ValueError: not (28, 28), or neither a list of layers nor a reader of a sequence.
        NoPlane: the network makes the same of all pictures, or no numbers at all.
    """
    layout = _layout(choice, most)
    mine = _numbers(choice, as_batch(pixels))[0]
    distances = np.linalg.norm(layout.numbers - mine, axis=1)
    nearest = np.argsort(distances, kind="stable")[:NEIGHBOURS]
    axes = 3 if projection == "PCA in space" else 2
    if projection != "t-SNE":
        points = layout.pca[:, :axes]
        place = (mine - layout.mean) @ layout.axes[:axes].T
    else:
        points = _tsne(layout)
        weights = 1 / np.maximum(distances[nearest], 1e-6)
        place = (points[nearest] * weights[:, None]).sum(0) / weights.sum()
    return Embedding(
        points=points,
        point=place.astype(np.float32),
        neighbours=nearest,
        distances=distances[nearest].astype(np.float32),
        dimensions=int(layout.numbers.shape[1]),
        explained_variance=None if projection == "t-SNE" else layout.explained[:axes],
    )


@dataclass
class _Layout:
    """What is computed once for a network and kept."""

    numbers: Array
    mean: Array
    axes: Array
    pca: Array
    explained: tuple[float, ...]
    tsne: Array | None = None


_KEPT: LRUCache[tuple[str, str, int], _Layout] = LRUCache(8)


def _layout(choice: Choice, most: int) -> _Layout:
    pictures = embedded_images(choice, most)
    key = (choice.name, pictures.source, len(pictures))
    with _LOCK:
        if key not in _KEPT:
            from sklearn.decomposition import PCA

            numbers = _numbers(choice, torch.from_numpy(pictures.images.copy()).unsqueeze(1) / 255)
            if not np.isfinite(numbers).all():
                raise NoEmbedding(f"The {choice.title} gives outputs that are not numbers: its training diverged.")
            if len(numbers) < 2:
                raise NoEmbedding("There is one held-out picture only: a layout needs two or more.")
            if not np.ptp(numbers, 0).any():
                raise NoEmbedding(
                    f"Before its last layer the {choice.title} makes the same numbers of every picture: "
                    "there is nothing to lay out. It has not learnt to tell them apart."
                )
            # ARPACK finds the same directions without the thousands of others.
            solver = "full" if numbers.shape[1] <= _WIDE else "arpack"
            spacious = _at_least_three(numbers)
            pca = PCA(min(3, len(numbers)), svd_solver=solver, random_state=0).fit(spacious)
            missing = (0, 3 - pca.n_components_)  # of two pictures, which differ in one direction
            _KEPT[key] = _Layout(
                numbers=numbers,
                mean=pca.mean_[: numbers.shape[1]].astype(np.float32),
                axes=np.pad(pca.components_, (missing, (0, 0)))[:, : numbers.shape[1]].astype(np.float32),
                pca=np.pad(pca.transform(spacious), ((0, 0), missing)).astype(np.float32),
                explained=tuple(np.pad(pca.explained_variance_ratio_, missing).tolist()),
            )
        return _KEPT[key]


def _tsne(layout: _Layout) -> Array:
    with _LOCK:  # seconds of work: one person's question computes it, everyone else's waits and shares it
        if layout.tsne is None:
            from sklearn.manifold import TSNE

            layout.tsne = (
                TSNE(2, perplexity=min(30.0, len(layout.numbers) / 4), init="pca", random_state=0)
                .fit_transform(_at_least_three(layout.numbers))
                .astype(np.float32)
            )
        return layout.tsne


def _at_least_three(numbers: Array) -> Array:
    """Return numbers (N, units) with further ones, 0, where the network has one or two units: space needs three."""
    return numbers if numbers.shape[1] > 2 else np.pad(numbers, ((0, 0), (0, 3 - numbers.shape[1])))


def _numbers(choice: Choice, images: torch.Tensor) -> Array:
    """Return what goes into the last layer, (N, units), for images (N, 1, 28, 28)."""
    before_last: Callable[[torch.Tensor], torch.Tensor]
    if choice.layered is not None:
        before_last = nn.Sequential(*list(choice.layered)[:-1])
    elif choice.sequential is not None:
        before_last = choice.sequential.encode
    else:
        raise ValueError(f"{choice.title} is neither a list of layers nor a reader of a sequence.")
    with torch.inference_mode():
        return torch.cat([before_last(batch) for batch in images.split(250)]).numpy()
