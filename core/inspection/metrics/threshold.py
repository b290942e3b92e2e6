"""Yes or no by a threshold: what every threshold does, and what its errors cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ThresholdOutcome:
    """Cases by what is true and what is said at one threshold."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        return (self.true_positives + self.true_negatives) / self.cases

    @property
    def cases(self) -> int:
        """How many there are."""
        return self.true_positives + self.false_positives + self.false_negatives + self.true_negatives

    def cost(self, miss: float, alarm: float) -> float:
        """Return what all errors cost, with the costs of a missed case and of a false alarm."""
        return miss * self.false_negatives + alarm * self.false_positives


@dataclass(frozen=True)
class ThresholdCurve:
    """What every threshold does, from above the highest probability down; (T,) each.

    Attributes:
        thresholds: "yes" is said from this probability on; the first one is infinite.
        true_positives: cases that are found.
        false_positives: false alarms.
        positives: all cases.
        negatives: all others.
    """

    thresholds: NDArray[np.float64]
    true_positives: NDArray[np.int64]
    false_positives: NDArray[np.int64]
    positives: int
    negatives: int

    @property
    def recall(self) -> NDArray[np.float64]:
        """Share of the cases that is found: the true positive rate."""
        return self.true_positives / self.positives

    @property
    def false_alarms(self) -> NDArray[np.float64]:
        """Share of the others that is called a case: the false positive rate."""
        return self.false_positives / self.negatives

    @property
    def precision(self) -> NDArray[np.float64]:
        """Share of the alarms that is right; 1 where there are none, as scikit-learn has it."""
        alarms = self.true_positives + self.false_positives
        return np.divide(self.true_positives, alarms, out=np.ones(len(alarms)), where=alarms > 0)

    @property
    def area(self) -> float:
        """The area under the ROC curve, by trapezoids: how often a case gets more than another, ties half."""
        return float(np.trapezoid(self.recall, self.false_alarms))

    @property
    def average_precision(self) -> float:
        """The mean precision over the steps of recall, without interpolation."""
        return float((np.diff(self.recall) * self.precision[1:]).sum())

    def cheapest(self, miss: float, alarm: float) -> tuple[float, float]:
        """Return the threshold whose errors cost least, the highest of equals, and what they cost."""
        costs = miss * (self.positives - self.true_positives) + alarm * self.false_positives
        place = int(costs.argmin())
        return float(self.thresholds[place]), float(costs[place])


def curve_of(probabilities: NDArray[np.floating], positive: NDArray[np.bool_]) -> ThresholdCurve:
    """Return what every threshold does; cases of one probability cross it together.

    Args:
        probabilities: (N,) that a case is positive.
        positive: (N,) whether it is; both kinds must be there.
    """
    order = np.argsort(-probabilities, kind="stable")
    ordered, hits = probabilities[order].astype(np.float64), positive[order]
    last = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
    found = np.cumsum(hits)[last]
    return ThresholdCurve(
        thresholds=np.append(np.inf, ordered[last]),
        true_positives=np.append(0, found),
        false_positives=np.append(0, last + 1 - found),
        positives=int(positive.sum()),
        negatives=int((~positive).sum()),
    )


def outcome_at(probabilities: NDArray[np.floating], positive: NDArray[np.bool_], threshold: float) -> ThresholdOutcome:
    """Return what happens where "yes" is said from a probability on."""
    said = probabilities >= threshold
    return ThresholdOutcome(
        int((said & positive).sum()),
        int((said & ~positive).sum()),
        int((~said & positive).sum()),
        int((~said & ~positive).sum()),
    )


def thin(positive: NDArray[np.bool_], share: float) -> NDArray[np.intp]:
    """Return the places of all others and of so many positives, evenly taken, that these are about `share` of all."""
    mine, others = np.flatnonzero(positive), np.flatnonzero(~positive)
    wanted = min(len(mine), max(1, round(share / (1 - share) * len(others))))
    kept = mine[np.arange(wanted) * len(mine) // wanted]
    return np.sort(np.concatenate([others, kept]))
