"""What stands beside an accuracy: what the largest class alone would get, and the mean recall where classes differ."""

from core.figures.percent import exact_percent
from core.training.task import Score

MAJORITY_HELP = "The accuracy of a network that always answers with the largest class of the test."
RECALL_HELP = (
    "The share of each class that is recognised, averaged over the classes. Shown where the classes differ much."
)


def beside_accuracy(score: Score) -> list[tuple[str, str]]:
    """Return what is known beside an accuracy as (name, value); nothing where classes were not counted."""
    found = [("largest class alone", score.majority), ("mean recall", score.mean_recall)]
    return [(name, exact_percent(value, 2)) for name, value in found if value is not None]


def with_majority(score: Score) -> str:
    """Return an accuracy with what stands beside it: ``95.24 % (largest class alone 95.24 %, mean recall 50.00 %)``."""
    beside = ", ".join(f"{name} {value}" for name, value in beside_accuracy(score))
    return exact_percent(score.accuracy, 2) + (f" ({beside})" if beside else "")
