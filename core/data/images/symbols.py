"""A few drawings of symbols that people chose themselves, and how they are parted: by person where there are some."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
"""Parts of a cross-validation."""
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Symbols:
    """Labelled drawings.

    Attributes:
        classes: the names of the symbols, people's own texts.
        images: (N, 28, 28) in 0-255, ink light.
        labels: (N,) places in `classes`.
        writers: (N,) who drew each.
    """

    classes: tuple[str, ...]
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    writers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many drawings of each symbol there are."""
        return tuple(np.bincount(self.labels, minlength=len(self.classes)).tolist())

    @cached_property
    def key(self) -> str:
        """Stands for the content."""
        content = hashlib.sha256(repr((self.classes, self.writers)).encode())
        content.update(self.labels.tobytes())
        content.update(self.images.tobytes())
        return content.hexdigest()

    def at(self, places: Places) -> "Symbols":
        """Return the drawings at these places."""
        writers = tuple(self.writers[place] for place in places)
        return replace(self, images=self.images[places], labels=self.labels[places], writers=writers)


def few_of_each(labels: NDArray[np.int64], count: int, seed: int) -> Places:
    """Return the places of at most `count` of every label, drawn by chance; more of them contain fewer of them."""
    order = np.random.default_rng(seed).permutation(len(labels))
    return np.sort(np.concatenate([order[labels[order] == label][:count] for label in np.unique(labels)]))


def folds(symbols: Symbols) -> list[tuple[Places, Places]]:
    """Return what is learnt from and what is kept apart, in each part of a cross-validation; none where it cannot be.

    Every drawing is kept apart once. Where several people drew, people are kept apart, not drawings.
    """
    several = len(set(symbols.writers)) > 1
    groups: Sequence[object] = symbols.writers if several else range(len(symbols))
    count = min(FOLDS, len(set(groups)), *symbols.counts)
    if count < 2:
        return []
    from sklearn.model_selection import StratifiedGroupKFold  # takes seconds to load

    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=0)
    parts = splitter.split(symbols.images, symbols.labels, np.unique(np.array(groups), return_inverse=True)[1])
    return [(learnt, kept) for learnt, kept in parts if len(kept)]
