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
        )
        for name, count in right.items()
        for distorted in (False, True)
    ]  # fmt: skip
    return Robustness(data="x", cases=1000, ink_left=((1.0,) * 17,) * 17, networks=tuple(runs), versions={})


def test_counting_agrees_with_moving_one_by_one() -> None:
    network = networks()[0].network
    images = torch.from_numpy(SAMPLES.images[:6].astype(np.float32) / 255)
    labels = torch.from_numpy(SAMPLES.labels[:6])
    shifts, turns = count_correct(network, images, labels)
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


def test_the_shipped_measurement_is_whole() -> None:
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
