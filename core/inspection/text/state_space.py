"""States of a network in three dimensions: after every word of a sentence, and at the end of whole sentences."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from core.inspection.text.library import read_library
from core.inspection.text.principal_axes import principal_axes, spread
from core.inspection.text.reading import Numbers
from core.inspection.text.trajectories import SHOWN, context_of
from core.models.cells import Cell

MOST_SENTENCES = 1_000
"""Whole sentences in space, spread evenly over the library."""


@dataclass(frozen=True)
class StateSpace:
    """The three directions in which a network's states (H numbers each) differ most.

    Attributes:
        mean: of the library's states (H,).
        axes: the directions (3, H), each of length 1; the first points to where the network says "positive" more.
        explained_variance: share of the variance that each axis keeps (3,).
        points: states of the library, spread evenly over it (N, 3).
        verdicts: the probability of "positive" in each (N,).
        contexts: the words that led there.
        ends: the state after the last word of whole sentences (S, 3).
        end_verdicts: the probability of "positive" there (S,).
        sentences: their words, as one text each.
    """

    mean: Numbers
    axes: Numbers
    explained_variance: Numbers
    points: Numbers
    verdicts: Numbers
    contexts: tuple[str, ...]
    ends: Numbers
    end_verdicts: Numbers
    sentences: tuple[str, ...]

    def project(self, states: Numbers) -> Numbers:
        """Return where states (..., H) lie in space (..., 3)."""
        return np.asarray((states - self.mean) @ self.axes.T, np.float32)


@cache
def state_space(cell: Cell) -> StateSpace:
    """Return the space of a network's states, found once per process."""
    read_by = read_library(cell)
    found = principal_axes(cell, 3)
    places = found.places
    last = np.flatnonzero(np.diff(read_by.sentence, append=-1))  # of every sentence its last word
    chosen, whole = spread(len(places), SHOWN), last[spread(len(last), MOST_SENTENCES)]
    return StateSpace(
        mean=found.mean,
        axes=found.axes,
        explained_variance=found.explained_variance,
        points=places[chosen],
        verdicts=read_by.verdicts[chosen],
        contexts=tuple(context_of(read_by.words, int(at), int(read_by.position[at])) for at in chosen),
        ends=places[whole],
        end_verdicts=read_by.verdicts[whole],
        sentences=tuple(" ".join(read_by.corpus.sentences[at]) for at in read_by.sentence[whole]),
    )
