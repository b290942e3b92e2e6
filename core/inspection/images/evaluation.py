"""How good a network is on pictures that it was not trained on, in every respect that people ask for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.data.images.image_set import ImageSet
from core.inspection.images.calibration import Calibration, calibrate
from core.inspection.metrics.classes import confusion_of, rates
from core.inspection.proportions import Share, share

Places = NDArray[np.intp]


class CannotEvaluate(ValueError):
    """A network that cannot be examined; the message is a sentence for the person who asked."""


@dataclass(frozen=True)
class Evaluation:
    """What a network says of labelled pictures, and how good that is.

    Attributes:
        probabilities: (N, C) for every picture.
        labels: (N,) places in `classes`.
        classes: their names.
        source: a sentence that names the pictures.
        accuracy: share of right answers.
        top2: share of pictures whose class is among the two likeliest.
        precision: (C,) share of the answers with a class that are right; NaN where it was never the answer.
        recall: (C,) share of the pictures of a class that are recognised; NaN where there are none.
        f1: (C,) harmonic mean of both; NaN where there is neither a picture nor an answer.
        confusion: (C, C) pictures by true class (rows) and answer (columns).
        calibration: whether it is as often right as it is sure.
    """

    probabilities: NDArray[np.float32]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    source: str
    accuracy: Share
    top2: Share
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    confusion: NDArray[np.int64]
    calibration: Calibration

    @property
    def answers(self) -> NDArray[np.intp]:
        """The likeliest class of every picture, (N,)."""
        return self.probabilities.argmax(1)

    @property
    def confidence(self) -> NDArray[np.float32]:
        """The probability of every answer, (N,)."""
        return self.probabilities.max(1)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is right, (N,)."""
        return self.answers == self.labels

    def in_cell(self, true: int, answer: int) -> Places:
        """Return the places of the pictures in one cell of the confusion matrix, the surest answers first."""
        return self._surest((self.labels == true) & (self.answers == answer))

    def mistakes(self) -> Places:
        """Return the places of all pictures that were misread, the surest answers first."""
        return self._surest(~self.right)

    def _surest(self, wanted: NDArray[np.bool_]) -> Places:
        places = np.flatnonzero(wanted)
        return places[np.argsort(-self.confidence[places], kind="stable")]


@dataclass(frozen=True)
class CheckpointComparison:
    """What a network has learnt and forgotten between two moments: places of pictures, the surest answers first."""

    learnt: Places
    forgotten: Places


def score_predictions(probabilities: NDArray[np.float32], images: ImageSet, classes: tuple[str, ...]) -> Evaluation:
    """Return how good answers are.

    Args:
        probabilities: (N, C) of the network for every picture.
        images: the pictures with their labels.
        classes: names of the C classes.

    Raises:
        CannotExamine: no pictures, or probabilities that are no numbers.
    """
    if not len(images):
        raise CannotEvaluate("There are no test images that this network could be examined on.")
    if not np.isfinite(probabilities).all():
        raise CannotEvaluate("This network's outputs are no longer numbers: its training has diverged.")
    answers = probabilities.argmax(1)
    confusion = confusion_of(images.labels, answers, len(classes))
    found, shown, answered = rates(confusion), confusion.sum(1) > 0, confusion.sum(0) > 0
    right = answers == images.labels
    likeliest = np.argsort(-probabilities, 1, kind="stable")[:, :2]
    return Evaluation(
        probabilities=probabilities,
        labels=images.labels,
        classes=classes,
        source=images.source,
        accuracy=share(int(right.sum()), len(right)),
        top2=share(int((likeliest == images.labels[:, None]).any(1).sum()), len(right)),
        precision=np.where(answered, found.precision, np.nan),
        recall=np.where(shown, found.recall, np.nan),
        f1=np.where(shown | answered, found.f1, np.nan),
        confusion=confusion,
        calibration=calibrate(probabilities.max(1), right),
    )


def compare_checkpoints(before: Evaluation, after: Evaluation) -> CheckpointComparison:
    """Return which pictures were misread before and are read right after, and the other way round.

    Raises:
        ValueError: the two were examined on different pictures.
    """
    if not np.array_equal(before.labels, after.labels):
        raise ValueError("Both moments must be examined on the same pictures.")
    learnt = np.flatnonzero(~before.right & after.right)
    forgotten = np.flatnonzero(before.right & ~after.right)
    return CheckpointComparison(
        learnt[np.argsort(-after.confidence[learnt], kind="stable")],
        forgotten[np.argsort(-after.confidence[forgotten], kind="stable")],
    )
