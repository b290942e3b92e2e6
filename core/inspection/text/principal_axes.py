"""The directions in which a network's states differ most, after every word of the library."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection.text.library import read_library
from core.inspection.text.reading import Numbers
from core.models.cells import Cell


@dataclass(frozen=True)
class PrincipalAxes:
    """A PCA of N states of H numbers.

    Attributes:
        mean: of the states (H,).
        axes: K directions (K, H), each of length 1; the first points to where the network says "positive" more.
        explained_variance: share of the variance that each axis keeps (K,).
        places: of the states along these axes (N, K).
    """

    mean: Numbers
    axes: Numbers
    explained_variance: Numbers
    places: Numbers


def principal_axes(cell: Cell, count: int) -> PrincipalAxes:
    """Fit a PCA (Pearson, 1901) of that many axes on all states of the library."""
    from sklearn.decomposition import PCA

    read_by = read_library(cell)
    pca = PCA(count, svd_solver="full").fit(read_by.states)
    places: Numbers = np.asarray(pca.transform(read_by.states), np.float32)
    # The direction of an axis is arbitrary. The first shall lead to where the network leans to "positive".
    flip: Numbers = np.ones(count, np.float32)
    flip[0] = 1.0 if np.corrcoef(places[:, 0], read_by.verdicts)[0, 1] >= 0 else -1.0
    return PrincipalAxes(
        mean=pca.mean_.astype(np.float32),
        axes=(pca.components_ * flip[:, None]).astype(np.float32),
        explained_variance=pca.explained_variance_ratio_.astype(np.float32),
        places=places * flip,
    )


def spread(count: int, most: int) -> NDArray[np.int64]:
    """Return at most so many numbers below `count`, evenly spread from the first to the last."""
    return np.linspace(0, count - 1, min(most, count)).round().astype(np.int64)
