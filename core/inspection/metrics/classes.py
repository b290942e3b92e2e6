"""How good answers are where each is one of some classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from natsort import natsorted
from numpy.typing import NDArray

RESAMPLES = 1000
_AT_ONCE = 2_000_000  # counts in memory


@dataclass(frozen=True)
class Counts:
    """Answers counted.

    Attributes:
        classes: names of the C classes.
        confusion: (C, C) cases by true class (rows) and answer (columns).
    """

    classes: tuple[str, ...]
    confusion: NDArray[np.int64]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return int(self.confusion.sum())

    @property
    def right(self) -> int:
        """How many answers are right."""
        return int(self.confusion.trace())


@dataclass(frozen=True)
class Rates:
    """Scores by class, each (..., C), with 0 where 0 would be divided by 0.

    Attributes:
        precision: share of the answers with a class that are right.
        recall: share of the cases of a class that are found.
        f1: harmonic mean of both.
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]


def count_answers(truth: Sequence[str], prediction: Sequence[str]) -> Counts:
    """Return two columns of labels as counts; classes are all labels of both, in natural order."""
    classes = tuple(natsorted({*truth, *prediction}))
    place = {name: at for at, name in enumerate(classes)}
    labels, answers = (np.array([place[label] for label in column]) for column in (truth, prediction))
    return Counts(classes, confusion_of(labels, answers, len(classes)))


def confusion_of(labels: NDArray[np.integer], answers: NDArray[np.integer], classes: int) -> NDArray[np.int64]:
    """Return the confusion matrix (C, C) of places (N,) in a list of classes."""
    flat = np.asarray(labels, np.int64) * classes + np.asarray(answers, np.int64)
    return np.bincount(flat, minlength=classes**2).reshape(classes, classes)


def rates(confusion: NDArray[np.integer]) -> Rates:
    """Return precision, recall and F1 of every class, for one confusion matrix or many (..., C, C)."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    shown, answered = confusion.sum(-1), confusion.sum(-2)
    return Rates(_ratio(right, answered), _ratio(right, shown), _ratio(2 * right, shown + answered))


def scores(confusion: NDArray[np.integer]) -> dict[str, NDArray[np.float64]]:
    """Return the scores over all classes by name, for one confusion matrix or many (..., C, C).

    A class that is neither shown nor answered counts in no mean. Balanced accuracy is the mean recall of the classes
    that are shown. Cohen's kappa (1960) is NaN where chance alone would agree always.
    """
    found = rates(confusion)
    shown, answered, cases = confusion.sum(-1), confusion.sum(-2), confusion.sum((-2, -1))
    accuracy = _ratio(np.trace(confusion, axis1=-2, axis2=-1), cases)
    chance = _ratio((shown * answered).sum(-1), cases.astype(float) ** 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = np.where(chance < 1, (accuracy - chance) / (1 - chance), np.nan)
    result = {"accuracy": accuracy, "balanced": _mean(found.recall, shown > 0), "kappa": kappa}
    for name, values in (("precision", found.precision), ("recall", found.recall), ("f1", found.f1)):
        result[f"{name} macro"] = _mean(values, (shown + answered) > 0)
        result[f"{name} weighted"] = _ratio((values * shown).sum(-1), cases)
        result[f"{name} micro"] = accuracy
    return result


def bootstrap(counts: Counts, positive: int, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of all scores, and of precision, recall and F1 of the class at place `positive`.

    Rows are drawn again with replacement, as many as there are (Efron, "Bootstrap methods", 1979); that is a draw of
    the cells of the confusion matrix. The interval holds the middle 95 % of 1,000 such draws.
    """
    draw, size = np.random.default_rng(seed), len(counts.classes)
    chances = counts.confusion.ravel() / counts.cases
    found: dict[str, list[NDArray[np.float64]]] = {}
    step = max(1, min(RESAMPLES, _AT_ONCE // size**2))
    for begin in range(0, RESAMPLES, step):
        many = draw.multinomial(counts.cases, chances, size=min(step, RESAMPLES - begin)).reshape(-1, size, size)
        one = rates(many)
        of_class = {"precision": one.precision, "recall": one.recall, "f1": one.f1}
        drawn = scores(many) | {name: values[:, positive] for name, values in of_class.items()}
        for name, values in drawn.items():
            found.setdefault(name, []).append(values)
    return {name: middle(np.concatenate(values)) for name, values in found.items()}


def middle(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return between which two values the middle 95 % lie; NaN are left out, unless all are."""
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def _ratio(part: NDArray[np.number], whole: NDArray[np.number]) -> NDArray[np.float64]:
    """Return a quotient, 0 where 0 is divided by 0."""
    top, bottom = np.broadcast_arrays(np.asarray(part, np.float64), np.asarray(whole, np.float64))
    return np.divide(top, bottom, out=np.zeros(bottom.shape), where=bottom > 0)


def _mean(values: NDArray[np.float64], counted: NDArray[np.bool_]) -> NDArray[np.float64]:
    return _ratio(np.where(counted, values, 0).sum(-1), counted.sum(-1))
