import numpy as np
import torch

from core.data.images.augmentation import distort, distort_half
from core.data.images.batches import image_batches
from core.data.images.datasets import sample_digits

STILL = {"turn": 0.0, "scale": 0.0, "shear": 0.0, "shift": 0.0, "elastic": 0.0, "thickness": 0.0}


def some_digits() -> torch.Tensor:
    return torch.from_numpy(sample_digits().images[:16].copy()).unsqueeze(1) / 255


def test_no_distortion_changes_nothing() -> None:
    images = some_digits()
    assert torch.allclose(distort(images, torch.Generator(), **STILL), images, atol=1e-5)


def test_the_same_seed_gives_the_same_digits_and_another_seed_others() -> None:
    images = some_digits()
    first, again, other = (distort(images, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.allclose(first, other)
    assert first.shape == images.shape
    assert first.min() >= 0
    assert first.max() <= 1 + 1e-5


def test_a_turn_turns_every_digit_its_own_way() -> None:
    bar = torch.zeros(8, 1, 28, 28)
    bar[:, :, 4:24, 13:15] = 1
    turned = distort(bar, torch.Generator().manual_seed(0), **{**STILL, "turn": 40.0})
    columns = turned.amax((1, 2)).gt(0.3).sum(1)  # how wide each bar has become
    assert len(set(columns.tolist())) > 3


def test_an_epoch_shows_every_image_once() -> None:
    images = np.arange(10, dtype=np.uint8).repeat(784).reshape(10, 28, 28)
    epoch, steps = image_batches(images, np.arange(10), 5, distort)
    assert steps == 2
    labels = torch.cat([targets for _, targets in epoch(torch.Generator().manual_seed(0))])
    assert sorted(labels.tolist()) == list(range(10))


def test_half_a_distortion_leaves_more_of_a_digit() -> None:
    images = some_digits()
    whole, half = (
        (change(images, torch.Generator().manual_seed(0)) - images).abs().mean() for change in (distort, distort_half)
    )
    assert 0.3 * whole < half < 0.9 * whole
