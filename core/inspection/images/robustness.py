"""How far a digit may be moved before networks lose it: measured on held-out digits, kept in `assets/measurements`.

"Pooling makes a CNN robust to small shifts" is said in every lecture. Here it is
measured: the lab's CNN against the same network without pooling and the MLP.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from torch import Tensor, nn

from core.data.images.datasets import ImageSet
from core.figures.percent import percent
from core.inspection.images.forward import batch_probabilities
from core.inspection.images.transforms import ANGLES, MAX_SHIFT, all_shifts, rotate
from core.inspection.measurements import load_measured
from core.models.cards import CardScore
from core.paths import ASSETS

FILE = ASSETS / "measurements" / "robustness.json"
NETWORKS = ("digit-cnn", "digit-cnn-strided", "digit-mlp")
"""The networks that are compared, by their names in `core.models.shipped`."""
NEAR = (1, 2, 3)
"""The distances in pixels over which pooling is judged."""


class TrainingRobustness(BaseModel):
    """One trained network and how many of the moved digits it read right.

    Attributes:
        name: its architecture's name in `core.models.shipped`.
        distorted: whether it was trained on randomly distorted digits (shifted by up to
            2 px among other things) or on digits as they are.
        seed: of its training.
        test: its score on test digits that were not moved.
        shifts: (17, 17) right answers by [REACH + down, REACH + right].
        turns: (31,) right answers by angle of `ANGLES`.
        near: (3, digits) for every digit, at how many of the 8, 16 and 24 shifts by 1, 2 and 3 px it was read right.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    distorted: bool
    seed: int
    test: CardScore
    shifts: tuple[tuple[int, ...], ...]
    turns: tuple[int, ...]
    near: tuple[tuple[int, ...], ...]


class Robustness(BaseModel):
    """The whole measurement.

    Attributes:
        data: which digits were moved.
        cases: how many.
        ink_left: (17, 17) mean share of a digit's ink that is still in the picture after the shift.
        networks: one entry a training.
        versions: of what computed it.
    """

    model_config = ConfigDict(frozen=True)

    data: str
    cases: int
    ink_left: tuple[tuple[float, ...], ...]
    networks: tuple[TrainingRobustness, ...]
    versions: dict[str, str]


def sample_cases(data: ImageSet, each: int = 50) -> Tensor:
    """Return the places (10 * each,) of `each` digits of every class, drawn with seed 0."""
    draw = np.random.default_rng(0)
    chosen = [draw.choice(np.flatnonzero(data.labels == digit), each, replace=False) for digit in range(10)]
    return torch.from_numpy(np.sort(np.concatenate(chosen)))


def ink_left(images: Tensor) -> NDArray[np.float64]:
    """Return the mean share of ink (17, 17) that pictures (N, 28, 28) keep at every shift."""
    kept = all_shifts(images).sum((3, 4)) / images.sum((1, 2)).clamp(min=1e-9)[:, None, None]
    return kept.mean(0).double().numpy()


@dataclass(frozen=True)
class Correct:
    """Right answers of one network: `shifts`, `turns` and `near` as in `TrainingRobustness`."""

    shifts: tuple[tuple[int, ...], ...]
    turns: tuple[int, ...]
    near: tuple[tuple[int, ...], ...]


def count_correct(network: nn.Module, images: Tensor, labels: Tensor) -> Correct:
    """Return right answers at every shift and every angle for pictures (N, 28, 28) in 0-1."""
    side = 2 * MAX_SHIFT + 1
    shifts = torch.zeros(side, side, dtype=torch.int64)
    turns = torch.zeros(len(ANGLES), dtype=torch.int64)
    near: list[Tensor] = []
    rings = [torch.from_numpy(_distances() == reach) for reach in NEAR]
    for part, truth in zip(images.split(25), labels.split(25), strict=True):
        answers = batch_probabilities(network, all_shifts(part).flatten(0, 2)).argmax(1).reshape(len(part), side, side)
        right = answers == truth[:, None, None]
        shifts += right.sum(0)
        near.append(torch.stack([right[:, ring].sum(1) for ring in rings]))
        answers = batch_probabilities(network, rotate(part, ANGLES).flatten(0, 1)).argmax(1).reshape(len(part), -1)
        turns += (answers == truth[:, None]).sum(0)
    return Correct(
        tuple(tuple(row) for row in shifts.tolist()),
        tuple(turns.tolist()),
        tuple(tuple(row) for row in torch.cat(near, 1).tolist()),
    )


@cache
def load_robustness(file: Path = FILE) -> Robustness:
    """Return the shipped measurement.

    Raises:
        NotMeasured: it is missing or damaged.
    """
    return load_measured(Robustness, file, "The average over many digits has", "robustness")


def accuracy_by_distance(record: Robustness, name: str, distorted: bool) -> NDArray[np.float64]:
    """Return the share of right answers (9,) by distance: 0 px, then every ring of shifts 1 to 8 px away.

    A ring of r pixels holds all shifts with max(|right|, |down|) = r. Several trainings are averaged.
    """
    return np.asarray(_rings(record, name, distorted).mean(0))


def compare_pooling(record: Robustness, distorted: bool) -> str:
    """Return in Markdown what the measurement says of the claim that pooling makes a CNN robust to small shifts.

    The words follow from the numbers: pooling helps, or does not, where the
    difference is larger than twice its standard error. Both networks read the
    same digits, so it is that of the mean of their differences, digit by digit
    (the digits that both read, or both lose, say nothing about the difference);
    where there are several trainings, their spread is added.
    """
    with_pooling, without, flat = (_rings(record, name, distorted) for name in NETWORKS)
    lines = []
    for reach in (1, 2, 3, 4):
        first, second, third = (part[:, reach].mean() for part in (with_pooling, without, flat))
        lines.append(f"| {reach} px | {percent(first)} | {percent(second)} | {percent(third)} |")
    paired = _near_by_digit(record, NETWORKS[0], distorted) - _near_by_digit(record, NETWORKS[1], distorted)
    gain, error = float(paired.mean()), _standard_error(paired)
    if abs(gain) <= 2 * error:
        verdict = "no clear difference: pooling alone does not explain robustness here"
    elif gain > 0:
        verdict = "**yes, pooling helps**"
    else:
        verdict = "**no: without pooling it does better**"
    words = (
        f"Over 1 to 3 pixels the CNN is right {_compared(gain)} without pooling "
        f"(standard error about {error * 100:.2f} points, from both answers to each digit): {verdict}"
        + ("." if len(paired) > 1 else ", as far as one training of each can tell.")
    )
    taught = _near(_rings(record, NETWORKS[0], distorted=True)) - _near(_rings(record, NETWORKS[0], distorted=False))
    practice = _near(_rings(record, NETWORKS[1], distorted=True)) - _near(_rings(record, NETWORKS[1], distorted=False))
    words += (
        f" Longer training on distorted digits changes it by {taught * 100:+.1f} points with pooling and by "
        f"{practice * 100:+.1f} without"
        + (": **training does more than pooling**." if min(taught, practice) > abs(gain) + 2 * error else ".")
    )
    head = "| shift | CNN | without pooling | MLP |\n|---|---|---|---|\n"
    return head + "\n".join(lines) + "\n\n" + words


def _compared(difference: float) -> str:
    points = f"{abs(difference) * 100:.1f}"
    if float(points) == 0:
        return "as often as"
    return f"{points} percentage points {'more' if difference > 0 else 'less'} often than"


def _standard_error(paired: NDArray[np.float64]) -> float:
    """Return the standard error of the mean of differences (trainings, digits): by the digits, and by the trainings."""
    trainings, digits = paired.shape
    variance = paired.mean(0).var(ddof=1) / digits
    if trainings > 1:
        variance += paired.mean(1).var(ddof=1) / trainings
    return float(np.sqrt(variance))


def _near_by_digit(record: Robustness, name: str, distorted: bool) -> NDArray[np.float64]:
    """Return the share of right answers over shifts of 1 to 3 px, (trainings, digits), every distance counting once."""
    runs = [np.array(one.near) for one in record.networks if one.name == name and one.distorted == distorted]
    places = np.array([(_distances() == reach).sum() for reach in NEAR])
    return np.array([(run / places[:, None]).mean(0) for run in runs])


def _near(rings: NDArray[np.float64]) -> float:
    """Return the mean share of right answers over shifts of 1 to 3 px."""
    return float(rings[:, 1:4].mean())


def _rings(record: Robustness, name: str, distorted: bool) -> NDArray[np.float64]:
    """Return shares of right answers by distance, (trainings, 9)."""
    runs = [np.array(one.shifts) for one in record.networks if one.name == name and one.distorted == distorted]
    distance = _distances()
    return np.array([[run[distance == reach].mean() / record.cases for reach in range(MAX_SHIFT + 1)] for run in runs])


def _distances() -> NDArray[np.int64]:
    """Return how far every shift (17, 17) is, pixels: the larger of both directions."""
    steps = np.abs(np.arange(-MAX_SHIFT, MAX_SHIFT + 1))
    return np.maximum(steps[:, None], steps[None])
