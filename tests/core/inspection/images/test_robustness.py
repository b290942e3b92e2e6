import numpy as np
import pytest
import torch

from core.data.images.datasets import sample_digits
from core.inspection.images.robustness import (
    NETWORKS,
    Robustness,
    TrainingRobustness,
    accuracy_by_distance,
    compare_pooling,
    count_correct,
    load_robustness,
)
from core.inspection.images.transforms import MAX_SHIFT, transform
from core.inspection.measurements import NotMeasured
from core.inspection.networks import networks
from core.models.cards import CardScore
from tests.support.blanks import spaced

SAMPLES = sample_digits()


def record(pooled: int, strided: int) -> Robustness:
    """A made-up measurement of 1,000 digits in which every shift has the same number of right answers."""
    right = dict(zip(NETWORKS, (pooled, strided, 300), strict=True))
    runs = [
        TrainingRobustness(
            name=name, distorted=distorted, seed=0, test=CardScore(data="x", cases=1, correct=1),
            shifts=((count,) * 17,) * 17, turns=(count,) * 31,
            near=tuple(tuple(shifts * (digit < count) for digit in range(1000)) for shifts in (8, 16, 24)),
        )
        for name, count in right.items()
        for distorted in (False, True)
    ]  # fmt: skip
    return Robustness(data="x", cases=1000, ink_left=((1.0,) * 17,) * 17, networks=tuple(runs), versions={})


def test_counting_agrees_with_moving_one_by_one() -> None:
    network = networks()[0].network
    images = torch.from_numpy(SAMPLES.images[:6].astype(np.float32) / 255)
    labels = torch.from_numpy(SAMPLES.labels[:6])
    counted = count_correct(network, images, labels)
    shifts, turns = counted.shifts, counted.turns
    for reach, right in zip((1, 2, 3), counted.near, strict=True):
        square = np.array(shifts)[MAX_SHIFT - reach : MAX_SHIFT + reach + 1, MAX_SHIFT - reach : MAX_SHIFT + reach + 1]
        assert sum(right) == square.sum() - square[1:-1, 1:-1].sum() and len(right) == 6
    for right, down in ((0, 0), (6, -5), (-8, 8)):
        moved = torch.stack([torch.from_numpy(transform(image.numpy(), right, down)) for image in images])
        with torch.no_grad():
            expected = int((network(moved.unsqueeze(1)).argmax(1) == labels).sum())
        assert shifts[MAX_SHIFT + down][MAX_SHIFT + right] == expected
    assert turns[15] == shifts[MAX_SHIFT][MAX_SHIFT]


@pytest.mark.parametrize(
    ("pooled", "strided", "verdict"),
    [(900, 700, "yes, pooling helps"), (700, 900, "without pooling it does better"), (800, 801, "no clear difference")],
)
def test_the_words_follow_from_the_numbers(pooled: int, strided: int, verdict: str) -> None:
    words = spaced(compare_pooling(record(pooled, strided), distorted=False))
    assert verdict in words
    assert f"| 2 px | {pooled / 10:.1f} % | {strided / 10:.1f} % | 30.0 % |" in words


def test_two_networks_are_compared_digit_by_digit() -> None:
    """One network loses 10 of 1,000 digits that the other reads: what both read says nothing of the difference."""
    words = compare_pooling(record(500, 490), distorted=True)
    differences = np.repeat([1.0, 0.0], [10, 990])
    assert (
        f"standard error about {100 * differences.std(ddof=1) / 1000**0.5:.2f} points" in words
    )  # 0.31, unpaired 1.58
    assert "1.0 percentage points more often than without pooling" in words and "pooling helps" in words
    assert "as far as one training of each can tell" in words
    assert "right as often as without pooling" in compare_pooling(record(500, 500), distorted=True)


def test_the_shipped_measurement_is_whole() -> None:
    distances = np.abs(np.mgrid[-MAX_SHIFT : MAX_SHIFT + 1, -MAX_SHIFT : MAX_SHIFT + 1]).max(0)
    for run in load_robustness().networks:
        rings = [int(np.array(run.shifts)[distances == reach].sum()) for reach in (1, 2, 3)]
        assert [sum(one) for one in run.near] == rings and len(run.near[0]) == load_robustness().cases
    shipped = load_robustness()
    for name in NETWORKS:
        for distorted in (False, True):
            rings = accuracy_by_distance(shipped, name, distorted)
            assert rings.shape == (9,) and rings[0] > 0.95 and rings[8] < rings[1]
    assert shipped.cases >= 300
    assert min(len(run.turns) for run in shipped.networks) == 31


def test_a_missing_measurement_is_said_in_a_sentence(tmp_path) -> None:
    with pytest.raises(NotMeasured, match="has not been measured"):
        load_robustness(tmp_path / "none.json")
